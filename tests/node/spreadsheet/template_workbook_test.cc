// The template as a workbook: what stands where, what may be typed, and what is closed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/decimal.h"
#include "node/spreadsheet/indicator_template.h"
#include "tests/node/spreadsheet/written_workbook.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::spreadsheet {
namespace {

using ::hansa::testing::Must;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kFirstRow = 4;

const catalogue::Catalogue& TheCatalogue() { return catalogue::CurrentCatalogue(); }

domain::Observation Observed(absl::string_view cell, absl::string_view value) {
  domain::Observation observation;
  observation.cell = std::string(cell);
  observation.value = Must(domain::Decimal::Parse(value));
  observation.unit = TheCatalogue().FindCell(cell)->measurement->unit;
  return observation;
}

class TemplateWorkbookTest : public ::testing::Test {
 protected:
  TemplateRequest Request() const { return {TheCatalogue(), "en", 2024, "Bonn", "DEU", {}, standing_, last_year_, ""}; }

  void Write(const TemplateRequest& request) {
    bytes_ = Must(TemplateXlsx(request));
    written_ = std::make_unique<WrittenWorkbook>(bytes_);
    cells_ = written_->Cells(1);
    rules_ = written_->Rules(1);
  }

  // Reference of what stands in `column` of the row of `cell`, such as 'L5'.
  std::string At(absl::string_view cell, absl::string_view column) const {
    for (int c = 1; c < 60; ++c) {
      const std::string name = ColumnName(c);
      const auto code = cells_.find(absl::StrCat(name, 3));
      if (code == cells_.end() || code->second.text != column) continue;
      for (int row = kFirstRow; row < kFirstRow + 200; ++row) {
        const auto id = cells_.find(absl::StrCat("A", row));
        if (id != cells_.end() && id->second.text == cell) return absl::StrCat(name, row);
      }
    }
    ADD_FAILURE() << "no " << column << " of " << cell;
    return "";
  }
  const WrittenCell& Cell(absl::string_view cell, absl::string_view column) const {
    return cells_.at(At(cell, column));
  }

  std::vector<domain::Observation> standing_;
  std::vector<domain::Observation> last_year_;
  std::string bytes_;
  std::unique_ptr<WrittenWorkbook> written_;
  std::map<std::string, WrittenCell> cells_;
  std::map<std::string, WrittenRule> rules_;
};

TEST_F(TemplateWorkbookTest, HasThreeSheetsInTheLanguageAskedFor) {
  TemplateRequest request = Request();
  Write(request);
  EXPECT_THAT(written_->SheetNames(), ElementsAre("Fill in", "Definitions", "Help"));
  request.language = "ko";
  Write(request);
  EXPECT_THAT(written_->SheetNames(), ElementsAre("입력", "정의", "도움말"));
}

TEST_F(TemplateWorkbookTest, BeginsWithATitleThenNamesThenCodes) {
  TemplateRequest request = Request();
  request.department = "Statistics";
  Write(request);
  EXPECT_EQ(cells_.at("A1").text,
            "Yearly indicators · Bonn, DEU · 2024 · Key Features of Learning Cities · Department: Statistics");
  EXPECT_EQ(cells_.at("A2").text, "Cell id");
  EXPECT_EQ(cells_.at("A3").text, "cell");
  EXPECT_EQ(cells_.at("A4").text, TheCatalogue().cells().front().id);
}

TEST_F(TemplateWorkbookTest, OnlyTheRowOfCodesCanBeTakenForTheHeader) {
  TemplateRequest request = Request();
  for (const char* language : {"en", "ko"}) {
    request.language = language;
    Write(request);
    for (const auto& [reference, cell] : cells_) {
      if (absl::AsciiStrToLower(cell.text) == "cell") {
        EXPECT_EQ(reference, "A3");
      }
    }
  }
}

TEST_F(TemplateWorkbookTest, FillsInWhatStandsAndShowsTheYearBefore) {
  constexpr char kCell[] = "1.1.1/adult-literacy-rate#female";
  standing_ = {Observed(kCell, "76.70")};
  standing_.front().note = "=1+1";
  last_year_ = {Observed(kCell, "75.90")};
  Write(Request());
  EXPECT_TRUE(Cell(kCell, "value").is_number);
  EXPECT_EQ(Cell(kCell, "value").number_format, "0.00#######");
  EXPECT_EQ(Cell(kCell, "last_year_value").number_format, "0.00");
  EXPECT_FALSE(Cell(kCell, "last_year_value").is_open);
  EXPECT_EQ(Cell(kCell, "note").text, "=1+1");
  EXPECT_FALSE(Cell(kCell, "note").is_formula);
}

TEST_F(TemplateWorkbookTest, OpensWhatIsToBeFilledInAndNothingElse) {
  constexpr char kCell[] = "1.1.2/participation-rate-in-election";
  Write(Request());
  for (const char* column : {"value", "no_data_reason", "source", "match", "election_year", "note"}) {
    EXPECT_TRUE(Cell(kCell, column).is_open) << column;
  }
  for (const char* column : {"cell", "year", "definition", "unit", "expected_source", "conversion", "top_ten_by"}) {
    EXPECT_FALSE(Cell(kCell, column).is_open) << column;
  }
  const pugi::xml_document sheet = written_->Sheet(1);
  EXPECT_TRUE(sheet.child("worksheet").child("sheetProtection"));
  EXPECT_STREQ(
      sheet.child("worksheet").child("sheetViews").child("sheetView").child("pane").attribute("topLeftCell").value(),
      "D4");
}

TEST_F(TemplateWorkbookTest, ClosesWhatExpertsRate) {
  constexpr char kCell[] = "3.1.1/leadership";
  standing_ = {Observed(kCell, "4")};
  Write(Request());
  EXPECT_FALSE(Cell(kCell, "value").is_open);
  EXPECT_EQ(Cell(kCell, "value").text, "");
  EXPECT_FALSE(Cell(kCell, "source").is_open);
  EXPECT_TRUE(Cell(kCell, "no_data_reason").is_open) << "no data is an answer in every row";
  EXPECT_THAT(rules_.at(At(kCell, "value")).prompt, HasSubstr("a city does not rate itself"));
  EXPECT_EQ(rules_.at(At(kCell, "value")).type, "");
}

TEST_F(TemplateWorkbookTest, RefusesValuesOutsideTheRangeOfTheRow) {
  Write(Request());
  for (const catalogue::Cell& cell : TheCatalogue().cells()) {
    const catalogue::Measurement& measurement = *cell.measurement;
    if (measurement.source_kinds == std::vector<std::string>{"expert_review"}) continue;
    const WrittenRule& rule = rules_.at(At(cell.id, "value"));
    EXPECT_EQ(rule.type, measurement.value_type == catalogue::ValueType::kInteger ? "whole" : "decimal") << cell.id;
    EXPECT_EQ(rule.first, absl::StrCat(measurement.range.min)) << cell.id;
    EXPECT_EQ(rule.second, measurement.range.max ? absl::StrCat(*measurement.range.max) : "") << cell.id;
    EXPECT_THAT(rule.prompt, AllOf(HasSubstr("Unit: "), HasSubstr(measurement.definition.en))) << "no prompt is cut";
  }
}

TEST_F(TemplateWorkbookTest, OffersTheCodesThatACityMayUse) {
  Write(Request());
  const std::string first = TheCatalogue().cells().front().id;
  EXPECT_EQ(rules_.at(At(first, "source_kind")).first, "\"official_data,survey\"");
  EXPECT_EQ(rules_.at(At(first, "match")).first, "\"exact,close,proxy,approximate\"");
  EXPECT_EQ(rules_.at(At(first, "level")).first, "\"city,region\"");
  EXPECT_EQ(rules_.at(At("1.2.3/patent-filing", "patents_counted")).first, "\"filed,granted\"");
  EXPECT_EQ(rules_.at(At("1.1.2/participation-rate-in-election", "election_year")).type, "whole");
}

TEST_F(TemplateWorkbookTest, HidesWhatNoRowOfItAsks) {
  TemplateRequest request = Request();
  request.cells = {"1.1.2/participation-rate-in-election"};
  Write(request);
  const pugi::xml_document sheet = written_->Sheet(1);
  std::vector<int> hidden;
  for (const pugi::xml_node column : sheet.child("worksheet").child("cols").children("col")) {
    for (int c = column.attribute("min").as_int(); c <= column.attribute("max").as_int(); ++c) {
      if (column.attribute("hidden").as_bool()) hidden.push_back(c);
    }
  }
  // Wordings that differ, the year before, and all attributes but the year of the election.
  EXPECT_THAT(hidden, ElementsAre(5, 6, 9, 10, 11, 24, 25, 27, 28, 29, 30));
}

TEST_F(TemplateWorkbookTest, ExplainsEachCellInTheSecondSheet) {
  TemplateRequest request = Request();
  request.cells = {"1.2.1/gdp-per-capita", "1.2.2/unemployment-rate#total"};
  Write(request);
  const auto cells = written_->Cells(2);
  EXPECT_EQ(cells.at("B2").text, "1.2.1/gdp-per-capita");
  EXPECT_EQ(cells.at("I2").text, "US$ (PPP) per capita (usd-ppp-per-capita)");
  EXPECT_EQ(cells.at("J2").text, "at least 0");
  EXPECT_EQ(cells.at("J3").text, "from 0 to 100");
  EXPECT_EQ(cells.at("L3").text, "A fall is a step towards the feature.");
  EXPECT_EQ(cells.at("M3").text, "The total lies between the values of its parts.");
  request.language = "ko";
  Write(request);
  EXPECT_EQ(written_->Cells(2).at("J2").text, "0 이상");
  EXPECT_EQ(written_->Cells(2).at("J3").text, "0부터 100까지");
}

TEST_F(TemplateWorkbookTest, ExplainsEveryColumnInTheThirdSheet) {
  Write(Request());
  std::vector<std::string> explained;
  for (const auto& [reference, cell] : written_->Cells(3)) {
    if (reference.front() == 'A') explained.push_back(cell.text);
  }
  for (int c = 1; c <= 32; ++c) {
    EXPECT_THAT(explained, ::testing::Contains(cells_.at(absl::StrCat(ColumnName(c), 3)).text));
  }
}

TEST_F(TemplateWorkbookTest, InALanguageWithoutTextsItIsInEnglishAndSaysSo) {
  TemplateRequest request = Request();
  request.language = "fr-CA";
  Write(request);
  EXPECT_THAT(written_->SheetNames(), ElementsAre("Fill in", "Definitions", "Help"));
  const auto french = cells_;
  const auto help = written_->Cells(3);
  EXPECT_EQ(help.at("A2").text, "fr-CA");
  EXPECT_THAT(help.at("C2").text, HasSubstr("those of this form are in English"));
  Write(Request());
  ASSERT_EQ(cells_.size(), french.size());
  for (const auto& [place, cell] : cells_) EXPECT_EQ(french.at(place).text, cell.text) << place;
  EXPECT_NE(written_->Cells(3).at("A2").text, "fr-CA");
  EXPECT_TRUE(HasTemplateTexts("ko-KR"));
  EXPECT_TRUE(HasTemplateTexts("EN"));
  EXPECT_TRUE(HasTemplateTexts(""));
  EXPECT_FALSE(HasTemplateTexts("kok"));
}

TEST_F(TemplateWorkbookTest, TheSameRequestGivesTheSameBytes) {
  standing_ = {Observed("1.1.1/adult-literacy-rate#female", "76.70")};
  Write(Request());
  const std::string first = bytes_;
  Write(Request());
  EXPECT_EQ(bytes_, first);
}

}  // namespace
}  // namespace hansa::node::spreadsheet
