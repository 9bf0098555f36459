#include "node/spreadsheet/problem_workbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/node/spreadsheet/written_workbook.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::spreadsheet {
namespace {

using ::hansa::testing::Must;
using ::hansa::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Pair;

constexpr char kRed[] = "FFF8CBAD";
constexpr char kAmber[] = "FFFFE699";

domain::TableRow Row(std::int64_t row, std::vector<std::string> cells, std::vector<std::size_t> numbers = {}) {
  domain::TableRow made;
  made.row = row;
  made.cells = std::move(cells);
  made.numbers = std::move(numbers);
  return made;
}

domain::Problem At(std::int64_t row, std::string column, std::string what, std::string remedy) {
  domain::Problem problem;
  problem.row = row;
  problem.column = std::move(column);
  problem.what = std::move(what);
  problem.remedy = std::move(remedy);
  return problem;
}

class ProblemWorkbookTest : public ::testing::Test {
 protected:
  ProblemWorkbookTest() {
    table_.rows = {Row(1, {"Our figures"}), Row(3, {"Cell", "year", "value", "source"}),
                   Row(4, {"1.1.1/adult-literacy-rate#female", "2024", "176.70", "=HYPERLINK(\"x\")"}),
                   Row(6, {"1.2.1/gdp-per-capita", "2024", "about 30,000"})};
  }

  void Write(absl::string_view language = "en") {
    bytes_ = Must(ProblemWorkbook(table_, {errors_, warnings_}, language));
    written_ = std::make_unique<WrittenWorkbook>(bytes_);
    cells_ = written_->Cells(1);
  }

  domain::Table table_;
  std::vector<domain::Problem> errors_;
  std::vector<domain::Problem> warnings_;
  std::string bytes_;
  std::unique_ptr<WrittenWorkbook> written_;
  std::map<std::string, WrittenCell> cells_;
};

TEST_F(ProblemWorkbookTest, GivesTheTableBackAtItsRowsAndColumns) {
  Write();
  EXPECT_EQ(cells_.at("A1").text, "Our figures");
  EXPECT_EQ(cells_.at("C3").text, "value");
  EXPECT_EQ(cells_.at("A6").text, "1.2.1/gdp-per-capita");
  EXPECT_EQ(cells_.at("C6").text, "about 30,000");
  EXPECT_EQ(cells_.at("D4").text, "=HYPERLINK(\"x\")");
  EXPECT_FALSE(cells_.at("D4").is_formula);
}

TEST_F(ProblemWorkbookTest, KeepsTheDigitsOfFigures) {
  table_.rows.push_back(Row(7, {"1.2.1/gdp-per-capita", "2024", "1.50", "007", "2.250"}, {4}));
  Write();
  EXPECT_EQ(cells_.at("C4").number_format, "0.00");
  EXPECT_EQ(cells_.at("C7").number_format, "0.00");
  EXPECT_EQ(cells_.at("E7").number_format, "0.000") << "a number of the workbook it came from";
  EXPECT_EQ(cells_.at("D7").text, "007");
  EXPECT_FALSE(cells_.at("D7").is_number);
}

TEST_F(ProblemWorkbookTest, MarksACellAndSaysWhatToDo) {
  errors_ = {At(4, "value", "176.70 is more than 100", "give the number of percent, from 0 to 100")};
  warnings_ = {At(6, "cell", "the row is odd", "look at it")};
  Write();
  EXPECT_EQ(cells_.at("C4").ground, kRed);
  EXPECT_EQ(cells_.at("A6").ground, kAmber);
  EXPECT_EQ(cells_.at("D4").ground, "");
  EXPECT_THAT(written_->Comments(1),
              ElementsAre(Pair("A6", "the row is odd; look at it"),
                          Pair("C4", "176.70 is more than 100; give the number of percent, from 0 to 100")));
}

TEST_F(ProblemWorkbookTest, ListsARowsProblemsAfterItsLastColumn) {
  errors_ = {At(4, "value", "too large", "give less")};
  warnings_ = {At(4, "", "the total is odd", "check the values"), At(6, "", "no source", "name it")};
  Write();
  EXPECT_EQ(cells_.at("E3").text, "Problems of this row");
  EXPECT_EQ(cells_.at("E4").text, "too large; give less\nthe total is odd; check the values");
  EXPECT_EQ(cells_.at("E4").ground, kRed);
  EXPECT_EQ(cells_.at("E6").ground, kAmber);
}

TEST_F(ProblemWorkbookTest, AnErrorKeepsItsColourBesideAWarning) {
  errors_ = {At(4, "value", "too large", "give less")};
  warnings_ = {At(4, "value", "far from last year's", "make sure")};
  Write();
  EXPECT_EQ(cells_.at("C4").ground, kRed);
  EXPECT_THAT(written_->Comments(1), ElementsAre(Pair("C4", "too large; give less\nfar from last year's; make sure")));
}

TEST_F(ProblemWorkbookTest, MarksACellThatTheRowDoesNotReach) {
  errors_ = {At(6, "source", "the value names no source", "name it")};
  Write();
  EXPECT_EQ(cells_.at("D6").ground, kRed);
  EXPECT_EQ(cells_.at("D6").text, "");
}

TEST_F(ProblemWorkbookTest, ListsAllProblemsThoseWithoutAPlaceToo) {
  errors_ = {At(0, "", "the file has too many problems", "mend those first"), At(4, "no_such", "odd", "mend it")};
  warnings_ = {At(6, "value", "doubtful", "look again")};
  warnings_.front().cell = "1.2.1/gdp-per-capita";
  warnings_.front().rule = "likely-product";
  Write();
  const auto list = written_->Cells(2);
  EXPECT_EQ(list.at("A2").text, "Error");
  EXPECT_EQ(list.at("E2").text, "the file has too many problems");
  EXPECT_EQ(list.at("F2").text, "mend those first");
  EXPECT_EQ(list.count("B2"), 0U);
  EXPECT_EQ(list.at("B3").text, "4");
  EXPECT_EQ(list.at("C3").text, "no_such");
  EXPECT_EQ(list.at("A4").text, "Warning");
  EXPECT_EQ(list.at("D4").text, "1.2.1/gdp-per-capita");
  EXPECT_EQ(list.at("G1").text, "Rule");
  EXPECT_EQ(list.at("G4").text, "likely-product");
}

TEST_F(ProblemWorkbookTest, MarksRowsWhereThereIsNoHeader) {
  table_.rows = {Row(2, {"a", "b"})};
  errors_ = {At(2, "value", "there is no column 'cell'", "add it")};
  Write();
  EXPECT_EQ(cells_.at("C2").text, "there is no column 'cell'; add it");
  EXPECT_EQ(cells_.at("C2").ground, kRed);
}

TEST_F(ProblemWorkbookTest, NamesItsSheetsInTheReadersLanguage) {
  Write("ko");
  EXPECT_THAT(written_->SheetNames(), ElementsAre("표", "문제 목록"));
  EXPECT_EQ(written_->Cells(2).at("E1").text, "문제");
}

TEST_F(ProblemWorkbookTest, TheSameTableGivesTheSameBytes) {
  errors_ = {At(4, "value", "too large", "give less")};
  Write();
  const std::string first = bytes_;
  Write();
  EXPECT_EQ(bytes_, first);
}

TEST_F(ProblemWorkbookTest, SaysSoIfTheTableHasMoreRowsThanASpreadsheet) {
  table_.rows.push_back(Row(1'048'577, {"x"}));
  EXPECT_THAT(ProblemWorkbook(table_, {errors_, warnings_}, "en"), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace hansa::node::spreadsheet
