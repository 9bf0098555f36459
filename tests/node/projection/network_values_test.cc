// What the short rows say of the network is what whole observations say: summaries and coverage of random networks,
// with corrections, withdrawals, erased payloads, cities that are set aside or have left, several frameworks, reasons
// for no data and values about a wider area, against their definition worked out from every observation shown.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/desk/network_desk.h"
#include "node/domain/comparable.h"
#include "replication/roster_messages.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using node::desk::NetworkCoverage;
using node::desk::NetworkSummary;
using node::domain::Observation;
using node::projection::PublishedObservation;
using node::projection::Views;
using node::summary::CellSummary;
using replication::Member;
using replication::MemberRecord;

constexpr std::uint32_t kSeeds = 6;
constexpr int kCities = 32;
constexpr int kPublications = 640;
constexpr int kFirstYear = 2018;
constexpr int kYears = 5;
// Ratings, rows whose wordings differ, rows of two kinds of source.
const char* const kCells[] = {"1.1.1/adult-literacy-rate#total",
                              "1.1.4/crime-level",
                              "1.2.1/urban-poverty",
                              "1.2.4/participation-in-cultural-activities",
                              "2.1.2/mean-years-of-schooling#female",
                              "3.1.1/leadership"};

class NetworkOfChance {
 public:
  // Between two cities that publish stand `silent` that do not: numbers that lie apart.
  NetworkOfChance(std::uint32_t seed, int silent) : chance_(seed) {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    for (int i = 0; i < kCities; ++i) {
      // Slugs go the other way than numbers.
      Admit(absl::StrCat("de-city-", 99 - i));
      for (int j = 0; j < silent; ++j)
        network_.AdmitCity(CityNamed(absl::StrCat("de-no-", i, "-", j), "DEU"), germany_);
    }
    for (int i = 0; i < kPublications; ++i) Publish(Below(cities_.size()));
    Must(views_->CatchUp(network_.roster()));
  }

  // Two cities are set aside, one has left, and what some entries said is erased.
  void Change() {
    for (const std::size_t city : {std::size_t{1}, std::size_t{4}}) {
      Say(replication::roster_kind::kSuspend, Encode(replication::Standing{cities_[city].number, ""}), {});
    }
    const replication::Revoke left{cities_[2].number, replication::RevokeReason::kRetired, {}};
    Say(replication::roster_kind::kRevoke, Encode(left), network_.approvers());
    for (std::size_t i = 5; i < 8; ++i) {
      std::vector<replication::Sequence> erased;
      for (std::uint64_t seq = 1; seq <= cities_[i].published; ++seq) {
        if (Below(3) == 0) erased.emplace_back(seq);
      }
      Must(feeds_.ErasePayloads(cities_[i].writer.feed(), erased));
    }
    Must(views_->Reindex(network_.roster()));
  }

  const replication::Roster& roster() const { return network_.roster(); }
  const Network& network() const { return network_; }
  Views& views() { return *views_; }
  std::size_t Below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(chance_); }

 private:
  struct City {
    Member number;
    FeedWriter writer;
    std::uint64_t published = 0;
  };

  void Say(replication::Kind kind, replication::Bytes body, Keys approvers) {
    HANSA_CHECK(network_.Append({kind, std::move(body), std::move(approvers), {}}).valid);
  }
  void Admit(const std::string& slug) {
    const Applicant city = CityNamed(slug, "DEU");
    replication::MemberAdd add = network_.AdmissionOf(city);
    add.region = std::vector<std::string>{"EUR", "AFR"}[Below(2)];
    add.recommendation = network_.Recommend(city, *germany_.writer, "DEU");
    Say(replication::roster_kind::kMemberAdd, Encode(add), {});
    cities_.push_back(
        {add.number, {network_.id(), *roster().PresentFeed(add.number, replication::kIndicators), city.writer}});
  }
  Observation RandomObservation(const char* cell) {
    const bool rating = absl::string_view(cell) == kCells[5];
    Observation observation =
        ObservationOf(cell, rating ? absl::StrCat(1 + Below(5)) : absl::StrCat(Below(90), Below(2) == 0 ? "" : ".50"));
    if (Below(8) == 0) observation.source_kind = node::domain::SourceKind::kSurvey;
    if (Below(6) == 0) observation.level = node::domain::AreaLevel::kRegion;
    if (Below(4) == 0) observation.match = static_cast<node::domain::DefinitionMatch>(Below(5));
    observation.definition_language = std::vector<std::string>{"en", "en-GB", "ko", ""}[Below(3) == 0 ? Below(4) : 0];
    if (cell == kCells[2] && Below(4) != 0) {
      observation.attributes = {{"poverty_line", Below(3) == 0 ? "other" : "1.25_ppp_2005"}};
    }
    if (Below(6) == 0) {
      observation.value.reset();
      observation.no_data_reason = "nobody counted";
    }
    return observation;
  }
  void Publish(std::size_t at) {
    City& city = cities_[at];
    std::vector<Observation> observations;
    for (const char* cell : kCells) {
      if (Below(6) != 0) observations.push_back(RandomObservation(cell));
    }
    // A record a year and one more: most entries correct one, some move it to another year.
    const std::size_t record = Below(kYears + 1);
    const std::size_t year = Below(5) == 0 ? Below(kYears) : record % kYears;
    node::domain::IndicatorSet set = SetOf(kFirstYear + static_cast<int>(year), std::move(observations));
    if (Below(8) == 0) set.framework_version = "2031";
    replication::NewEntry entry = EntryOf(RecordNamed(absl::StrCat("record ", record)), set);
    if (Below(12) == 0) {
      entry.retract = true;
      entry.payload.reset();
    }
    const replication::VerifiedUnit unit = city.writer.Publish({entry});
    Must(feeds_.Append({&unit, 1}));
    ++city.published;
    if (Below(20) == 0) Must(views_->CatchUp(roster()));
  }

  std::mt19937 chance_;
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  std::vector<City> cities_;
  storage::MemoryFeedStore feeds_;
  storage::MemoryTables tables_;
  std::unique_ptr<Views> views_ = Must(Views::Open(feeds_, tables_, node::catalogue::CurrentCatalogue()));
};

std::map<Member, const MemberRecord*> CitiesOf(const replication::Roster& roster) {
  std::map<Member, const MemberRecord*> cities;
  for (const auto& [number, member] : roster.state().members) {
    if (member.kind == replication::MemberKind::kCity && member.state == replication::MemberState::kMember) {
      cities[number] = &member;
    }
  }
  return cities;
}

using ByRegion = std::map<std::string, std::vector<CellSummary>>;

bool IsOurs(const PublishedObservation& row) {
  const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
  return row.subject.framework_id == catalogue.framework_id() && row.subject.framework_version == catalogue.version();
}
// Of two of the same, one of another framework after the other, the one that counts.
bool Outweighs(const PublishedObservation& later, const PublishedObservation& earlier) {
  return IsOurs(later) || !IsOurs(earlier);
}

// What one city says of a cell: what it said last before the year, and one answer of the year for each group.
struct Said {
  const PublishedObservation* before = nullptr;
  std::map<node::domain::Grounds, const PublishedObservation*> now;
};

// The summaries of a year by their definition: of each city, the last answer with a value of an earlier year stands
// beside those of the year.
ByRegion SummedUp(const NetworkOfChance& network, Views& views, int year, bool by_region) {
  const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
  const auto cities = CitiesOf(network.roster());
  ByRegion regions;
  for (const node::catalogue::Cell& cell : catalogue.cells()) {
    const auto rows = Must(views.ObservationsOf(network.roster(), {.member = {}, .year = {}, .cell = cell.id}));
    std::map<Member, Said> said;
    for (const PublishedObservation& row : rows) {
      if (!cities.contains(row.member)) continue;
      const PublishedObservation*& before = said[row.member].before;
      if (row.subject.year < year && row.observation.value) {
        const bool is_later = before == nullptr || before->subject.year < row.subject.year;
        if (is_later || Outweighs(row, *before)) before = &row;
      }
      const auto grounds = GroundsOf(*cell.measurement, row.observation);
      if (row.subject.year != year || !grounds) continue;
      const PublishedObservation*& now = said[row.member].now[*grounds];
      if (now == nullptr || Outweighs(row, *now)) now = &row;
    }
    std::map<std::string, std::vector<node::summary::Contribution>> contributions;
    for (const auto& [member, of_city] : said) {
      for (const auto& [grounds, row] : of_city.now) {
        contributions[by_region ? cities.at(member)->region : ""].push_back(
            {&row->observation, of_city.before == nullptr ? nullptr : &of_city.before->observation});
      }
    }
    for (const auto& [region, of_region] : contributions) {
      for (const CellSummary& one : SummariesOf(catalogue, cell, of_region)) regions[region].push_back(one);
    }
  }
  return regions;
}

std::string Line(const CellSummary& one) {
  std::string line = absl::StrCat(one.cell, " ", static_cast<int>(one.group.source_kind), one.group.language,
                                  static_cast<int>(one.group.departure), " n ", one.n, one.withheld ? " withheld" : "",
                                  " ", one.spread.q1, "/", one.spread.median, "/", one.spread.q3, "/", one.spread.mean);
  for (const std::size_t count : one.levels) absl::StrAppend(&line, " ", count);
  const node::summary::Movement& moved = one.movement;
  absl::StrAppend(&line, " moved ", moved.up, ",", moved.same, ",", moved.down, one.movement_withheld ? "-" : "");
  for (const node::summary::AttributeCounts& counts : one.attributes) {
    absl::StrAppend(&line, " ", counts.attribute, " ", counts.n, counts.withheld ? " withheld" : "");
    for (const std::size_t count : counts.counts) absl::StrAppend(&line, " ", count);
  }
  return line;
}

std::vector<std::string> Lines(const ByRegion& regions) {
  std::vector<std::string> lines;
  for (const auto& [region, cells] : regions) {
    for (const CellSummary& one : cells) lines.push_back(absl::StrCat(region, ": ", Line(one)));
  }
  return lines;
}
std::vector<std::string> Lines(const NetworkSummary& summary) {
  ByRegion regions;
  for (const auto& region : summary.regions) regions[region.region] = region.cells;
  return Lines(regions);
}

// How many cells of how many cities are answered, in the year and ever; and who has no set of the year.
struct Counted {
  std::map<std::string, std::pair<std::size_t, std::size_t>> cells;
  std::vector<std::string> without_set;
  friend bool operator==(const Counted&, const Counted&) = default;
};

Counted CountedUp(const NetworkOfChance& network, Views& views, int year) {
  Counted counted;
  for (const auto& [number, member] : CitiesOf(network.roster())) {
    std::set<std::string> this_year;
    std::set<std::string> ever;
    for (const auto& row : Must(views.ObservationsOf(network.roster(), {.member = number, .year = {}, .cell = {}}))) {
      ever.insert(row.observation.cell);
      if (row.subject.year == year) this_year.insert(row.observation.cell);
    }
    for (const std::string& cell : this_year) ++counted.cells[cell].first;
    for (const std::string& cell : ever) ++counted.cells[cell].second;
    bool has_set = false;
    for (const auto& set : Must(views.SetsOf(number))) {
      const node::projection::Revision& last = set.revisions.back();
      has_set = has_set || (last.is_showable_set() && last.subject->year == year);
    }
    if (!has_set) counted.without_set.push_back(member->slug);
  }
  std::sort(counted.without_set.begin(), counted.without_set.end());
  return counted;
}
Counted Lines(const NetworkCoverage& coverage) {
  Counted counted{{}, coverage.without_set};
  for (const node::summary::CellCoverage& cell : coverage.counts.cells) {
    if (cell.chosen > 0) counted.cells[cell.cell] = {cell.reporting, cell.chosen};
  }
  return counted;
}

void ExpectAsDefined(NetworkOfChance& network) {
  FakeNode node(network.network(), CityNamed("de-city-99", "DEU"));
  const node::desk::NetworkDesk desk(node, node::catalogue::CurrentCatalogue(), network.views());
  std::size_t lines = 0;
  std::size_t moved = 0;
  for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
    SCOPED_TRACE(year);
    for (const bool by_region : {false, true}) {
      const auto summary = Must(desk.Summary({.year = year, .part = "", .by_region = by_region}));
      ASSERT_EQ(Lines(summary), Lines(SummedUp(network, network.views(), year, by_region)));
      lines += Lines(summary).size();
      for (const CellSummary& one : summary.regions.empty() ? std::vector<CellSummary>() : summary.regions[0].cells) {
        moved += one.movement.cities();
      }
    }
    ASSERT_EQ(Lines(Must(desk.Coverage(year))), CountedUp(network, network.views(), year));
  }
  EXPECT_GT(lines, 100u) << "too little to compare";
  EXPECT_GT(moved, 20u) << "too little that moved";
  for (const auto& standing : Must(network.views().StandingSets(std::nullopt))) {
    const auto record = Must(network.views().Record({standing.member, replication::kIndicators, standing.set.record}));
    EXPECT_EQ(standing.set.revisions, record.revisions.size());
    EXPECT_EQ(standing.set.seq, record.revisions.back().position.seq);
  }
  EXPECT_EQ(Must(network.views().CompareWithFeeds(network.roster())).differing(), 0u);
}

// Whether answers one after another are those that are given at once.
void ExpectTheSameOneByOne(NetworkOfChance& network) {
  std::size_t answers = 0;
  for (const auto& [number, member] : CitiesOf(network.roster())) {
    for (const std::optional<int> year : {std::optional<int>(), std::optional<int>(kFirstYear + 1)}) {
      const auto at_once =
          Must(network.views().ObservationsOf(network.roster(), {.member = number, .year = year, .cell = {}}));
      auto next = at_once.begin();
      Observation observation;
      const auto take = [&](const node::projection::ObservedIn& in) {
        ASSERT_NE(next, at_once.end());
        EXPECT_EQ(observation, next->observation);
        EXPECT_EQ(std::tie(in.subject, in.record, in.revision, in.seq),
                  std::tie(next->subject, next->record, next->revision, next->seq));
        ++next;
        ++answers;
      };
      Must(network.views().ForEachObservationOf(network.roster(), number, year, observation, take));
      EXPECT_EQ(next, at_once.end());
    }
  }
  EXPECT_GT(answers, 20u) << "too little to compare";
}

TEST(NetworkValuesTest, TheShortRowsSayWhatTheObservationsSay) {
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    // Once, so far apart that members are looked for in their own rows.
    NetworkOfChance network(seed, seed == 1 ? 60 : 0);
    ExpectAsDefined(network);
    ExpectTheSameOneByOne(network);
    network.Change();
    ExpectAsDefined(network);
    ExpectTheSameOneByOne(network);
  }
}

}  // namespace
}  // namespace hansa::testing
