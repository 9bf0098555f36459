// Reading everything while others write: what changes meanwhile is not damage.
#include "storage/contents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

#include "replication/crypto.h"
#include "storage/rocks_database.h"
#include "tests/storage/noise.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using replication::Sequence;
using testing::IsOk;
using testing::Must;

constexpr auto kWanted = [] { return false; };

class ContentsTest : public ::testing::Test {
 protected:
  // Reads everything until `changes` has ended; each reading finds nothing wrong.
  template <typename Changes>
  void ReadWhile(Changes changes) {
    std::atomic<bool> done = false;
    std::thread writer([&] {
      changes();
      done = true;
    });
    int readings = 0;
    while (!done || readings == 0) {
      const auto read = ReadContents(*database_, replication::SodiumCrypto(), kWanted);
      EXPECT_THAT(read, IsOk()) << "after " << readings;
      ++readings;
      if (!read.ok()) break;
    }
    writer.join();
    EXPECT_THAT(ReadContents(*database_, replication::SodiumCrypto(), kWanted), IsOk());
  }
  FeedStore& feeds() { return database_->feeds(); }

  testing::TempFolder folder_;
  std::unique_ptr<Database> database_ = Must(Database::Open(folder_ / "store"));
  testing::TestAuthor city_{10};
};

TEST_F(ContentsTest, P8_AFeedThatGrowsIsNotDamaged) {
  ReadWhile([&] {
    for (int i = 0; i < 300; ++i) Must(feeds().Append({PublishNoise(city_, 1, 50)}));
  });
  EXPECT_EQ(Must(ReadContents(*database_, replication::SodiumCrypto(), kWanted)).entries, 300u);
}

TEST_F(ContentsTest, P8_AFeedThatIsCutOrDroppedIsNotDamaged) {
  std::vector<replication::VerifiedUnit> units;
  for (int i = 0; i < 30; ++i) units.push_back(PublishNoise(city_, 10, 50));
  const auto append_all = [&] {
    for (const replication::VerifiedUnit& unit : units) Must(feeds().Append({unit}));
  };
  ReadWhile([&] {
    for (int round = 0; round < 12; ++round) {
      append_all();
      if (round % 2 == 0) {
        ASSERT_THAT(feeds().Drop({city_.feed()}), IsOk());
      } else {
        Must(feeds().CutFeed(replication::Checkpoint{city_.feed(), Sequence(0), {}, {}}));
      }
    }
  });
}

TEST_F(ContentsTest, P8_PayloadsThatAreErasedAreNotDamage) {
  std::vector<Sequence> seqs;
  for (std::uint64_t i = 1; i <= 40; ++i) seqs.emplace_back(i);
  Must(feeds().Append({PublishNoise(city_, seqs.size(), 50)}));
  ReadWhile([&] {
    for (const Sequence seq : seqs) ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {seq}), IsOk());
  });
}

}  // namespace
}  // namespace hansa::storage
