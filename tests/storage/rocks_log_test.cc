// RocksDB's diary: capped, and never a reason to stop.
#include "storage/rocks_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using ::testing::HasSubstr;
using testing::ReadFile;

TEST(RocksLogTest, WritesLinesAndGoesOnInTheSameFile) {
  testing::TempFolder folder;
  for (int run = 0; run < 2; ++run) {
    const auto log = NewRocksLog(folder / "log", 100000);
    rocksdb::Info(log, "run %d of %s", run, "two");
  }
  const std::string text = ReadFile(folder / "log");
  EXPECT_THAT(text, HasSubstr("run 0 of two\n"));
  EXPECT_THAT(text, HasSubstr("run 1 of two\n"));
}

TEST(RocksLogTest, NeverHoldsMoreThanTwiceItsCap) {
  testing::TempFolder folder;
  const auto log = NewRocksLog(folder / "log", 10000);
  for (int i = 0; i < 2000; ++i) rocksdb::Info(log, "line %d %s", i, std::string(i % 300, '.').c_str());
  EXPECT_LE(ReadFile(folder / "log").size(), 10000u);
  EXPECT_LE(ReadFile(folder / "log.1").size(), 10000u);
  EXPECT_THAT(ReadFile(folder / "log") + ReadFile(folder / "log.1"), HasSubstr("line 1999 "));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 2);
}

TEST(RocksLogTest, AFullDiskCostsLinesOnly) {
  const auto log = NewRocksLog("/dev/full", 10000);
  for (int i = 0; i < 5; ++i) rocksdb::Error(log, "nobody reads this %d", i);
  const auto nowhere = NewRocksLog("/nowhere/at/all", 100);
  for (int i = 0; i < 50; ++i) rocksdb::Error(nowhere, "nor this %d", i);
}

TEST(RocksLogTest, ALineOfAnyLengthIsCutShort) {
  testing::TempFolder folder;
  const auto log = NewRocksLog(folder / "log", 100000);
  rocksdb::Info(log, "%s", std::string(50000, 'x').c_str());
  EXPECT_LT(ReadFile(folder / "log").size(), 3000u);
}

}  // namespace
}  // namespace hansa::storage
