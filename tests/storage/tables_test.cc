// The contract of Tables, held to by both stores.
#include "storage/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/storage/store_under_test.h"
#include "tests/testing/feeds.h"

namespace hansa::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::Must;
using testing::StatusIs;

constexpr Table kAllTables[] = {Table::kSettings,     Table::kDrafts, Table::kCursors, Table::kRecords,
                                Table::kObservations, Table::kNews,   Table::kNotes,   Table::kFiles};

class TablesTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  Tables& tables() { return store_->tables(); }
  void Put(Table table, const std::string& key, const std::string& value) {
    Must(tables().Apply({Write{table, key, value}}, Durability::kSynced));
  }
  std::vector<std::string> Keys(Table table, absl::string_view prefix, absl::string_view from = "",
                                std::size_t count_max = 1000) {
    std::vector<std::string> keys;
    for (const KeyValue& pair : Must(tables().Scan(table, prefix, from, count_max))) keys.push_back(pair.key);
    return keys;
  }

  std::unique_ptr<StoreUnderTest> store_ = GetParam().make();
};

INSTANTIATE_TEST_SUITE_P(Stores, TablesTest, ::testing::ValuesIn(kStoreKinds),
                         [](const auto& test) { return test.param.name; });

TEST_P(TablesTest, GivesBackWhatWasPut) {
  const std::string value("any bytes, \0 too", 16);
  Put(Table::kDrafts, "key", value);
  EXPECT_THAT(tables().Get(Table::kDrafts, "key"), IsOkAndHolds(value));
  store_->CloseAndOpen();
  EXPECT_THAT(tables().Get(Table::kDrafts, "key"), IsOkAndHolds(value));
  EXPECT_THAT(tables().Get(Table::kDrafts, "ke"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(TablesTest, EachTableHasItsOwnKeys) {
  for (const Table table : kAllTables) Put(table, "key", absl::StrCat(static_cast<int>(table)));
  for (const Table table : kAllTables) {
    EXPECT_THAT(tables().Get(table, "key"), IsOkAndHolds(absl::StrCat(static_cast<int>(table))));
  }
}

TEST_P(TablesTest, ErasesWhatBeginsWithAPrefixAndNothingElse) {
  const std::string high("c\xff\xff", 3);
  for (const std::string& key :
       {std::string("b"), std::string("c"), std::string("ca"), high, high + "1", std::string("d")}) {
    Put(Table::kFiles, key, "value");
    Put(Table::kNotes, key, "value");
  }
  ASSERT_THAT(tables().Erase(Table::kFiles, high), IsOk());
  EXPECT_THAT(Keys(Table::kFiles, ""), ElementsAre("b", "c", "ca", "d"));
  ASSERT_THAT(tables().Erase(Table::kFiles, "c"), IsOk());
  EXPECT_THAT(Keys(Table::kFiles, ""), ElementsAre("b", "d"));
  ASSERT_THAT(tables().Erase(Table::kFiles, "x"), IsOk());
  store_->CloseAndOpen();
  EXPECT_THAT(Keys(Table::kFiles, ""), ElementsAre("b", "d"));
  ASSERT_THAT(tables().Erase(Table::kFiles, ""), IsOk());
  EXPECT_THAT(Keys(Table::kFiles, ""), IsEmpty());
  EXPECT_EQ(Keys(Table::kNotes, "").size(), 6u);
}

TEST_P(TablesTest, AppliesABatchInItsOrderAcrossTables) {
  Put(Table::kRecords, "old", "1");
  ASSERT_THAT(tables().Apply({Write{Table::kRecords, "old", std::nullopt}, Write{Table::kRecords, "new", "1"},
                              Write{Table::kRecords, "new", "2"}, Write{Table::kCursors, "cursor", "7"},
                              Write{Table::kDrafts, "gone", "x"}, Write{Table::kDrafts, "gone", std::nullopt}},
                             Durability::kLazy),
              IsOk());
  EXPECT_THAT(Keys(Table::kRecords, ""), ElementsAre("new"));
  EXPECT_THAT(tables().Get(Table::kRecords, "new"), IsOkAndHolds(std::string("2")));
  EXPECT_THAT(tables().Get(Table::kCursors, "cursor"), IsOkAndHolds(std::string("7")));
  EXPECT_THAT(Keys(Table::kDrafts, ""), IsEmpty());
}

TEST_P(TablesTest, ScansByPrefixInOrderOfBytes) {
  for (const char* key : {"b", "ab", "a\xff", "a", "aa", "\xff\xff", "\xff", "ab\x01"}) Put(Table::kRecords, key, "");
  EXPECT_THAT(Keys(Table::kRecords, "a"), ElementsAre("a", "aa", "ab", "ab\x01", "a\xff"));
  EXPECT_THAT(Keys(Table::kRecords, "ab"), ElementsAre("ab", "ab\x01"));
  EXPECT_THAT(Keys(Table::kRecords, "\xff"), ElementsAre("\xff", "\xff\xff"));
  EXPECT_THAT(Keys(Table::kRecords, "c"), IsEmpty());
  EXPECT_THAT(Keys(Table::kObservations, ""), IsEmpty());
}

TEST_P(TablesTest, ScansFromAKeyOnUpToACount) {
  for (int i = 0; i < 10; ++i) Put(Table::kRecords, absl::StrCat("k", i), absl::StrCat(i));
  EXPECT_THAT(Keys(Table::kRecords, "k", "k7"), ElementsAre("k7", "k8", "k9"));
  EXPECT_THAT(Keys(Table::kRecords, "k", "k30", 2), ElementsAre("k4", "k5"));
  EXPECT_THAT(Keys(Table::kRecords, "k", "a", 1), ElementsAre("k0"));
  EXPECT_THAT(Keys(Table::kRecords, "k", "z"), IsEmpty());
  EXPECT_THAT(Keys(Table::kRecords, "k", "", 0), IsEmpty());
}

TEST_P(TablesTest, ClearsOneTableOnly) {
  testing::TestAuthor city(10);
  Must(store_->feeds().Append({city.PublishSome(3)}));
  for (const Table table : kAllTables) {
    Put(table, "", "the empty key");
    Put(table, std::string(300, '\xff'), "the last");
  }
  ASSERT_THAT(tables().Clear(Table::kRecords), IsOk());
  store_->CloseAndOpen();
  for (const Table table : kAllTables) EXPECT_EQ(Keys(table, "").empty(), table == Table::kRecords);
  EXPECT_EQ(Must(store_->feeds().Feed(city.feed())).newest.len, replication::Sequence(3));
  Put(Table::kRecords, "again", "1");
  EXPECT_THAT(Keys(Table::kRecords, ""), ElementsAre("again"));
  EXPECT_THAT(tables().Clear(Table::kRecords), IsOk());
  EXPECT_THAT(tables().Clear(Table::kRecords), IsOk());
  EXPECT_THAT(Keys(Table::kRecords, ""), IsEmpty());
}

}  // namespace
}  // namespace hansa::storage
