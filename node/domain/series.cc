#include "node/domain/series.h"

#include <algorithm>
#include <utility>

#include "node/domain/comparable.h"

namespace hansa::node::domain {
namespace {

Meaning MeaningOf(const catalogue::Measurement& measurement, Moved moved) {
  if (moved == Moved::kNowhere) return Meaning::kNone;
  if (measurement.direction == "higher_is_better") return moved == Moved::kUp ? Meaning::kTowards : Meaning::kAway;
  if (measurement.direction == "lower_is_better") return moved == Moved::kDown ? Meaning::kTowards : Meaning::kAway;
  return Meaning::kNone;
}

}  // namespace

Series SeriesOf(const catalogue::Measurement& measurement, std::vector<SeriesPoint> points) {
  Series series;
  series.points = std::move(points);
  std::stable_sort(series.points.begin(), series.points.end(),
                   [](const SeriesPoint& a, const SeriesPoint& b) { return a.year < b.year; });
  std::vector<std::optional<Grounds>> grounds;
  std::optional<Grounds> before;
  for (SeriesPoint& point : series.points) {
    grounds.push_back(GroundsOf(measurement, point.observation));
    point.joins = grounds.back() && grounds.back() == before;
    if (point.observation.value) before = grounds.back();
    if (grounds.back()) series.latest = grounds.size() - 1;
  }
  if (!series.latest) return series;
  const std::size_t first =
      static_cast<std::size_t>(std::find(grounds.begin(), grounds.end(), grounds[*series.latest]) - grounds.begin());
  if (first == *series.latest) {
    series.latest.reset();
    return series;
  }
  series.baseline = first;
  const absl::int128 difference = series.points[*series.latest].observation.value->billionths() -
                                  series.points[first].observation.value->billionths();
  series.difference = TextOfBillionths(difference);
  if (difference != 0) series.moved = difference > 0 ? Moved::kUp : Moved::kDown;
  series.meaning = MeaningOf(measurement, series.moved);
  return series;
}

}  // namespace hansa::node::domain
