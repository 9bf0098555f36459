// That a row which is not what the feeds give is found, whichever it is, and nothing else.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/projection/views.h"
#include "tests/node/projection/league_of_cities.h"

namespace hansa::testing {
namespace {

using node::projection::IndexDifference;
using node::projection::Views;
using storage::Table;

class ViewsComparisonTest : public ::testing::Test {
 protected:
  ViewsComparisonTest() {
    Append(
        {EntryOf(RecordNamed("b"), SetOf(2020, {ObservationOf(kLiteracy, "70"), ObservationOf(kUnemployment, "5")}))});
    Append({EntryOf(RecordNamed("b"), SetOf(2020, {ObservationOf(kLiteracy, "71")}))});
    Must(views_->CatchUp(league_.roster()));
  }
  void Append(const std::vector<replication::NewEntry>& entries) {
    const replication::VerifiedUnit unit = bonn_.Publish(entries);
    Must(feeds_.Append({&unit, 1}));
  }
  IndexDifference Compared() { return Must(views_->CompareWithFeeds(league_.roster())); }
  std::vector<storage::KeyValue> RowsOf(Table table) { return Must(tables_.Scan(table, "", "", 1000)); }
  void Set(Table table, const std::string& key, std::optional<std::string> value) {
    const storage::Write write{table, key, std::move(value)};
    Must(tables_.Apply({&write, 1}, storage::Durability::kLazy));
  }

  LeagueOfCities league_;
  FeedWriter bonn_ = league_.Writer(0);
  storage::MemoryFeedStore feeds_;
  storage::MemoryTables tables_;
  std::unique_ptr<Views> views_ = Must(Views::Open(feeds_, tables_, node::catalogue::CurrentCatalogue()));
};

TEST_F(ViewsComparisonTest, WhatWasReadAsItShouldBeDoesNotDiffer) {
  const IndexDifference found = Compared();
  EXPECT_EQ(found.differing(), 0u);
  EXPECT_EQ(found.rows,
            RowsOf(Table::kCursors).size() + RowsOf(Table::kRecords).size() + RowsOf(Table::kObservations).size());
}

TEST_F(ViewsComparisonTest, WhatIsNotReadYetIsNoDifference) {
  Append({EntryOf(RecordNamed("c"), SetOf(2021, {ObservationOf(kLiteracy, "72")}))});
  EXPECT_EQ(Compared().differing(), 0u);
  Must(views_->CatchUp(league_.roster()));
  EXPECT_EQ(Compared().differing(), 0u);
}

TEST_F(ViewsComparisonTest, EachRowThatIsAlteredIsFoundAndReindexMendsIt) {
  for (const Table table : {Table::kRecords, Table::kObservations}) {
    ASSERT_FALSE(RowsOf(table).empty());
    for (const storage::KeyValue& row : RowsOf(table)) {
      Set(table, row.key, absl::StrCat(row.value, "x"));
      EXPECT_EQ(Compared().altered, 1u);
      EXPECT_EQ(Compared().differing(), 1u);
      Must(views_->Reindex(league_.roster()));
      EXPECT_EQ(Compared().differing(), 0u);
    }
  }
}

TEST_F(ViewsComparisonTest, EachRowThatIsGoneIsFound) {
  for (const Table table : {Table::kRecords, Table::kObservations}) {
    for (const storage::KeyValue& row : RowsOf(table)) {
      Set(table, row.key, std::nullopt);
      EXPECT_EQ(Compared().missing, 1u);
      Set(table, row.key, row.value);
      EXPECT_EQ(Compared().differing(), 0u);
    }
  }
}

TEST_F(ViewsComparisonTest, ARowThatNoEntryGivesIsFound) {
  Set(Table::kObservations, "m a row of nobody's", "1");
  const IndexDifference found = Compared();
  EXPECT_EQ(found.extra, 1u);
  EXPECT_EQ(found.differing(), 1u);
}

TEST_F(ViewsComparisonTest, ACursorThatIsWrongIsFound) {
  const std::vector<storage::KeyValue> before = RowsOf(Table::kCursors);
  for (const storage::KeyValue& row : before) {
    for (const std::string& spoilt : {std::string("?"), std::string(8, '\0'), std::string(8, '\x7f')}) {
      if (spoilt == row.value) continue;
      Set(Table::kCursors, row.key, spoilt);
      EXPECT_GT(Compared().differing(), 0u);
      Set(Table::kCursors, row.key, row.value);
    }
  }
  EXPECT_EQ(Compared().differing(), 0u);
}

}  // namespace
}  // namespace hansa::testing
