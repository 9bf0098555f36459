// The promise of the views: the same entries give the same rows, byte for byte, in whatever order the feeds
// came in, however often reading was interrupted, and after a rebuild.
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "node/projection/entry_reading.h"
#include "storage/rocks_database.h"
#include "tests/node/projection/league_of_cities.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using node::projection::PublishedObservation;
using node::projection::Views;
using storage::Table;

constexpr int kSeeds = 25;

struct Store {
  storage::MemoryFeedStore feeds;
  storage::MemoryTables tables;
  std::unique_ptr<Views> views = Must(Views::Open(feeds, tables, node::catalogue::CurrentCatalogue()));
};

std::vector<std::tuple<Table, std::string, std::string>> Rows(const storage::Tables& tables) {
  std::vector<std::tuple<Table, std::string, std::string>> rows;
  for (const Table table : {Table::kCursors, Table::kRecords, Table::kObservations}) {
    for (const storage::KeyValue& row : Must(tables.Scan(table, "", "", 1'000'000))) {
      rows.emplace_back(table, row.key, row.value);
    }
  }
  return rows;
}
std::vector<std::tuple<Table, std::string, std::string>> Rows(const Store& store) { return Rows(store.tables); }

// Feeds mixed at random, each in its own order; reads now and then, all feeds or some.
void ArriveAtRandom(const LeagueOfCities& league, std::vector<FeedHistory> histories, std::mt19937& chance,
                    Store& store) {
  std::vector<std::size_t> next(histories.size(), 0);
  std::size_t left = 0;
  for (const FeedHistory& history : histories) left += history.size();
  while (left > 0) {
    const std::size_t feed = chance() % histories.size();
    if (next[feed] == histories[feed].size()) continue;
    const replication::VerifiedUnit& unit = histories[feed][next[feed]++];
    Must(store.feeds.Append({&unit, 1}));
    --left;
    if (chance() % 3 == 0) Must(store.views->CatchUp(league.roster(), {unit.unit().feed}));
    if (chance() % 10 == 0) Must(store.views->CatchUp(league.roster()));
  }
  Must(store.views->CatchUp(league.roster()));
}

TEST(ViewsOrderTest, EveryOrderOfArrivalGivesTheSameRows) {
  const LeagueOfCities league;
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    const std::vector<FeedHistory> histories = league.RandomHistories(seed);
    Store at_once;
    for (const FeedHistory& history : histories) Must(at_once.feeds.Append(history));
    Must(at_once.views->CatchUp(league.roster()));
    ASSERT_GT(Rows(at_once).size(), 40u);

    std::mt19937 chance(seed + 1000);
    Store mixed;
    ArriveAtRandom(league, histories, chance, mixed);
    ASSERT_EQ(Rows(mixed), Rows(at_once));

    Must(mixed.views->Reindex(league.roster()));
    ASSERT_EQ(Rows(mixed), Rows(at_once));
    ASSERT_EQ(Must(mixed.views->Lag(league.roster())), 0u);
  }
}

// What must be shown, worked out the long way round from all entries.
using Shown = std::map<std::tuple<std::uint32_t, int, std::string, std::string>, std::string>;

Shown WorkedOut(const std::vector<FeedHistory>& histories) {
  struct Last {
    std::pair<std::uint32_t, std::uint64_t> position;
    const replication::Entry* entry;
    replication::EntryHeader header;
  };
  std::map<std::pair<std::uint32_t, replication::RecordId>, Last> records;
  for (const FeedHistory& history : histories) {
    for (const replication::VerifiedUnit& unit : history) {
      for (std::size_t i = 0; i < unit.headers().size(); ++i) {
        const replication::EntryHeader& header = unit.headers()[i];
        const Last last{{unit.author().incarnation.value(), header.seq.value()}, &unit.unit().entries[i], header};
        const auto [record, is_new] = records.emplace(std::pair(unit.author().member.value(), header.record), last);
        if (!is_new && record->second.position < last.position) record->second = last;
      }
    }
  }
  std::map<std::tuple<std::uint32_t, int, std::string>, Last> sets;
  for (const auto& [key, last] : records) {
    if (last.header.retract || last.header.kind != replication::kIndicatorSet || last.header.schema_ver != 1) {
      continue;
    }
    const auto set = node::domain::DecodeIndicatorSet(last.entry->payload->payload);
    if (!set.ok() || !node::projection::CheckPublishedSet(node::catalogue::CurrentCatalogue(), *set).ok()) {
      continue;
    }
    const auto [place, is_new] = sets.emplace(std::tuple(key.first, set->year, set->framework_version), last);
    if (!is_new && place->second.position < last.position) place->second = last;
  }
  Shown shown;
  for (const auto& [key, last] : sets) {
    const auto set = node::domain::DecodeIndicatorSet(last.entry->payload->payload);
    for (const node::domain::Observation& observation : set->observations) {
      shown[{std::get<0>(key), std::get<1>(key), std::get<2>(key), observation.cell}] = observation.value->text();
    }
  }
  return shown;
}

Shown ShownBy(const std::vector<PublishedObservation>& rows) {
  Shown shown;
  for (const PublishedObservation& row : rows) {
    shown[{row.member.value(), row.subject.year, row.subject.framework_version, row.observation.cell}] =
        row.observation.value->text();
  }
  EXPECT_EQ(shown.size(), rows.size()) << "a cell is shown twice";
  return shown;
}

TEST(ViewsOrderTest, ShowsWhatTheEntriesAmountTo) {
  const LeagueOfCities league;
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    const std::vector<FeedHistory> histories = league.RandomHistories(seed);
    std::mt19937 chance(seed);
    Store store;
    ArriveAtRandom(league, histories, chance, store);
    const Shown expected = WorkedOut(histories);
    ASSERT_EQ(ShownBy(Must(store.views->ObservationsOf(league.roster(), {}))), expected);

    Shown by_cell;
    for (const char* cell : {kUnemployment, kLiteracy}) {
      by_cell.merge(
          ShownBy(Must(store.views->ObservationsOf(league.roster(), {.member = {}, .year = {}, .cell = cell}))));
    }
    ASSERT_EQ(by_cell, expected);
  }
}

TEST(ViewsOrderTest, AFeedThatTheRosterDoesNotNameYetWaits) {
  const LeagueOfCities league;
  const std::vector<FeedHistory> histories = league.RandomHistories(1);
  const Network young = Network::Founded();
  Store late;
  Store early;
  for (const FeedHistory& history : histories) {
    Must(late.feeds.Append(history));
    Must(early.feeds.Append(history));
  }
  EXPECT_THAT(late.views->CatchUp(young.roster()), IsOkAndHolds(0u));
  EXPECT_THAT(late.views->Lag(young.roster()), IsOkAndHolds(0u));
  EXPECT_GT(Must(late.views->Lag(league.roster())), 40u);
  Must(late.views->CatchUp(league.roster()));
  Must(early.views->CatchUp(league.roster()));
  EXPECT_EQ(Rows(late), Rows(early));
}

TEST(ViewsOrderTest, AnInterruptedRebuildIsNoticedWhenTheViewsAreOpened) {
  const LeagueOfCities league;
  Store store;
  for (const FeedHistory& history : league.RandomHistories(2)) Must(store.feeds.Append(history));
  Must(store.views->CatchUp(league.roster()));
  const auto rows = Rows(store);
  Must(store.tables.Clear(Table::kCursors));  // as far as a rebuild got before the power went
  store.views = Must(Views::Open(store.feeds, store.tables, node::catalogue::CurrentCatalogue()));
  EXPECT_TRUE(Must(store.tables.Scan(Table::kRecords, "", "", 10)).empty());
  EXPECT_TRUE(Must(store.tables.Scan(Table::kObservations, "", "", 10)).empty());
  Must(store.views->CatchUp(league.roster()));
  EXPECT_EQ(Rows(store), rows);
}

TEST(ViewsOrderTest, OnDiskTheRowsAreTheSameAfterReopeningAndRebuilding) {
  const LeagueOfCities league;
  const std::vector<FeedHistory> histories = league.RandomHistories(4);
  Store in_memory;
  const TempFolder folder;
  {
    const auto database = Must(storage::Database::Open(folder.path()));
    for (const FeedHistory& history : histories) {
      Must(in_memory.feeds.Append(history));
      Must(database->feeds().Append(history));
    }
    Must(in_memory.views->CatchUp(league.roster()));
    const auto views = Must(Views::Open(database->feeds(), database->tables(), node::catalogue::CurrentCatalogue()));
    Must(views->CatchUp(league.roster()));
    EXPECT_EQ(Rows(database->tables()), Rows(in_memory));
  }
  const auto database = Must(storage::Database::Open(folder.path()));
  const auto views = Must(Views::Open(database->feeds(), database->tables(), node::catalogue::CurrentCatalogue()));
  EXPECT_THAT(views->CatchUp(league.roster()), IsOkAndHolds(0u));
  EXPECT_EQ(Rows(database->tables()), Rows(in_memory));
  Must(views->Reindex(league.roster()));
  EXPECT_EQ(Rows(database->tables()), Rows(in_memory));
}

TEST(ViewsOrderTest, OpeningAgainKeepsWhatWasRead) {
  const LeagueOfCities league;
  Store store;
  for (const FeedHistory& history : league.RandomHistories(3)) Must(store.feeds.Append(history));
  Must(store.views->CatchUp(league.roster()));
  const auto rows = Rows(store);
  store.views = Must(Views::Open(store.feeds, store.tables, node::catalogue::CurrentCatalogue()));
  EXPECT_EQ(Rows(store), rows);
  EXPECT_THAT(store.views->CatchUp(league.roster()), IsOkAndHolds(0u));
}

TEST(ViewsOrderTest, ViewsThatAreAheadOfTheStoreSaySo) {
  const LeagueOfCities league;
  Store store;
  FeedWriter writer = league.Writer(1);
  const replication::VerifiedUnit unit =
      writer.Publish({EntryOf(RecordNamed("a"), SetOf(2020, {ObservationOf(kLiteracy, "99")}))});
  Must(store.feeds.Append({&unit, 1}));
  const storage::Write ahead{Table::kCursors, writer.feed().str(), replication::ByteWriter().U64(7).bytes()};
  Must(store.tables.Apply({&ahead, 1}, storage::Durability::kLazy));
  EXPECT_THAT(store.views->CatchUp(league.roster()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "run hansa reindex"));
}

// Feeds that are read together go into one write.
TEST(ViewsOrderTest, AFeedThatCannotBeReadKeepsNoOtherFromBeingRead) {
  const LeagueOfCities league;
  Store store;
  for (std::size_t city = 0; city < 3; ++city) {
    FeedWriter writer = league.Writer(city);
    const replication::VerifiedUnit unit =
        writer.Publish({EntryOf(RecordNamed("a"), SetOf(2020, {ObservationOf(kLiteracy, "99")}))});
    Must(store.feeds.Append({&unit, 1}));
  }
  const storage::Write ahead{Table::kCursors, league.Writer(1).feed().str(), replication::ByteWriter().U64(7).bytes()};
  Must(store.tables.Apply({&ahead, 1}, storage::Durability::kLazy));
  EXPECT_THAT(store.views->CatchUp(league.roster()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "run hansa reindex"));
  EXPECT_EQ(Must(store.views->ObservationsOf(league.roster(), {})).size(), 2u);
  EXPECT_EQ(Must(store.views->ValuesOf(kLiteracy, 2020)).values.size(), 2u);
}

}  // namespace
}  // namespace hansa::testing
