// A document as Markdown (CommonMark, with the tables that most readers of it know): to be put on a site, or into
// another text. Whatever a text holds stands there as text and becomes no markup.
#ifndef HANSA_NODE_REPORT_MARKDOWN_FORM_H_
#define HANSA_NODE_REPORT_MARKDOWN_FORM_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/report/document.h"

namespace hansa::node::report {

// UTF-8 with LF. A chart is a table of its years. The same document gives the same bytes.
std::string MarkdownForm(const Document& document);

// One line of text as it stands in Markdown: a line end becomes a space.
std::string MarkdownText(absl::string_view text);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_MARKDOWN_FORM_H_
