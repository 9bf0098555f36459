// Where everything on a chart stands, for any pen: the page draws it as SVG, the print with its own pen. Geometry only;
// the digits that people read stand beside the chart as the city wrote them.
#ifndef HANSA_NODE_REPORT_CHART_PLAN_H_
#define HANSA_NODE_REPORT_CHART_PLAN_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "node/report/document.h"

namespace hansa::node::report {

// All lengths in one unit of the caller's choice; y grows downwards.
struct ChartBox {
  double width = 0;      // at least 20 times the size of the text
  double height = 0;     // at least 10 times
  double text_size = 0;  // of the labels
};

struct PlanPoint {
  double x = 0;
  double y = 0;
};
struct PlanLine {
  PlanPoint from, to;
};
struct PlanTick {
  double at = 0;  // x of a year, y of a value
  std::string label = {};
};
struct PlanMark {
  double x = 0;
  std::optional<double> y =
      {};                    // of a mark about a value: a hollow dot stands there; absent: a line from top to bottom
  std::string letters = {};  // 'A', or 'A B' where two lines stand in one place
};

struct ChartPlan {
  double left = 0, right = 0, top = 0, bottom = 0;  // the frame that values lie in
  std::vector<PlanTick> years = {};                 // from left to right
  std::vector<PlanTick> values = {};                // from the bottom up
  std::vector<PlanLine> lines = {};                 // between values that may be compared
  std::vector<PlanPoint> dots = {};                 // every value
  std::vector<PlanMark> marks = {};                 // in the order of the chart's
};

// A year without a value has a place and no dot. The axis of values begins with the least that the row allows where it
// has one, and so at nought for most; it ends with the greatest that the row allows, or, where every value lies in the
// lower half of that, with a round number above them.
ChartPlan PlanChart(const Chart& chart, const ChartBox& box);

// The letter of the mark that stands at `place`: 'A', 'B', …, 'Z', 'AA', ….
std::string LetterOf(std::size_t place);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_CHART_PLAN_H_
