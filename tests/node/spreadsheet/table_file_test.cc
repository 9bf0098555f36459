#include "node/spreadsheet/table_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
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

// What a person has to do differently has an id of its own.
TEST(Files, ThatAreNoWorkbookToReadSayWhichRuleTheyGoAgainst) {
  const auto rule = [](const std::string& bytes, const FileForm& form = {}) {
    const TableFile file = ReadTableFile(bytes, form);
    if (!file.fault) return std::string("none");
    EXPECT_NE(file.fault->remedy, "") << file.fault->what;
    return file.fault->rule;
  };
  const auto with = [](const char* part, const std::string& content) {
    Parts parts = WorkbookParts("<row><c><v>1</v></c></row>");
    parts.emplace_back(part, content);
    return ZipOf(parts);
  };
  const auto of_row = [](const std::string& cells) {
    return WorkbookOf(absl::StrCat("<row r=\"1\">", cells, "</row>"));
  };
  const std::string whole = of_row("<c><v>1</v></c>");
  EXPECT_EQ(rule(whole), "none");
  EXPECT_EQ(rule(ZipOf({{"a.txt", "hello"}})), "unknown-form");
  EXPECT_EQ(rule("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "unknown-form");
  std::string packed = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  for (const char letter : std::string("EncryptedPackage")) packed += {letter, '\0'};
  EXPECT_EQ(rule(packed), "workbook-password");
  EXPECT_EQ(rule(ZipOf(WorkbookParts(""), "secret")), "workbook-password");
  EXPECT_EQ(rule(with("xl/media/a.bin", std::string(30 * 1024 * 1024, '0'))), "workbook-too-large");
  EXPECT_EQ(rule(with("xl/vbaProject.bin", "x")), "workbook-macros");
  EXPECT_EQ(rule(with("xl/externalLinks/externalLink1.xml", "x")), "workbook-links");
  EXPECT_EQ(rule(of_row("<c r=\"A1\"><f>[1]Sheet1!A1</f><v>1</v></c>")), "workbook-links");
  EXPECT_EQ(rule(of_row("<c r=\"A1\"><f>B1</f></c>")), "formula-without-value");
  Parts entities = WorkbookParts("");
  entities.back().second = "<!DOCTYPE worksheet [<!ENTITY x \"y\">]><worksheet/>";
  EXPECT_EQ(rule(ZipOf(entities)), "workbook-entities");
  EXPECT_EQ(rule(whole, {.encoding = "", .sheet = "2024"}), "unknown-sheet");
  EXPECT_EQ(rule(of_row("<c r=\"XFD1\"><v>1</v></c>")), "too-many-columns");
  EXPECT_EQ(rule(WorkbookOf("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>")), "too-many-rows");
  EXPECT_EQ(rule(of_row(absl::StrCat("<c t=\"str\"><v>", std::string(40'000, 'x'), "</v></c>"))), "cell-too-long");
  EXPECT_EQ(rule(whole.substr(0, whole.size() / 2)), "unreadable-workbook");
  Parts without = WorkbookParts("");
  without.pop_back();
  EXPECT_EQ(rule(ZipOf(without)), "unreadable-workbook");
}

TEST(Files, OfManySheetsNameTheFirstOfThem) {
  Parts parts = WorkbookParts("");
  std::string sheets;
  for (int i = 0; i < 5000; ++i) absl::StrAppend(&sheets, "<sheet name=\"Sheet ", i, "\" r:id=\"rId1\"/>");
  parts[1].second = absl::StrCat("<workbook xmlns:r=\"r\"><sheets>", sheets, "</sheets></workbook>");
  const TableFile file = ReadTableFile(ZipOf(parts), {.encoding = "", .sheet = "2024"});
  ASSERT_TRUE(file.fault);
  EXPECT_THAT(file.fault->remedy, HasSubstr("Sheet 0, Sheet 1, "));
  EXPECT_LT(file.fault->remedy.size(), 600U);
}

}  // namespace
}  // namespace hansa::node::spreadsheet
