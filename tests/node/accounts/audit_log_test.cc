// Who did what, in lines that hold each other.
#include "node/accounts/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::accounts {
namespace {

using hansa::testing::Must;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AuditLogTest : public ::testing::Test {
 protected:
  AuditLog Log() const {
    return AuditLog({.folder = folder_.path(), .now = [] { return absl::FromUnixSeconds(1'800'000'000); }});
  }
  void Append(const std::string& account, const std::string& what) const {
    Must(Log().Append({.account = account, .through = "page", .what = what, .result = "done"}));
  }
  std::string File() const { return folder_ / "accounts/audit.jsonl"; }
  std::vector<bool> Follows() const {
    std::vector<bool> follows;
    for (const AuditLine& line : Must(Log().Read(1000))) follows.push_back(line.follows);
    return follows;
  }

  const testing::TempFolder folder_;
};

TEST_F(AuditLogTest, WhatWasDoneIsReadInItsOrder) {
  EXPECT_THAT(Must(Log().Read(10)), IsEmpty());
  Append("kim", "sign in");
  Append("lee", "PublishIndicators");
  Append("kim", "sign out");
  const std::vector<AuditLine> last = Must(Log().Read(2));
  ASSERT_THAT(last, SizeIs(2));
  EXPECT_EQ(last[0].entry.account, "lee");
  EXPECT_EQ(last[0].entry.what, "PublishIndicators");
  EXPECT_EQ(last[0].at, "2027-01-15T08:00:00Z");
  EXPECT_EQ(last[1].entry.result, "done");
  EXPECT_THAT(last, Each(Field(&AuditLine::follows, true)));
  struct stat about {};
  ASSERT_EQ(stat(File().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(AuditLogTest, ReadingMakesNothing) {
  EXPECT_THAT(Must(Log().Read(10)), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "accounts"));
  std::filesystem::create_directory(folder_ / "accounts");
  EXPECT_THAT(Must(Log().Read(10)), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(File()));
}

TEST_F(AuditLogTest, WhatCannotBeReadIsAnError) {
  testing::WriteFile(folder_ / "accounts", "no folder");
  EXPECT_FALSE(Log().Read(10).ok());
  std::filesystem::remove(folder_ / "accounts");
  std::filesystem::create_directories(File() + "/a folder");
  EXPECT_FALSE(Log().Read(10).ok());
}

TEST_F(AuditLogTest, ALineThatWasChangedOrTakenOutShows) {
  for (const char* const who : {"a", "b", "c", "d"}) Append(who, "sign in");
  const std::string whole = testing::ReadFile(File());
  testing::WriteFile(File(), absl::StrReplaceAll(whole, {{"\"b\"", "\"x\""}}));
  EXPECT_THAT(Follows(), ElementsAre(true, true, false, true));
  std::vector<std::string> lines = absl::StrSplit(whole, '\n');
  lines.erase(lines.begin() + 1);
  testing::WriteFile(File(), absl::StrCat(lines[0], "\n", lines[1], "\n", lines[2], "\n"));
  EXPECT_THAT(Follows(), ElementsAre(true, false, true));
  testing::WriteFile(File(), absl::StrCat(lines[1], "\n", lines[2], "\n"));
  EXPECT_THAT(Follows(), ElementsAre(false, true)) << "the first is gone";
}

TEST_F(AuditLogTest, ALineThatWasCutShortHidesNothingElse) {
  Append("a", "sign in");
  Append("b", "sign in");
  const std::string whole = testing::ReadFile(File());
  testing::WriteFile(File(), whole.substr(0, whole.size() - 20));
  Append("c", "sign in");
  const std::vector<AuditLine> lines = Must(Log().Read(10));
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_EQ(lines[0].entry.account, "a");
  EXPECT_EQ(lines[1].entry.what, "unreadable");
  EXPECT_EQ(lines[2].entry.account, "c");
  EXPECT_TRUE(lines[2].follows);
}

TEST_F(AuditLogTest, AFullFileIsPutAsideAndTheNextHoldsOnToIt) {
  const AuditLog log(
      {.folder = folder_.path(), .now = [] { return absl::FromUnixSeconds(1'800'000'000); }, .file_bytes_max = 1000});
  constexpr int kLines = 40;
  for (int i = 0; i < kLines; ++i) {
    Must(log.Append({.account = absl::StrCat("a", i), .through = "page", .what = "sign in", .result = "done"}));
  }
  const std::string first = folder_ / "accounts/audit.1.jsonl";
  EXPECT_GT(testing::ReadFile(first).size(), 999U);
  EXPECT_LT(testing::ReadFile(File()).size(), 1300U);
  const std::vector<AuditLine> all = Must(log.Read(1000));
  ASSERT_THAT(all, SizeIs(kLines));
  EXPECT_EQ(all.front().entry.account, "a0");
  EXPECT_EQ(all.back().entry.account, "a39");
  EXPECT_THAT(all, Each(Field(&AuditLine::follows, true)));
  // However many are asked for, each is held to the one before.
  for (std::size_t n = 1; n < kLines; ++n) {
    const std::vector<AuditLine> last = Must(log.Read(n));
    ASSERT_THAT(last, SizeIs(n));
    EXPECT_THAT(last, Each(Field(&AuditLine::follows, true)));
    EXPECT_EQ(last.front().entry.account, absl::StrCat("a", kLines - n));
  }
  testing::WriteFile(first, absl::StrReplaceAll(testing::ReadFile(first), {{"\"a1\"", "\"b1\""}}));
  EXPECT_THAT(Follows(), ::testing::Contains(false).Times(1)) << "a line that was changed in it shows";
  std::filesystem::remove(first);
  const std::vector<AuditLine> rest = Must(log.Read(1000));
  EXPECT_FALSE(rest.front().follows) << "that it is gone shows";
}

TEST_F(AuditLogTest, ManyPutItAsideAtTheSameTime) {
  const AuditLog log({.folder = folder_.path(), .now = absl::UnixEpoch, .file_bytes_max = 700});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&log, i] {
      for (int j = 0; j < 15; ++j) {
        Must(log.Append({.account = absl::StrCat(i), .through = "page", .what = "sign in", .result = "done"}));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Follows(), SizeIs(60));
  EXPECT_THAT(Follows(), Each(true));
}

TEST_F(AuditLogTest, WhateverANameHoldsALineStaysALine) {
  Append("a\n\"b\"\x80", "sign in");
  Append("c", "sign in");
  EXPECT_THAT(Follows(), ElementsAre(true, true));
}

TEST_F(AuditLogTest, ManyWriteAtTheSameTime) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([this, i] {
      for (int j = 0; j < 10; ++j) Append(absl::StrCat(i), "sign in");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Follows(), SizeIs(60));
  EXPECT_THAT(Follows(), Each(true));
}

}  // namespace
}  // namespace hansa::node::accounts
