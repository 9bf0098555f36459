#include "node/spreadsheet/workbook_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/node/spreadsheet/make_workbook.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::spreadsheet {
namespace {

using domain::TableRow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::StatusIs;

absl::StatusOr<Workbook> Read(absl::string_view bytes, absl::string_view sheet = "") {
  return ReadWorkbook(bytes, sheet, ZipLimits(), SheetLimits());
}

TEST(Workbooks, ShowTextsAndNumbersWhereTheyStand) {
  const auto book =
      Read(WorkbookOf("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"D2\" s=\"1\"><v>76.7</v></c></row>"
                      "<row><c t=\"inlineStr\"><is><r><t>rich</t></r><r><t> "
                      "text</t></r><rPh><t>no</t></rPh></is></c><c><v>2015</v></c></row>",
                      {"0.00"}, "<si><t>first</t></si><si><t xml:space=\"preserve\"> second</t></si>"));
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_THAT(book->sheets, ElementsAre("Figures"));
  EXPECT_EQ(book->table.sheet, "Figures");
  EXPECT_THAT(book->table.rows,
              ElementsAre(TableRow{2, {"", " second", "", "76.70"}, {3}}, TableRow{3, {"rich text", "2015"}, {1}}));
}

TEST(Workbooks, ShowAFormulaAsTheValueItWasSavedWith) {
  const auto book =
      Read(WorkbookOf("<row r=\"1\"><c r=\"A1\"><f>SUM(B1:B9)</f><v>5</v></c>"
                      "<c r=\"B1\" t=\"e\"><v>#DIV/0!</v></c><c r=\"C1\" t=\"b\"><v>1</v></c></row>"));
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_THAT(book->table.rows, ElementsAre(TableRow{1, {"5", "#DIV/0!", "TRUE"}, {0}}));
  const auto fault = Read(WorkbookOf("<row><c t=\"e\"><v>Err:504</v></c><c t=\"e\"><v>no number</v></c></row>"));
  ASSERT_TRUE(fault.ok()) << fault.status();
  EXPECT_THAT(fault->table.rows[0].cells, ElementsAre("Err:504", "#ERROR!")) << "whoever reads them must know a fault";
  EXPECT_THAT(Read(WorkbookOf("<row><c r=\"C7\"><f>A1</f></c></row>")).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "holds a formula without a value"));
}

TEST(Workbooks, AreRefusedWhereTheyReachBeyondThemselves) {
  for (const char* formula :
       {"[1]Sheet1!A1", "cmd|'/c calc'!A0", "WEBSERVICE(\"x\")", "hyperlink(\"x\")", "'http://x'!A1"}) {
    EXPECT_THAT(
        Read(WorkbookOf(absl::StrCat("<row><c r=\"B1\"><f>", formula, "</f><v>1</v></c></row>"))).status(),
        StatusIs(absl::StatusCode::kInvalidArgument, "the cell B1 holds a formula that reaches beyond the workbook"))
        << formula;
  }
  for (const char* part : {"xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"}) {
    Parts parts = WorkbookParts("");
    parts.emplace_back(part, "x");
    EXPECT_THAT(Read(ZipOf(parts)).status(), StatusIs(absl::StatusCode::kInvalidArgument, "the workbook ")) << part;
  }
}

TEST(Workbooks, AreRefusedWithEntitiesOfTheirOwn) {
  Parts parts = WorkbookParts("");
  parts.back().second =
      "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c "
      "t=\"inlineStr\"><is><t>&x;"
      "</t></is></c></row></sheetData></worksheet>";
  EXPECT_THAT(Read(ZipOf(parts)).status(), StatusIs(absl::StatusCode::kInvalidArgument, "defines entities of its own"));
}

TEST(Workbooks, AreRefusedBeyondTheirLimits) {
  const std::string zeros(30 * 1024 * 1024, '0');
  Parts bomb = WorkbookParts("");
  bomb.emplace_back("xl/media/a.bin", zeros);
  EXPECT_THAT(Read(ZipOf(bomb)).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "unpacks to more than 100 times its size"));

  Parts many = WorkbookParts("");
  for (int i = 0; i < 200; ++i) many.emplace_back(absl::StrCat("xl/part", i), "x");
  EXPECT_THAT(Read(ZipOf(many)).status(), StatusIs(absl::StatusCode::kInvalidArgument, "200 are the most"));

  EXPECT_THAT(Read(WorkbookOf("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "the cell XFD1 is beyond the 256 columns"));
  EXPECT_THAT(Read(WorkbookOf("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>")).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "beyond the 200000 rows"));
  EXPECT_THAT(
      Read(WorkbookOf(absl::StrCat("<row><c t=\"str\"><v>", std::string(40'000, 'x'), "</v></c></row>"))).status(),
      StatusIs(absl::StatusCode::kInvalidArgument, "the cell A1 has more than 32768 bytes"));
  // One long text shown again and again.
  std::string rows;
  for (int i = 0; i < 3000; ++i) rows += "<row><c t=\"s\"><v>0</v></c></row>";
  EXPECT_THAT(Read(WorkbookOf(rows, {}, absl::StrCat("<si><t>", std::string(30'000, 'x'), "</t></si>"))).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "which are the most"));
}

TEST(Workbooks, HaveTheSheetThatIsAskedFor) {
  Parts parts = WorkbookParts("<row><c t=\"str\"><v>figures</v></c></row>");
  parts[1].second =
      "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"Hidden\" state=\"hidden\" "
      "r:id=\"rId9\"/>"
      "<sheet name=\"Figures\" r:id=\"rId1\"/><sheet name=\"Notes\" r:id=\"rId9\"/></sheets></workbook>";
  parts[2].second = absl::StrCat(
      parts[2].second.substr(0, parts[2].second.rfind("</")),
      "<Relationship Id=\"rId9\" Type=\"x/worksheet\" Target=\"../xl/worksheets/sheet9.xml\"/></Relationships>");
  parts.emplace_back("xl/worksheets/sheet9.xml",
                     "<worksheet><sheetData><row><c t=\"str\"><v>notes</v></c></row></sheetData></worksheet>");
  const std::string bytes = ZipOf(parts);
  const auto first = Read(bytes);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->table.rows[0].cells[0], "figures");
  EXPECT_THAT(first->sheets, ElementsAre("Figures", "Notes"));
  const auto notes = Read(bytes, "notes");
  ASSERT_TRUE(notes.ok()) << notes.status();
  EXPECT_EQ(notes->table.rows[0].cells[0], "notes");
  EXPECT_EQ(notes->table.sheet, "Notes");
  EXPECT_THAT(Read(bytes, "2024").status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "its sheets are Figures, Notes"));
}

TEST(Workbooks, OfAnyBytesAreReadOrRefused) {
  const std::string whole = WorkbookOf("<row><c><v>1</v></c></row>");
  EXPECT_TRUE(Read(whole).ok());
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(Read(absl::string_view(whole).substr(0, size)).ok()) << size;
  }
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    const auto book = Read(changed);
    if (book.ok()) continue;
    EXPECT_THAT(std::string(book.status().message()), ::testing::HasSubstr("; ")) << at;
  }
  EXPECT_THAT(Read(ZipOf({{"a.txt", "hello"}})).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "not an XLSX workbook"));
}

}  // namespace
}  // namespace hansa::node::spreadsheet
