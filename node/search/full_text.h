// Which texts have which words, and how well each fits: the index itself. In memory, and nowhere else
// (decisions/0001). The only file that knows Xapian is full_text.cc.
//
// Promise: the same texts give the same answer, in whatever order they were put in. How well a text fits follows from
// its words alone (BM25), never from who wrote it, when, or how often it was read.
#ifndef HANSA_NODE_SEARCH_FULL_TEXT_H_
#define HANSA_NODE_SEARCH_FULL_TEXT_H_

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/search/question.h"
#include "node/search/word_forms.h"

namespace hansa::node::search {

// A piece of a text, such as its title.
struct TextPiece {
  std::vector<Word> words;
  std::uint32_t weight = 1;  // how often each of its words counts; 0: it is found by them, and fits no better for it
};

// From 1.
using TextId = std::uint32_t;

struct TextMatch {
  TextId id = 0;
  double fit = 0;  // the greater, the better the text fits; 0 and more
};

// Not thread-safe.
class FullText {
 public:
  FullText();
  ~FullText();
  FullText(FullText&&) noexcept;
  FullText& operator=(FullText&&) noexcept;

  // Texts are known by the id that this returns. `language` is a BCP 47 tag; words are brought to their stem where
  // there are rules for it.
  TextId Add(absl::string_view language, const std::vector<TextPiece>& pieces);
  void Remove(TextId id);

  // The texts that have each word of `question`, in any of the forms that a language gives it, and none of those that
  // are not wanted; in no order. Phrases are not held to their order here: see AsItStands.
  std::vector<TextMatch> Find(const Question& question) const;

  // What `word` is known by in texts of `language`, and what the words of `question` are known by in all of them.
  std::vector<std::string> TermsOf(const Word& word, absl::string_view language) const;
  std::set<std::string> TermsOf(const Question& question) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace hansa::node::search

#endif  // HANSA_NODE_SEARCH_FULL_TEXT_H_
