// Markdown as lines for a terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/markdown/markdown.h"

namespace hansa::node::markdown {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// "first|text": with '#' before a heading, '=' before what is shown as written, and '/' before what stands apart.
std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (const PlainLine& line : PlainLines(text)) {
    EXPECT_EQ(line.first.size(), line.rest.size());
    lines.push_back(absl::StrCat(line.apart ? "/" : "",
                                 line.look == Look::kHeading     ? "#"
                                 : line.look == Look::kAsWritten ? "="
                                                                 : "",
                                 line.first, "|", line.text));
  }
  return lines;
}

TEST(PlainLines, ParagraphsAndHeadingsStandApart) {
  EXPECT_THAT(Lines("# What *we* did\n\nOne\nline.\n\nAnother."),
              ElementsAre("#|What we did", "/|One line.", "/|Another."));
  EXPECT_THAT(Lines("One  \ntwo"), ElementsAre("|One", "|two"));
  EXPECT_THAT(Lines(""), IsEmpty());
}

TEST(PlainLines, ListsKeepTheirMarksAndIndent) {
  EXPECT_THAT(Lines("- a\n- b\n  - c\n\nend"), ElementsAre("- |a", "- |b", "  - |c", "/|end"));
  EXPECT_THAT(Lines("9. a\n10. b"), ElementsAre("9. |a", "10. |b"));
  EXPECT_THAT(Lines("> said\n> - x"), ElementsAre("> |said", "> - |x"));
  EXPECT_THAT(Lines("-\n- b"), ElementsAre("- |", "- |b"));
  const std::vector<PlainLine> lines = PlainLines("10. a\n\n    b");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].rest, "    ");
  EXPECT_EQ(lines[1].first, "    ");
}

TEST(PlainLines, LinksAreTheirTextWithTheAddress) {
  EXPECT_THAT(Lines("See [the festival](https://a.example)."), ElementsAre("|See the festival (https://a.example)."));
  EXPECT_THAT(Lines("<https://a.example> <office@city.example>"),
              ElementsAre("|https://a.example office@city.example"));
  EXPECT_THAT(Lines("![A photo](https://a.example/p.png)"), ElementsAre("|A photo (https://a.example/p.png)"));
  EXPECT_THAT(Lines("[x](javascript:alert)"), ElementsAre("|x"));
}

TEST(PlainLines, TablesCodeAndRulesAreReadable) {
  EXPECT_THAT(Lines("|a|b|\n|-|-|\n|1|2|\n\nend"), ElementsAre("#|a | b", "|1 | 2", "/|end"));
  EXPECT_THAT(Lines("```\n a  b\nc\n```\n---"), ElementsAre("=| a  b", "=|c", "/=|----"));
  EXPECT_THAT(Lines("~~old~~ <b>new</b>"), ElementsAre("|~~old~~ <b>new</b>"));
}

TEST(PlainLines, AnEntityBringsNothingThatDisturbsATerminal) {
  for (const std::string& line : Lines("a&#27;[31m b&#x202E;c\n\n    &#7;\x1b[0m\n\n`\x1b]0;x\x07`")) {
    EXPECT_THAT(line, Not(HasSubstr("\x1b")));
    EXPECT_THAT(line, Not(HasSubstr("\x07")));
    EXPECT_THAT(line, Not(HasSubstr("\xE2\x80\xAE")));
  }
}

}  // namespace
}  // namespace hansa::node::markdown
