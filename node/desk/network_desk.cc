#include "node/desk/network_desk.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "node/desk/network_figures.h"
#include "replication/check.h"
#include "replication/crypto.h"

namespace hansa::node::desk {
namespace {

using replication::Member;

std::string DigestOf(const std::vector<projection::StandingSet>& sets,
                     const std::vector<projection::StandingWord>& words) {
  replication::ByteWriter writer;
  for (const projection::StandingSet& set : sets) {
    writer.U32(set.member.value()).Raw(set.set.record.view()).U64(set.set.revisions);
  }
  for (const projection::StandingWord& word : words) {
    writer.U32(word.member.value()).Raw(word.record.view()).U64(word.revisions);
  }
  return replication::SodiumCrypto().Sha256(writer.bytes()).hex();
}

// Which cells a city has answered.
struct Answers {
  bool has_set = false;  // or a survey or rating, of the year asked for
  projection::CellMap this_year, ever;
};

summary::Answered AnsweredOf(const catalogue::Catalogue& catalogue, const projection::CellMap& cells) {
  summary::Answered answered(catalogue.cells().size());
  for (std::size_t i = 0; i < answered.size(); ++i) answered[i] = cells.Has(i);
  return answered;
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
  const absl::StatusOr<std::vector<projection::StandingWord>> words =
      views_.StandingWords(*view.roster, std::nullopt, std::nullopt);
  HANSA_RETURN_IF_ERROR(words.status());
  for (const projection::StandingWord& word : *words) {
    const auto city = answers.find(word.member);
    if (city == answers.end()) continue;
    city->second.ever.AddAll(word.cells);
    if (word.year != year) continue;
    city->second.has_set = true;
    city->second.this_year.AddAll(word.cells);
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
  std::set<Member> reporting;
  for (const projection::StandingSet& set : *sets) reporting.insert(set.member);
  absl::StatusOr<std::vector<projection::StandingWord>> words =
      views_.StandingWords(*view.roster, std::nullopt, request.year);
  HANSA_RETURN_IF_ERROR(words.status());
  std::erase_if(*words, [&](const projection::StandingWord& word) { return !cities.contains(word.member); });
  for (const projection::StandingWord& word : *words) reporting.insert(word.member);
  summary.cities = reporting.size();
  summary.inputs_digest = DigestOf(*sets, *words);
  std::map<std::string, std::vector<summary::CellSummary>> regions;
  if (!request.by_region) regions[""];
  for (const catalogue::Cell& cell : catalogue_.cells()) {
    if (!IsPartOf(cell, request.part)) continue;
    const absl::StatusOr<CellReading> reading = CellReading::Of(views_, *view.roster, cities, cell, request.year);
    HANSA_RETURN_IF_ERROR(reading.status());
    std::map<std::string, std::vector<summary::CellSummary>> found;
    if (request.by_region) {
      found = reading->ByRegion(catalogue_);
    } else {
      found[""] = reading->Together(catalogue_);
    }
    for (auto& [region, of_region] : found) {
      std::move(of_region.begin(), of_region.end(), std::back_inserter(regions[region]));
    }
  }
  for (auto& [region, cells] : regions) summary.regions.push_back({region, std::move(cells)});
  return summary;
}

}  // namespace hansa::node::desk
