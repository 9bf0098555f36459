#include "node/spreadsheet/indicator_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/comparable.h"
#include "node/domain/indicator_csv.h"
#include "node/spreadsheet/template_rows.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::spreadsheet {
namespace {

using ::hansa::testing::Must;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kFemaleLiteracy[] = "1.1.1/adult-literacy-rate#female";
constexpr char kElection[] = "1.1.2/participation-rate-in-election";
constexpr char kGdp[] = "1.2.1/gdp-per-capita";
constexpr char kLeadership[] = "3.1.1/leadership";

const catalogue::Catalogue& TheCatalogue() { return catalogue::CurrentCatalogue(); }

domain::Observation Observed(absl::string_view cell, absl::string_view value) {
  domain::Observation observation;
  observation.cell = std::string(cell);
  observation.value = Must(domain::Decimal::Parse(value));
  observation.source = "Census, 2023";
  domain::CompleteFromCatalogue(TheCatalogue(), observation);
  return observation;
}

domain::Observation NoData(absl::string_view cell, absl::string_view reason) {
  domain::Observation observation;
  observation.cell = std::string(cell);
  observation.no_data_reason = std::string(reason);
  return observation;
}

// All that an observation can say.
domain::Observation FullGdp() {
  domain::Observation gdp = Observed(kGdp, "31250.50");
  gdp.supplier = "Office of Statistics";
  gdp.licence = "CC BY 4.0";
  gdp.period = "2023-07 to 2024-06";
  gdp.area = "Bonn and Rhein-Sieg";
  gdp.level = domain::AreaLevel::kRegion;
  gdp.match = domain::DefinitionMatch::kClose;
  gdp.derivation_note = "=A1/B1, of two\nlines";
  gdp.definition_language = "ko";
  gdp.attributes = {{"conversion", "market_exchange_rate"}};
  gdp.note = "=SUM(A1:A9)";
  gdp.approved_by = "head of statistics";
  return gdp;
}

class IndicatorTemplateTest : public ::testing::Test {
 protected:
  TemplateRequest Request() const { return {TheCatalogue(), "en", 2024, "Bonn", "DEU", {}, standing_, last_year_, ""}; }

  std::map<std::string, std::string> Fields(const TemplateRequest& request, absl::string_view cell) const {
    for (const TemplateRow& row : TemplateRows(request)) {
      if (row.cell->id == cell) return {row.fields.begin(), row.fields.end()};
    }
    return {};
  }

  // What importing the template as it is would take in.
  std::vector<domain::Observation> ReadBack(const TemplateRequest& request) const {
    const std::string csv = TemplateCsv(request);
    const domain::IndicatorCsvContent content =
        domain::ReadIndicatorCsv(TheCatalogue(), {"template.csv", csv, std::nullopt, "Bonn", "DEU", false});
    EXPECT_THAT(content.errors, IsEmpty()) << (content.errors.empty() ? "" : domain::Line(content.errors.front()));
    std::vector<domain::Observation> observations;
    for (const domain::YearlyObservation& row : content.accepted) {
      EXPECT_EQ(row.year, 2024);
      observations.push_back(row.observation);
    }
    return observations;
  }

  std::vector<domain::Observation> standing_;  // In catalogue order.
  std::vector<domain::Observation> last_year_;
};

TEST_F(IndicatorTemplateTest, AnEmptyOneChangesNothing) { EXPECT_THAT(ReadBack(Request()), IsEmpty()); }

TEST_F(IndicatorTemplateTest, ReadBackAsItIsGivesWhatStands) {
  standing_ = {Observed(kFemaleLiteracy, "76.70"), NoData(kElection, "no election was held"), FullGdp(),
               NoData(kLeadership, "no review yet")};
  EXPECT_THAT(ReadBack(Request()), ElementsAreArray(standing_));
}

TEST_F(IndicatorTemplateTest, AKoreanOneReadBackGivesTheSame) {
  standing_ = {Observed(kFemaleLiteracy, "76.70"), FullGdp()};
  TemplateRequest request = Request();
  request.language = "ko-KR";
  EXPECT_THAT(ReadBack(request), ElementsAreArray(standing_));
}

TEST_F(IndicatorTemplateTest, IsUtf8WithAByteOrderMarkAndCodesAsItsHeader) {
  EXPECT_THAT(TemplateCsv(Request()),
              StartsWith("\xef\xbb\xbf"
                         "cell,year,title,definition,other_wording,difference,unit,expected_source,last_year_value,"
                         "last_year_source,last_year_note,value,no_data_reason,source_kind,source,supplier,licence,"
                         "period,area,level,match,derivation_note,language,conversion,counted_over,election_year,"
                         "patents_counted,poverty_line,summary_of_answers,top_ten_by,note,approved_by,revision\r\n"));
}

TEST_F(IndicatorTemplateTest, GuardsTextsThatASpreadsheetWouldCompute) {
  standing_ = {FullGdp()};
  EXPECT_THAT(TemplateCsv(Request()), HasSubstr(",'=SUM(A1:A9),"));
}

TEST_F(IndicatorTemplateTest, HasEveryCellInCatalogueOrder) {
  std::vector<std::string> cells;
  std::vector<std::string> expected;
  for (const TemplateRow& row : TemplateRows(Request())) cells.push_back(row.cell->id);
  for (const catalogue::Cell& cell : TheCatalogue().cells()) expected.push_back(cell.id);
  EXPECT_THAT(cells, ElementsAreArray(expected));
}

TEST_F(IndicatorTemplateTest, HasOnlyTheCellsAskedForInCatalogueOrderAll) {
  TemplateRequest request = Request();
  request.cells = {kGdp, "no such cell", kFemaleLiteracy};
  std::vector<std::string> cells;
  for (const TemplateRow& row : TemplateRows(request)) cells.push_back(row.cell->id);
  EXPECT_THAT(cells, ElementsAre(kFemaleLiteracy, kGdp));
}

TEST_F(IndicatorTemplateTest, ShowsTheYearBeforeBesideTheValue) {
  last_year_ = {Observed(kFemaleLiteracy, "75.90"), NoData(kElection, "none was held")};
  last_year_.front().note = "of the old city";
  const auto literacy = Fields(Request(), kFemaleLiteracy);
  EXPECT_EQ(literacy.at("last_year_value"), "75.90");
  EXPECT_EQ(literacy.at("last_year_source"), "Census, 2023");
  EXPECT_EQ(literacy.at("last_year_note"), "of the old city");
  EXPECT_EQ(literacy.count("value"), 0U);
  EXPECT_EQ(Fields(Request(), kElection).at("last_year_note"), "No data: none was held");
  EXPECT_THAT(ReadBack(Request()), IsEmpty()) << "last year's values are not this year's";
}

TEST_F(IndicatorTemplateTest, LeavesOutWhatACityWouldSayOfItself) {
  standing_ = {Observed(kLeadership, "4")};
  last_year_ = {Observed(kLeadership, "3")};
  const auto fields = Fields(Request(), kLeadership);
  EXPECT_EQ(fields.count("value"), 0U);
  EXPECT_EQ(fields.count("last_year_value"), 0U);
  EXPECT_EQ(fields.at("expected_source"), "Experts' review. Rated by experts; a city does not rate itself.");
  EXPECT_THAT(ReadBack(Request()), IsEmpty());
}

TEST_F(IndicatorTemplateTest, PutsBothWordingsBesideEachOtherWhereTheyDiffer) {
  TemplateRequest request = Request();
  for (const char* language : {"en", "ko"}) {
    request.language = language;
    const auto gdp = Fields(request, kGdp);
    const catalogue::Text& definition = TheCatalogue().FindMeasurement(kGdp)->definition;
    EXPECT_EQ(gdp.at("definition"), definition.In(language));
    EXPECT_EQ(gdp.at("other_wording"), request.language == "en" ? definition.ko : definition.en);
    EXPECT_THAT(gdp.at("difference"),
                HasSubstr(request.language == "en" ? "English: total value produced" : "영어: 생산된 총가치"));
    EXPECT_THAT(gdp.at("difference"), Not(HasSubstr("\n")));
    EXPECT_EQ(gdp.at("language"), language);
  }
  EXPECT_EQ(Fields(request, kFemaleLiteracy).count("other_wording"), 0U);
  EXPECT_EQ(Fields(request, kFemaleLiteracy).count("language"), 0U);
}

TEST_F(IndicatorTemplateTest, DoesNotSayOfAStandingValueWhichWordingItFollows) {
  standing_ = {Observed(kGdp, "31250")};
  EXPECT_EQ(Fields(Request(), kGdp).count("language"), 0U);
}

TEST_F(IndicatorTemplateTest, SpeaksEnglishWhereTheFrameworkLacksTheLanguage) {
  TemplateRequest request = Request();
  request.language = "pt-BR";
  EXPECT_EQ(Fields(request, kFemaleLiteracy).at("title"), "Adult literacy rate: Female");
  request.language = "ko-KR";
  EXPECT_EQ(Fields(request, kFemaleLiteracy).at("title"), "성인 문해율: 여성");
}

TEST_F(IndicatorTemplateTest, NamesEveryColumnInBothLanguages) {
  for (const TemplateColumn& column : TemplateColumns(TheCatalogue())) {
    for (const char* language : {"en", "ko"}) {
      EXPECT_FALSE(column.label.In(language).empty()) << column.code;
      EXPECT_FALSE(column.meaning.In(language).empty()) << column.code;
      EXPECT_FALSE(absl::EqualsIgnoreCase(column.label.In(language), "cell")) << "a label is not the row of codes";
    }
  }
}

TEST_F(IndicatorTemplateTest, NamesEveryChoiceOfTheCatalogue) {
  for (const catalogue::Measurement& measurement : TheCatalogue().measurements()) {
    for (const catalogue::Attribute& attribute : measurement.attributes) {
      for (const std::string& choice : attribute.choices) {
        EXPECT_THAT(ChoiceLine(choice, "ko"), StartsWith(absl::StrCat(choice, ": "))) << measurement.id;
      }
    }
  }
}

}  // namespace
}  // namespace hansa::node::spreadsheet
