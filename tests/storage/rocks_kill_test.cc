// P1: what was acknowledged is there after kill -9; P19: what was erased is not. The writer is this program itself,
// started anew with one test.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "storage/high_water.h"
#include "storage/rocks_database.h"
#include "tests/storage/noise.h"
#include "tests/testing/feeds.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using testing::Must;

constexpr char kFolder[] = "HANSA_TEST_STORE";

// Publishes until it is killed: store, high-water file, then a line on file descriptor 3 for each publish.
TEST(Writer, DISABLED_PublishesUntilItIsKilled) {
  const char* folder = std::getenv(kFolder);
  if (folder == nullptr) GTEST_SKIP() << "only started by the test below";
  const std::unique_ptr<Database> database = Must(Database::Open(std::string(folder) + "/store"));
  const std::unique_ptr<HighWaterFile> high_water = Must(HighWaterFile::Open(std::string(folder) + "/high-water"));
  if (!high_water->existed()) Must(high_water->Replace({database->id(), ThisMachine(), {}}));
  testing::TestAuthor city(10);
  const absl::StatusOr<HeldFeed> held = database->feeds().Feed(city.feed());
  if (held.ok()) city.Return(held->tail());
  while (true) {
    Must(database->feeds().Append({city.PublishSome(3, 2000)}));
    Must(high_water->Record({{city.feed(), city.tail().len, city.tail().head}}));
    if (::dprintf(3, "%llu\n", static_cast<unsigned long long>(city.tail().len.value())) < 0) return;
  }
}

// As above, and erases the second entry of each publish before it says so.
TEST(Eraser, DISABLED_PublishesAndErasesUntilItIsKilled) {
  const char* folder = std::getenv(kFolder);
  if (folder == nullptr) GTEST_SKIP() << "only started by the test below";
  const std::unique_ptr<Database> database = Must(Database::Open(std::string(folder) + "/store"));
  testing::TestAuthor city(10);
  const absl::StatusOr<HeldFeed> held = database->feeds().Feed(city.feed());
  if (held.ok()) city.Return(held->tail());
  while (true) {
    Must(database->feeds().Append({PublishNoise(city, 3, 2000)}));
    const std::uint64_t len = city.tail().len.value();
    Must(database->feeds().ErasePayloads(city.feed(), {replication::Sequence(len - 1)}));
    if (::dprintf(3, "%llu\n", static_cast<unsigned long long>(len)) < 0) return;
  }
}

struct Child {
  pid_t pid;
  std::FILE* acknowledged;
};

Child Start(const char* filter, const std::string& folder) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
  const std::string setting = std::string(kFolder) + "=" + folder;
  const char* environment[] = {setting.c_str(), nullptr};
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(::open("/dev/null", O_WRONLY), 1);
    ::dup2(ends[1], 3);
    ::execle("/proc/self/exe", "writer", "--gtest_also_run_disabled_tests", filter, nullptr, environment);
    ::_exit(127);
  }
  ::close(ends[1]);
  return {pid, ::fdopen(ends[0], "r")};
}

// Lets it go on until it has said `until` or more, kills it, and returns the last thing it said.
unsigned long long KillOnce(const Child& child, unsigned long long until) {
  unsigned long long len = 0;
  while (len < until && std::fscanf(child.acknowledged, "%llu", &len) == 1) {
  }
  EXPECT_GE(len, until);
  ::kill(child.pid, SIGKILL);
  while (std::fscanf(child.acknowledged, "%llu", &len) == 1) {  // what it still said before it died
  }
  std::fclose(child.acknowledged);
  int how = 0;
  EXPECT_EQ(::waitpid(child.pid, &how, 0), child.pid);
  EXPECT_TRUE(WIFSIGNALED(how));
  return len;
}

TEST(KillTest, P1_WhatWasAcknowledgedIsThereAfterEveryKill) {
  testing::TempFolder folder;
  const replication::FeedId feed = testing::TestAuthor(10).feed();
  unsigned long long acknowledged = 0;
  for (int kill_number = 0; kill_number < 12; ++kill_number) {
    const Child child = Start("--gtest_filter=Writer.*", folder.path());
    const unsigned long long until = acknowledged + 3ull * (1 + kill_number * 7);
    acknowledged = KillOnce(child, until);

    const std::unique_ptr<Database> database = Must(Database::Open(folder / "store"));
    const HeldFeed held = Must(database->feeds().Feed(feed));
    EXPECT_GE(held.newest.len.value(), acknowledged);
    EXPECT_LE(held.newest.len.value(), acknowledged + 3);  // at most the one under way
    EXPECT_EQ(held.newest.len.value() % 3, 0u);            // a unit whole or not at all
    const std::unique_ptr<HighWaterFile> high_water = Must(HighWaterFile::Open(folder / "high-water"));
    EXPECT_EQ(CompareWithStore(high_water->contents(), database->id(), ThisMachine(), {held}).fence, Fence::kIntact);
    std::uint64_t read = 0;
    while (read < held.newest.len.value()) {
      read = Must(replication::DecodeUnit(Must(database->feeds().ReadUnit(feed, replication::Sequence(read + 1)))))
                 .end.len.value();
    }
    acknowledged = held.newest.len.value();
  }
  EXPECT_GT(acknowledged, 12u * 3);
}

TEST(KillTest, P19_WhatWasErasedIsInNoFileAfterEveryKill) {
  testing::TempFolder folder;
  testing::TestAuthor city(10);
  std::vector<replication::SaltedPayload> published;
  unsigned long long acknowledged = 0;
  for (int kill_number = 0; kill_number < 4; ++kill_number) {
    const Child child = Start("--gtest_filter=Eraser.*", folder.path());
    acknowledged = KillOnce(child, acknowledged + 3ull * (1 + kill_number * 3));

    const std::unique_ptr<Database> database = Must(Database::Open(folder / "store"));
    const HeldFeed held = Must(database->feeds().Feed(city.feed()));
    while (city.tail().len < held.newest.len) {
      const replication::VerifiedUnit unit = PublishNoise(city, 3, 2000);
      for (const replication::Entry& entry : unit.unit().entries) published.push_back(*entry.payload);
    }
    ASSERT_EQ(city.tail(), held.tail());
    // Each kill before this one may have fallen between what it published last and its erasure.
    EXPECT_GE(held.absent.size() + static_cast<std::size_t>(kill_number), acknowledged / 3);
    for (const AbsentPayload& absent : held.absent) {
      EXPECT_EQ(absent.seq.value() % 3, 2u);
      EXPECT_THAT(FilesWith(folder / "store", published[absent.seq.value() - 1]), ::testing::IsEmpty());
    }
    EXPECT_THAT(FilesWith(folder / "store", published.back()), ::testing::Not(::testing::IsEmpty()));
    acknowledged = held.newest.len.value();
  }
}

}  // namespace
}  // namespace hansa::storage
