// The process that reads a stranger's file: what it may do, and what becomes of one that does more.
#include "node/importing/reading_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "node/importing/confinement.h"
#include "tests/node/spreadsheet/make_workbook.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::importing {
namespace {

using domain::TableRow;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ReadingProcess, ReadsWhatTheLibraryReads) {
  const std::string workbook = spreadsheet::WorkbookOf("<row><c><v>1</v></c><c t=\"str\"><v>a</v></c></row>");
  for (const std::string& bytes :
       {std::string("a;b\n1,5;\"x\ny\"\n"), workbook, std::string("\xD0\xCF\x11\xE0"), std::string()}) {
    const auto read = ReadInProcess(ReaderProgram(), bytes, {});
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(*read == spreadsheet::ReadTableFile(bytes, {})) << bytes.substr(0, 10);
  }
  const auto named = ReadInProcess(ReaderProgram(), "a\n\xBC\xBA\n", {.encoding = "CP949", .sheet = ""});
  ASSERT_TRUE(named.ok()) << named.status();
  EXPECT_THAT(named->table.rows, ElementsAre(TableRow{1, {"a"}, {}}, TableRow{2, {"성"}, {}}));
}

TEST(ReadingProcess, ReadsALargeFile) {
  std::string bytes = "cell,value\n";
  for (int i = 0; i < 100'000; ++i) bytes += "1.1.1/adult-literacy-rate#total,98.5\n";
  const auto read = ReadInProcess(ReaderProgram(), bytes, {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->fault);
  EXPECT_EQ(read->table.rows.size(), 100'001u);
}

TEST(ReadingProcess, SaysSoWhereAFileNeedsMoreMemoryThanItMayTake) {
  // Within the limits of a workbook, and far more as a tree in memory.
  std::string rows;
  for (int i = 0; i < 1'500'000; ++i) rows += "<row><c/><c/><c/></row>";
  spreadsheet::Parts parts = spreadsheet::WorkbookParts(rows);
  // What packs less well keeps the ratio low.
  std::string noise;
  for (unsigned i = 0, x = 1; i < 600'000; ++i)
    noise += static_cast<char>('a' + (x = x * 1103515245 + 12345) / 65536 % 26);
  parts.back().second += absl::StrCat("<!--", noise, "-->");
  const auto read = ReadInProcess(ReaderProgram(), spreadsheet::ZipOf(parts), {});
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_TRUE(read->fault);
  EXPECT_THAT(read->fault->what, HasSubstr("needs more memory than reading may take"));
  EXPECT_EQ(read->fault->rule, "workbook-too-large");
}

TEST(ReadingProcess, ThatIsStoppedIsAFaultOfTheFile) {
  const testing::TempFolder folder;
  const std::string program = folder / "stopped";
  std::ofstream(program) << "#!/bin/sh\nkill -SYS $$\n";
  ASSERT_EQ(chmod(program.c_str(), 0700), 0);
  const auto read = ReadInProcess(program, "a\n", {});
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_TRUE(read->fault);
  EXPECT_THAT(read->fault->what, HasSubstr("was stopped by what is in it"));
  EXPECT_THAT(ReadInProcess(folder / "none", "a\n", {}).status(),
              testing::StatusIs(absl::StatusCode::kUnavailable, "cannot be started"));
}

// How a process ends that does `act` once it is confined: its exit code, or 1000 + the signal.
template <typename Act>
int EndOf(Act act, const Allowance& allowance = Allowance()) {
  const pid_t pid = fork();
  if (pid == 0) {
    if (!Confine(allowance).ok()) _exit(99);
    _exit(act());
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

TEST(Confinement, LetsAProcessComputeAndEnd) {
  EXPECT_EQ(EndOf([] { return std::to_string(std::vector<int>(1000, 7)[999]) == "7" ? 5 : 6; }), 5);
}

TEST(Confinement, EndsAProcessThatReachesOut) {
  EXPECT_EQ(EndOf([] { return socket(AF_INET, SOCK_STREAM, 0); }), 1000 + SIGSYS);
  EXPECT_EQ(EndOf([] { return socket(AF_UNIX, SOCK_STREAM, 0); }), 1000 + SIGSYS);
  EXPECT_EQ(EndOf([] { return std::ofstream("/tmp/never").good() ? 1 : 2; }), 1000 + SIGSYS);
  EXPECT_EQ(EndOf([] { return static_cast<int>(fork()); }), 1000 + SIGSYS);
  EXPECT_EQ(EndOf([] { return execl("/bin/true", "true", nullptr); }), 1000 + SIGSYS);
  EXPECT_EQ(EndOf([] { return unlink("/tmp/never"); }), 1000 + SIGSYS);
}

TEST(Confinement, KeepsMemoryAndTimeWithinTheAllowance) {
  EXPECT_EQ(EndOf([] { return std::malloc(512 * 1024 * 1024) == nullptr ? 5 : 6; }), 5);
  EXPECT_EQ(EndOf(
                [] {
                  volatile unsigned turns = 0;
                  while (turns < 1) {
                  }
                  return 0;
                },
                {.processor_seconds = 1}),
            1000 + SIGKILL);
}

}  // namespace
}  // namespace hansa::node::importing
