// A table of a print: columns as wide as what they hold asks for, broken over pages with its header on each.
#ifndef HANSA_NODE_REPORT_PDF_TABLE_H_
#define HANSA_NODE_REPORT_PDF_TABLE_H_

#include <vector>

#include "node/report/document.h"
#include "node/report/pdf_page.h"

namespace hansa::node::report {

// Draws `table` from where `pages` stand, with its caption.
void DrawTable(const Table& table, PdfPages& pages);

// What a column would take at least (its widest word), and on one line.
struct ColumnNeed {
  double least = 0;
  double natural = 0;
};
// Widths that add up to `width`: natural ones, stretched, where they fit; else between least and natural, each giving
// up the same part of the difference, narrow ones last; and where not even the least fit, less than these in
// proportion.
std::vector<double> ColumnWidths(std::vector<ColumnNeed> needs, double width);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_PDF_TABLE_H_
