// What holds for every form.
#include "node/exports/export_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using ::hansa::testing::Must;
using ::hansa::testing::StatusIs;
using ::testing::HasSubstr;

class EveryForm : public ::testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<ExportWriter> writer_ = Must(MakeExportWriter(GetParam(), {TheCatalogue(), absl::UnixEpoch()}));
};

// A row of each of three members in two years, with values in the order of `values`.
std::vector<ExportRow> RowsWith(const std::vector<std::string>& values) {
  std::vector<ExportRow> rows;
  for (const char* member : {"de-bonn", "fi-espoo", "gb-derby"}) {
    for (const int year : {2022, 2023}) {
      ExportRow row = Literacy(values[rows.size()]);
      row.member = member;
      row.year = year;
      rows.push_back(row);
    }
  }
  return rows;
}

TEST_P(EveryForm, ShufflingTheValuesMovesNothingButTheValues) {
  std::vector<std::string> values = {"91.001", "92.002", "93.003", "94.004", "95.005", "96.006"};
  const auto blanked = [&](std::string text) {
    for (const std::string& value : values) text = absl::StrReplaceAll(text, {{value, "?"}});
    return text;
  };
  const std::string before = writer_->Rows(RowsWith(values));
  std::mt19937 chance(5);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(values.begin(), values.end(), chance);
    const std::string after = writer_->Rows(RowsWith(values));
    ASSERT_EQ(blanked(after), blanked(before));
    std::size_t at = 0;
    for (const std::string& value : values) {
      at = after.find(value, at);
      ASSERT_NE(at, std::string::npos) << value;
    }
  }
}

TEST_P(EveryForm, RowsInPiecesAreTheSameAsRowsAtOnce) {
  const std::vector<ExportRow> rows = RowsWith({"1", "2", "3", "4", "5", "6"});
  std::string pieces;
  for (const ExportRow& row : rows) absl::StrAppend(&pieces, writer_->Rows({&row, 1}), writer_->Rows({}));
  EXPECT_EQ(pieces, writer_->Rows(rows));
}

TEST_P(EveryForm, KeepsTheDigitsOfEveryValue) {
  for (const char* digits : {"0", "-0.50", "76.70", "100.000000000", "999999999999999.999999999"}) {
    const ExportRow row = Literacy(digits);
    EXPECT_THAT(writer_->Rows({&row, 1}), HasSubstr(digits));
  }
}

TEST_P(EveryForm, SaysWhoseWordAFigureIs) {
  ExportRow row = Literacy("4");
  row.observation.word_of = "signed by expert int-expert";
  const std::string text = writer_->Rows({&row, 1});
  const bool is_sdmx = absl::StrContains(GetParam(), "sdmx");
  EXPECT_THAT(text, HasSubstr(is_sdmx ? "SIGNED_BY_EXPERT_INT_EXPERT" : "signed by expert int-expert"));
}

TEST_P(EveryForm, SaysWhyThereIsNoFigure) {
  const ExportRow row = NoTurnout();
  EXPECT_THAT(writer_->Rows({&row, 1}), HasSubstr("no election"));
}

INSTANTIATE_TEST_SUITE_P(Forms, EveryForm, ::testing::Values("csv", "sdmx-csv", "sdmx-ml", "jsonl"));

TEST(ExportWriterTest, ThereIsNoWriterOfAnUnknownForm) {
  EXPECT_THAT(MakeExportWriter("xls", {TheCatalogue(), absl::UnixEpoch()}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "write csv, sdmx-csv, sdmx-ml, jsonl or xlsx"));
}

}  // namespace
}  // namespace hansa::node::exports
