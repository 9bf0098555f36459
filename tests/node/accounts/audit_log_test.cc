// Who did what, in lines that hold each other.
#include "node/accounts/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

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
