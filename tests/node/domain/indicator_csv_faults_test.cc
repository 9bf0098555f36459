// Bad files, one fault each: where it is said to be and what is said. Nothing here may be imported.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/indicator_csv.h"

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kNoYear = 0;

struct Fault {
  const char* name;
  std::string bytes;
  int row;
  const char* column;
  const char* what;
  const char* remedy;
  int year = 2020;  // What --year says; kNoYear without it.
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

std::string WithRow(const char* header, const char* row) { return absl::StrCat(header, "\n", row, "\n"); }

std::string Value(const char* value) {
  return WithRow("cell,value", absl::StrCat("1.1.1/adult-literacy-rate#total,", value).c_str());
}
std::string Field(const char* column, const std::string& text) {
  return absl::StrCat("cell,value,", column, "\n1.1.4/crime-level,5,\"", text, "\"\n");
}

class BadFile : public ::testing::TestWithParam<Fault> {};

TEST_P(BadFile, IsRefusedAtTheRightPlace) {
  const Fault& fault = GetParam();
  IndicatorCsvInput input;
  input.file = "bad.csv";
  input.bytes = fault.bytes;
  if (fault.year != kNoYear) input.year = fault.year;
  input.city = "Turin";
  input.country = "ITA";
  const IndicatorCsvContent content = ReadIndicatorCsv(catalogue::CurrentCatalogue(), input);
  ASSERT_THAT(content.errors, Not(IsEmpty()));
  const Problem& problem = content.errors.front();
  EXPECT_EQ(problem.file, "bad.csv");
  EXPECT_EQ(problem.row, fault.row) << Line(problem);
  EXPECT_EQ(problem.column, fault.column) << Line(problem);
  EXPECT_THAT(problem.rule, Not(IsEmpty())) << Line(problem);
  EXPECT_THAT(problem.what, HasSubstr(fault.what));
  EXPECT_THAT(problem.remedy, HasSubstr(fault.remedy));
  EXPECT_EQ(content.errors.size(), 1u) << Line(content.errors.back());
}

constexpr char kCell[] = "cell,value";

INSTANTIATE_TEST_SUITE_P(
    Files, BadFile,
    ::testing::Values(
        Fault{"Empty", "", 0, "", "empty", "header"}, Fault{"OnlyBlankLines", "\n\n", 0, "", "empty", "header"},
        Fault{"NoCellColumn", "value,year\n5,2020\n", 1, "", "no column 'cell'", "cell,year,value"},
        Fault{"NoValueColumn", "cell,year\n1.1.4/crime-level,2020\n", 1, "", "no column 'value'", "header"},
        Fault{"Semicolons", "cell;value\n1.1.4/crime-level;5\n", 1, "", "no column 'cell'", "not semicolons"},
        Fault{"Tabs", "cell\tvalue\n", 1, "", "no column 'cell'", "not tabs"},
        Fault{"ColumnTwice", "cell,value,value\n1.1.4/crime-level,5,6\n", 1, "value", "stands twice", "remove one"},
        Fault{"TooManyColumns", absl::StrCat("cell,value", std::string(255, ',')), 1, "", "256 columns", "remove"},
        Fault{"Utf16",
              "\xFF\xFE"
              "c",
              0, "", "UTF-16", "CSV UTF-8"},
        Fault{"Latin1", "cell,value,note\n1.1.4/crime-level,5,caf\xE9\n", 2, "", "not UTF-8", "--encoding"},
        Fault{"Spreadsheet", "PK\x03\x04", 0, "", "spreadsheet", "save the sheet"},
        Fault{"Nul", absl::StrCat("cell,value\n1.1.4/crime-level,", std::string(1, 0), "\n"), 2, "", "NUL",
              "save the file again"},
        Fault{"OpenQuote", WithRow(kCell, "1.1.4/crime-level,\"5"), 2, "", "quotation mark", "quotation marks"},
        Fault{"StrayQuote", WithRow(kCell, "1.1.4/crime-level,5\"6"), 2, "", "quotation mark", "quotation marks"},
        Fault{"LongCell", Field("note", std::string(40'000, 'x')), 2, "", "32768 bytes", "shorten"},
        Fault{"FewerCells", WithRow(kCell, "1.1.4/crime-level"), 2, "", "1 cells, the header 2", "commas"},
        Fault{"MoreCells", WithRow(kCell, "1.1.4/crime-level,1,5"), 2, "", "3 cells, the header 2", "commas"}),
    [](const auto& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Cells, BadFile,
    ::testing::Values(
        Fault{"NoCell", WithRow(kCell, ",5"), 2, "measurement_id", "names no cell", "1.1.1/adult-literacy-rate#female"},
        Fault{"Mistyped", WithRow(kCell, "1.1.4/crime-levle,5"), 2, "cell", "no cell '1.1.4/crime-levle'",
              "did you mean 1.1.4/crime-level?"},
        Fault{"Unknown", WithRow(kCell, "happiness,5"), 2, "cell", "no cell 'happiness'", "hansa catalogue"},
        Fault{"PartMissing", WithRow(kCell, "1.1.1/adult-literacy-rate,5"), 2, "cell", "no cell", "#female"},
        Fault{"PartMissingInColumns", WithRow("measurement_id,breakdown,value", "1.1.1/adult-literacy-rate,,5"), 2,
              "measurement_id", "no cell", "#total"},
        Fault{"PartMissingWithYearsAcross", WithRow("Indicator,2021,2022", "Unemployment rate,4.1,4.3"), 2, "Indicator",
              "no cell '1.2.2/unemployment-rate'", "#total", kNoYear},
        Fault{"UnknownPart", WithRow("measurement_id,breakdown,value", "1.1.1/adult-literacy-rate,boys,5"), 2,
              "breakdown", "no part 'boys'", "male, female, total"},
        Fault{"NoParts", WithRow("measurement_id,breakdown,value", "1.1.4/crime-level,male,5"), 2, "breakdown",
              "has no parts", "leave the breakdown empty"},
        Fault{"TwoCells", WithRow("cell,measurement_id,value", "1.1.4/crime-level,1.2.1/urban-poverty,5"), 2, "cell",
              "two cells", "keep one"},
        Fault{"HiddenInCell", WithRow(kCell, "1.1.4/crime\xE2\x80\xAE-level,5"), 2, "cell", "U+202E", "type"},
        Fault{"UnknownWithoutAValue", WithRow(kCell, "1.1.4/crime,"), 2, "cell", "no cell", "did you mean"},
        Fault{"Twice", "cell,value\n1.1.4/crime-level,5\n\n1.1.4/crime-level,6\n", 4, "", "in rows 2 and 4",
              "keep one"},
        Fault{"TwiceAcross", WithRow("Indicator,2021,2022,2021", "1.1.4/crime-level,4.1,4.2,4.3"), 2, "",
              "in columns B and D of its row", "keep one", kNoYear},
        Fault{"AnotherCity", WithRow("cell,value,city,country", "1.1.4/crime-level,5,Trieste,ITA"), 2, "city",
              "about 'Trieste, ITA'", "--skip-others"},
        Fault{"AnotherCountry", WithRow("cell,value,city,country", "1.1.4/crime-level,5,Turin,USA"), 2, "country",
              "about 'Turin, USA'", "--skip-others"},
        Fault{"WholeCountry", WithRow("cell,value,level", "1.1.4/crime-level,5,country"), 2, "level", "whole country",
              "--skip-others"}),
    [](const auto& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Values, BadFile,
    ::testing::Values(
        Fault{"Comma", Value("\"1,5\""), 2, "value", "'1,5' has a comma", "write 1.5"},
        Fault{"Plus", Value("+1"), 2, "value", "'+1'", "plus sign"},
        Fault{"Exponent", Value("1e1"), 2, "value", "'1e1'", "exponent"},
        Fault{"NaN", Value("NaN"), 2, "value", "'NaN'", "write digits"},
        Fault{"Dash", Value("-"), 2, "value", "nought or no data", "write 0"},
        Fault{"Percent", WithRow(kCell, "1.2.1/gdp-per-capita,75%"), 2, "value", "is in percent", "the row's own unit"},
        Fault{"LeadingZero", Value("07"), 2, "value", "'07'", "leading zeros"},
        Fault{"TooMuch", Value("100.1"), 2, "value", "more than 100", "0 to 100"},
        Fault{"TooLittle", Value("-1"), 2, "value", "less than 0", "0 to 100"},
        Fault{"Rating", WithRow(kCell, "1.3.2/public-transportation,6"), 2, "value", "more than 5", "1 to 5"},
        Fault{"NotWhole", WithRow(kCell, "2.2.3/development-of-learning-resources-through-indigenous-knowledge,1.5"), 2,
              "value", "not a whole number", "whole number"},
        Fault{"ValueAndNoData", Field("no_data_reason", "none kept"), 2, "no_data_reason",
              "a value and a reason for no data", "keep one"},
        Fault{"NoYear", WithRow(kCell, "1.1.4/crime-level,5"), 1, "year", "which year", "--year", kNoYear},
        Fault{"YearOption", WithRow(kCell, "1.1.4/crime-level,5"), 0, "year", "1800 is not a year", "--year", 1800},
        Fault{"YearBlank", Field("year", ""), 2, "year", "no year", "--year", kNoYear},
        Fault{"YearTooEarly", Field("year", "1899"), 2, "year", "1900 to 2200", "four digits", kNoYear},
        Fault{"YearTooLate", Field("year", "2201"), 2, "year", "1900 to 2200", "four digits", kNoYear},
        Fault{"YearOfTwoDigits", Field("year", "20"), 2, "year", "'20'", "four digits"},
        Fault{"YearDiffers", Field("year", "2019"), 2, "year", "of 2019", "without --year"}),
    [](const auto& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Details, BadFile,
    ::testing::Values(
        Fault{"Unit", Field("unit", "percent"), 2, "unit", "'percent'", "per-100000-inhabitants"},
        Fault{"SourceKind", Field("source_kind", "guess"), 2, "source_kind", "'guess'", "expert_review"},
        Fault{"Level", Field("level", "district"), 2, "level", "'district'", "city, region"},
        Fault{"Match", Field("match", "Exact"), 2, "match", "'Exact'", "exact, close"},
        Fault{"RegionUnnamed", Field("level", "region"), 2, "area", "nothing says which", "name the region"},
        Fault{"FormulaFaultInSource", Field("source", "#N/A"), 2, "source", "'#N/A' is a fault", "mend the formula"},
        Fault{"FormulaFaultInNote", Field("note", " #REF! "), 2, "note", "'#REF!' is a fault", "clear the cell"},
        Fault{"FormulaFaultInAttribute", Field("conversion", "#NAME?"), 2, "conversion", "'#NAME?' is a fault", "mend"},
        Fault{"FormulaFaultInReason", "cell,value,no_data_reason\n1.1.4/crime-level,,#DIV/0!\n", 2, "no_data_reason",
              "'#DIV/0!' is a fault", "mend the formula"},
        Fault{"FormulaFaultInCity", Field("city", "#VALUE!"), 2, "city", "'#VALUE!' is a fault", "mend the formula"},
        Fault{"FormulaFaultOfAnotherLanguage", Field("supplier", "#WERT!"), 2, "supplier", "fault", "mend"},
        Fault{"FormulaFaultInGerman", Field("supplier", "#NV"), 2, "supplier", "'#NV' is a fault", "mend"},
        Fault{"FormulaFaultInFrench", Field("supplier", "#N/D"), 2, "supplier", "'#N/D' is a fault", "mend"},
        Fault{"FormulaFaultInDanish", Field("supplier", "#I/T"), 2, "supplier", "'#I/T' is a fault", "mend"},
        Fault{"FormulaFaultInDutch", Field("supplier", "#N/B"), 2, "supplier", "'#N/B' is a fault", "mend"},
        Fault{"FormulaFaultInTurkish", Field("supplier", "#YOK"), 2, "supplier", "'#YOK' is a fault", "mend"},
        Fault{"FormulaFaultInRussian", Field("supplier", "#Н/Д"), 2, "supplier", "'#Н/Д' is a fault", "mend"},
        Fault{"FormulaFaultOfLibreOffice", Field("supplier", "Err:502"), 2, "supplier", "'Err:502' is", "mend"},
        Fault{"FormulaFaultAcross", WithRow("cell,2021,note", "1.1.4/crime-level,5,#NULL!"), 2, "note", "fault", "mend",
              kNoYear},
        Fault{"LongNote", Field("note", std::string(2001, 'x')), 2, "note", "2001 characters", "shorten"},
        Fault{"LongSource", Field("source", std::string(501, 'x')), 2, "source", "501 characters", "shorten"},
        Fault{"LongReason", absl::StrCat("cell,value,no_data_reason\n1.1.4/crime-level,,", std::string(1001, 'x')), 2,
              "no_data_reason", "1001 characters", "shorten"},
        Fault{"LinesInSource", Field("source", "two\nlines"), 2, "source", "more than one line", "one line"},
        Fault{"ControlInNote", Field("note", "bell\x07"), 2, "note", "U+0007", "type"},
        Fault{"BidiInSupplier", Field("supplier", "a\xE2\x81\xA7z"), 2, "supplier", "U+2067", "type"},
        Fault{"Language", Field("language", "Italian"), 2, "language", "'Italian'", "pt-BR"},
        Fault{"AttributeOfAnotherRow", Field("election_year", "2020"), 2, "election_year", "does not ask", "empty"},
        Fault{"AttributeYear", WithRow("cell,value,election_year", "1.1.2/participation-rate-in-election,60,20"), 2,
              "election_year", "'20' is not a year", "four digits"},
        Fault{"AttributeChoice", WithRow("cell,value,conversion", "1.2.1/gdp-per-capita,60,euro"), 2, "conversion",
              "'euro'", "ppp, market_exchange_rate"}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace hansa::node::domain
