#include "node/domain/indicator_csv_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/catalogue/current.h"
#include "node/domain/csv_table.h"
#include "node/domain/formula_guard.h"
#include "node/domain/indicator_csv.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const catalogue::Catalogue& TheCatalogue() { return catalogue::CurrentCatalogue(); }

std::vector<DatedObservation> ReadBack(const std::string& csv) {
  const IndicatorCsvContent content =
      ReadIndicatorCsv(TheCatalogue(), {"written.csv", csv, std::nullopt, "Bonn", "DEU", false});
  EXPECT_THAT(content.errors, IsEmpty()) << absl::StrJoin(content.errors, "\n", [](std::string* out, const Problem& p) {
    absl::StrAppend(out, Line(p));
  }) << "\n" << csv;
  std::vector<DatedObservation> rows;
  for (const YearlyObservation& row : content.accepted) rows.push_back({row.year, row.observation});
  return rows;
}

TEST(FormulaGuardTest, MakesTextOfWhatASpreadsheetWouldCompute) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "''-", "=cmd|' /C calc'!A0"}) {
    EXPECT_EQ(Guarded(text), absl::StrCat("'", text));
    EXPECT_EQ(Unguarded(Guarded(text)), text);
  }
  for (const char* text : {"", "'", "a=1", "'tis", "1", "한국어", "''"}) {
    EXPECT_EQ(Guarded(text), text);
    EXPECT_EQ(Unguarded(text), text);
  }
}

TEST(FormulaGuardTest, WhatWasTypedWithAnApostropheIsTakenWithoutIt) { EXPECT_EQ(Unguarded("'-5"), "-5"); }

TEST(IndicatorCsvWriterTest, LeavesOutColumnsThatNobodyUses) {
  Observation observation;
  observation.cell = "1.1.1/adult-literacy-rate#total";
  observation.value = Decimal::Parse("76.70").value();
  observation.note = "=a \"note\",\nof two lines";
  const DatedObservation row{2023, observation};
  EXPECT_EQ(WriteIndicatorCsv({&row, 1}),
            "cell,year,value,note\r\n"
            "1.1.1/adult-literacy-rate#total,2023,76.70,\"'=a \"\"note\"\",\nof two lines\"\r\n");
  EXPECT_EQ(WriteIndicatorCsv({}), "cell,year,value\r\n");
}

// Any text that a field may hold; often one that a file could spoil.
class Scribe {
 public:
  explicit Scribe(unsigned seed) : chance_(seed) {}

  std::string Text(bool lines) {
    static const auto& pieces =
        *new std::vector<std::string>{"=",       "+",        "-",     "@",  "'", "\"", ",", ";",   "\\",  "a",
                                      "Ünïcode", "학습도시", "مدينة", "  ", "0", "%",  "#", "<b>", "NULL"};
    std::string text;
    for (auto count = Below(5); count > 0; --count) text += pieces[Below(pieces.size())];
    if (lines && Below(4) == 0) text += "\nsecond line";
    return CleanText(text, lines ? Lines::kMany : Lines::kOne).value();
  }
  std::string Number(const catalogue::Range& range, bool whole) {
    const std::int64_t most = range.max.value_or(5'000'000);
    const auto number = std::uniform_int_distribution<std::int64_t>(range.min, most)(chance_);
    if (whole || number == most || Below(2) == 0) return absl::StrCat(number);
    return absl::StrCat(number, ".", Below(10), Below(10), Below(2) == 0 ? "0" : "");
  }
  std::size_t Below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(chance_); }

 private:
  std::mt19937 chance_;
};

Observation Drawn(Scribe& scribe, const catalogue::Cell& cell) {
  const catalogue::Measurement& measurement = *cell.measurement;
  Observation o;
  o.cell = cell.id;
  if (scribe.Below(5) == 0) {
    o.no_data_reason = absl::StrCat("because ", scribe.Text(true));
    o.no_data_reason = CleanText(o.no_data_reason, Lines::kMany).value();
  } else {
    const bool whole = measurement.value_type == catalogue::ValueType::kInteger ||
                       measurement.value_type == catalogue::ValueType::kRating;
    o.value = Decimal::Parse(scribe.Number(measurement.range, whole)).value();
    const std::vector<std::string>& kinds = measurement.source_kinds;
    o.source_kind = *ParseSourceKind(kinds[scribe.Below(kinds.size())]);
    o.unit = measurement.unit;
  }
  o.source = scribe.Text(false);
  o.supplier = scribe.Text(false);
  o.licence = scribe.Text(false);
  o.period = scribe.Text(false);
  o.area = scribe.Text(false);
  o.level = static_cast<AreaLevel>(scribe.Below(2));
  o.match = static_cast<DefinitionMatch>(scribe.Below(5));
  o.derivation_note = scribe.Text(true);
  if (scribe.Below(2) == 0) o.definition_language = "ko-KR";
  o.note = scribe.Text(true);
  o.approved_by = scribe.Text(false);
  for (const std::string& code : TheCatalogue().attribute_codes()) {
    const catalogue::Attribute* attribute = measurement.FindAttribute(code);
    if (attribute == nullptr || scribe.Below(3) == 0) continue;
    const bool is_year = attribute->type == catalogue::AttributeType::kYear;
    o.attributes.push_back({code, is_year ? "2021" : attribute->choices[scribe.Below(attribute->choices.size())]});
  }
  return o;
}

TEST(IndicatorCsvWriterTest, WhatIsReadBackIsWhatWasWritten) {
  Scribe scribe(11);
  for (int round = 0; round < 60; ++round) {
    std::vector<DatedObservation> rows;
    for (const catalogue::Cell& cell : TheCatalogue().cells()) {
      if (scribe.Below(2) == 0) rows.push_back({2000 + static_cast<int>(scribe.Below(20)), Drawn(scribe, cell)});
    }
    const std::string csv = WriteIndicatorCsv(rows);
    ASSERT_THAT(ReadBack(csv), ElementsAreArray(rows)) << csv;
    ASSERT_EQ(WriteIndicatorCsv(ReadBack(csv)), csv);
  }
}

TEST(IndicatorCsvWriterTest, NoTextIsAFormula) {
  Scribe scribe(12);
  for (int round = 0; round < 20; ++round) {
    std::vector<DatedObservation> rows;
    for (const catalogue::Cell& cell : TheCatalogue().cells()) rows.push_back({2023, Drawn(scribe, cell)});
    std::size_t cells = 0;
    const auto fault = ReadCsv(WriteIndicatorCsv(rows), CsvLimits(), [&](const TableRow& row) {
      for (const std::string& cell : row.cells)
        EXPECT_FALSE(!cell.empty() && std::string("=+-@").find(cell[0]) != std::string::npos) << cell;
      cells += row.cells.size();
      return true;
    });
    EXPECT_FALSE(fault.has_value());
    EXPECT_GT(cells, 76u * 4);
  }
}

}  // namespace
}  // namespace hansa::node::domain
