#include "node/domain/table_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/indicator_csv.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kTotal[] = "1.1.1/adult-literacy-rate#total";
constexpr char kFemale[] = "1.1.1/adult-literacy-rate#female";

Table Sheet(std::vector<std::vector<std::string>> rows) {
  Table table;
  std::int64_t number = 0;
  for (std::vector<std::string>& cells : rows) {
    ++number;
    if (!cells.empty()) table.rows.push_back({number, std::move(cells), {}});
  }
  return table;
}

// What is read of a sheet: 'cell year value @row' for each, or its errors.
std::vector<std::string> Figures(const Table& table) {
  const IndicatorCsvContent content = ReadIndicatorTable(
      catalogue::CurrentCatalogue(), table, {.file = "sheet.xlsx", .year = {}, .city = "Osan", .country = "KOR"});
  std::vector<std::string> figures;
  for (const Problem& error : content.errors) figures.push_back(Line(error));
  for (const YearlyObservation& row : content.accepted) {
    figures.push_back(
        absl::StrCat(row.observation.cell, " ", row.year, " ", row.observation.value->text(), " @", row.row));
  }
  return figures;
}

TEST(Layout, OfAValueARowMayHaveLinesOfTitleAboveItsHeader) {
  EXPECT_THAT(Figures(Sheet({{"City of Osan"}, {}, {"Cell", "Year", "VALUE"}, {kTotal, "2023", "98.5"}})),
              ElementsAre(absl::StrCat(kTotal, " 2023 98.5 @4")));
}

TEST(Layout, MayHaveYearsAcross) {
  const Table sheet =
      Sheet({{"cell", "2015", "2016", "unit"}, {kTotal, "98", "", "percent"}, {kFemale, "97.1", "97.20", ""}});
  EXPECT_TRUE(LayOut(catalogue::CurrentCatalogue(), sheet).years_across);
  EXPECT_THAT(Figures(sheet), ElementsAre(absl::StrCat(kTotal, " 2015 98 @2"), absl::StrCat(kFemale, " 2015 97.1 @3"),
                                          absl::StrCat(kFemale, " 2016 97.20 @3")));
}

TEST(Layout, MayNameMeasurementsAndTheirParts) {
  EXPECT_THAT(Figures(Sheet({{"measurement_id", "breakdown", "2015"}, {"1.1.1/adult-literacy-rate", "total", "98"}})),
              ElementsAre(absl::StrCat(kTotal, " 2015 98 @2")));
}

TEST(Layout, MayNameRowsByTheWordsOfTheCatalogue) {
  EXPECT_THAT(Figures(Sheet({{"Office of statistics"},
                             {"Indicator", "2015", "2016년"},
                             {"Education"},
                             {"Adult literacy rate (Total)", "98", "98.1"},
                             {"성인 문해율 - 여성", "97", ""}})),
              ElementsAre(absl::StrCat(kTotal, " 2015 98 @4"), absl::StrCat(kTotal, " 2016 98.1 @4"),
                          absl::StrCat(kFemale, " 2015 97 @5")));
}

TEST(Layout, KnowsAYearHoweverItIsHeaded) {
  EXPECT_THAT(Figures(Sheet({{"cell", "2014.0", "2015년", "2016년도", "2017 년"}, {kTotal, "95", "96", "97", "98"}})),
              ElementsAre(absl::StrCat(kTotal, " 2014 95 @2"), absl::StrCat(kTotal, " 2015 96 @2"),
                          absl::StrCat(kTotal, " 2016 97 @2"), absl::StrCat(kTotal, " 2017 98 @2")));
}

TEST(Layout, KnowsColumnsThatNoHeadingNames) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  Table sheet =
      Sheet({{"", "2015", " "}, {"Adult literacy rate: Total", "98", "(p)", "(r)"}, {"Source", "", "", "", "x"}});
  EXPECT_THAT(LayOut(catalogue, sheet).nameless, ElementsAre(2, 3)) << "not what names the rows, nor a footnote";
  sheet = Sheet({{"cell", "2015"}, {kTotal, "98", ""}});
  EXPECT_THAT(LayOut(catalogue, sheet).nameless, IsEmpty());
  // The header of a workbook ends with its last heading.
  sheet = Sheet({{"cell", "year", "value"}, {kTotal, "2015", "98", "", "(p)"}});
  sheet.sheet = "Figures";
  EXPECT_THAT(LayOut(catalogue, sheet).nameless, ElementsAre(4));
  EXPECT_THAT(Figures(sheet), ElementsAre(absl::StrCat(kTotal, " 2015 98 @2")));
}

TEST(Layout, NamesTheColumnOfTheYearInAProblem) {
  EXPECT_THAT(Figures(Sheet({{"cell", "2015"}, {kTotal, "many"}, {"no such row", "5"}})),
              ElementsAre("sheet.xlsx:2:2015: 'many' is not a number; write digits with a full stop for decimals, or "
                          "leave it empty and give a no_data_reason",
                          "sheet.xlsx:3:cell: there is no cell 'no such row'; 'hansa catalogue' lists the cells"));
}

TEST(Layout, KnowsEveryCellByTheWordsOfBothLanguages) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  for (const catalogue::Cell& cell : catalogue.cells()) {
    for (const std::string& language : catalogue.languages()) {
      const std::string& title = cell.measurement->title.In(language);
      const std::string name =
          cell.member == nullptr ? title : absl::StrCat(title, ": ", cell.member->label.In(language));
      const LaidTable laid = LayOut(catalogue, Sheet({{"", "2015"}, {name, "1"}}));
      ASSERT_EQ(laid.rows.size(), 1u) << name;
      // Columns: year, value, cell, measurement_id.
      EXPECT_EQ(absl::StrCat(laid.rows[0].row.cells[2], laid.rows[0].row.cells[3]), cell.id) << name;
    }
  }
}

TEST(Layout, OfAnythingElseIsItsFirstRowAsTheHeader) {
  const Table sheet = Sheet({{"name", "2015"}, {"Osan", "5"}});
  EXPECT_THAT(LayOut(catalogue::CurrentCatalogue(), sheet).header, sheet.rows[0]);
  EXPECT_FALSE(LayOut(catalogue::CurrentCatalogue(), sheet).years_across);
  EXPECT_THAT(LayOut(catalogue::CurrentCatalogue(), Table()).header.cells, IsEmpty());
}

TEST(Layout, TakesNumbersOfAWorkbookAsTheyAre) {
  Table sheet = Sheet({{"cell", "2015"}, {"1.2.1/gdp-per-capita", "1.234"}});
  sheet.rows[1].numbers = {1};
  const IndicatorCsvContent content = ReadIndicatorTable(
      catalogue::CurrentCatalogue(), sheet,
      {.file = "a.xlsx", .year = {}, .city = "Osan", .country = "KOR", .decimal_sign = DecimalSign::kComma});
  ASSERT_EQ(content.accepted.size(), 1u);
  EXPECT_EQ(content.accepted[0].observation.value->text(), "1.234");
}

}  // namespace
}  // namespace hansa::node::domain
