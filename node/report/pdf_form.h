// A document as a print: PDF, A4, with page numbers, contents, an outline, and structure for those who hear it.
#ifndef HANSA_NODE_REPORT_PDF_FORM_H_
#define HANSA_NODE_REPORT_PDF_FORM_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "node/report/document.h"

namespace hansa::node::report {

struct Pdf {
  std::string bytes;
  std::size_t pages = 0;
  // Characters that no font of this machine shows: a box with their number stands in their place.
  std::size_t unshown = 0;
};

// The same document gives the same bytes on the same machine: its time is that of the document, and its letters are
// those of the machine's fonts.
//   FAILED_PRECONDITION  this machine has no font; the message says what to install
//   INTERNAL             it could not be made
absl::StatusOr<Pdf> PdfForm(const Document& document);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_PDF_FORM_H_
