// A database opened to look at: it holds what it held, takes no write, and leaves every file as it was.
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

class RocksOpenToReadTest : public ::testing::Test {
 protected:
  // As a power cut leaves it: the newest entries are in the log alone.
  RocksOpenToReadTest() {
    const std::unique_ptr<Database> database = Must(Database::Open(folder_ / "running"));
    network_.PublishRound(database->feeds(), 3, 200);
    published_ = Must(database->feeds().Feeds());
    CopyStore(folder_ / "running", store_);
  }
  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    for (const auto& file : std::filesystem::recursive_directory_iterator(store_)) {
      const std::string name = file.path().filename();
      const bool is_content = file.is_regular_file() && name != "lock" && name.rfind("rocksdb.log", 0) != 0;
      if (is_content) files[file.path()] = ReadFile(file.path());
    }
    return files;
  }

  testing::TempFolder folder_;
  const std::string store_ = folder_ / "store";
  StoredNetwork network_{3};
  std::vector<HeldFeed> published_;
};

TEST_F(RocksOpenToReadTest, ShowsWhatIsHeldAndChangesNoFile) {
  const std::map<std::string, std::string> before = Files();
  ASSERT_FALSE(before.empty());
  {
    const std::unique_ptr<Database> database = Must(Database::OpenToRead(store_));
    EXPECT_EQ(Must(database->feeds().Feeds()), published_);
    for (const HeldFeed& feed : published_) {
      EXPECT_EQ(Must(database->feeds().ReadEntries(feed.feed, replication::Sequence(1), 100)).size(),
                feed.newest.len.value());
    }
    EXPECT_THAT(database->Close(), IsOk());
  }
  EXPECT_EQ(Files(), before);
}

TEST_F(RocksOpenToReadTest, TakesNoWrite) {
  const std::map<std::string, std::string> before = Files();
  {
    const std::unique_ptr<Database> database = Must(Database::OpenToRead(store_));
    testing::TestAuthor city(99);
    EXPECT_THAT(database->feeds().Append({city.PublishSome(1)}),
                StatusIs(absl::StatusCode::kFailedPrecondition, "opened to read alone"));
    const Write write{Table::kSettings, "key", "value"};
    EXPECT_THAT(database->tables().Apply({&write, 1}, Durability::kSynced),
                StatusIs(absl::StatusCode::kFailedPrecondition, "opened to read alone"));
    EXPECT_EQ(Must(database->feeds().Feeds()), published_);
  }
  EXPECT_EQ(Files(), before);
}

TEST_F(RocksOpenToReadTest, NobodyElseHasItMeanwhile) {
  const std::unique_ptr<Database> reading = Must(Database::OpenToRead(store_));
  EXPECT_THAT(Database::Open(store_), StatusIs(absl::StatusCode::kFailedPrecondition, "in use by"));
  EXPECT_THAT(Database::OpenToRead(store_), StatusIs(absl::StatusCode::kFailedPrecondition, "in use by"));
}

TEST_F(RocksOpenToReadTest, AFlippedBitInTheLogIsDamage) {
  std::string largest;
  for (const std::string& log : RocksFiles(store_, ".log")) {
    if (largest.empty() || ReadFile(log).size() > ReadFile(largest).size()) largest = log;
  }
  std::string bytes = ReadFile(largest);
  ASSERT_GT(bytes.size(), 1000u);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  WriteFile(largest, bytes);
  EXPECT_THAT(Database::OpenToRead(store_), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RocksOpenToReadTest, NothingIsMadeWhereThereIsNone) {
  const std::string empty = folder_ / "empty";
  std::filesystem::create_directories(empty);
  EXPECT_FALSE(Database::OpenToRead(empty).ok());
  EXPECT_FALSE(std::filesystem::exists(empty + "/rocksdb"));
}

}  // namespace
}  // namespace hansa::storage
