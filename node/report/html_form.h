// A document as one page that needs nothing beside it: no script, no other file, nothing fetched. It is well-formed as
// XML too. For a browser, a printer, and a reader who hears it.
#ifndef HANSA_NODE_REPORT_HTML_FORM_H_
#define HANSA_NODE_REPORT_HTML_FORM_H_

#include <string>

#include "node/report/document.h"

namespace hansa::node::report {

// The page, in UTF-8. Whatever a text holds stands there as text. The same document gives the same bytes.
std::string HtmlForm(const Document& document);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_HTML_FORM_H_
