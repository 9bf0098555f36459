#include "node/cli/table.h"

#include <gmock/gmock.h>

#include "absl/strings/str_split.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Table Cities() {
  Table table({{"member"}, {"name"}, {"values", Align::kRight}});
  table.Add({"kr-osan", "오산시", "1,234"});
  table.Add({"fi-espoo", "Espoo", "7"});
  return table;
}

TEST(TableTest, KoreanAndLatinNamesLineUp) {
  EXPECT_EQ(Cities().Text({}),
            "member    name    values\n"
            "kr-osan   오산시   1,234\n"
            "fi-espoo  Espoo        7\n");
}

TEST(TableTest, APipeGetsNoEscapesAndNoBoxes) {
  const std::string text = Cities().Text({});
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("|")));
  EXPECT_THAT(text, Not(HasSubstr("│")));
}

TEST(TableTest, TitlesAreBoldWhereThatIsUnderstood) {
  EXPECT_THAT(Cities().Text({.columns = 80, .bold = true}), HasSubstr("\x1b[1mmember"));
}

TEST(TableTest, FitsTheTerminal) {
  Table table({{"cell"}, {"note"}});
  table.Add({"1.1.1/adult-literacy-rate#female", "이 값은 2010년 인구주택총조사에 따른 것이며 15세 이상이다"});
  for (const int columns : {30, 40, 60, 80}) {
    for (const absl::string_view line : absl::StrSplit(table.Text({.columns = columns}), '\n')) {
      EXPECT_LE(WidthOf(line), static_cast<std::size_t>(columns)) << line;
    }
  }
}

TEST(TableTest, InAPipeARowIsALineHoweverLong) {
  Table table({{"note"}});
  table.Add({std::string(500, 'x') + "\nsecond line"});
  EXPECT_EQ(table.Text({}), "note\n" + std::string(500, 'x') + " second line\n");
}

TEST(TableTest, ALineUnderARowGoesAcrossTheColumnsAndIsWrapped) {
  Table table({{"cell"}, {"year"}});
  table.Add({"1.1.1", "2021"});
  table.Under("since 2021: Reading city");
  table.Under("");
  table.Add({"1.2.2", "2022"});
  EXPECT_EQ(table.Text({}), "cell   year\n1.1.1  2021\n  since 2021: Reading city\n1.2.2  2022\n");
  EXPECT_EQ(table.Text({.columns = 16}), "cell   year\n1.1.1  2021\n  since 2021:\n  Reading city\n1.2.2  2022\n");
}

TEST(TableTest, WithoutRowsThereIsNothing) { EXPECT_EQ(Table({{"a"}}).Text({}), ""); }

TEST(TableTest, NumbersInWords) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
  EXPECT_EQ(Grouped(18446744073709551615u), "18,446,744,073,709,551,615");
  EXPECT_EQ(BytesInWords(999), "999 B");
  EXPECT_EQ(BytesInWords(1000), "1.0 kB");
  EXPECT_EQ(BytesInWords(999'960), "1.0 MB");
  EXPECT_EQ(BytesInWords(3'400'000'000), "3.4 GB");
  EXPECT_EQ(EntryCount(1, {}), "1 entry");
  EXPECT_EQ(EntryCount(2000, {}), "2,000 entries");
}

}  // namespace
}  // namespace hansa::node::cli
