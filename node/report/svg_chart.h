// A chart as SVG within a page, with a title and a description for those who do not see it.
#ifndef HANSA_NODE_REPORT_SVG_CHART_H_
#define HANSA_NODE_REPORT_SVG_CHART_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/report/document.h"
#include "node/words/words.h"

namespace hansa::node::report {

// Appends an <svg> element; `id` is unique in the page and fit to be part of one. Classes of its parts are those of
// html_form.cc.
void AppendSvgChart(const Chart& chart, absl::string_view id, const words::Words& words, std::string& out);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_SVG_CHART_H_
