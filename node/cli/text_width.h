// How wide a text is on a terminal, and text from others made harmless for one.
#ifndef HANSA_NODE_CLI_TEXT_WIDTH_H_
#define HANSA_NODE_CLI_TEXT_WIDTH_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::node::cli {

// Columns that `text` takes: two for a wide character such as '울', none for a combining mark.
std::size_t WidthOf(absl::string_view text);

// `text` with control characters and characters that reverse the direction of writing as spaces,
// line ends included.
std::string Printable(absl::string_view text);

// `text` in lines of at most `width` columns, broken at spaces where possible, and at line feeds.
// At least one line; a width of 0 breaks at line feeds alone.
std::vector<std::string> Wrapped(absl::string_view text, std::size_t width);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_TEXT_WIDTH_H_
