// A piece of a text around the words that were found in it. Pure.
#ifndef HANSA_NODE_SEARCH_EXCERPT_H_
#define HANSA_NODE_SEARCH_EXCERPT_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/search/word_forms.h"

namespace hansa::node::search {

// Stand before and after each word found.
inline constexpr char kFoundBegins = '\x02';
inline constexpr char kFoundEnds = '\x03';

// What is looked for in a text.
struct Looked {
  std::function<bool(const Word&)> is_found;  // for words that are no runs
  std::vector<std::string> runs;              // forms that are found wherever they stand in a run
};

// Some 200 characters of the first of `parts` that has a word found, on one line; where none has, the beginning of the
// first. Begins and ends with … where there is more.
std::string ExcerptOf(const std::vector<absl::string_view>& parts, const Looked& looked);

}  // namespace hansa::node::search

#endif  // HANSA_NODE_SEARCH_EXCERPT_H_
