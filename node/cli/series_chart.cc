#include "node/cli/series_chart.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/catalogue/catalogue.h"
#include "node/catalogue/current.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

constexpr const char* kBlocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::size_t kIndent = 2;  // of the lines under a row

// A value as it is drawn: a picture needs no digits.
struct Mark {
  double height = 0;
  std::string text;
  bool joins = false;
};
struct Scale {
  double low = 0, high = 0;
  std::string low_text, high_text;
};

std::map<std::uint32_t, Mark> MarksOf(const v1::CellProgress& cell) {
  std::map<std::uint32_t, Mark> marks;
  for (const v1::ProgressPoint& point : cell.series()) {
    Mark mark{0, point.row().value(), point.joins()};
    if (point.row().has_value() && absl::SimpleAtod(mark.text, &mark.height)) marks[point.row().year()] = mark;
  }
  return marks;
}

// On 0 to 100 most shares would be a flat line, so only the few steps of a rating are drawn within their bounds.
Scale ScaleOf(const v1::CellProgress& cell, const std::map<std::uint32_t, Mark>& marks) {
  const catalogue::Cell* const known = catalogue::CurrentCatalogue().FindCell(cell.cell());
  const bool is_rating = known != nullptr && known->measurement->value_type == catalogue::ValueType::kRating;
  if (is_rating && known->measurement->range.max) {
    const std::int64_t low = known->measurement->range.min, high = *known->measurement->range.max;
    return {static_cast<double>(low), static_cast<double>(high), absl::StrCat(low), absl::StrCat(high)};
  }
  const auto lower = [](const auto& a, const auto& b) { return a.second.height < b.second.height; };
  const auto [least, greatest] = std::minmax_element(marks.begin(), marks.end(), lower);
  return {least->second.height, greatest->second.height, least->second.text, greatest->second.text};
}

const char* BlockOf(double height, const Scale& scale) {
  if (scale.high <= scale.low) return kBlocks[std::size(kBlocks) / 2];
  const double part = std::clamp((height - scale.low) / (scale.high - scale.low), 0.0, 1.0);
  const auto block = static_cast<std::size_t>(part * static_cast<double>(std::size(kBlocks)));
  return kBlocks[std::min(block, std::size(kBlocks) - 1)];
}

}  // namespace

std::string ChartLine(const v1::CellProgress& cell, const Layout& layout) {
  if (!layout.charts) return "";
  const std::map<std::uint32_t, Mark> marks = MarksOf(cell);
  if (marks.size() < 2) return "";
  const Scale scale = ScaleOf(cell, marks);
  std::string chart;
  for (std::uint32_t year = marks.begin()->first; year <= marks.rbegin()->first; ++year) {
    const auto mark = marks.find(year);
    if (mark == marks.end()) {
      absl::StrAppend(&chart, "·");
      continue;
    }
    const bool breaks = mark != marks.begin() && !mark->second.joins;
    absl::StrAppend(&chart, breaks ? "|" : "", BlockOf(mark->second.height, scale));
  }
  const std::string line = layout.words("{0}  {1}–{2}, from {3} to {4}", chart, marks.begin()->first,
                                        marks.rbegin()->first, scale.low_text, scale.high_text);
  return WidthOf(line) + kIndent <= static_cast<std::size_t>(std::max(layout.columns, 0)) ? line : "";
}

}  // namespace hansa::node::cli
