// What a city published, exported, and imported by the same city, is the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "node/domain/indicator_csv.h"
#include "node/exports/csv_export.h"
#include "node/exports/xlsx_export.h"
#include "node/spreadsheet/table_file.h"
#include "tests/node/exports/drawn_rows.h"

namespace hansa::node::exports {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

domain::IndicatorCsvContent Imported(const std::string& csv) {
  return domain::ReadIndicatorCsv(TheCatalogue(), {"export.csv", csv, std::nullopt, "Bonn", "DEU", false});
}

TEST(RoundTripTest, WhatIsImportedIsWhatWasExported) {
  const CsvExport writer(TheCatalogue());
  Scribe scribe(21);
  for (int round = 0; round < 40; ++round) {
    const std::vector<ExportRow> rows = DrawnRows(scribe);
    const std::string csv = absl::StrCat(writer.Head(), writer.Rows(rows), writer.Tail());
    const domain::IndicatorCsvContent content = Imported(csv);
    ASSERT_THAT(content.errors, IsEmpty()) << Line(content.errors.front()) << "\n" << csv;
    ASSERT_THAT(content.accepted, SizeIs(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ASSERT_EQ(content.accepted[i].year, rows[i].year);
      ASSERT_EQ(content.accepted[i].observation, rows[i].observation) << i << "\n" << csv;
    }
  }
}

TEST(RoundTripTest, WhatIsImportedFromAWorkbookIsWhatWasExported) {
  Scribe scribe(22);
  for (int round = 0; round < 5; ++round) {
    const std::vector<ExportRow> rows = DrawnRows(scribe);
    const std::string bytes = hansa::testing::Must(XlsxExport(TheCatalogue(), rows, round % 2 == 0 ? "en" : "ko"));
    const spreadsheet::TableFile file = spreadsheet::ReadTableFile(bytes, {});
    ASSERT_FALSE(file.fault) << file.fault->what;
    const domain::IndicatorCsvContent content = domain::ReadIndicatorTable(
        TheCatalogue(), file.table, {.file = "export.xlsx", .city = "Bonn", .country = "DEU"});
    ASSERT_THAT(content.errors, IsEmpty()) << Line(content.errors.front());
    ASSERT_THAT(content.accepted, SizeIs(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ASSERT_EQ(content.accepted[i].year, rows[i].year);
      ASSERT_EQ(content.accepted[i].observation, rows[i].observation) << i;
    }
  }
}

TEST(RoundTripTest, ImportKnowsEveryColumn) {
  const CsvExport writer(TheCatalogue());
  const ExportRow row = Literacy("76.70");
  const domain::IndicatorCsvContent content = Imported(absl::StrCat(writer.Head(), writer.Rows({&row, 1})));
  EXPECT_THAT(content.errors, IsEmpty());
  EXPECT_THAT(content.warnings, IsEmpty());
}

TEST(RoundTripTest, AnotherCitysExportIsRefusedRowByRow) {
  const CsvExport writer(TheCatalogue());
  ExportRow row = Literacy("76.70");
  row.name = "Dresden";
  EXPECT_THAT(Imported(absl::StrCat(writer.Head(), writer.Rows({&row, 1}))).errors, SizeIs(1));
}

}  // namespace
}  // namespace hansa::node::exports
