#include "node/report/chart_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace hansa::node::report {
namespace {

constexpr double kCharacterWidth = 0.6;  // of the size of the text, for digits
constexpr int kSteps = 5;                // about so many values are named on the axis

std::optional<double> NumberOf(const std::string& text) {
  double number = 0;
  if (text.empty() || !absl::SimpleAtod(text, &number) || !std::isfinite(number)) return std::nullopt;
  return number;
}

// 1, 2 or 5 with noughts: the least of these that makes at most kSteps of `span`.
double StepOf(double span) {
  const double rough = span / kSteps;
  const double tens = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * tens >= rough * 0.999999) return factor * tens;
  }
  return 10 * tens;
}

struct Axis {
  double low = 0, high = 1, step = 1;
};

Axis AxisOf(const Chart& chart) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto reach = [&](const std::string& text) {
    if (const std::optional<double> value = NumberOf(text)) {
      low = std::min(low, *value);
      high = std::max(high, *value);
    }
  };
  for (const Dot& dot : chart.dots) reach(dot.value);
  for (const Mark& mark : chart.marks) reach(mark.value);
  if (low > high) low = 0, high = 1;
  const std::optional<double> least = NumberOf(chart.least), greatest = NumberOf(chart.greatest);
  if (least) low = std::min(low, *least);
  if (greatest && high > (low + *greatest) / 2) high = std::max(high, *greatest);
  if (greatest && *greatest - low <= 2 * kSteps) high = std::max(high, *greatest);  // a scale, shown whole
  if (high <= low) high = low + 1;
  Axis axis{.low = low, .high = high, .step = StepOf(high - low)};
  axis.low = std::floor(low / axis.step + 1e-9) * axis.step;
  if (least) axis.low = std::max(axis.low, std::min(*least, low));
  axis.high = std::ceil(high / axis.step - 1e-9) * axis.step;
  if (greatest) axis.high = std::min(axis.high, std::max(*greatest, high));
  return axis;
}

std::string TickText(double value, double step) {
  const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
  return absl::StrFormat("%.*f", std::min(decimals, 9), value == 0 ? 0.0 : value);
}

void AddValues(const Axis& axis, ChartPlan& plan) {
  const double start = std::ceil(axis.low / axis.step - 1e-9) * axis.step;
  for (double value = start; value <= axis.high + axis.step * 1e-6; value += axis.step) {
    const double part = (value - axis.low) / (axis.high - axis.low);
    plan.values.push_back({plan.bottom - part * (plan.bottom - plan.top), TickText(value, axis.step)});
  }
}

void AddYears(int first, int last, double text_size, ChartPlan& plan) {
  const double room = (plan.right - plan.left) / std::max(1, last - first);
  int step = 1;
  for (const int longer : {2, 5, 10, 20, 50, 100, 300}) {
    if (room * step >= 5.2 * kCharacterWidth * text_size) break;
    step = longer;
  }
  for (int year = first; year <= last; year += step) {
    const double part = last == first ? 0.5 : static_cast<double>(year - first) / (last - first);
    plan.years.push_back({plan.left + part * (plan.right - plan.left), absl::StrCat(year)});
  }
}

}  // namespace

std::string LetterOf(std::size_t place) {
  std::string letters;
  for (std::size_t rest = place + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

ChartPlan PlanChart(const Chart& chart, const ChartBox& box) {
  ChartPlan plan;
  int first = std::numeric_limits<int>::max(), last = std::numeric_limits<int>::min();
  const auto reach = [&](int year) {
    first = std::min(first, year);
    last = std::max(last, year);
  };
  for (const Dot& dot : chart.dots) reach(dot.year);
  for (const Mark& mark : chart.marks) reach(mark.year);
  if (first > last) return plan;
  const Axis axis = AxisOf(chart);
  plan.top = 1.6 * box.text_size;
  plan.bottom = box.height - 2 * box.text_size;
  AddValues(axis, plan);
  std::size_t longest = 1;
  for (const PlanTick& tick : plan.values) longest = std::max(longest, tick.label.size());
  plan.left = (static_cast<double>(longest) * kCharacterWidth + 1.2) * box.text_size;
  plan.right = box.width - 1.6 * box.text_size;
  AddYears(first, last, box.text_size, plan);

  const auto x_of = [&](int year) {
    const double part = last == first ? 0.5 : static_cast<double>(year - first) / (last - first);
    return plan.left + part * (plan.right - plan.left);
  };
  const auto y_of = [&](double value) {
    return plan.bottom - (value - axis.low) / (axis.high - axis.low) * (plan.bottom - plan.top);
  };
  for (const Dot& dot : chart.dots) {
    const std::optional<double> value = NumberOf(dot.value);
    if (!value) continue;
    const PlanPoint point{x_of(dot.year), y_of(*value)};
    if (!plan.dots.empty() && !dot.apart) plan.lines.push_back({plan.dots.back(), point});
    plan.dots.push_back(point);
  }
  for (std::size_t i = 0; i < chart.marks.size(); ++i) {
    const std::optional<double> value = NumberOf(chart.marks[i].value);
    const double x = x_of(chart.marks[i].year);
    const auto same = std::find_if(plan.marks.begin(), plan.marks.end(),
                                   [&](const PlanMark& mark) { return !value && !mark.y && mark.x == x; });
    if (same != plan.marks.end()) {
      absl::StrAppend(&same->letters, " ", LetterOf(i));
    } else {
      plan.marks.push_back({x, value ? std::optional<double>(y_of(*value)) : std::nullopt, LetterOf(i)});
    }
  }
  return plan;
}

}  // namespace hansa::node::report
