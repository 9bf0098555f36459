// What people wrote in Markdown, made safe to be shown: as HTML for a page, and as plain lines for a terminal.
// CommonMark with tables and strikethrough.
//
// Promises, whatever the text holds: no script, no HTML of its author (it is shown as text), nothing that is fetched
// (an image becomes its text with a link), no address but http, https and mailto, no control character and nothing that
// reverses the direction of writing, not even written as an entity. Never fails, and takes a time that its length
// bounds: what is longer than any record is not read as Markdown, but shown as it is.
#ifndef HANSA_NODE_MARKDOWN_MARKDOWN_H_
#define HANSA_NODE_MARKDOWN_MARKDOWN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::node::markdown {

// Longer texts, in bytes, are paragraphs of plain text. The longest Markdown of a record has 40,000.
inline constexpr std::size_t kMarkdownBytesMax = 40'000;
// Lists, quotations and emphasis within each other; what lies deeper keeps its text alone.
inline constexpr int kDepthMax = 16;

// A fragment that is well-formed as XML too, to stand under a heading of level 2: its own begin at level 3. Links carry
// rel="nofollow noopener".
std::string SafeHtml(absl::string_view markdown);

// How a line of a terminal looks.
enum class Look {
  kText,
  kHeading,
  kAsWritten,  // code: not to be wrapped
};

// One line to be wrapped by whoever knows the width.
struct PlainLine {
  Look look = Look::kText;
  std::string first;   // stands before it: "- ", "2. ", "> ", or nothing
  std::string rest;    // stands before each line that it is wrapped to, and is as wide
  std::string text;    // links are 'text (address)'
  bool apart = false;  // an empty line stands before it
};
std::vector<PlainLine> PlainLines(absl::string_view markdown);

}  // namespace hansa::node::markdown

#endif  // HANSA_NODE_MARKDOWN_MARKDOWN_H_
