#include "node/desk/network_figures.h"

#include <set>
#include <tuple>
#include <utility>

#include "absl/types/span.h"
#include "node/domain/decimal.h"
#include "node/domain/observation.h"
#include "node/domain/review_reading.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using projection::CellValue;
using projection::CellValues;
using replication::Member;
using replication::MemberRecord;
using summary::CellSummary;

// The values of one member, as they stand beside each other.
using Run = absl::Span<const CellValue>;

// Cuts the run of `member` off the front of what is left; what is of lower numbers goes with it.
Run TakeRun(Run& left, Member member) {
  std::size_t first = 0;
  while (first < left.size() && left[first].member < member) ++first;
  std::size_t end = first;
  while (end < left.size() && left[end].member == member) ++end;
  const Run run = left.subspan(first, end - first);
  left.remove_prefix(end);
  return run;
}

bool IsRating(const CellValue& value) { return value.voice == static_cast<std::uint8_t>(domain::Voice::kExpert); }

// Of each group the value that counts for its city; of ratings all.
void TakeOneOfEachGroup(const Figures& figures, Run run, std::vector<const CellValue*>& taken) {
  taken.clear();
  for (const CellValue& value : run) {
    const domain::Grounds* const grounds = figures.Of(value).grounds;
    if (grounds == nullptr) continue;
    bool is_new = true;
    for (const CellValue*& other : taken) {
      if (IsRating(value) || *figures.Of(*other).grounds != *grounds) continue;
      is_new = false;
      if (std::tie(value.is_ours, value.voice) >= std::tie(other->is_ours, other->voice)) other = &value;
    }
    if (is_new) taken.push_back(&value);
  }
}

// The city's earlier value of the same group; without grounds if there is none.
summary::Figure EarlierOf(const Figures& before, Run run, const domain::Grounds& grounds) {
  for (const CellValue& value : run) {
    const summary::Figure figure = before.Of(value);
    if (figure.grounds != nullptr && *figure.grounds == grounds) return figure;
  }
  return {};
}

// The members of values that are compared with others, each once.
std::vector<Member> Compared(const Figures& figures) {
  std::vector<Member> members;
  for (const CellValue& value : figures.values()) {
    const bool is_new = members.empty() || members.back() != value.member;
    if (is_new && figures.Of(value).grounds != nullptr) members.push_back(value.member);
  }
  return members;
}

}  // namespace

Cities CitiesOf(const replication::Roster& roster) {
  Cities cities;
  for (const auto& [number, member] : roster.state().members) {
    const bool counts =
        member.kind == replication::MemberKind::kCity && member.state == replication::MemberState::kMember;
    if (counts) cities.emplace_hint(cities.end(), number, &member);
  }
  return cities;
}

Figures::Figures(const catalogue::Measurement& measurement, CellValues values) : values_(std::move(values)) {
  grounds_.reserve(values_.footings.size());
  for (const projection::Footing& footing : values_.footings) {
    domain::Observation observation;
    if (footing.has_value) observation.value = domain::Decimal::Parse("0").value();
    observation.source_kind = footing.source_kind;
    observation.level = footing.level;
    observation.match = footing.match;
    observation.definition_language = footing.language;
    grounds_.push_back(domain::GroundsOf(measurement, observation));
  }
}

summary::Figure Figures::Of(const CellValue& value) const {
  const std::optional<domain::Grounds>& grounds = grounds_[value.footing];
  return {grounds ? &*grounds : nullptr, value.billionths, values_.footings[value.footing].chosen};
}

absl::StatusOr<CellReading> CellReading::Of(const projection::Views& views, const replication::Roster& roster,
                                            const Cities& cities, const catalogue::Cell& cell, int year) {
  absl::StatusOr<CellValues> values = views.AllValuesOf(roster, cell.id, year);
  HANSA_RETURN_IF_ERROR(values.status());
  Figures now(*cell.measurement, *std::move(values));
  // Of each city, the last value before the year and that of the year stand side by side.
  absl::StatusOr<CellValues> earlier = views.LastOfAllBefore(roster, cell.id, year, Compared(now));
  HANSA_RETURN_IF_ERROR(earlier.status());
  CellReading reading(cell, std::move(now), Figures(*cell.measurement, *std::move(earlier)));
  reading.Read(cities);
  return reading;
}

void CellReading::Read(const Cities& cities) {
  Run now = now_.values();
  Run before = before_.values();
  values_.reserve(now.size());
  std::vector<const CellValue*> taken;
  for (auto city = cities.begin(); city != cities.end() && !now.empty(); ++city) {
    const Run run = TakeRun(now, city->first);
    if (run.empty()) continue;
    answered_.push_back(city->first);
    bool is_no_data = true;
    for (const CellValue& value : run) is_no_data = is_no_data && now_.IsNoData(value);
    if (is_no_data) no_data_.push_back(city->first);
    TakeOneOfEachGroup(now_, run, taken);
    if (taken.empty()) continue;
    const Run earlier = TakeRun(before, city->first);
    std::set<domain::Grounds> rated;  // groups in which the city has a rating already
    for (const CellValue* value : taken) {
      const summary::Figure figure = now_.Of(*value);
      const bool is_further = IsRating(*value) && !rated.insert(*figure.grounds).second;
      values_.push_back({city->second, {figure, EarlierOf(before_, earlier, *figure.grounds), is_further}});
    }
  }
}

std::vector<CellSummary> CellReading::Together(const catalogue::Catalogue& catalogue) const {
  std::vector<summary::CityFigures> figures;
  figures.reserve(values_.size());
  for (const CityValue& value : values_) figures.push_back(value.figures);
  return summary::SummariesOf(catalogue, *cell_, figures);
}

std::map<std::string, std::vector<CellSummary>> CellReading::ByRegion(const catalogue::Catalogue& catalogue) const {
  std::map<std::string, std::vector<summary::CityFigures>> figures;
  for (const CityValue& value : values_) figures[value.city->region].push_back(value.figures);
  std::map<std::string, std::vector<CellSummary>> regions;
  for (const auto& [region, of_region] : figures) {
    regions.emplace(region, summary::SummariesOf(catalogue, *cell_, of_region));
  }
  return regions;
}

absl::StatusOr<summary::PublishedSummary> YearFigures(const catalogue::Catalogue& catalogue,
                                                      const replication::Roster& roster, const projection::Views& views,
                                                      int year) {
  const Cities cities = CitiesOf(roster);
  summary::PublishedSummary figures;
  figures.year = year;
  figures.framework_id = catalogue.framework_id();
  figures.framework_version = catalogue.version();
  figures.catalogue_sha256 = replication::Hash::From(catalogue.sha256()).value();
  figures.counts_choices = true;
  std::set<Member> reporting;
  for (const catalogue::Cell& cell : catalogue.cells()) {
    const absl::StatusOr<CellReading> reading = CellReading::Of(views, roster, cities, cell, year);
    HANSA_RETURN_IF_ERROR(reading.status());
    reporting.insert(reading->answered().begin(), reading->answered().end());
    std::map<std::string, summary::RegionFigures> regions;
    for (auto& [region, groups] : reading->ByRegion(catalogue)) regions[region].groups = groups;
    for (const Member member : reading->no_data()) ++regions[cities.at(member)->region].no_data;
    // Cities of no region are in the whole alone.
    regions[""] = {"", reading->Together(catalogue), reading->no_data().size()};
    std::vector<summary::RegionFigures> all;
    for (auto& [region, of_region] : regions) {
      of_region.region = region;
      all.push_back(std::move(of_region));
    }
    for (summary::PublishedCell& published : summary::PublishedCellsOf(catalogue, cell, all)) {
      figures.cells.push_back(std::move(published));
    }
    for (summary::PublishedChoices& published : summary::PublishedChoicesOf(cell, all)) {
      figures.choices.push_back(std::move(published));
    }
  }
  std::map<std::string, summary::PublishedRegion> counts;
  for (const auto& [number, city] : cities) {
    summary::PublishedRegion& region = counts[city->region];
    region.region = city->region;
    ++region.members;
    region.reporting += reporting.contains(number) ? 1 : 0;
  }
  for (auto& [name, region] : counts) figures.regions.push_back(std::move(region));
  figures.members = cities.size();
  figures.reporting = reporting.size();
  return figures;
}

}  // namespace hansa::node::desk
