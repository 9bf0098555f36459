#include "node/summary/cell_summary.h"

#include <algorithm>
#include <map>
#include <optional>

#include "node/domain/decimal.h"
#include "replication/check.h"

namespace hansa::node::summary {
namespace {

using absl::int128;

// `dividend` / `divisor`, rounded half to even. `divisor` is positive.
int128 Divided(int128 dividend, int128 divisor) {
  int128 quotient = dividend / divisor;
  int128 rest = dividend % divisor;
  if (rest < 0) {
    rest += divisor;
    quotient -= 1;
  }
  const int128 twice = rest * 2;
  if (twice > divisor || (twice == divisor && quotient % 2 != 0)) quotient += 1;
  return quotient;
}

// The quantile `quarters` / 4 of `sorted`, in billionths: between the two values on either side of place (n - 1) * p.
int128 Quantile(const std::vector<int128>& sorted, std::size_t quarters) {
  const std::size_t place = (sorted.size() - 1) * quarters;
  const int128 below = sorted[place / 4];
  const std::size_t part = place % 4;
  if (part == 0) return below;
  const int128 above = sorted[place / 4 + 1];
  return Divided(below * static_cast<int>(4 - part) + above * static_cast<int>(part), 4);
}

const std::vector<catalogue::ScalePoint>* PointsOf(const catalogue::Catalogue& catalogue,
                                                   const catalogue::Measurement& measurement) {
  const catalogue::Scale* scale = catalogue.FindScale(measurement.scale);
  return scale == nullptr ? nullptr : &scale->points;
}

// How many of `values` are at each point of a scale, from its lowest. A value between two points counts nowhere.
std::vector<std::size_t> LevelsOf(const std::vector<catalogue::ScalePoint>& points,
                                  const std::vector<const domain::Decimal*>& values) {
  std::map<int, std::size_t> counts;
  for (const catalogue::ScalePoint& point : points) counts[point.value] = 0;
  for (const domain::Decimal* value : values) {
    for (auto& [point, count] : counts) count += Compare(*value, std::int64_t{point}) == 0 ? 1 : 0;
  }
  std::vector<std::size_t> levels;
  levels.reserve(counts.size());
  for (const auto& [point, count] : counts) levels.push_back(count);
  return levels;
}

struct Values {
  std::vector<const domain::Decimal*> now;
  Movement movement;
};

}  // namespace

Spread SpreadOf(std::vector<int128> billionths) {
  HANSA_CHECK(!billionths.empty());
  std::sort(billionths.begin(), billionths.end());
  int128 sum = 0;
  for (const int128 value : billionths) sum += value;
  const int128 mean = Divided(sum, static_cast<int128>(billionths.size()));
  return {domain::TextOfBillionths(Quantile(billionths, 1)), domain::TextOfBillionths(Quantile(billionths, 2)),
          domain::TextOfBillionths(Quantile(billionths, 3)), domain::TextOfBillionths(mean)};
}

std::vector<CellSummary> SummariesOf(const catalogue::Catalogue& catalogue, const catalogue::Cell& cell,
                                     absl::Span<const Contribution> contributions) {
  std::map<domain::Grounds, Values> groups;
  for (const Contribution& contribution : contributions) {
    const domain::Observation& observation = *contribution.observation;
    const std::optional<domain::Grounds> group = domain::GroundsOf(*cell.measurement, observation);
    if (!group) continue;
    Values& values = groups[*group];
    values.now.push_back(&*observation.value);
    if (contribution.before == nullptr || domain::GroundsOf(*cell.measurement, *contribution.before) != group) continue;
    const auto order = Compare(*observation.value, *contribution.before->value);
    ++(order > 0 ? values.movement.up : order < 0 ? values.movement.down : values.movement.same);
  }
  const std::vector<catalogue::ScalePoint>* const points = PointsOf(catalogue, *cell.measurement);
  std::vector<CellSummary> summaries;
  for (const auto& [group, values] : groups) {
    CellSummary& summary = summaries.emplace_back();
    summary.cell = cell.id;
    summary.group = group;
    summary.n = values.now.size();
    summary.withheld = summary.n < kCitiesMin;
    summary.movement_withheld = values.movement.cities() < kCitiesMin;
    if (!summary.movement_withheld) summary.movement = values.movement;
    if (summary.withheld) continue;
    if (points != nullptr) {
      summary.levels = LevelsOf(*points, values.now);
      continue;
    }
    std::vector<int128> billionths;
    for (const domain::Decimal* value : values.now) billionths.push_back(value->billionths());
    summary.spread = SpreadOf(std::move(billionths));
  }
  return summaries;
}

}  // namespace hansa::node::summary
