// A city's report of one year, as a document: what it published, row by row of the framework, against its own past,
// with definitions, notes, reasons, strategies, targets and sources. Promise: nothing in it is of another city, nothing
// adds figures up to a score, and nothing is put in the order of a value. The same input gives the same document.
#ifndef HANSA_NODE_REPORT_REPORT_CONTENT_H_
#define HANSA_NODE_REPORT_REPORT_CONTENT_H_

#include "node/catalogue/catalogue.h"
#include "node/report/document.h"
#include "node/report/report_input.h"
#include "node/words/words.h"

namespace hansa::node::report {

// Never fails: what is missing in `input` is left out, and rows that the city did not answer are named as such. The
// words around the content are in `language`; what the city wrote stays as it is. Pointers of `input` are into
// `catalogue`.
Document MakeReport(const catalogue::Catalogue& catalogue, const ReportInput& input, words::Language language);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_REPORT_CONTENT_H_
