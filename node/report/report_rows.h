// One row of the framework in a report, and what is said of the city's own past in it.
#ifndef HANSA_NODE_REPORT_REPORT_ROWS_H_
#define HANSA_NODE_REPORT_REPORT_ROWS_H_

#include <string>

#include "node/catalogue/catalogue.h"
#include "node/domain/series.h"
#include "node/report/document.h"
#include "node/report/report_writing.h"

namespace hansa::node::report {

// From its heading on: the definition, the answers for the year with all that was said of them, targets, surveys,
// ratings, and the city's own past with a chart where there are two values or more.
void WriteRow(ReportWriting& writing, const catalogue::Measurement& measurement);

// The chart of a cell. `series` has two values or more.
Chart ChartOf(const ReportWriting& writing, const catalogue::Cell& cell, const WordSeries& series);

// The difference of a series with its sign, such as '+1.5', '−0.3' or '0'. `series` has one.
std::string Signed(const domain::Series& series);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_REPORT_ROWS_H_
