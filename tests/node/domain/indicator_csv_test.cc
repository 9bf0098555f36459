#include "node/domain/indicator_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/catalogue/current.h"
#include "node/domain/checks.h"
#include "node/domain/indicator_codec.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Bristol() {
  std::ifstream file(HANSA_SOURCE_DIR "/tests/data/indicators_bristol.csv", std::ios::binary);
  EXPECT_TRUE(file) << "tests/data/indicators_bristol.csv is missing";
  return std::string(std::istreambuf_iterator<char>(file), {});
}

struct City {
  std::string name = "Bristol";
  std::string country = "GBR";
};

IndicatorCsvContent Import(absl::string_view bytes, std::optional<int> year = std::nullopt, const City& city = {},
                           bool skip_others = false) {
  IndicatorCsvInput input;
  input.file = "data.csv";
  input.bytes = bytes;
  input.year = year;
  input.city = city.name;
  input.country = city.country;
  input.skip_others = skip_others;
  return ReadIndicatorCsv(catalogue::CurrentCatalogue(), input);
}

std::string Lines(const std::vector<Problem>& problems) {
  return absl::StrJoin(problems, "\n", [](std::string* out, const Problem& p) { absl::StrAppend(out, Line(p)); });
}

TEST(IndicatorCsvTest, ImportsTheRealRowsOfACity) {
  const IndicatorCsvContent content = Import(Bristol());
  EXPECT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  EXPECT_THAT(content.accepted, SizeIs(105));
  EXPECT_THAT(content.warnings, SizeIs(9)) << "one for each proxy: " << Lines(content.warnings);
  EXPECT_EQ(content.skipped, 0);
}

TEST(IndicatorCsvTest, KeepsEveryFieldOfARow) {
  const IndicatorCsvContent content = Import(
      "note,cell,value,year,unit,source_kind,source,licence,supplier,period,area,level,match,"
      "approved_by,"
      "language,conversion,derivation_note,city,country\n"
      "\"Two\r\nlines\",1.2.1/"
      "gdp-per-capita,76.70,2023,usd-ppp-per-capita,official_data,register,OGL,"
      "Finance department,FY 2023,West,region,exact,Director,pt-BR,ppp,by division,BRISTOL,gbr\n");
  ASSERT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  ASSERT_THAT(content.accepted, SizeIs(1));
  Observation o;
  o.cell = "1.2.1/gdp-per-capita";
  o.value = Decimal::Parse("76.70").value();
  o.unit = "usd-ppp-per-capita";
  o.source_kind = SourceKind::kOfficialData;
  o.source = "register";
  o.licence = "OGL";
  o.supplier = "Finance department";
  o.period = "FY 2023";
  o.area = "West";
  o.level = AreaLevel::kRegion;
  o.match = DefinitionMatch::kExact;
  o.approved_by = "Director";
  o.definition_language = "pt-BR";
  o.attributes = {{"conversion", "ppp"}};
  o.derivation_note = "by division";
  o.note = "Two\nlines";
  EXPECT_EQ(content.accepted[0].observation, o);
  EXPECT_EQ(content.accepted[0].year, 2023);
  EXPECT_EQ(content.accepted[0].row, 2);
}

TEST(IndicatorCsvTest, TakesTheCellFromMeasurementAndBreakdown) {
  const IndicatorCsvContent content =
      Import("measurement_id,breakdown,value\n1.1.1/adult-literacy-rate,female,98\n1.1.4/crime-level,,3\n", 2020);
  ASSERT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  EXPECT_EQ(content.accepted[0].observation.cell, "1.1.1/adult-literacy-rate#female");
  EXPECT_EQ(content.accepted[0].year, 2020);
  EXPECT_EQ(content.accepted[0].observation.unit, "percent") << "filled in from the catalogue";
  EXPECT_EQ(content.accepted[1].observation.cell, "1.1.4/crime-level");
}

TEST(IndicatorCsvTest, TakesACellThatIsNamedTwiceOver) {
  // A name of a part that is longer than a short string holds.
  for (const catalogue::Cell& cell : catalogue::CurrentCatalogue().cells()) {
    if (cell.measurement->source_kinds == std::vector<std::string>{"expert_review"}) continue;
    const std::string part = cell.member == nullptr ? "" : cell.member->code;
    const IndicatorCsvContent one = Import(
        absl::StrCat("cell,measurement_id,breakdown,value\n", cell.id, ",", cell.measurement->id, ",", part, ",1\n"),
        2020);
    EXPECT_THAT(one.errors, IsEmpty()) << cell.id << "\n" << Lines(one.errors);
  }
}

TEST(IndicatorCsvTest, ABlankValueChangesNothing) {
  const IndicatorCsvContent content =
      Import("cell,value,note\n1.1.4/crime-level,,\n1.2.1/urban-poverty,,to come\n", 2020);
  EXPECT_THAT(content.errors, IsEmpty());
  EXPECT_THAT(content.accepted, IsEmpty());
  EXPECT_EQ(content.unchanged, 2);
  EXPECT_THAT(Lines(content.warnings), HasSubstr("data.csv:3:value: the row has a note and no value"));
}

TEST(IndicatorCsvTest, NoDataIsAnAnswer) {
  const IndicatorCsvContent content = Import("cell,value,no_data_reason\n1.1.4/crime-level,,not collected\n", 2020);
  ASSERT_THAT(content.accepted, SizeIs(1)) << Lines(content.errors);
  EXPECT_FALSE(content.accepted[0].observation.value);
  EXPECT_EQ(content.accepted[0].observation.no_data_reason, "not collected");
}

TEST(IndicatorCsvTest, LeavesOutOthersWhenAsked) {
  constexpr char kFile[] =
      "city,country,cell,value,level\n"
      "Derby,GBR,nonsense,not a number,city\n"
      ",GBR,1.1.4/crime-level,5,country\n"
      "Bristol,USA,1.1.4/crime-level,5,city\n"
      "bristol,GBR,1.1.4/crime-level,5,city\n";
  const IndicatorCsvContent strict = Import(kFile, 2020);
  EXPECT_THAT(strict.errors, SizeIs(3)) << Lines(strict.errors);
  EXPECT_EQ(strict.skipped, 0);
  const IndicatorCsvContent lenient = Import(kFile, 2020, {}, /*skip_others=*/true);
  EXPECT_THAT(lenient.errors, IsEmpty()) << Lines(lenient.errors);
  EXPECT_EQ(lenient.skipped, 3);
  EXPECT_THAT(lenient.accepted, SizeIs(1));
}

TEST(IndicatorCsvTest, ARowOfAnotherCityIsLeftOutWhateverFaultItHas) {
  constexpr char kOthers[] =
      "city,country,cell,value,note\nCali,#N/A,1.1.4/crime-level,5,\nCali,COL,1.1.4/crime-level,5,#REF!\n"
      "#N/A,PER,1.1.4/crime-level,5,\n";
  const IndicatorCsvContent content = Import(kOthers, 2020, {"Bogotá", "COL"}, /*skip_others=*/true);
  EXPECT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  EXPECT_EQ(content.skipped, 3);
  const IndicatorCsvContent unknown =
      Import("city,country,cell,value\n#N/A,COL,1.1.4/crime-level,5\n", 2020, {"Bogotá", "COL"}, true);
  EXPECT_THAT(unknown.errors, SizeIs(1)) << "it may be of this city";
}

TEST(IndicatorCsvTest, KnowsItsCityHoweverItIsWritten) {
  const IndicatorCsvContent content =
      Import("city,country,cell,value\nBOGOTA\xCC\x81,col,1.1.4/crime-level,5\n", 2020, {"Bogotá", "COL"});
  EXPECT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  EXPECT_THAT(content.accepted, SizeIs(1));
}

TEST(IndicatorCsvTest, ReadsColumnsInAnyOrderAndCase) {
  const IndicatorCsvContent content = Import("\xEF\xBB\xBFValue, YEAR ,Cell\r\n5,2020,1.1.4/crime-level\r\n");
  EXPECT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  EXPECT_THAT(content.accepted, SizeIs(1));
}

TEST(IndicatorCsvTest, NamesUnknownColumnsOnce) {
  const IndicatorCsvContent content =
      Import("cell,value,remark,colour\n1.1.4/crime-level,5,a,b\n1.2.1/urban-poverty,5,c,d\n", 2020);
  ASSERT_THAT(content.warnings, SizeIs(1));
  EXPECT_THAT(content.warnings[0].what, HasSubstr("'remark', 'colour'"));
  EXPECT_THAT(content.errors, IsEmpty());
}

TEST(IndicatorCsvTest, SaysWhichColumnsHaveNoHeading) {
  const IndicatorCsvContent content = Import(
      "cell,value,,source,\n1.1.4/crime-level,5,,register,our own account\n1.1.1/adult-literacy-rate#total,98,,,x\n",
      2020);
  EXPECT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  EXPECT_EQ(Lines(content.warnings),
            "data.csv:1: column E has no heading; it is not imported; give it one if it should be");
  EXPECT_EQ(Lines(Import("Indicator,2021,,2022,\nCrime level,5,(p),6,\n,,note\n").warnings),
            "data.csv:1: column C has no heading; it is not imported; give it one if it should be");
}

TEST(IndicatorCsvTest, ATextThatOnlySpeaksOfAFaultIsAText) {
  for (const char* text :
       {"#1 in the register", "#N/A in the register", "#!", "#hash!", "Nr. #REF!", "Err:50", "Err:5020", "#NVA"}) {
    const IndicatorCsvContent content = Import(absl::StrCat("cell,value,note\n1.1.4/crime-level,5,", text, "\n"), 2020);
    EXPECT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  }
}

TEST(IndicatorCsvTest, WarnsThatAProxyNeedsANote) {
  const IndicatorCsvContent content =
      Import("cell,value,match\n1.1.4/crime-level,5,proxy\n1.2.1/urban-poverty,5,approximate\n", 2020);
  EXPECT_THAT(content.accepted, SizeIs(2));
  ASSERT_THAT(content.warnings, SizeIs(2));
  EXPECT_THAT(content.warnings[0].remedy, HasSubstr("stated in a note"));
}

TEST(IndicatorCsvTest, WarnsThatACityDoesNotRateItself) {
  const IndicatorCsvContent content = Import("cell,value\n3.1.1/leadership,4\n", 2020);
  ASSERT_THAT(content.warnings, SizeIs(1));
  EXPECT_THAT(content.warnings[0].what, HasSubstr("comes from a review"));
}

TEST(IndicatorCsvTest, FindsAllProblemsAtOnce) {
  const IndicatorCsvContent content = Import(
      "cell,value,year,unit,source_kind\n"
      "1.1.4/crime-level,\"1,5\",1800,percent,guess\n"
      "1.1.1/adult-literacy-rate#total,101,2020,percent,survey\n"
      "1.1.1/adult-literacy-rate#male,99,2020,,\n");
  std::vector<std::string> places;
  for (const Problem& p : content.errors) places.push_back(absl::StrCat(p.row, ":", p.column));
  EXPECT_THAT(places, ElementsAre("2:value", "2:year", "2:unit", "2:source_kind", "3:value"));
  EXPECT_THAT(content.accepted, SizeIs(1)) << "the sound row, for the count alone";
}

TEST(IndicatorCsvTest, StopsAtTenThousandProblems) {
  std::string bytes = "cell,value\n";
  for (int i = 0; i < 20'000; ++i) bytes += "nonsense,1\n";
  const IndicatorCsvContent content = Import(bytes, 2020);
  EXPECT_EQ(content.errors.size(), kProblemsMax + 1);
  EXPECT_THAT(content.errors.back().what, HasSubstr("too many problems"));
}

TEST(IndicatorCsvTest, LeavesOutWhatStandsInASurveyOrARating) {
  const IndicatorCsvContent content = Import(
      "cell,year,value,source,source_kind,word_of\n"
      "1.1.1/adult-literacy-rate#total,2023,98,register,official_data,\n"
      "2.6.1/advocacy-for-learning,2023,4,expert x,expert_review,signed by expert x\n");
  EXPECT_THAT(content.errors, IsEmpty()) << Lines(content.errors);
  ASSERT_THAT(content.accepted, SizeIs(1));
  EXPECT_EQ(content.accepted[0].observation.word_of, "");
  ASSERT_THAT(content.warnings, SizeIs(1));
  EXPECT_EQ(content.warnings[0].column, "word_of");
  EXPECT_EQ(content.warnings[0].row, 3);
}

// A damaged file is refused or read as another; it never stops the program, and what is read is lawful.
TEST(IndicatorCsvTest, SurvivesDamagedFiles) {
  const std::string sound = Bristol();
  std::mt19937 chance(5);
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    std::string damaged = sound.substr(0, 1 + chance() % sound.size());
    for (int n = 0; n < 4; ++n) damaged[chance() % damaged.size()] = static_cast<char>(chance());
    const IndicatorCsvContent content = Import(damaged);
    refused += content.errors.empty() ? 0 : 1;
    for (const YearlyObservation& read : content.accepted) {
      EXPECT_TRUE(EncodeDraftObservation(read.observation).ok());
    }
    for (const Problem& problem : content.errors) EXPECT_NE(problem.remedy, "") << Line(problem);
  }
  EXPECT_GT(refused, 200);
}

// From the file to the bytes that are signed: what was imported can be checked, encoded and read
// again.
TEST(IndicatorCsvTest, RealRowsBecomeSetsThatCanBePublished) {
  std::map<int, std::vector<Observation>> years;
  for (YearlyObservation& read : Import(Bristol()).accepted) {
    if (read.observation.match == DefinitionMatch::kProxy) continue;
    years[read.year].push_back(std::move(read.observation));
  }
  EXPECT_GE(years.size(), 19u);
  for (const auto& [year, observations] : years) {
    const IndicatorSet set = MakeIndicatorSet(catalogue::CurrentCatalogue(), year, observations);
    const CheckReport report = CheckIndicatorSet(catalogue::CurrentCatalogue(), set, 2026);
    EXPECT_THAT(report.errors, IsEmpty()) << year << "\n" << Lines(report.errors);
    EXPECT_EQ(report.completeness, (Completeness{observations.size(), 76}));
    EXPECT_EQ(DecodeIndicatorSet(EncodeIndicatorSet(set).value()).value(), set);
  }
}

}  // namespace
}  // namespace hansa::node::domain
