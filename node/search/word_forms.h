// Words of a text in any language, in the form in which they are compared: without case, accents and points, so that
// 'Medellín' and 'medellin' are one word. Pure. Han, kana and Hangul are written without gaps, or with endings that are
// part of the word: such words are runs, and are compared piece by piece.
#ifndef HANSA_NODE_SEARCH_WORD_FORMS_H_
#define HANSA_NODE_SEARCH_WORD_FORMS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::node::search {

struct Word {
  std::string form;       // as it is compared; never empty
  std::string cased;      // without case but with its accents, for those who know the language's endings
  std::size_t begin = 0;  // bytes of the text that it stands in
  std::size_t end = 0;
  bool is_run = false;
};

// `text` as it is compared; what is no UTF-8 becomes U+FFFD.
std::string Folded(absl::string_view text);

// The words of `text`, in order. What is joined by an apostrophe or a hyphen is several words, and a single letter
// before an apostrophe, as in l'école, is none.
std::vector<Word> WordsIn(absl::string_view text);

// Every two neighbouring characters of a run and every single one, each once, ascending.
std::vector<std::string> PiecesOf(absl::string_view run);
// Every two neighbouring characters; of a run of one, that one. Each once, ascending.
std::vector<std::string> PairsOf(absl::string_view run);

// The characters of UTF-8 `text`, each by itself.
std::vector<std::string> CharactersOf(absl::string_view text);

// A Korean word without the ending that says what part it plays in its sentence, such as 를 or 에서; the word itself
// if it has none. Only what leaves two syllables and more is taken for an ending.
std::string WithoutParticle(absl::string_view run);

// The words of `text` one after another, so that what stands together there stands together here: a phrase is in a text
// if its Joined form is in that of the text. Begins and ends with a blank.
std::string Joined(const std::vector<Word>& words);

}  // namespace hansa::node::search

#endif  // HANSA_NODE_SEARCH_WORD_FORMS_H_
