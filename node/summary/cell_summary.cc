#include "node/summary/cell_summary.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "node/domain/decimal.h"
#include "replication/check.h"

namespace hansa::node::summary {
namespace {

using absl::int128;

constexpr std::int64_t kBillion = 1'000'000'000;

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

// How many of `values`, in billionths, are at each point of a scale, from its lowest. A value between two points counts
// nowhere.
std::vector<std::size_t> LevelsOf(const std::vector<catalogue::ScalePoint>& points, const std::vector<int128>& values) {
  std::map<int128, std::size_t> counts;
  for (const catalogue::ScalePoint& point : points) counts[int128(point.value) * kBillion] = 0;
  for (const int128 value : values) {
    if (const auto at = counts.find(value); at != counts.end()) ++at->second;
  }
  std::vector<std::size_t> levels;
  levels.reserve(counts.size());
  for (const auto& [point, count] : counts) levels.push_back(count);
  return levels;
}

struct Values {
  std::vector<int128> now;
  std::size_t cities = 0;
  Movement movement;
  std::map<domain::Chosen, std::size_t> chosen;  // cities
};

bool AreSame(const domain::Grounds* a, const domain::Grounds* b) {
  return a == b || (a != nullptr && b != nullptr && *a == *b);
}

// Groups by what their values rest on. Most cities rest on the same as the one before them.
std::map<domain::Grounds, Values> GroupsOf(absl::Span<const CityFigures> cities) {
  std::map<domain::Grounds, Values> groups;
  const domain::Grounds* last = nullptr;
  Values* values = nullptr;
  for (const CityFigures& city : cities) {
    if (city.now.grounds == nullptr) continue;
    if (city.now.grounds != last) {
      last = city.now.grounds;
      values = &groups[*last];
    }
    values->now.push_back(city.now.billionths);
    if (!city.is_further) {
      ++values->cities;
      for (const domain::Chosen& chosen : city.now.chosen) ++values->chosen[chosen];
    }
    if (!AreSame(city.now.grounds, city.before.grounds)) continue;
    Movement& movement = values->movement;
    ++(city.now.billionths > city.before.billionths   ? movement.up
       : city.now.billionths < city.before.billionths ? movement.down
                                                      : movement.same);
  }
  return groups;
}

// Of each attribute with choices for which a city chose one.
std::vector<AttributeCounts> AttributesOf(const catalogue::Measurement& measurement,
                                          const std::map<domain::Chosen, std::size_t>& chosen) {
  std::vector<AttributeCounts> attributes;
  for (const auto& [each, cities] : chosen) {  // by attribute, then by choice
    const catalogue::Attribute& attribute = measurement.attributes.at(each.attribute);
    if (attributes.empty() || attributes.back().attribute != attribute.code) {
      attributes.push_back({attribute.code, 0, false, std::vector<std::size_t>(attribute.choices.size(), 0)});
    }
    attributes.back().n += cities;
    attributes.back().counts.at(each.choice) += cities;
  }
  for (AttributeCounts& attribute : attributes) {
    attribute.withheld = attribute.n < kCitiesMin;
    if (attribute.withheld) attribute.counts.clear();
  }
  return attributes;
}

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
                                     absl::Span<const CityFigures> cities) {
  const std::vector<catalogue::ScalePoint>* const points = PointsOf(catalogue, *cell.measurement);
  std::vector<CellSummary> summaries;
  for (auto& [group, values] : GroupsOf(cities)) {
    CellSummary& summary = summaries.emplace_back();
    summary.cell = cell.id;
    summary.group = group;
    summary.n = values.cities;
    summary.withheld = summary.n < kCitiesMin;
    summary.movement_withheld = values.movement.cities() < kCitiesMin;
    if (!summary.movement_withheld) summary.movement = values.movement;
    summary.attributes = AttributesOf(*cell.measurement, values.chosen);
    if (summary.withheld) continue;
    if (points != nullptr) {
      summary.levels = LevelsOf(*points, values.now);
    } else {
      summary.spread = SpreadOf(values.now);
    }
  }
  return summaries;
}

std::vector<CellSummary> SummariesOf(const catalogue::Catalogue& catalogue, const catalogue::Cell& cell,
                                     absl::Span<const Contribution> contributions) {
  std::set<domain::Grounds> met;
  std::deque<std::vector<domain::Chosen>> chosen;  // whose items stay where they are
  const auto figure_of = [&](const domain::Observation* observation) -> Figure {
    if (observation == nullptr) return {};
    const std::optional<domain::Grounds> grounds = domain::GroundsOf(*cell.measurement, *observation);
    if (!grounds) return {};
    chosen.push_back(domain::ChosenIn(*cell.measurement, *observation));
    return {&*met.insert(*grounds).first, observation->value->billionths(), chosen.back()};
  };
  std::vector<CityFigures> cities;
  cities.reserve(contributions.size());
  for (const Contribution& contribution : contributions) {
    cities.push_back({figure_of(contribution.observation), figure_of(contribution.before)});
  }
  return SummariesOf(catalogue, cell, cities);
}

}  // namespace hansa::node::summary
