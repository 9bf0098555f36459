// One cell of one city over the years, drawn on one line of a terminal, for the eye: the digits stand beside it. Never
// of two cities together.
#ifndef HANSA_NODE_CLI_SERIES_CHART_H_
#define HANSA_NODE_CLI_SERIES_CHART_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class CellProgress;
}

namespace hansa::node::cli {

// One block a year from the first to the last (▁ to █), a dot for a year without a value, a bar before a value that
// rests on something else than the one before; then what the lowest and the highest block stand for: the steps of a
// rating, else the city's own least and greatest value. Empty with fewer than two values, and where the terminal shows
// no such characters or is too narrow.
std::string ChartLine(const v1::CellProgress& cell, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_SERIES_CHART_H_
