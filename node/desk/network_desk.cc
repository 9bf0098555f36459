#include "node/desk/network_desk.h"

#include <algorithm>
#include <map>
#include <utility>

#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "replication/check.h"
#include "replication/crypto.h"

namespace hansa::node::desk {
namespace {

using projection::PublishedObservation;
using replication::Member;
using replication::MemberRecord;

// The cities whose values count, by number.
std::map<Member, const MemberRecord*> CitiesOf(const replication::Roster& roster) {
  std::map<Member, const MemberRecord*> cities;
  for (const auto& [number, member] : roster.state().members) {
    const bool counts =
        member.kind == replication::MemberKind::kCity && member.state == replication::MemberState::kMember;
    if (counts) cities[number] = &member;
  }
  return cities;
}

std::string DigestOf(const std::vector<projection::StandingSet>& sets) {
  replication::ByteWriter writer;
  for (const projection::StandingSet& set : sets) {
    writer.U32(set.member.value()).Raw(set.record.view()).U64(set.revisions);
  }
  return replication::SodiumCrypto().Sha256(writer.bytes()).hex();
}

}  // namespace

absl::StatusOr<NetworkCoverage> NetworkDesk::Coverage(int year) const {
  HANSA_RETURN_IF_ERROR(CheckYear("coverage", year));
  const NodeView view = node_.View();
  const std::map<Member, const MemberRecord*> cities = CitiesOf(*view.roster);
  std::map<Member, summary::CityAnswers> answers;
  for (const auto& [number, member] : cities) answers[number].region = member->region;
  const absl::StatusOr<std::vector<PublishedObservation>> published = views_.ObservationsOf(*view.roster, {});
  HANSA_RETURN_IF_ERROR(published.status());
  for (const PublishedObservation& row : *published) {
    const auto found = answers.find(row.member);
    const catalogue::Cell* cell = catalogue_.FindCell(row.observation.cell);
    if (found == answers.end() || cell == nullptr) continue;
    const auto mark = [&](summary::Answered& cells) {
      cells.resize(catalogue_.cells().size());
      cells[cell->position] = true;
    };
    mark(found->second.ever);
    if (row.subject.year == year) mark(found->second.this_year);
  }
  NetworkCoverage coverage;
  coverage.year = year;
  std::vector<summary::CityAnswers> counted;
  const absl::StatusOr<std::vector<projection::StandingSet>> sets = views_.StandingSets(year);
  HANSA_RETURN_IF_ERROR(sets.status());
  for (const projection::StandingSet& set : *sets) {
    const auto found = answers.find(set.member);
    if (found != answers.end()) found->second.has_set = true;
  }
  for (auto& [number, city] : answers) {
    if (!city.has_set) coverage.without_set.push_back(cities.at(number)->slug);
    counted.push_back(std::move(city));
  }
  std::sort(coverage.without_set.begin(), coverage.without_set.end());
  coverage.counts = summary::CoverageOf(catalogue_, counted);
  return coverage;
}

absl::StatusOr<NetworkSummary> NetworkDesk::Summary(const SummaryRequest& request) const {
  HANSA_RETURN_IF_ERROR(CheckYear("summary", request.year));
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, request.part));
  const NodeView view = node_.View();
  const std::map<Member, const MemberRecord*> cities = CitiesOf(*view.roster);
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
    // By slug and year: of each city, the last one before the year and that of the year stand side by side.
    const absl::StatusOr<std::vector<PublishedObservation>> published =
        views_.ObservationsOf(*view.roster, {.member = std::nullopt, .year = std::nullopt, .cell = cell.id});
    HANSA_RETURN_IF_ERROR(published.status());
    std::map<std::string, std::vector<summary::Contribution>> contributions;
    const PublishedObservation* before = nullptr;
    for (const PublishedObservation& row : *published) {
      const auto city = cities.find(row.member);
      if (city == cities.end()) continue;
      if (before != nullptr && before->member != row.member) before = nullptr;
      if (row.subject.year < request.year && row.observation.value) before = &row;
      if (row.subject.year != request.year) continue;
      contributions[request.by_region ? city->second->region : ""].push_back(
          {&row.observation, before == nullptr ? nullptr : &before->observation});
    }
    for (const auto& [region, of_region] : contributions) {
      for (summary::CellSummary& one : summary::SummariesOf(catalogue_, cell, of_region)) {
        regions[region].push_back(std::move(one));
      }
    }
  }
  for (auto& [region, cells] : regions) summary.regions.push_back({region, std::move(cells)});
  return summary;
}

}  // namespace hansa::node::desk
