// P8: whatever happens to a file of the store, it is refused, or found by the high-water comparison, or harmless.
// Never silent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/storage/stored_network.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using testing::IsOk;
using testing::Must;
using testing::ReadFile;
using testing::StatusIs;
using testing::WriteFile;

void FlipBit(const std::string& path, std::size_t at) {
  std::string bytes = ReadFile(path);
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
  WriteFile(path, bytes);
}

class RocksDamageTest : public ::testing::Test {
 protected:
  // Publishes, and keeps a copy of the store as a power cut at this moment leaves it: nothing flushed, a live log.
  void PublishAndCutPower(int rounds) {
    const std::unique_ptr<Database> database = Must(Database::Open(folder_ / "running"));
    for (int round = 0; round < rounds; ++round) network_.PublishRound(database->feeds(), 2, 500);
    published_ = network_.Published(database->id());
    CopyStore(folder_ / "running", pristine_);
  }
  // As above, but after an orderly close: nothing in the log.
  void PublishAndClose(int rounds) {
    const std::unique_ptr<Database> database = Must(Database::Open(folder_ / "running"));
    for (int round = 0; round < rounds; ++round) network_.PublishRound(database->feeds(), 2, 500);
    published_ = network_.Published(database->id());
    Must(database->Close());
    CopyStore(folder_ / "running", pristine_);
  }
  // A fresh copy to damage.
  const std::string& Fresh() {
    CopyStore(pristine_, copy_);
    return copy_;
  }
  Outcome Judge() const { return network_.Judge(copy_, published_); }
  // The log that holds what was published.
  static std::string LiveLog(const std::string& folder) {
    std::string largest;
    for (const std::string& log : RocksFiles(folder, ".log")) {
      if (largest.empty() || ReadFile(log).size() > ReadFile(largest).size()) largest = log;
    }
    return largest;
  }

  testing::TempFolder folder_;
  const std::string pristine_ = folder_ / "pristine";
  const std::string copy_ = folder_ / "copy";
  StoredNetwork network_{3};
  HighWater published_;
};

TEST_F(RocksDamageTest, P1_APowerCutLosesNothing) {
  PublishAndCutPower(30);
  Fresh();
  EXPECT_EQ(Judge(), Outcome::kWhole);
}

TEST_F(RocksDamageTest, AFlippedBitInTheLiveLogIsNeverSilent) {
  PublishAndCutPower(30);
  Fresh();
  const std::size_t size = ReadFile(LiveLog(copy_)).size();
  ASSERT_GT(size, 50000u);
  std::map<Outcome, int> outcomes;
  for (std::size_t at = 5; at < size; at += size / 40) {
    FlipBit(LiveLog(Fresh()), at);
    const Outcome outcome = Judge();
    EXPECT_NE(outcome, Outcome::kSilent) << "bit in byte " << at << " of " << size;
    ++outcomes[outcome];
  }
  EXPECT_GT(outcomes[Outcome::kRefused], 30);
}

TEST_F(RocksDamageTest, ALogThatVanishedIsFoundByTheHighWaterComparison) {
  PublishAndCutPower(3);
  std::filesystem::remove(LiveLog(Fresh()));
  EXPECT_THAT(Judge(), ::testing::AnyOf(Outcome::kFoundOut, Outcome::kRefused));
}

TEST_F(RocksDamageTest, ALogCutShortIsFoundByTheHighWaterComparison) {
  PublishAndCutPower(3);
  const std::string whole = ReadFile(LiveLog(Fresh()));
  WriteFile(LiveLog(Fresh()), whole.substr(0, whole.size() / 2));
  EXPECT_EQ(Judge(), Outcome::kFoundOut);
  // A write that never returned may be cut off: that is no loss.
  const HighWater published = published_;
  const std::unique_ptr<Database> database = Must(Database::Open(copy_));
  EXPECT_EQ(CompareWithStore(published, database->id(), {}, Must(database->feeds().Feeds())).fence,
            Fence::kStoreBehind);
}

TEST_F(RocksDamageTest, SalvageKeepsWhatIsWholeAndSetsTheLogAside) {
  PublishAndCutPower(30);
  const std::string log = LiveLog(Fresh());
  FlipBit(log, ReadFile(log).size() / 2);
  const std::string damaged = ReadFile(log);
  ASSERT_THAT(Database::Open(copy_), StatusIs(absl::StatusCode::kDataLoss, "the store is damaged"));
  {
    const std::unique_ptr<Database> database = Must(Database::Salvage(copy_));
    EXPECT_EQ(database->id(), published_.database);
    const std::vector<HeldFeed> held = Must(database->feeds().Feeds());
    ASSERT_EQ(held.size(), 3u);
    for (const HeldFeed& feed : held) {
      EXPECT_GT(feed.newest.len.value(), 10u);
      EXPECT_LT(feed.newest.len.value(), 60u);
      EXPECT_THAT(database->feeds().ReadUnit(feed.feed, replication::Sequence(1)), IsOk());
    }
    EXPECT_EQ(CompareWithStore(published_, database->id(), {}, held).fence, Fence::kStoreBehind);
  }
  const std::string aside = copy_ + "/quarantine/1/" + std::filesystem::path(log).filename().string();
  EXPECT_EQ(ReadFile(aside), damaged);
  // From now on it opens as if nothing had been: only the high-water file knows.
  EXPECT_EQ(Judge(), Outcome::kFoundOut);
}

TEST_F(RocksDamageTest, AFlippedBitInAnyFileOfAClosedStoreIsNeverSilent) {
  PublishAndClose(10);
  std::map<Outcome, int> outcomes;
  std::map<Outcome, int> of_tables;
  for (const char* name : {".sst", "MANIFEST", "CURRENT", "OPTIONS", "IDENTITY"}) {
    for (std::size_t i = 0; i < RocksFiles(pristine_, name).size(); ++i) {
      const std::string path = RocksFiles(Fresh(), name)[i];
      const std::size_t size = ReadFile(path).size();
      for (std::size_t at = size / 14; at < size; at += 1 + size / 7) {
        FlipBit(RocksFiles(Fresh(), name)[i], at);
        const Outcome outcome = Judge();
        EXPECT_NE(outcome, Outcome::kSilent) << path << ", byte " << at;
        ++outcomes[outcome];
        if (std::string(name) == ".sst") ++of_tables[outcome];
      }
    }
  }
  EXPECT_GT(of_tables[Outcome::kRefused], 5);
}

TEST_F(RocksDamageTest, AMissingFileIsNeverSilentAndNeverAnEmptyStore) {
  PublishAndClose(10);
  Fresh();
  std::map<std::string, Outcome> outcomes;
  for (const std::string& path : RocksFiles(pristine_, "")) {
    const std::string name = std::filesystem::path(path).filename().string();
    Fresh();
    std::filesystem::remove(copy_ + "/rocksdb/" + name);
    outcomes[name] = Judge();
    EXPECT_NE(outcomes[name], Outcome::kSilent) << name;
    if (name == "CURRENT" || name.rfind("MANIFEST", 0) == 0 || name.find(".sst") != std::string::npos) {
      EXPECT_EQ(outcomes[name], Outcome::kRefused) << name;
    }
  }
}

TEST_F(RocksDamageTest, AnEmptiedFolderIsAnotherDatabase) {
  PublishAndClose(2);
  std::filesystem::remove_all(Fresh() + "/rocksdb");
  const std::unique_ptr<Database> database = Must(Database::Open(copy_));
  EXPECT_NE(database->id(), published_.database);
  EXPECT_EQ(CompareWithStore(published_, database->id(), {}, Must(database->feeds().Feeds())).fence,
            Fence::kStoreBehind);
}

}  // namespace
}  // namespace hansa::storage
