#include "node/desk/network_desk.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "node/domain/comparable.h"
#include "node/domain/decimal.h"
#include "replication/check.h"
#include "replication/crypto.h"

namespace hansa::node::desk {
namespace {

using projection::CellValue;
using projection::CellValues;
using replication::Member;
using replication::MemberRecord;
using summary::CityFigures;

// The cities whose values count, by number.
using Cities = std::map<Member, const MemberRecord*>;

Cities CitiesOf(const replication::Roster& roster) {
  Cities cities;
  for (const auto& [number, member] : roster.state().members) {
    const bool counts =
        member.kind == replication::MemberKind::kCity && member.state == replication::MemberState::kMember;
    if (counts) cities.emplace_hint(cities.end(), number, &member);
  }
  return cities;
}

std::string DigestOf(const std::vector<projection::StandingSet>& sets) {
  replication::ByteWriter writer;
  for (const projection::StandingSet& set : sets) {
    writer.U32(set.member.value()).Raw(set.set.record.view()).U64(set.set.revisions);
  }
  return replication::SodiumCrypto().Sha256(writer.bytes()).hex();
}

// Which cells a city has answered.
struct Answers {
  bool has_set = false;  // of the year asked for
  projection::CellMap this_year, ever;
};

summary::Answered AnsweredOf(const catalogue::Catalogue& catalogue, const projection::CellMap& cells) {
  summary::Answered answered(catalogue.cells().size());
  for (std::size_t i = 0; i < answered.size(); ++i) answered[i] = cells.Has(i);
  return answered;
}

// The values of one cell as figures. What they rest on is worked out once for all that rest on the same.
class Figures {
 public:
  Figures(const catalogue::Measurement& measurement, const CellValues& values) : values_(values) {
    for (const projection::Footing& footing : values.footings) {
      domain::Observation observation;
      if (footing.has_value) observation.value = domain::Decimal::Parse("0").value();
      observation.source_kind = footing.source_kind;
      observation.level = footing.level;
      observation.match = footing.match;
      observation.definition_language = footing.language;
      grounds_.push_back(domain::GroundsOf(measurement, observation));
    }
  }
  summary::Figure Of(const CellValue& value) const {
    const std::optional<domain::Grounds>& grounds = grounds_[value.footing];
    return {grounds ? &*grounds : nullptr, value.billionths};
  }
  const CellValues& values() const { return values_; }

 private:
  const CellValues& values_;
  std::vector<std::optional<domain::Grounds>> grounds_;
};

// What the city of each value of `now` says, by region: all in one without a name unless asked by region. Members
// ascend in both, and each is in `before` at most once.
std::map<std::string, std::vector<CityFigures>> ByRegion(const Cities& cities, const SummaryRequest& request,
                                                         const Figures& now, const Figures& before) {
  std::map<std::string, std::vector<CityFigures>> regions;
  auto city = cities.begin();
  auto earlier = before.values().values.begin();
  const auto end = before.values().values.end();
  std::vector<CityFigures>* figures = nullptr;
  for (const CellValue& value : now.values().values) {
    while (city != cities.end() && city->first < value.member) ++city;
    if (city == cities.end()) break;
    if (city->first != value.member) continue;
    while (earlier != end && earlier->member < value.member) ++earlier;
    const bool has_earlier = earlier != end && earlier->member == value.member;
    if (figures == nullptr || request.by_region) figures = &regions[request.by_region ? city->second->region : ""];
    figures->push_back({now.Of(value), has_earlier ? before.Of(*earlier) : summary::Figure()});
  }
  return regions;
}

// The members of values that are compared with others, each once.
std::vector<Member> Compared(const Figures& figures) {
  std::vector<Member> members;
  for (const CellValue& value : figures.values().values) {
    const bool is_new = members.empty() || members.back() != value.member;
    if (is_new && figures.Of(value).grounds != nullptr) members.push_back(value.member);
  }
  return members;
}

}  // namespace

absl::StatusOr<NetworkCoverage> NetworkDesk::Coverage(int year) const {
  HANSA_RETURN_IF_ERROR(CheckYear("coverage", year));
  const NodeView view = node_.View();
  const Cities cities = CitiesOf(*view.roster);
  std::map<Member, Answers> answers;
  for (const auto& [number, member] : cities) answers.emplace_hint(answers.end(), number, Answers());
  const absl::StatusOr<std::vector<projection::StandingSet>> sets = views_.StandingSets(std::nullopt);
  HANSA_RETURN_IF_ERROR(sets.status());
  auto at = answers.begin();
  int year_of_last = 0;
  for (const projection::StandingSet& set : *sets) {
    if (set.year != year_of_last) at = answers.begin();  // members ascend within a year
    year_of_last = set.year;
    while (at != answers.end() && at->first < set.member) ++at;
    if (at == answers.end() || at->first != set.member) continue;
    at->second.ever.AddAll(set.set.cells);
    if (set.year != year) continue;
    at->second.has_set = true;
    at->second.this_year.AddAll(set.set.cells);
  }
  NetworkCoverage coverage;
  coverage.year = year;
  std::vector<summary::CityAnswers> counted;
  counted.reserve(cities.size());
  for (const auto& [number, member] : cities) {
    const Answers& of_city = answers[number];
    if (!of_city.has_set) coverage.without_set.push_back(member->slug);
    counted.push_back({member->region, of_city.has_set, AnsweredOf(catalogue_, of_city.this_year),
                       AnsweredOf(catalogue_, of_city.ever)});
  }
  std::sort(coverage.without_set.begin(), coverage.without_set.end());
  coverage.counts = summary::CoverageOf(catalogue_, counted);
  return coverage;
}

absl::StatusOr<NetworkSummary> NetworkDesk::Summary(const SummaryRequest& request) const {
  HANSA_RETURN_IF_ERROR(CheckYear("summary", request.year));
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, request.part));
  const NodeView view = node_.View();
  const Cities cities = CitiesOf(*view.roster);
  NetworkSummary summary;
  summary.year = request.year;
  absl::StatusOr<std::vector<projection::StandingSet>> sets = views_.StandingSets(request.year);
  HANSA_RETURN_IF_ERROR(sets.status());
  std::erase_if(*sets, [&](const projection::StandingSet& set) { return !cities.contains(set.member); });
  summary.cities = sets->size();
  summary.inputs_digest = DigestOf(*sets);
  std::map<std::string, std::vector<summary::CellSummary>> regions;
  if (!request.by_region) regions[""];
  for (const catalogue::Cell& cell : catalogue_.cells()) {
    if (!IsPartOf(cell, request.part)) continue;
    const absl::StatusOr<CellValues> values = views_.ValuesOf(cell.id, request.year);
    HANSA_RETURN_IF_ERROR(values.status());
    const Figures now(*cell.measurement, *values);
    // Of each city, the last value before the year and that of the year stand side by side.
    const absl::StatusOr<CellValues> earlier = views_.LastValuesBefore(cell.id, request.year, Compared(now));
    HANSA_RETURN_IF_ERROR(earlier.status());
    const Figures before(*cell.measurement, *earlier);
    for (const auto& [region, of_region] : ByRegion(cities, request, now, before)) {
      for (summary::CellSummary& one : summary::SummariesOf(catalogue_, cell, of_region)) {
        regions[region].push_back(std::move(one));
      }
    }
  }
  for (auto& [region, cells] : regions) summary.regions.push_back({region, std::move(cells)});
  return summary;
}

}  // namespace hansa::node::desk
