// How a practice stands is a pure function of the records held: whatever order the feeds came in, however often an
// entry was offered again, and whoever is followed. News tells each entry of the followed once, in the order in which
// it came, and changes nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "hansa/v1/practices.pb.h"
#include "node/projection/views.h"
#include "tests/node/projection/league_of_cities.h"

namespace hansa::testing {
namespace {

using node::projection::NewsRow;
using node::projection::RecordView;
using node::projection::Views;
using storage::Table;

constexpr std::uint32_t kSeeds = 40;
constexpr std::size_t kCities = 3;

struct Store {
  storage::MemoryFeedStore feeds;
  storage::MemoryTables tables;
  std::unique_ptr<Views> views = Must(Views::Open(feeds, tables, node::catalogue::CurrentCatalogue()));
};

replication::NewEntry RandomEntry(std::mt19937& chance) {
  const replication::RecordId record = RecordNamed(absl::StrCat("practice ", chance() % 4));
  v1::Practice practice;
  practice.set_title(absl::StrCat("Title ", chance() % 1000));
  practice.set_language("en");
  v1::PracticeWithdrawal withdrawal;
  withdrawal.set_reason("it was a mistake");
  replication::NewEntry retraction = EntryOf(replication::kPracticeWithdrawal, record, withdrawal.SerializeAsString());
  switch (chance() % 8) {
    case 0:
      retraction.retract = true;
      return retraction;
    case 1:
      return EntryOf(replication::kPractice, record, "no practice at all");
    case 2:
      return EntryOf(replication::Kind(899), record, "of a kind that comes later");
    default:
      return EntryOf(replication::kPractice, record, practice.SerializeAsString());
  }
}

std::vector<FeedHistory> RandomHistories(const LeagueOfCities& league, std::uint32_t seed) {
  std::mt19937 chance(seed);
  std::vector<FeedHistory> histories;
  for (const auto& [city, incarnation] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 1), std::pair(2, 1)}) {
    FeedWriter writer =
        league.Writer(static_cast<std::size_t>(city), static_cast<std::uint32_t>(incarnation), replication::kPractices);
    FeedHistory& history = histories.emplace_back();
    for (int i = 0; i < 10; ++i) history.push_back(writer.Publish({RandomEntry(chance)}));
  }
  return histories;
}

// Feeds mixed at random; what has arrived already is offered again now and then, and read now and then.
void ArriveAtRandom(const LeagueOfCities& league, const std::vector<FeedHistory>& histories, std::mt19937& chance,
                    Store& store) {
  std::vector<std::size_t> next(histories.size(), 0);
  for (std::size_t left = histories.size() * histories[0].size(); left > 0;) {
    const std::size_t feed = chance() % histories.size();
    if (next[feed] > 0 && chance() % 3 == 0) {
      const replication::VerifiedUnit& again = histories[feed][chance() % next[feed]];
      EXPECT_FALSE(store.feeds.Append({&again, 1}).ok());
    }
    if (next[feed] == histories[feed].size()) continue;
    Must(store.feeds.Append({&histories[feed][next[feed]++], 1}));
    --left;
    if (chance() % 4 == 0) Must(store.views->CatchUp(league.roster()));
  }
  Must(store.views->CatchUp(league.roster()));
}

std::vector<std::tuple<Table, std::string, std::string>> Rows(const Store& store) {
  std::vector<std::tuple<Table, std::string, std::string>> rows;
  for (const Table table : {Table::kCursors, Table::kRecords, Table::kObservations}) {
    for (const storage::KeyValue& row : Must(store.tables.Scan(table, "", "", 1'000'000))) {
      rows.emplace_back(table, row.key, row.value);
    }
  }
  return rows;
}

// member, record -> how many revisions there are, and what the last one is.
using Standing = std::map<std::pair<std::uint32_t, replication::RecordId>, std::string>;

std::string Words(std::uint64_t revisions, std::uint32_t incarnation, std::uint64_t seq, replication::Kind kind,
                  bool retracted) {
  return absl::StrCat(revisions, " revisions, the last ", incarnation, ".", seq, " of kind ", kind.value(),
                      retracted ? ", taken back" : "");
}

Standing WorkedOut(const std::vector<FeedHistory>& histories) {
  std::map<std::pair<std::uint32_t, replication::RecordId>, std::set<std::tuple<std::uint32_t, std::uint64_t>>> places;
  Standing standing;
  for (const FeedHistory& history : histories) {
    for (const replication::VerifiedUnit& unit : history) {
      const replication::EntryHeader& header = unit.headers()[0];
      const std::pair key(unit.author().member.value(), header.record);
      const std::tuple place(unit.author().incarnation.value(), header.seq.value());
      places[key].insert(place);
      if (*places[key].rbegin() != place) continue;
      standing[key] = absl::StrCat(std::get<0>(place), ".", std::get<1>(place), " of kind ", header.kind.value(),
                                   header.retract ? ", taken back" : "");
    }
  }
  for (auto& [key, words] : standing) words = absl::StrCat(places[key].size(), " revisions, the last ", words);
  return standing;
}

Standing ShownBy(const LeagueOfCities& league, const Store& store) {
  Standing standing;
  for (std::size_t city = 0; city < kCities; ++city) {
    for (const RecordView& record : Must(store.views->RecordsOf(league.member(city), replication::kPractices))) {
      const node::projection::Revision& last = record.revisions.back();
      standing[{record.key.member.value(), record.key.id}] =
          Words(record.revisions.size(), last.position.incarnation.value(), last.position.seq.value(), last.kind,
                last.retracted);
    }
  }
  return standing;
}

TEST(PracticeOrderTest, EveryOrderOfArrivalGivesTheSamePractices) {
  const LeagueOfCities league;
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    const std::vector<FeedHistory> histories = RandomHistories(league, seed);
    Store at_once, mixed;
    for (const FeedHistory& history : histories) Must(at_once.feeds.Append(history));
    Must(at_once.views->CatchUp(league.roster()));
    std::mt19937 chance(seed + 1000);
    ArriveAtRandom(league, histories, chance, mixed);
    ASSERT_EQ(Rows(mixed), Rows(at_once));
    ASSERT_EQ(ShownBy(league, mixed), WorkedOut(histories));
  }
}

TEST(PracticeOrderTest, WhoIsFollowedChangesNoPracticeAndNewsIsEachEntryOnce) {
  const LeagueOfCities league;
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    const std::vector<FeedHistory> histories = RandomHistories(league, seed);
    std::mt19937 chance(seed + 2000);
    Store plain, following;
    ArriveAtRandom(league, histories, chance, plain);
    Must(following.views->SetFollowing(
        league.roster(), {{league.member(0), replication::kPractices}, {league.member(2), replication::kPractices}}));
    ArriveAtRandom(league, histories, chance, following);
    ASSERT_EQ(Rows(following), Rows(plain));

    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint64_t>> told;
    std::uint64_t number = 0;
    for (const NewsRow& row : Must(following.views->news().Rows(0, 1000))) {
      ASSERT_EQ(row.number, ++number);
      told[{row.record.member.value(), row.position.incarnation.value()}].push_back(row.position.seq.value());
    }
    const std::vector<std::uint64_t> all = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint64_t>> expected = {
        {{league.member(0).value(), 1}, all},
        {{league.member(0).value(), 2}, all},
        {{league.member(2).value(), 1}, all}};
    ASSERT_EQ(told, expected) << "each feed in its own order";
  }
}

}  // namespace
}  // namespace hansa::testing
