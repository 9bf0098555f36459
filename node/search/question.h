// What somebody typed to find something: words that must be there, words that stand together in quotes, and words after
// a minus that must not be there. Pure.
#ifndef HANSA_NODE_SEARCH_QUESTION_H_
#define HANSA_NODE_SEARCH_QUESTION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/search/word_forms.h"

namespace hansa::node::search {

// One word, or several that stand together.
struct Wanted {
  std::vector<Word> words;  // at least one
  bool is_phrase = false;   // in quotes: exactly these words
};

struct Question {
  std::vector<Wanted> all;   // each must be there
  std::vector<Wanted> none;  // none may be there
};

// Quotes of any language enclose a phrase; one that is not closed goes to the end. A minus counts where it begins a
// word or stands before a quote. What holds no word is left out.
Question ParseQuestion(absl::string_view text);

// What the Joined form of a text holds if it has `wanted` as it stands: its words together, and of a run every
// character. Where it begins or ends with a run, more of that may stand around it in the text.
std::string AsItStands(const Wanted& wanted);

}  // namespace hansa::node::search

#endif  // HANSA_NODE_SEARCH_QUESTION_H_
