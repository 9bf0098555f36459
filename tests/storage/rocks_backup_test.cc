// P20: a backup is what restores to what was stored; a changed byte in one is told. P19: what was erased is not in it.
#include "storage/rocks_backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <map>
#include <thread>

#include "storage/rocks_database.h"
#include "tests/storage/noise.h"
#include "tests/storage/stored_network.h"
#include "tests/testing/feeds.h"

namespace hansa::storage {
namespace {

using replication::FeedId;
using replication::SaltedPayload;
using replication::Sequence;
using replication::SodiumCrypto;
using replication::VerifiedUnit;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Must;
using ::testing::Not;
using testing::ReadFile;
using testing::StatusIs;
using testing::TestAuthor;
using testing::WriteFile;

constexpr absl::StatusCode kDataLoss = absl::StatusCode::kDataLoss;

bool Wanted() { return false; }

class RocksBackupTest : public ::testing::Test {
 protected:
  RocksBackupTest() : database_(Must(Database::Open(store_))) {}

  FeedStore& feeds() { return database_->feeds(); }
  ProvenCopy Backup() { return Must(database_->Backup(backup_, Wanted)); }
  void KeepOnly(CopyNumber number) { Must(Must(StoreCopies::Open(backup_))->KeepOnly(number)); }
  // Restores copy `number` to a folder of its own and opens it.
  std::unique_ptr<Database> Restored(CopyNumber number) {
    const std::string folder = folder_ / ("restored-" + std::to_string(++restored_));
    Must(RestoreCopy(backup_, number, folder));
    return Must(Database::Open(folder));
  }
  void FlushAll() {
    Must(database_->Close());
    database_ = Must(Database::Open(store_));
  }
  std::vector<std::string> BackupFilesWith(const VerifiedUnit& unit, std::size_t i) const {
    return FilesWith(backup_, *unit.unit().entries[i].payload);
  }
  // Every file below the backup's store, and which it is on the disk.
  std::map<std::string, ino_t> Files() const {
    std::map<std::string, ino_t> files;
    for (const auto& file : std::filesystem::recursive_directory_iterator(backup_ + "/store")) {
      struct stat about = {};
      if (!file.is_regular_file() || ::stat(file.path().c_str(), &about) != 0) continue;
      files.emplace(file.path().string(), about.st_ino);
    }
    return files;
  }

  testing::TempFolder folder_;
  const std::string store_ = folder_ / "store";
  const std::string backup_ = folder_ / "backup";
  std::unique_ptr<Database> database_;
  int restored_ = 0;
  TestAuthor city_{11};
  TestAuthor other_{12};
};

using Rows = std::vector<std::pair<std::string, std::string>>;

Rows RowsOf(const Tables& tables, Table table) {
  Rows rows;
  for (const KeyValue& row : Must(tables.Scan(table, "", "", ~std::size_t{0}))) rows.emplace_back(row.key, row.value);
  return rows;
}

constexpr Table kTables[] = {Table::kSettings,     Table::kDrafts, Table::kCursors, Table::kRecords,
                             Table::kObservations, Table::kNews,   Table::kNotes,   Table::kFiles};

void ExpectSame(Database& one, Database& two) {
  const std::vector<HeldFeed> held = Must(one.feeds().Feeds());
  EXPECT_EQ(one.id(), two.id());
  EXPECT_EQ(held, Must(two.feeds().Feeds()));
  for (const HeldFeed& feed : held) {
    const auto entries = Must(one.feeds().ReadEntries(feed.feed, Sequence(1), 1000));
    const auto others = Must(two.feeds().ReadEntries(feed.feed, Sequence(1), 1000));
    ASSERT_EQ(entries.size(), others.size());
    for (std::size_t i = 0; i < entries.size(); ++i) EXPECT_EQ(entries[i].entry, others[i].entry);
    EXPECT_EQ(Must(one.feeds().Checkpoints(feed.feed)), Must(two.feeds().Checkpoints(feed.feed)));
  }
  EXPECT_EQ(Must(one.feeds().AllQuarantined()), Must(two.feeds().AllQuarantined()));
  for (const Table table : kTables) EXPECT_EQ(RowsOf(one.tables(), table), RowsOf(two.tables(), table));
}

TEST_F(RocksBackupTest, P20_WhatIsRestoredIsWhatWasStored) {
  Must(feeds().Append({PublishNoise(city_, 3, 2000)}));
  Must(feeds().Append({PublishNoise(other_, 2, 2000)}));
  FlushAll();
  Must(feeds().Append({PublishNoise(city_, 2, 2000)}));
  Must(feeds().CutFeed(replication::Checkpoint{other_.feed(), Sequence(0), {}, {}}));
  for (const Table table : kTables) {
    Must(database_->tables().Apply({Write{table, "key", "value"}}, Durability::kSynced));
  }
  const ProvenCopy copy = Backup();
  EXPECT_EQ(copy.contents.entries, 5u);
  EXPECT_EQ(copy.contents, Must(ReadContents(*database_, SodiumCrypto(), Wanted)));
  const std::unique_ptr<Database> restored = Restored(copy.number);
  ExpectSame(*database_, *restored);
  EXPECT_EQ(Must(restored->feeds().Quarantined(other_.feed())).entries, 2u);
  EXPECT_FALSE(std::filesystem::exists(ScratchFolder(backup_)));
}

TEST_F(RocksBackupTest, P20_ATableThatHasNotChangedIsNotCopiedAgain) {
  for (int i = 0; i < 20; ++i) Must(feeds().Append({PublishNoise(city_, 1, 100000)}));
  const ProvenCopy first = Backup();
  EXPECT_GT(first.bytes_added, 2000000u);
  const std::map<std::string, ino_t> before = Files();
  Must(feeds().Append({PublishNoise(city_, 1, 1000)}));
  const ProvenCopy second = Backup();
  EXPECT_LT(second.bytes_added, 100000u);
  KeepOnly(second.number);
  const std::map<std::string, ino_t> after = Files();
  std::uint64_t kept_bytes = 0;
  for (const auto& [path, inode] : before) {
    const auto same = after.find(path);
    if (same == after.end() || path.find("/shared_checksum/") == std::string::npos) continue;
    EXPECT_EQ(same->second, inode) << path;
    kept_bytes += std::filesystem::file_size(path);
  }
  EXPECT_GT(kept_bytes, 2000000u);
  ExpectSame(*database_, *Restored(second.number));
  EXPECT_THAT(RestoreCopy(backup_, first.number, folder_ / "gone"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(RocksBackupTest, P20_AnAlteredByteIsToldAndNeverRestored) {
  for (int i = 0; i < 3; ++i) Must(feeds().Append({PublishNoise(city_, 2, 3000)}));
  const ProvenCopy copy = Backup();
  int refused = 0;
  for (const auto& [path, inode] : Files()) {
    const std::string bytes = ReadFile(path);
    for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      if (bytes.empty()) break;
      std::string altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ 1);
      WriteFile(path, altered);
      const std::string to = folder_ / "altered";
      std::filesystem::remove_all(to);
      const absl::Status restored = RestoreCopy(backup_, copy.number, to);
      if (restored.ok()) {
        // A byte that means nothing, such as one of the time at which it was made.
        EXPECT_THAT(path, ::testing::HasSubstr("/meta/"));
        ExpectSame(*database_, *Must(Database::Open(to)));
      } else {
        EXPECT_THAT(restored, StatusIs(kDataLoss)) << path << " at " << at;
        ++refused;
      }
    }
    WriteFile(path, bytes);
  }
  EXPECT_GT(refused, 10);
  ExpectSame(*database_, *Restored(copy.number));
}

TEST_F(RocksBackupTest, P20_AMissingFileIsTold) {
  Must(feeds().Append({PublishNoise(city_, 2, 3000)}));
  const ProvenCopy copy = Backup();
  for (const auto& [path, inode] : Files()) {
    if (path.find("/meta/") != std::string::npos) continue;  // without it there is no such copy
    const std::string bytes = ReadFile(path);
    std::filesystem::remove(path);
    EXPECT_THAT(RestoreCopy(backup_, copy.number, folder_ / "missing"), StatusIs(kDataLoss, "the backup")) << path;
    // What is left of it is not taken for rubbish.
    EXPECT_THAT(Must(StoreCopies::Open(backup_))->KeepOnly(copy.number), StatusIs(kDataLoss)) << path;
    std::filesystem::remove_all(folder_ / "missing");
    WriteFile(path, bytes);
  }
  ExpectSame(*database_, *Restored(copy.number));
}

// The next backup would share the table that has rotted.
TEST_F(RocksBackupTest, P20_ABackupThatDoesNotRestoreIsNone) {
  Must(feeds().Append({PublishNoise(city_, 3, 100000)}));
  const ProvenCopy first = Backup();
  std::string largest;
  for (const auto& [path, inode] : Files()) {
    if (largest.empty() || std::filesystem::file_size(path) > std::filesystem::file_size(largest)) largest = path;
  }
  const std::string bytes = ReadFile(largest);
  std::string altered = bytes;
  altered[bytes.size() / 2] = static_cast<char>(altered[bytes.size() / 2] ^ 1);
  WriteFile(largest, altered);
  Must(feeds().Append({PublishNoise(city_, 1, 1000)}));
  EXPECT_THAT(database_->Backup(backup_, Wanted), StatusIs(kDataLoss));
  EXPECT_FALSE(std::filesystem::exists(ScratchFolder(backup_)));
  EXPECT_THAT(RestoreCopy(backup_, first.number + 1, folder_ / "none"), StatusIs(absl::StatusCode::kNotFound));
  WriteFile(largest, bytes);
  const std::unique_ptr<Database> restored = Restored(first.number);
  EXPECT_EQ(Must(restored->feeds().Feed(city_.feed())).newest.len, Sequence(3));
}

TEST_F(RocksBackupTest, P20_WhatWasAcknowledgedBeforeIsInItWhileWritersGoOn) {
  Must(feeds().Append({PublishNoise(city_, 1, 1000)}));
  std::atomic<std::uint64_t> acknowledged = 1;
  std::atomic<bool> done = false;
  std::thread writer([&] {
    while (!done) {
      Must(feeds().Append({PublishNoise(city_, 1, 1000)}));
      ++acknowledged;
    }
  });
  for (int i = 0; i < 5; ++i) {
    const std::uint64_t before = acknowledged;
    const ProvenCopy copy = Backup();
    ASSERT_EQ(copy.contents.feeds.size(), 1u);
    EXPECT_GE(copy.contents.feeds.front().len.value(), before);
    KeepOnly(copy.number);
    EXPECT_EQ(Must(ReadContents(*Restored(copy.number), SodiumCrypto(), Wanted)), copy.contents);
    // Written meanwhile: the writer does not wait for the backup.
    EXPECT_GT(acknowledged.load(), before);
  }
  done = true;
  writer.join();
}

TEST_F(RocksBackupTest, P20_ACopyThatLacksWhatWasStoredIsFound) {
  Must(feeds().Append({PublishNoise(city_, 2, 1000)}));
  const ProvenCopy copy = Backup();
  Must(feeds().Append({PublishNoise(city_, 1, 1000)}));
  const std::unique_ptr<Database> restored = Restored(copy.number);
  const std::vector<HeldFeed> now = Must(feeds().Feeds());
  EXPECT_THAT(CheckNothingLacks(*restored, copy.contents, now, feeds(), SodiumCrypto()),
              StatusIs(kDataLoss, "the copy has 2 entries"));
  // What was cut or dropped meanwhile is not missed.
  Must(feeds().Drop({city_.feed()}));
  EXPECT_THAT(CheckNothingLacks(*restored, copy.contents, now, feeds(), SodiumCrypto()), IsOk());
}

TEST_F(RocksBackupTest, P20_WhatIsGivenUpLeavesTheOlderOne) {
  Must(feeds().Append({PublishNoise(city_, 2, 1000)}));
  const ProvenCopy first = Backup();
  Must(feeds().Append({PublishNoise(city_, 1, 1000)}));
  EXPECT_THAT(database_->Backup(backup_, [] { return true; }), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_FALSE(std::filesystem::exists(ScratchFolder(backup_)));
  KeepOnly(first.number);
  EXPECT_EQ(Must(Restored(first.number)->feeds().Feed(city_.feed())).newest.len, Sequence(2));
  const ProvenCopy second = Backup();
  EXPECT_EQ(second.contents.entries, 3u);
}

TEST_F(RocksBackupTest, P20_AStoreThatTakesNoWritesIsBackedUpAllTheSame) {
  Must(feeds().Append({other_.PublishSome(1)}));
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before = {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{3 << 20, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  replication::FeedTail last = city_.tail();
  while (feeds().Append({city_.PublishSome(1, 100 * 1024)}).ok()) last = city_.tail();
  ::setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_THAT(feeds().Append({other_.PublishSome(1)}), Not(IsOk()));
  const ProvenCopy copy = Backup();
  const std::unique_ptr<Database> restored = Restored(copy.number);
  EXPECT_EQ(Must(restored->feeds().Feed(city_.feed())).tail(), last);
  EXPECT_EQ(Must(restored->feeds().Feed(other_.feed())).newest.len, Sequence(1));
}

TEST_F(RocksBackupTest, P19_WhatWasErasedBeforeIsInNoFileOfIt) {
  const VerifiedUnit unit = PublishNoise(city_, 3, 5000);
  Must(feeds().Append({unit}));
  FlushAll();
  Must(feeds().Append({PublishNoise(other_, 3, 5000)}));
  Must(feeds().ErasePayloads(city_.feed(), {Sequence(2)}));
  const ProvenCopy copy = Backup();
  EXPECT_THAT(BackupFilesWith(unit, 1), IsEmpty());
  EXPECT_THAT(BackupFilesWith(unit, 0), Not(IsEmpty()));
  EXPECT_EQ(Must(Restored(copy.number)->feeds().Feed(city_.feed())).absent.size(), 1u);
}

TEST_F(RocksBackupTest, P19_WhatAnOlderBackupHeldGoesWithTheNext) {
  const VerifiedUnit unit = PublishNoise(city_, 3, 5000);
  Must(feeds().Append({unit, PublishNoise(other_, 3, 5000)}));
  Backup();
  ASSERT_THAT(BackupFilesWith(unit, 1), Not(IsEmpty()));
  Must(feeds().ErasePayloads(city_.feed(), {Sequence(2)}));
  const ProvenCopy next = Backup();
  ASSERT_THAT(BackupFilesWith(unit, 1), Not(IsEmpty()));  // in the older one, until it goes
  KeepOnly(next.number);
  EXPECT_THAT(BackupFilesWith(unit, 1), IsEmpty());
  EXPECT_THAT(BackupFilesWith(unit, 0), Not(IsEmpty()));
}

// Erased while it is being copied: the files that hold it are removed under the copy, which is made anew.
TEST_F(RocksBackupTest, P19_WhatIsErasedMeanwhileIsNotInIt) {
  const VerifiedUnit unit = PublishNoise(city_, 2, 5000);
  Must(feeds().Append({unit}));
  for (int i = 0; i < 30; ++i) Must(feeds().Append({PublishNoise(other_, 1, 200000)}));
  FlushAll();
  bool has_erased = false;
  const auto erase = [&] {
    if (!has_erased) Must(feeds().ErasePayloads(city_.feed(), {Sequence(1)}));
    has_erased = true;
    return false;
  };
  const ProvenCopy copy = Must(database_->Backup(backup_, erase));
  ASSERT_TRUE(has_erased);
  KeepOnly(copy.number);
  EXPECT_THAT(BackupFilesWith(unit, 0), IsEmpty());
  EXPECT_THAT(BackupFilesWith(unit, 1), Not(IsEmpty()));
  EXPECT_EQ(Must(Restored(copy.number)->feeds().Feed(city_.feed())).absent.size(), 1u);
}

}  // namespace
}  // namespace hansa::storage
