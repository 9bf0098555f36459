#include "node/exports/sdmx_csv_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "node/domain/csv_table.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using ::testing::HasSubstr;

TEST(SdmxCsvExportTest, TheHeaderNamesDataflowDimensionsValueAndAttributes) {
  EXPECT_EQ(
      SdmxCsvExport(TheCatalogue()).Head(),
      "DATAFLOW,FREQ,REF_AREA,MEASUREMENT,BREAKDOWN,FRAMEWORK,WORD_OF,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,OBS_STATUS,"
      "SOURCE_KIND,DEF_MATCH,DEF_LANGUAGE,AREA_LEVEL,REF_AREA_NOTE,PERIOD_NOTE,SOURCE_TEXT,SUPPLIER,LICENCE,"
      "NO_DATA_REASON,DERIVATION_NOTE,CONVERSION,COUNTED_OVER,ELECTION_YEAR,PATENTS_COUNTED,POVERTY_LINE,"
      "SUMMARY_OF_ANSWERS,TOP_TEN_BY,COMMENT,APPROVED_BY,REVISION\r\n");
}

TEST(SdmxCsvExportTest, WritesCodesAndKeepsDigits) {
  const ExportRow rows[] = {Literacy("76.70"), NoTurnout()};
  EXPECT_EQ(SdmxCsvExport(TheCatalogue()).Rows(rows),
            "HANSA:KEY_FEATURES(1.0),A,DE_BONN,1_1_1_ADULT_LITERACY_RATE,FEMALE,2013,_Z,2023,76.70,PERCENT,A,"
            "OFFICIAL_DATA,EXACT,,,,,\"Census, \"\"table 4\"\"\",,,,,,,,,,,,,,2\r\n"
            "HANSA:KEY_FEATURES(1.0),A,INT_UIL,1_1_2_PARTICIPATION_RATE_IN_ELECTION,_Z,2013,_Z,2024,,,M,"
            ",,,,,,,,,no election,,,,2021,,,,,\"first line\nsecond line\",,1\r\n");
}

TEST(SdmxCsvExportTest, NoTextIsAFormula) {
  for (const char* text : {"=HYPERLINK(\"http://x\",\"y\")", "+1", "-2+3", "@x", "\tx"}) {
    const ExportRow row = Spoilt(text);
    std::size_t guarded = 0;
    const auto fault =
        domain::ReadCsv(SdmxCsvExport(TheCatalogue()).Rows({&row, 1}), domain::CsvLimits(), [&](const auto& read) {
          for (const std::string& cell : read.cells) {
            EXPECT_FALSE(!cell.empty() && std::string("=+-@\t").find(cell[0]) != std::string::npos) << cell;
            if (cell == absl::StrCat("'", text)) ++guarded;
          }
          return true;
        });
    EXPECT_FALSE(fault.has_value());
    EXPECT_EQ(guarded, 9u) << text;
  }
}

TEST(SdmxCsvExportTest, ANegativeFigureIsNoFormula) {
  const ExportRow row = Literacy("-1.50");
  EXPECT_THAT(SdmxCsvExport(TheCatalogue()).Rows({&row, 1}), HasSubstr(",2023,-1.50,PERCENT,"));
}

}  // namespace
}  // namespace hansa::node::exports
