// What came here of those that are followed: each entry once for ever, in the order in which it came, whatever the
// views go through.
#include "node/projection/news_journal.h"

#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/projection/views.h"
#include "storage/rocks_database.h"
#include "tests/node/projection/league_of_cities.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using node::projection::Arrival;
using node::projection::FollowedCollections;
using node::projection::NewsRow;
using node::projection::Views;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class NewsJournalTest : public ::testing::Test {
 protected:
  std::unique_ptr<Views> OpenViews() {
    return Must(Views::Open(feeds_, tables_, node::catalogue::CurrentCatalogue(), replication::SodiumCrypto(),
                            [this] { return now_ms_; }));
  }
  FollowedCollections CollectionsOf(const std::vector<std::size_t>& cities) const {
    FollowedCollections following;
    for (const std::size_t city : cities) following.emplace(league_.member(city), replication::kIndicators);
    return following;
  }
  void Follow(const std::vector<std::size_t>& cities) {
    Must(views_->SetFollowing(league_.roster(), CollectionsOf(cities)));
  }
  void Publish(FeedWriter& writer, absl::string_view record) {
    const replication::VerifiedUnit unit =
        writer.Publish({EntryOf(RecordNamed(record), SetOf(2020, {ObservationOf(kLiteracy, "99")}))});
    Must(feeds_.Append({&unit, 1}));
  }
  void Read() { Must(views_->CatchUp(league_.roster())); }
  // "3 at 1000: member 2, entry 1", with "was here" behind it.
  std::vector<std::string> Lines(std::uint64_t after = 0) const {
    std::vector<std::string> lines;
    for (const NewsRow& row : Must(views_->news().Rows(after, 1000))) {
      lines.push_back(absl::StrCat(row.number, " at ", row.at_ms, ": city ", CityOf(row), ", entry ",
                                   row.position.seq.value(), row.arrival == Arrival::kWasHere ? ", was here" : ""));
    }
    return lines;
  }
  std::size_t CityOf(const NewsRow& row) const {
    for (std::size_t city = 0; city < 3; ++city) {
      if (league_.member(city) == row.record.member) return city;
    }
    return 99;
  }

  const LeagueOfCities league_;
  storage::MemoryFeedStore feeds_;
  storage::MemoryTables tables_;
  std::uint64_t now_ms_ = 1000;
  std::unique_ptr<Views> views_ = OpenViews();
};

TEST_F(NewsJournalTest, WhatComesOfTheFollowedIsWrittenInTheOrderInWhichItCame) {
  Follow({0, 2});
  FeedWriter first = league_.Writer(0), second = league_.Writer(1), third = league_.Writer(2);
  Publish(third, "a");
  Publish(second, "b");
  Read();
  now_ms_ = 2000;
  Publish(first, "c");
  Read();
  now_ms_ = 3000;
  Publish(third, "d");
  Read();
  EXPECT_THAT(Lines(),
              ElementsAre("1 at 1000: city 2, entry 1", "2 at 2000: city 0, entry 1", "3 at 3000: city 2, entry 2"));
  EXPECT_THAT(Lines(2), ElementsAre("3 at 3000: city 2, entry 2"));
  EXPECT_EQ(views_->news().end(), 3u);
  EXPECT_EQ(Must(views_->news().Rows(1, 1))[0].record,
            (node::projection::RecordKey{league_.member(0), replication::kIndicators, RecordNamed("c")}));
}

TEST_F(NewsJournalTest, WhatWasHereIsWrittenOnceWhenSomebodyIsFollowed) {
  FeedWriter writer = league_.Writer(0), other = league_.Writer(1);
  Publish(writer, "a");
  Publish(writer, "b");
  Publish(other, "x");
  Read();
  EXPECT_THAT(Lines(), IsEmpty());
  now_ms_ = 5000;
  Follow({0});
  Publish(writer, "c");
  Read();
  const auto lines = Lines();
  EXPECT_THAT(lines, ElementsAre("1 at 5000: city 0, entry 1, was here", "2 at 5000: city 0, entry 2, was here",
                                 "3 at 5000: city 0, entry 3"));
  Follow({0});
  Follow({});
  Follow({0});
  EXPECT_EQ(Lines(), lines);
}

TEST_F(NewsJournalTest, WhatCameWhileSomebodyWasNotFollowedIsKnownAndNotNewAfterwards) {
  FeedWriter writer = league_.Writer(0);
  Follow({0});
  Publish(writer, "a");
  Read();
  Follow({});
  Publish(writer, "b");
  Read();
  EXPECT_THAT(Lines(), SizeIs(1));
  Follow({0});
  EXPECT_THAT(Lines(1), ElementsAre("2 at 1000: city 0, entry 2, was here"));
}

TEST_F(NewsJournalTest, ARebuildOfTheViewsIsNoNews) {
  FeedWriter writer = league_.Writer(0);
  Publish(writer, "a");
  Read();
  Follow({0});
  Publish(writer, "b");
  Read();
  const auto lines = Lines();
  now_ms_ = 9000;
  Must(views_->Reindex(league_.roster()));
  EXPECT_EQ(Lines(), lines);
  Must(tables_.Clear(storage::Table::kCursors));  // as another version of the program would
  views_ = OpenViews();
  Read();
  EXPECT_EQ(Lines(), lines);
  Publish(writer, "c");
  Read();
  EXPECT_THAT(Lines(2), ElementsAre("3 at 9000: city 0, entry 3"));
}

TEST_F(NewsJournalTest, WhatThisNodePublishedIsNotToldAgainWhenAnotherVersionMakesTheViewsAnew) {
  FeedWriter writer = league_.Writer(0);
  Publish(writer, "a");
  Read();  // by a version that told nothing of its own
  ASSERT_THAT(Lines(), IsEmpty());
  const storage::Write mark{storage::Table::kCursors, "made by", "another version"};
  Must(tables_.Apply({&mark, 1}, storage::Durability::kSynced));
  views_ = OpenViews();
  views_->SetOwn(league_.member(0));
  Read();
  EXPECT_THAT(Lines(), IsEmpty());
  Publish(writer, "b");
  Read();
  EXPECT_THAT(Lines(), ElementsAre("1 at 1000: city 0, entry 2"));
}

// As a node does that stops keeping a member's feed and keeps it again later.
TEST_F(NewsJournalTest, AFeedThatWasLetGoAndCameAgainTellsOnlyWhatIsNewInIt) {
  FeedWriter writer = league_.Writer(0);
  Follow({0});
  Publish(writer, "a");
  Publish(writer, "b");
  Read();
  storage::MemoryFeedStore again;
  FeedWriter same = league_.Writer(0);
  for (const char* record : {"a", "b", "c"}) {
    const replication::VerifiedUnit unit =
        same.Publish({EntryOf(RecordNamed(record), SetOf(2020, {ObservationOf(kLiteracy, "99")}))});
    Must(again.Append({&unit, 1}));
  }
  const auto views = Must(Views::Open(again, tables_, node::catalogue::CurrentCatalogue(), replication::SodiumCrypto(),
                                      [] { return std::uint64_t{7000}; }));
  Must(views->Reindex(league_.roster()));
  const std::vector<NewsRow> rows = Must(views->news().Rows(0, 10));
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[1].at_ms, 1000u);
  EXPECT_EQ(rows[2].at_ms, 7000u);
  EXPECT_EQ(rows[2].arrival, Arrival::kNew);
}

TEST_F(NewsJournalTest, EachIncarnationIsAFeedOfItsOwn) {
  Follow({0});
  FeedWriter first = league_.Writer(0), second = league_.Writer(0, 2);
  Publish(first, "a");
  Publish(second, "b");
  Publish(second, "c");
  Read();
  EXPECT_THAT(Lines(), SizeIs(3));
}

TEST_F(NewsJournalTest, OnDiskItSurvivesARestart) {
  const TempFolder folder;
  std::vector<NewsRow> before;
  {
    const auto database = Must(storage::Database::Open(folder.path()));
    const auto views = Must(Views::Open(database->feeds(), database->tables(), node::catalogue::CurrentCatalogue()));
    Must(views->SetFollowing(league_.roster(), CollectionsOf({0, 1})));
    for (const FeedHistory& history : league_.RandomHistories(1)) Must(database->feeds().Append(history));
    Must(views->CatchUp(league_.roster()));
    before = Must(views->news().Rows(0, 1000));
    Must(views->news().SetListed(5));
  }
  ASSERT_GT(before.size(), 20u);
  const auto database = Must(storage::Database::Open(folder.path()));
  const auto views = Must(Views::Open(database->feeds(), database->tables(), node::catalogue::CurrentCatalogue()));
  EXPECT_EQ(Must(views->news().Rows(0, 1000)), before);
  EXPECT_EQ(views->news().end(), before.size());
  EXPECT_EQ(views->news().following(), CollectionsOf({0, 1}));
  EXPECT_THAT(views->news().Listed(), IsOkAndHolds(5u));
  Must(views->CatchUp(league_.roster()));
  EXPECT_EQ(views->news().end(), before.size());
}

// However feeds come in, are read, followed and left: an entry has one row at the most, its feed's rows are in its
// order, and whatever was read of the followed is there.
TEST_F(NewsJournalTest, RandomLivesGiveEachEntryOneRow) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    storage::MemoryFeedStore feeds;
    storage::MemoryTables tables;
    auto views = Must(Views::Open(feeds, tables, node::catalogue::CurrentCatalogue()));
    std::mt19937 chance(seed);
    const std::vector<FeedHistory> histories = league_.RandomHistories(seed);
    std::vector<std::size_t> next(histories.size(), 0);
    for (int step = 0; step < 150; ++step) {
      const std::size_t feed = chance() % histories.size();
      if (next[feed] < histories[feed].size()) {
        const replication::VerifiedUnit& unit = histories[feed][next[feed]++];
        Must(feeds.Append({&unit, 1}));
      }
      if (chance() % 3 == 0) Must(views->CatchUp(league_.roster()));
      if (chance() % 6 == 0) {
        std::vector<std::size_t> cities;
        for (std::size_t city = 0; city < 3; ++city) {
          if (chance() % 2 == 0) cities.push_back(city);
        }
        Must(views->SetFollowing(league_.roster(), CollectionsOf(cities)));
      }
      if (chance() % 20 == 0) Must(views->Reindex(league_.roster()));
      if (chance() % 20 == 0) views = Must(Views::Open(feeds, tables, node::catalogue::CurrentCatalogue()));
    }
    Must(views->SetFollowing(league_.roster(), CollectionsOf({0, 1, 2})));
    Must(views->CatchUp(league_.roster()));
    std::map<replication::FeedId, std::uint64_t> last;
    std::uint64_t number = 0;
    for (const NewsRow& row : Must(views->news().Rows(0, 100'000))) {
      ASSERT_EQ(row.number, ++number);
      ASSERT_EQ(row.position.seq.value(), ++last[row.position.feed]);
    }
    for (const storage::HeldFeed& held : Must(feeds.Feeds())) ASSERT_EQ(last[held.feed], held.newest.len.value());
  }
}

TEST_F(NewsJournalTest, WhoeverWaitsIsToldWhenItComes) {
  Follow({0});
  FeedWriter writer = league_.Writer(0);
  Publish(writer, "a");
  const node::projection::NewsJournal& news = views_->news();
  const std::uint64_t wakings = news.wakings();
  std::vector<std::thread> waiting;
  waiting.reserve(3);
  for (int i = 0; i < 3; ++i) {
    waiting.emplace_back([&] {
      news.Await(0, wakings, absl::Minutes(5));
      EXPECT_EQ(news.end(), 1u);
    });
  }
  Read();
  for (std::thread& thread : waiting) thread.join();
}

TEST_F(NewsJournalTest, WhatWasHereWakesNobodyAndWakeDoes) {
  FeedWriter writer = league_.Writer(0);
  Publish(writer, "a");
  Read();
  const std::uint64_t wakings = views_->news().wakings();
  Follow({0});
  EXPECT_EQ(views_->news().end(), 1u);
  views_->news().Await(0, wakings, absl::Milliseconds(1));  // comes back for want of patience alone
  std::thread waiting([&] { views_->news().Await(0, wakings, absl::Minutes(5)); });
  views_->news().Wake();
  waiting.join();
  views_->news().Await(0, wakings, absl::Minutes(5));  // it was woken since
}

TEST_F(NewsJournalTest, TheOldestRowGoesWhenThereAreTooMany) {
  using replication::ByteWriter;
  Follow({0});
  FeedWriter writer = league_.Writer(0);
  Publish(writer, "a");
  Read();
  ASSERT_THAT(Lines(), SizeIs(1));
  // As if as many had come as are kept.
  const std::uint64_t full = node::projection::kNewsRowsMax;
  const storage::Write end{storage::Table::kNews, "end", ByteWriter().U64(full).U64(full).bytes()};
  Must(tables_.Apply({&end, 1}, storage::Durability::kLazy));
  views_ = OpenViews();
  Publish(writer, "b");
  Read();
  EXPECT_THAT(Lines(), ElementsAre("100001 at 1000: city 0, entry 2"));
}

TEST_F(NewsJournalTest, ARowThatCannotBeReadIsSaid) {
  const storage::Write bad{storage::Table::kNews, "end", "short"};
  Must(tables_.Apply({&bad, 1}, storage::Durability::kLazy));
  EXPECT_THAT(Views::Open(feeds_, tables_, node::catalogue::CurrentCatalogue()).status(),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace hansa::testing
