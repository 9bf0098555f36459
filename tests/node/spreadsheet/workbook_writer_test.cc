#include "node/spreadsheet/workbook_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "node/domain/decimal.h"
#include "tests/node/spreadsheet/written_workbook.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::spreadsheet {
namespace {

using ::hansa::testing::Must;
using ::hansa::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

domain::Decimal Decimal(absl::string_view text) { return Must(domain::Decimal::Parse(text)); }

class WorkbookWriterTest : public ::testing::Test {
 protected:
  WrittenWorkbook Written() { return WrittenWorkbook(Must(std::move(writer_).Bytes())); }

  WorkbookWriter writer_;
};

TEST_F(WorkbookWriterTest, WritesATextThatLooksLikeAFormulaAsText) {
  Sheet sheet = writer_.AddSheet("One");
  sheet.Text({1, 1}, "=1+1", Style::kPlain);
  sheet.Text({2, 1}, "+82 2", Style::kInput);
  const auto cells = Written().Cells(1);
  EXPECT_EQ(cells.at("A1").text, "=1+1");
  EXPECT_FALSE(cells.at("A1").is_formula);
  EXPECT_FALSE(cells.at("A1").is_number);
  EXPECT_EQ(cells.at("A2").text, "+82 2");
  EXPECT_EQ(cells.at("A2").number_format, "@");
}

TEST_F(WorkbookWriterTest, ShowsANumberWithTheDecimalsItWasWrittenWith) {
  Sheet sheet = writer_.AddSheet("One");
  sheet.Number({1, 1}, Decimal("76.70"), Style::kReference);
  sheet.Number({2, 1}, Decimal("76.70"), Style::kInput);
  sheet.Number({3, 1}, Decimal("2024"), Style::kReference);
  sheet.Number({4, 1}, Decimal("76.5"), Style::kInput);
  const auto cells = Written().Cells(1);
  EXPECT_TRUE(cells.at("A1").is_number);
  EXPECT_EQ(cells.at("A1").number_format, "0.00");
  EXPECT_EQ(cells.at("A2").number_format, "0.00#######");
  EXPECT_EQ(cells.at("A3").number_format, "0");
  EXPECT_EQ(cells.at("A4").number_format, "");
}

TEST_F(WorkbookWriterTest, WritesANumberOfMoreThanFifteenDigitsAsText) {
  writer_.AddSheet("One").Number({1, 1}, Decimal("123456789012345.678"), Style::kPlain);
  const auto cells = Written().Cells(1);
  EXPECT_FALSE(cells.at("A1").is_number);
  EXPECT_EQ(cells.at("A1").text, "123456789012345.678");
}

TEST_F(WorkbookWriterTest, OnlyInputCellsAreOpenInAProtectedSheet) {
  Sheet sheet = writer_.AddSheet("One");
  sheet.Blank({1, 1}, Style::kInput);
  sheet.Blank({1, 2}, Style::kClosed);
  sheet.Text({1, 3}, "x", Style::kReference);
  sheet.Protect();
  const WrittenWorkbook written = Written();
  const auto cells = written.Cells(1);
  EXPECT_TRUE(cells.at("A1").is_open);
  EXPECT_FALSE(cells.at("B1").is_open);
  EXPECT_FALSE(cells.at("C1").is_open);
  const pugi::xml_document document = written.Sheet(1);
  const pugi::xml_node protection = document.child("worksheet").child("sheetProtection");
  EXPECT_STREQ(protection.attribute("sheet").value(), "1");
  EXPECT_STREQ(protection.attribute("password").value(), "");
  EXPECT_STREQ(protection.attribute("formatColumns").value(), "0") << "columns may be widened";
}

TEST_F(WorkbookWriterTest, WritesWhatACellAllows) {
  Sheet sheet = writer_.AddSheet("One");
  const Rule rule{{"Percent", "how much"}, {"No", "from 0 to 100"}};
  sheet.AllowDecimals({{1, 1}, {1, 1}}, {0, 100}, rule);
  sheet.AllowWhole({{2, 1}, {9, 1}}, {0, std::nullopt}, rule);
  sheet.AllowChoices({{1, 2}, {1, 2}}, {"exact", "close"}, rule);
  sheet.Explain({{1, 3}, {1, 3}}, {"Closed", "not to be filled in"});
  const auto rules = Written().Rules(1);
  EXPECT_EQ(rules.at("A1").type, "decimal");
  EXPECT_EQ(rules.at("A1").first, "0");
  EXPECT_EQ(rules.at("A1").second, "100");
  EXPECT_EQ(rules.at("A1").prompt, "how much");
  EXPECT_EQ(rules.at("A2").type, "whole");
  EXPECT_EQ(rules.at("A2").comparison, "greaterThanOrEqual");
  EXPECT_EQ(rules.at("B1").type, "list");
  EXPECT_EQ(rules.at("B1").first, "\"exact,close\"");
  EXPECT_EQ(rules.at("C1").prompt, "not to be filled in");
}

TEST_F(WorkbookWriterTest, CutsAPromptToWhatASpreadsheetShows) {
  const Prompt prompt{std::string(100, 't'), std::string(1000, 'x')};
  writer_.AddSheet("One").Explain({{1, 1}, {1, 1}}, prompt);
  EXPECT_EQ(Written().Rules(1).at("A1").prompt, std::string(kPromptTextMax - 1, 'x') + "…");
}

TEST_F(WorkbookWriterTest, CutsATextThatNoCellCanHold) {
  writer_.AddSheet("One").Text({1, 1}, std::string(kCellTextMax + 1, 'x'), Style::kPlain);
  const std::string text = Written().Cells(1).at("A1").text;
  EXPECT_EQ(text.size(), kCellTextMax - 1 + std::string("…").size());
  EXPECT_THAT(text, EndsWith("x…"));
}

TEST_F(WorkbookWriterTest, FreezesFiltersHidesAndRemarks) {
  Sheet sheet = writer_.AddSheet("One");
  sheet.Text({3, 1}, "cell", Style::kCode);
  sheet.Freeze({4, 2});
  sheet.Filter({{3, 1}, {9, 2}});
  sheet.Hide(3);
  sheet.Comment({4, 1}, "too large; give less");
  const WrittenWorkbook written = Written();
  const pugi::xml_document document = written.Sheet(1);
  const pugi::xml_node root = document.child("worksheet");
  EXPECT_STREQ(root.child("sheetViews").child("sheetView").child("pane").attribute("topLeftCell").value(), "B4");
  EXPECT_STREQ(root.child("autoFilter").attribute("ref").value(), "A3:B9");
  EXPECT_STREQ(root.child("cols").child("col").attribute("hidden").value(), "1");
  EXPECT_EQ(written.Comments(1).at("A4"), "too large; give less");
}

TEST_F(WorkbookWriterTest, MakesARowHighEnoughForItsText) {
  Sheet sheet = writer_.AddSheet("One");
  sheet.Width(1, 10);
  sheet.Text({1, 1}, "one line, another line and yet another", Style::kWrapped);
  sheet.Text({2, 1}, "one line, another line and yet another", Style::kPlain);
  const pugi::xml_document document = Written().Sheet(1);
  const pugi::xml_node row = document.child("worksheet").child("sheetData").child("row");
  EXPECT_EQ(row.attribute("ht").as_double(), 5 * 16.5);
  EXPECT_EQ(row.next_sibling().attribute("ht").as_double(), 16.5) << "a plain text stays on its line";
}

TEST_F(WorkbookWriterTest, KeepsSheetsInTheirOrder) {
  writer_.AddSheet("입력");
  writer_.AddSheet("Definitions");
  EXPECT_THAT(Written().SheetNames(), ElementsAre("입력", "Definitions"));
}

TEST_F(WorkbookWriterTest, TheSameCallsGiveTheSameBytes) {
  const auto write = [] {
    WorkbookWriter writer;
    Sheet sheet = writer.AddSheet("One");
    sheet.Text({1, 1}, "text", Style::kHeader);
    sheet.Number({2, 1}, Decimal("76.70"), Style::kInput);
    sheet.Comment({2, 1}, "a remark");
    return Must(std::move(writer).Bytes());
  };
  const std::string first = write();
  EXPECT_EQ(first, write());
  EXPECT_THAT(WrittenWorkbook(first).Part("docProps/core.xml"), HasSubstr("1980-01-01T00:00:00Z"));
}

TEST_F(WorkbookWriterTest, SaysWhatNoSpreadsheetCanHold) {
  writer_.AddSheet("One").Text({1'048'577, 1}, "x", Style::kPlain);
  EXPECT_THAT(std::move(writer_).Bytes(), StatusIs(absl::StatusCode::kInvalidArgument, "writing a sheet"));
}

TEST_F(WorkbookWriterTest, RefusesASheetNameThatNoSpreadsheetTakes) {
  Sheet sheet = writer_.AddSheet("a/b");
  sheet.Text({1, 1}, "x", Style::kPlain);
  EXPECT_THAT(std::move(writer_).Bytes(), StatusIs(absl::StatusCode::kInvalidArgument, "adding a sheet"));
}

}  // namespace
}  // namespace hansa::node::spreadsheet
