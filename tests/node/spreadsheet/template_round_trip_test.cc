// A workbook of ours, read as any city's file is: what stands comes back, digits and all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "node/catalogue/current.h"
#include "node/domain/indicator_csv.h"
#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/problem_workbook.h"
#include "node/spreadsheet/table_file.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::spreadsheet {
namespace {

using ::hansa::testing::Must;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

const catalogue::Catalogue& TheCatalogue() { return catalogue::CurrentCatalogue(); }

domain::Observation Observed(absl::string_view cell, absl::string_view value) {
  domain::Observation observation;
  observation.cell = std::string(cell);
  observation.value = Must(domain::Decimal::Parse(value));
  observation.source = "Census, 2023";
  domain::CompleteFromCatalogue(TheCatalogue(), observation);
  return observation;
}

std::vector<domain::Observation> Standing() {
  domain::Observation election = Observed("1.1.2/participation-rate-in-election", "68.0");
  election.attributes = {{"election_year", "2021"}};
  domain::Observation gdp = Observed("1.2.1/gdp-per-capita", "123456789012345.123456789");
  gdp.period = "2023-12";
  gdp.attributes = {{"conversion", "ppp"}};
  gdp.note = "=SUM(A1:A9)\nand more";
  gdp.approved_by = "통계과장";
  domain::Observation leadership;
  leadership.cell = "3.1.1/leadership";
  leadership.no_data_reason = "no review yet";
  return {Observed("1.1.1/adult-literacy-rate#male", "75.9"),
          Observed("1.1.1/adult-literacy-rate#female", "76.70"),
          Observed("1.1.1/adult-literacy-rate#total", "100"),
          election,
          gdp,
          leadership};
}

std::vector<domain::Observation> ReadBack(const domain::Table& table) {
  domain::IndicatorInput input;
  input.file = "template.xlsx";
  input.city = "Bonn";
  input.country = "DEU";
  const domain::IndicatorCsvContent content = domain::ReadIndicatorTable(TheCatalogue(), table, input);
  EXPECT_THAT(content.errors, IsEmpty()) << absl::StrJoin(
      content.errors, "\n", [](std::string* out, const domain::Problem& problem) { *out += domain::Line(problem); });
  std::vector<domain::Observation> observations;
  for (const domain::YearlyObservation& row : content.accepted) observations.push_back(row.observation);
  return observations;
}

TEST(TemplateRoundTripTest, AWorkbookReadBackGivesWhatStands) {
  for (const char* language : {"en", "ko"}) {
    const std::string bytes =
        Must(TemplateXlsx({TheCatalogue(), language, 2024, "Bonn", "DEU", {}, Standing(), Standing(), "Statistics"}));
    const TableFile file = ReadTableFile(bytes, {});
    EXPECT_FALSE(file.fault.has_value());
    EXPECT_TRUE(AreSheetsOfTemplate(file.sheets)) << language;
    EXPECT_THAT(ReadBack(file.table), ElementsAreArray(Standing())) << language;
  }
}

TEST(TemplateRoundTripTest, ATableGivenBackWithItsProblemsReadsAsBefore) {
  const std::string bytes =
      Must(TemplateXlsx({TheCatalogue(), "en", 2024, "Bonn", "DEU", {}, Standing(), {}, "Statistics"}));
  const TableFile file = ReadTableFile(bytes, {});
  domain::Problem problem;
  problem.row = 5;
  problem.column = "value";
  problem.what = "doubtful";
  problem.remedy = "look again";
  const TableFile marked = ReadTableFile(Must(ProblemWorkbook(file.table, {{}, {&problem, 1}}, "en")), {});
  EXPECT_THAT(ReadBack(marked.table), ElementsAreArray(Standing()));
}

}  // namespace
}  // namespace hansa::node::spreadsheet
