// The manual says what the table of commands says, and no text in it is taken for an instruction. Whether its form is
// sound is tests/system/shell_test.py's.
#include "node/cli/man_pages.h"

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "node/cli/command.h"
#include "node/cli/man_page.h"
#include "node/daemon/option_table.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using node::cli::Command;
using node::cli::Commands;
using node::cli::ManEscaped;
using node::cli::ManPage;
using node::cli::PageFile;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kDay[] = "2025-03-31";

std::vector<PageFile> Pages(node::words::Language language = node::words::Language::kEnglish) {
  return node::cli::ManPages({.words = node::words::Words(language)}, kDay);
}

std::string PageAt(const std::string& path) {
  for (const PageFile& page : Pages()) {
    if (page.path == path) return page.text;
  }
  ADD_FAILURE() << "there is no page " << path;
  return "";
}

std::string FileOf(const Command& command) {
  return absl::StrCat("man1/hansa-", absl::StrReplaceAll(command.name, {{" ", "-"}}), ".1");
}

TEST(ManPages, EveryCommandHasAPageWithAllThatTheTableSays) {
  for (const Command& command : Commands()) {
    const std::string page = PageAt(FileOf(command));
    EXPECT_THAT(page, HasSubstr(absl::StrCat(" \\- ", ManEscaped(command.summary), "\n"))) << command.name;
    EXPECT_THAT(page, HasSubstr(absl::StrCat("\n\\fBhansa ", ManEscaped(command.name), "\\fR"))) << command.name;
    EXPECT_THAT(page, HasSubstr(ManEscaped(command.example)));
    for (const node::cli::Argument& argument : command.arguments) {
      EXPECT_THAT(page, HasSubstr(absl::StrCat(".TP\n\\fI", argument.name, "\\fR\n", ManEscaped(argument.help))));
    }
    for (const node::cli::Option& option : command.options) {
      EXPECT_THAT(page, HasSubstr(absl::StrCat(".TP\n\\fB", ManEscaped(option.name), "\\fR"))) << command.name;
    }
  }
}

TEST(ManPages, TheProgramsPageHasEveryCommandAndWhatAllShare) {
  const std::string page = PageAt("man1/hansa.1");
  for (const Command& command : Commands()) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat(".TP\n\\fB", ManEscaped(command.name), "\\fR\n"))) << command.name;
  }
  for (const node::cli::Option& option : node::cli::GlobalOptions()) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat(".TP\n\\fB", ManEscaped(option.name), "\\fR"))) << option.name;
  }
  for (const char* heading :
       {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"}) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat("\n.SH ", heading, "\n")));
  }
  EXPECT_THAT(page, HasSubstr("\n5  the node is not reachable\n"));
  EXPECT_THAT(page, HasSubstr("\\fBhansad\\fR(8)"));
}

TEST(ManPages, TheNodesPageHasItsOptions) {
  const std::string page = PageAt("man8/hansad.8");
  EXPECT_THAT(page, StartsWith(".TH HANSAD 8 \"2025-03-31\" \"Hansa "));
  for (const node::DaemonOption& option : node::kDaemonOptions) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat(".TP\n\\fB", ManEscaped(option.name), "\\fR")));
  }
}

TEST(ManPages, PagesOfAnotherLanguageHaveAFolderOfTheirOwn) {
  const std::vector<PageFile> korean = Pages(node::words::Language::kKorean);
  const std::vector<PageFile> english = Pages();
  ASSERT_EQ(korean.size(), english.size());
  EXPECT_EQ(english.size(), Commands().size() + 2);
  for (std::size_t i = 0; i < korean.size(); ++i) EXPECT_EQ(korean[i].path, "ko/" + english[i].path);
}

TEST(ManPages, WhatIsTypedStaysAsItIsTyped) {
  EXPECT_EQ(ManEscaped("--year 'a b' \"c\" `d` ^ ~/x \\"),
            "\\-\\-year \\(aqa b\\(aq \\(dqc\\(dq \\(gad\\(ga \\(ha \\(ti/x \\e");
  EXPECT_EQ(ManEscaped("배움의 도시…"), "배움의 도시…");
}

// The lines after the title of a page with one paragraph.
std::vector<std::string> Written(const std::string& text) {
  ManPage page({.name = "x", .section = 1, .date = kDay, .source = "s", .volume = "v"});
  page.Paragraph(text);
  page.Verbatim(text);
  std::vector<std::string> lines = absl::StrSplit(page.text(), '\n');
  lines.erase(lines.begin());
  return lines;
}

TEST(ManPages, NoTextIsTakenForAnInstruction) {
  EXPECT_THAT(Written(".so /etc/passwd"),
              ElementsAre(".PP", "\\&.so /etc/passwd", ".PP", ".nf", "\\&.so /etc/passwd", ".fi", ""));
  EXPECT_THAT(Written("'br\n.br"), ElementsAre(".PP", "\\(aqbr .br", ".PP", ".nf", "\\(aqbr", "\\&.br", ".fi", ""));
  EXPECT_THAT(Written("`hansa` and a ` alone"), ElementsAre(".PP", "\\fBhansa\\fR and a \\(ga alone", ".PP", ".nf",
                                                            "\\(gahansa\\(ga and a \\(ga alone", ".fi", ""));
}

TEST(ManPages, EveryLineIsAKnownInstructionOrText) {
  for (const PageFile& page : Pages()) {
    for (const absl::string_view line : absl::StrSplit(page.text, '\n')) {
      EXPECT_FALSE(absl::StartsWith(line, "'")) << page.path << ": " << line;
      if (!absl::StartsWith(line, ".")) continue;
      const absl::string_view name = line.substr(0, line.find(' '));
      EXPECT_TRUE(name == ".TH" || name == ".SH" || name == ".PP" || name == ".TP" || name == ".nf" || name == ".fi")
          << page.path << ": " << line;
    }
  }
}

TEST(ManPages, TheCommandWritesThem) {
  const TempFolder folder;
  const std::string share = folder / "share/man";
  const Ran ran = RunHansa({"manual", "-o", share, "--date", kDay});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  for (const PageFile& page : Pages()) EXPECT_EQ(ReadFile(absl::StrCat(share, "/", page.path)), page.text);
  const Ran korean = RunHansa({"manual", "-o", share, "--lang", "ko", "--json"});
  EXPECT_EQ(korean.exit, 0) << korean.err;
  EXPECT_THAT(nlohmann::json::parse(korean.out)["pages"].front(), EndsWith("/share/man/ko/man1/hansa.1"));
  EXPECT_THAT(ReadFile(share + "/ko/man8/hansad.8"), Not(IsEmpty()));
}

TEST(ManPages, WhatCannotBeDoneIsSaidInOneLine) {
  const TempFolder folder;
  WriteFile(folder / "file", "");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"manual", "-o", folder / "file"}, {"manual", "-o", folder / "x", "--date", "soon"}}) {
    const Ran ran = RunHansa(words);
    EXPECT_NE(ran.exit, 0);
    EXPECT_THAT(ran.err, IsOneErrorLine());
  }
}

}  // namespace
}  // namespace hansa::testing
