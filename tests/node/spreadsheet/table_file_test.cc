#include "node/spreadsheet/table_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/node/spreadsheet/make_workbook.h"

namespace hansa::node::spreadsheet {
namespace {

using domain::TableRow;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// '성인' in CP949.
constexpr char kKorean[] = "\xBC\xBA\xC0\xCE";

TEST(Files, AreTakenAsTheySayThatTheyAre) {
  EXPECT_EQ(ReadTableFile("a,b\n1,2\n", {}).separator, ",");
  EXPECT_EQ(ReadTableFile("a;b\n1,5;2\n", {}).separator, ";");
  EXPECT_EQ(ReadTableFile("a\tb\n1,5\t2\n", {}).separator, "\t");
  EXPECT_EQ(ReadTableFile("\"a;b;c\",d\n1,2\n", {}).separator, ",");
  EXPECT_THAT(ReadTableFile("\n;;\na;b\n1,5; 2\n", {}).table.rows,
              ElementsAre(TableRow{3, {"a", "b"}, {}}, TableRow{4, {"1,5", "2"}, {}}));
  EXPECT_EQ(ReadTableFile(WorkbookOf("<row><c><v>1</v></c></row>"), {}).kind, "xlsx");
}

TEST(Files, WithAByteOrderMarkAreInTheEncodingItNames) {
  const TableFile little = ReadTableFile(std::string("\xFF\xFE"
                                                     "a\0,\0b\0\n\0",
                                                     10),
                                         {});
  EXPECT_EQ(little.encoding, "UTF-16LE");
  EXPECT_FALSE(little.fault);
  EXPECT_THAT(little.table.rows, ElementsAre(TableRow{1, {"a", "b"}, {}}));
  EXPECT_EQ(ReadTableFile("\xEF\xBB\xBF"
                          "a,b\n",
                          {})
                .encoding,
            "UTF-8");
  EXPECT_THAT(ReadTableFile("\xEF\xBB\xBF"
                            "a,b\n",
                            {})
                  .table.rows,
              ElementsAre(TableRow{1, {"a", "b"}, {}}));
}

TEST(Files, InAnotherEncodingAreShownAsTheyLookAndNotRead) {
  const std::string bytes = std::string("cell,source\n1.1.1/x,") + kKorean + std::string(" \xC5\xEB\xB0\xE8\n");
  const TableFile guessed = ReadTableFile(bytes, {});
  ASSERT_TRUE(guessed.fault);
  EXPECT_EQ(guessed.fault->row, 2);
  EXPECT_THAT(guessed.fault->what, HasSubstr("read as CP949 this row begins '1.1.1/x,성인 통계'"));
  EXPECT_THAT(guessed.fault->remedy, HasSubstr("import again with --encoding CP949"));
  EXPECT_TRUE(guessed.table.rows.empty());
  const TableFile named = ReadTableFile(bytes, {.encoding = "CP949", .sheet = ""});
  EXPECT_FALSE(named.fault);
  EXPECT_EQ(named.table.rows.back().cells[1], "성인 통계");
  EXPECT_THAT(ReadTableFile("a\n", {.encoding = "KLINGON", .sheet = ""}).fault->what,
              HasSubstr("there is no encoding 'KLINGON'"));
}

TEST(Files, OfOtherProgramsAreRefusedByName) {
  EXPECT_THAT(ReadTableFile("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", {}).fault->what,
              HasSubstr("a workbook of an old kind"));
  EXPECT_THAT(ReadTableFile(ZipOf({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}), {}).fault->what,
              HasSubstr("workbook"));
  EXPECT_THAT(ReadTableFile(std::string("a,b\n1,\0\n", 8), {}).fault->what, HasSubstr("NUL byte"));
}

}  // namespace
}  // namespace hansa::node::spreadsheet
