#include "node/exports/csv_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "node/domain/csv_table.h"
#include "node/exports/csv_columns.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CsvExportTest, TheHeaderIsTheSameInEveryFile) {
  EXPECT_EQ(CsvExport(TheCatalogue()).Head(),
            "member,city,country,region,framework,year,revision,feature,cell,measurement_id,breakdown,value,"
            "no_data_reason,unit,source_kind,source,supplier,licence,period,area,level,match,derivation_note,language,"
            "conversion,counted_over,election_year,patents_counted,poverty_line,summary_of_answers,top_ten_by,"
            "note,approved_by,record,word_of\r\n");
  EXPECT_EQ(CsvExport(TheCatalogue()).Tail(), "");
}

TEST(CsvExportTest, WritesOneLineForEachRow) {
  const ExportRow rows[] = {Literacy("76.70"), NoTurnout()};
  EXPECT_EQ(CsvExport(TheCatalogue()).Rows(rows),
            "de-bonn,Bonn,DEU,Europe and North America,2013,2023,2,1.1.1,1.1.1/adult-literacy-rate#female,"
            "1.1.1/adult-literacy-rate,female,76.70,,percent,official_data,\"Census, \"\"table 4\"\"\",,,,,,exact,,"
            ",,,,,,,,,,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\r\n"
            "int-uil,UIL,,,2013,2024,1,1.1.2,1.1.2/participation-rate-in-election,"
            "1.1.2/participation-rate-in-election,,,no election,,,,,,,,,,,,,,2021,,,,,"
            "\"first line\nsecond line\",,bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\r\n");
}

TEST(CsvExportTest, KeepsTheDigits) {
  for (const char* digits : {"0", "-0.50", "76.70", "100.000000000", "999999999999999.999999999"}) {
    const ExportRow row = Literacy(digits);
    EXPECT_THAT(CsvExport(TheCatalogue()).Rows({&row, 1}), HasSubstr(absl::StrCat(",female,", digits, ",,")));
  }
}

TEST(CsvExportTest, NoTextIsAFormula) {
  for (const char* text : {"=HYPERLINK(\"http://x\",\"y\")", "+1", "-2+3", "@x", "\tx"}) {
    const ExportRow row = Spoilt(text);
    std::vector<std::string> guarded;
    const auto fault =
        domain::ReadCsv(CsvExport(TheCatalogue()).Rows({&row, 1}), domain::CsvLimits(), [&](const auto& read) {
          for (const std::string& cell : read.cells) {
            EXPECT_FALSE(!cell.empty() && std::string("=+-@\t").find(cell[0]) != std::string::npos) << cell;
            if (cell == absl::StrCat("'", text)) guarded.push_back(cell);
          }
          return true;
        });
    EXPECT_FALSE(fault.has_value());
    EXPECT_EQ(guarded.size(), 11u) << text;
  }
}

TEST(CsvExportTest, EveryRowIsAsWideAsTheHeader) {
  std::string csv = CsvExport(TheCatalogue()).Head();
  const ExportRow rows[] = {Literacy("1"), NoTurnout(), Spoilt("a,b\"c\nd")};
  absl::StrAppend(&csv, CsvExport(TheCatalogue()).Rows(rows));
  std::vector<std::size_t> widths;
  const auto fault = domain::ReadCsv(csv, domain::CsvLimits(), [&](const auto& row) {
    widths.push_back(row.cells.size());
    return true;
  });
  EXPECT_FALSE(fault.has_value());
  EXPECT_THAT(widths, ElementsAre(35, 35, 35, 35));
  EXPECT_EQ(CsvColumns(TheCatalogue()).size(), 35u);
}

TEST(CsvExportTest, WritesCellsOfAnotherFramework) {
  ExportRow row = Literacy("5");
  row.framework_version = "2031";
  row.observation.cell = "9.9/unheard-of#half";
  EXPECT_THAT(CsvExport(TheCatalogue()).Rows({&row, 1}),
              HasSubstr(",2031,2023,2,9.9,9.9/unheard-of#half,9.9/unheard-of,half,5,"));
}

TEST(CsvColumnsTest, EveryColumnIsNamedOnceAndInBothLanguages) {
  std::set<std::string> names;
  for (const CsvColumn& column : CsvColumns(TheCatalogue())) {
    EXPECT_TRUE(names.insert(column.name).second) << column.name;
    EXPECT_FALSE(column.title_en.empty() || column.title_ko.empty() || column.description.empty()) << column.name;
  }
}

}  // namespace
}  // namespace hansa::node::exports
