// P7: a full disk loses nothing acknowledged, keeps serving reads, and writes are taken again once there is space.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "storage/ballast.h"
#include "storage/files.h"
#include "storage/high_water.h"
#include "tests/storage/noise.h"
#include "tests/storage/stored_network.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using replication::Sequence;
using testing::IsOk;
using testing::Must;
using testing::StatusIs;
using testing::TestAuthor;

constexpr absl::StatusCode kResourceExhausted = absl::StatusCode::kResourceExhausted;

// Lets no file of this process grow past a size, as a quota would.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_;
};

// Appends until one is refused; returns what it said. `city` then stands at the last one acknowledged.
absl::Status AppendUntilRefused(FeedStore& feeds, TestAuthor& city) {
  while (true) {
    const replication::FeedTail before = city.tail();
    const absl::Status status = feeds.Append({city.PublishSome(1, 100 * 1024)});
    if (!status.ok()) {
      city.Return(before);
      return status;
    }
  }
}

TEST(FullDiskTest, AfterAFailedWriteNoneIsTakenUntilTheStoreIsReopened) {
  testing::TempFolder folder;
  const std::unique_ptr<Database> database = Must(Database::Open(folder / "store"));
  TestAuthor city(10);
  TestAuthor other(11);
  Must(database->feeds().Append({other.PublishSome(1)}));
  {
    FileSizeLimit limit(3 << 20);
    EXPECT_THAT(AppendUntilRefused(database->feeds(), city), StatusIs(kResourceExhausted, "the disk is full"));
  }
  // There is space again, but what the failed write left behind is not known yet (INV-14).
  EXPECT_THAT(database->feeds().Append({other.PublishSome(1)}), StatusIs(kResourceExhausted, "until it is reopened"));
  EXPECT_THAT(database->tables().Apply({Write{Table::kDrafts, "key", "value"}}, Durability::kLazy),
              StatusIs(kResourceExhausted, "until it is reopened"));
  EXPECT_THAT(database->tables().Clear(Table::kDrafts), StatusIs(kResourceExhausted));
  ASSERT_GT(city.tail().len.value(), 10u);
  EXPECT_THAT(database->feeds().ReadUnit(city.feed(), Sequence(1)), IsOk());
  ASSERT_THAT(database->Reopen(), IsOk());
  const HeldFeed held = Must(database->feeds().Feed(city.feed()));
  EXPECT_EQ(held.newest.len, city.tail().len);
  EXPECT_EQ(held.newest.head, city.tail().head);
  EXPECT_THAT(database->feeds().Append({city.PublishSome(1)}), IsOk());
}

TEST(FullDiskTest, KeepsBallastWhereThereIsSpace) {
  testing::TempFolder folder;
  Must(Database::Open(folder / "store")).reset();
  EXPECT_EQ(std::filesystem::file_size(folder / "store/ballast"), kBallastBytes);
  EXPECT_TRUE(DropBallast(folder / "store"));
  EXPECT_FALSE(DropBallast(folder / "store"));
}

constexpr char kDisk[] = "HANSA_TEST_SMALL_DISK";

// Runs in a process of its own, which sees a disk of 100 MiB at the folder named.
TEST(SmallDisk, DISABLED_FillsUpAndRecovers) {
  const char* disk = std::getenv(kDisk);
  if (disk == nullptr) GTEST_SKIP() << "only started by the test below";
  const std::string store = std::string(disk) + "/store";
  const std::string filler = std::string(disk) + "/filler";
  const auto fill = [&] {
    OpenFile file = Must(OpenFile::Open(filler, O_RDWR | O_CREAT));
    const std::string piece(4096, 'x');
    std::uint64_t at = 0;
    while (file.WriteAt(at, piece).ok()) at += piece.size();
  };
  TestAuthor city(10);
  std::unique_ptr<Database> database = Must(Database::Open(store));
  ASSERT_TRUE(std::filesystem::exists(store + "/ballast"));
  const std::string marks = std::string(disk) + "/high-water";
  const std::unique_ptr<HighWaterFile> high_water = Must(HighWaterFile::Open(marks));
  Must(high_water->Replace({database->id(), {}, {}}));
  for (int i = 0; i < 20; ++i) Must(database->feeds().Append({city.PublishSome(1, 100 * 1024)}));
  fill();

  EXPECT_THAT(AppendUntilRefused(database->feeds(), city), StatusIs(kResourceExhausted, "the disk is full"));
  const HeldFeed held = Must(database->feeds().Feed(city.feed()));
  EXPECT_EQ(held.tail(), city.tail());
  EXPECT_THAT(database->feeds().ReadUnit(city.feed(), Sequence(1)), IsOk());
  // The file has its space since it was made.
  EXPECT_THAT(high_water->Record({{city.feed(), city.tail().len, city.tail().head}}), IsOk());
  EXPECT_THAT(database->Reopen(), StatusIs(kResourceExhausted, "is full"));
  EXPECT_THAT(database->feeds().ReadUnit(city.feed(), Sequence(1)), IsOk());

  // Started anew on the full disk, it drops the ballast and serves.
  Must(database->Close());
  fill();
  database = Must(Database::Open(store));
  EXPECT_FALSE(std::filesystem::exists(store + "/ballast"));
  EXPECT_EQ(Must(database->feeds().Feed(city.feed())), held);
  EXPECT_THAT(database->feeds().ReadUnit(city.feed(), Sequence(1)), IsOk());
  fill();
  EXPECT_THAT(AppendUntilRefused(database->feeds(), city), StatusIs(kResourceExhausted));

  std::filesystem::remove(filler);
  ASSERT_THAT(database->Reopen(), IsOk());
  EXPECT_EQ(Must(database->feeds().Feed(city.feed())).tail(), city.tail());
  EXPECT_THAT(database->feeds().Append({city.PublishSome(1, 1000)}), IsOk());
  Must(database->Close());
  database = Must(Database::Open(store));
  EXPECT_EQ(Must(database->feeds().Feed(city.feed())).tail(), city.tail());
}

// Runs as the one above: on a disk with less room than rewriting takes.
TEST(SmallDisk, DISABLED_ErasesAtOnceAndRewritesOnceThereIsRoom) {
  const char* disk = std::getenv(kDisk);
  if (disk == nullptr) GTEST_SKIP() << "only started by the test below";
  const std::string store = std::string(disk) + "/store";
  const std::string filler = std::string(disk) + "/filler";
  TestAuthor city(10);
  std::unique_ptr<Database> database = Must(Database::Open(store));
  const replication::VerifiedUnit unit = PublishNoise(city, 2, 5000);
  Must(database->feeds().Append({unit}));
  const replication::SaltedPayload& erased = *unit.unit().entries[0].payload;
  const auto leave_free = [&](std::uint64_t bytes) {
    OpenFile file = Must(OpenFile::Open(filler, O_RDWR | O_CREAT));
    const std::string piece(4096, 'x');
    std::uint64_t at = 0;
    while (Must(database->Space()).free > bytes && file.WriteAt(at, piece).ok()) at += piece.size();
  };
  leave_free(4 << 20);
  for (int call = 0; call < 2; ++call) {
    EXPECT_THAT(database->feeds().ErasePayloads(city.feed(), {Sequence(1)}), IsOk());
    EXPECT_THAT(database->FinishErasing(), StatusIs(kResourceExhausted, "cannot leave the disk yet"));
    EXPECT_EQ(Must(database->feeds().Feed(city.feed())).absent.size(), 1u);
  }
  EXPECT_THAT(FilesWith(store, erased), ::testing::Not(::testing::IsEmpty()));
  // Everything else goes on, also after a start.
  EXPECT_THAT(database->feeds().Append({PublishNoise(city, 1, 1000)}), IsOk());
  Must(database->Close());
  database = Must(Database::Open(store));
  EXPECT_THAT(database->feeds().Append({PublishNoise(city, 1, 1000)}), IsOk());
  std::filesystem::remove(filler);
  EXPECT_THAT(database->FinishErasing(), IsOk());
  EXPECT_THAT(FilesWith(store, erased), ::testing::IsEmpty());
  Must(database->Close());
  database = Must(Database::Open(store));
  EXPECT_EQ(Must(database->feeds().Feed(city.feed())).tail(), city.tail());
}

// Mounts that only this process and its children see.
bool MountSmallDisk(const char* folder) {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("none", folder, "tmpfs", 0, "size=100m") == 0;
}

void RunOnASmallDisk(const char* filter) {
  testing::TempFolder folder;
  const std::string setting = std::string(kDisk) + "=" + folder.path();
  const char* environment[] = {setting.c_str(), nullptr};
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (!MountSmallDisk(folder.path().c_str())) ::_exit(77);
    ::execle("/proc/self/exe", "small_disk", "--gtest_also_run_disabled_tests", filter, nullptr, environment);
    ::_exit(127);
  }
  int how = 0;
  ASSERT_EQ(::waitpid(pid, &how, 0), pid);
  ASSERT_TRUE(WIFEXITED(how)) << "ended by signal " << WTERMSIG(how);
  if (WEXITSTATUS(how) == 77) GTEST_SKIP() << "SKIPPED: a small disk can be mounted only as root";
  EXPECT_EQ(WEXITSTATUS(how), 0) << "see what the test SmallDisk printed above";
}

TEST(FullDiskTest, AFullDiskLosesNothingAndServesOn) { RunOnASmallDisk("--gtest_filter=SmallDisk.*FillsUp*"); }

TEST(FullDiskTest, WhatWasErasedLeavesTheDiskOnceThereIsRoom) { RunOnASmallDisk("--gtest_filter=SmallDisk.*Erases*"); }

}  // namespace
}  // namespace hansa::storage
