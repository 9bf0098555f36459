// A chart of a print, with the table of its years beside it and its legend below. It stands on one page.
#ifndef HANSA_NODE_REPORT_PDF_CHART_H_
#define HANSA_NODE_REPORT_PDF_CHART_H_

#include "node/report/document.h"
#include "node/report/pdf_page.h"

namespace hansa::node::report {

// Draws `chart` from where `pages` stand.
void DrawChart(const Chart& chart, PdfPages& pages);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_PDF_CHART_H_
