#include "node/domain/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "node/catalogue/current.h"

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kToday = 2025;

Observation Of(const char* cell, const char* value) {
  Observation o;
  o.cell = cell;
  o.value = Decimal::Parse(value).value();
  o.source = "register";
  return o;
}

// What the draft of one set would meet.
class CheckTest : public ::testing::Test {
 protected:
  CheckReport Check(std::vector<Observation> observations, int year = 2024) {
    IndicatorSet set = MakeIndicatorSet(catalogue::CurrentCatalogue(), year, {});
    set.observations = std::move(observations);  // As they are: nothing filled in, nothing put in order.
    return CheckIndicatorSet(catalogue::CurrentCatalogue(), set, kToday);
  }
  void ExpectError(const CheckReport& report, const char* column, const char* what) {
    ASSERT_THAT(report.errors, SizeIs(1)) << what;
    EXPECT_EQ(report.errors[0].column, column);
    EXPECT_THAT(report.errors[0].what, HasSubstr(what));
    EXPECT_THAT(report.errors[0].remedy, ::testing::Not(IsEmpty()));
    EXPECT_THAT(report.errors[0].rule, ::testing::Not(IsEmpty()));
    EXPECT_FALSE(report.ok());
  }
  void ExpectWarning(const CheckReport& report, const char* column, const char* what) {
    EXPECT_THAT(report.errors, IsEmpty());
    ASSERT_THAT(report.warnings, SizeIs(1)) << what;
    EXPECT_EQ(report.warnings[0].column, column);
    EXPECT_THAT(report.warnings[0].rule, ::testing::Not(IsEmpty()));
    EXPECT_THAT(report.warnings[0].what, HasSubstr(what));
  }
};

TEST_F(CheckTest, ASoundSetHasNoProblems) {
  const CheckReport report = Check({Of("1.1.4/crime-level", "5"), Of("1.1.1/adult-literacy-rate#total", "99")});
  EXPECT_TRUE(report.ok());
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_EQ(report.completeness, (Completeness{2, 76}));
}

TEST_F(CheckTest, NoDataCountsAsReportedAndNothingElseIsAskedOfIt) {
  Observation none;
  none.cell = "3.1.1/leadership";
  none.no_data_reason = "no review yet";
  const CheckReport report = Check({none});
  EXPECT_TRUE(report.ok());
  EXPECT_EQ(report.completeness, (Completeness{1, 76}));
}

TEST_F(CheckTest, AnEmptySetIsSound) { EXPECT_TRUE(Check({}).ok()); }

TEST_F(CheckTest, BlocksWhatTheCatalogueDoesNotAllow) {
  ExpectError(Check({Of("1.1.1/adult-literacy-rate#total", "100.1")}), "value", "more than 100");
  ExpectError(Check({Of("1.1.4/crime", "1")}), "cell", "no such cell");
  Observation rating = Of("1.3.2/public-transportation", "0");
  rating.attributes = {{"summary_of_answers", "mean"}};
  ExpectError(Check({rating}), "value", "less than 1");
  Observation unit = Of("1.1.4/crime-level", "5");
  unit.unit = "percent";
  ExpectError(Check({unit}), "unit", "'percent'");
}

TEST_F(CheckTest, BlocksAnUnfinishedOrDoubleAnswer) {
  Observation both = Of("1.1.4/crime-level", "5");
  both.no_data_reason = "none";
  ExpectError(Check({both}), "value", "a value and a reason");
  Observation neither;
  neither.cell = "1.1.4/crime-level";
  const CheckReport report = Check({neither});
  ExpectError(report, "value", "neither a value nor a reason");
  EXPECT_EQ(report.completeness.reported, 0u);
  ExpectError(Check({Of("1.1.4/crime-level", "5"), Of("1.1.4/crime-level", "6")}), "cell", "stands twice");
}

TEST_F(CheckTest, BlocksAValueWithoutItsOrigin) {
  Observation nameless = Of("1.1.4/crime-level", "5");
  nameless.source.clear();
  ExpectError(Check({nameless}), "source", "names no source");
  ExpectError(Check({Of("2.3.1/employees-participation-in-education-and-training", "5")}), "source_kind",
              "two kinds of source");
}

TEST_F(CheckTest, BlocksARatingOfItself) {
  ExpectError(Check({Of("3.1.1/leadership", "4")}), "source_kind", "comes from a review");
  Observation opinion = Of("1.1.4/crime-level", "5");
  opinion.source_kind = SourceKind::kExpertReview;
  ExpectError(Check({opinion}), "source_kind", "comes from a review");
}

TEST_F(CheckTest, BlocksEveryRowThatOnlyExpertsCanRate) {
  int rows = 0;
  for (const catalogue::Cell& cell : catalogue::CurrentCatalogue().cells()) {
    if (cell.measurement->source_kinds != std::vector<std::string>{"expert_review"}) continue;
    ++rows;
    EXPECT_FALSE(Check({Of(cell.id.c_str(), "3")}).ok()) << cell.id;
  }
  EXPECT_EQ(rows, 18);
}

TEST_F(CheckTest, BlocksAYearThatHasNotCome) {
  EXPECT_TRUE(Check({}, kToday).ok());
  ExpectError(Check({}, kToday + 1), "year", "has not come yet");
  ExpectError(Check({}, 1899), "year", "1900 to 2200");
}

TEST_F(CheckTest, BlocksASetOfAnotherFramework) {
  IndicatorSet set = MakeIndicatorSet(catalogue::CurrentCatalogue(), 2024, {});
  set.framework_version = "2030";
  ExpectError(CheckIndicatorSet(catalogue::CurrentCatalogue(), set, kToday), "framework", "another framework");
}

TEST_F(CheckTest, BlocksAMissingOrForeignAttribute) {
  ExpectError(Check({Of("1.1.2/participation-rate-in-election", "60")}), "election_year",
              "the row needs 'election_year'");
  Observation foreign = Of("1.1.4/crime-level", "5");
  foreign.attributes = {{"election_year", "2020"}};
  ExpectError(Check({foreign}), "election_year", "does not ask");
  Observation wrong = Of("1.2.1/gdp-per-capita", "5");
  wrong.attributes = {{"conversion", "euro"}};
  ExpectError(Check({wrong}), "conversion", "not one of the codes");
}

TEST_F(CheckTest, BlocksARegionWithoutAName) {
  Observation region = Of("1.1.4/crime-level", "5");
  region.level = AreaLevel::kRegion;
  ExpectError(Check({region}), "area", "nothing says which");
  region.area = "Greater Manchester";
  EXPECT_TRUE(Check({region}).ok());
}

TEST_F(CheckTest, BlocksATextThatCouldNotBeSigned) {
  Observation hidden = Of("1.1.4/crime-level", "5");
  hidden.note = "\xE2\x80\xAE";
  ExpectError(Check({hidden}), "", "U+202E");
}

TEST_F(CheckTest, AsksAboutATotalOutsideItsParts) {
  const auto sexes = [&](const char* male, const char* female, const char* total) {
    return Check({Of("1.1.1/adult-literacy-rate#male", male), Of("1.1.1/adult-literacy-rate#female", female),
                  Of("1.1.1/adult-literacy-rate#total", total)});
  };
  EXPECT_THAT(sexes("98", "96", "97").warnings, IsEmpty());
  EXPECT_THAT(sexes("98", "96", "96.0").warnings, IsEmpty());
  ExpectWarning(sexes("98", "96", "98.1"), "value", "does not lie between 96 and 98");
  ExpectWarning(sexes("98", "96", "95.9"), "value", "the total 95.9");
  EXPECT_THAT(Check({Of("1.1.1/adult-literacy-rate#male", "98"), Of("1.1.1/adult-literacy-rate#total", "70")}).warnings,
              IsEmpty())
      << "only when all are given";
}

TEST_F(CheckTest, AsksAboutSharesOfMoreThanAHundred) {
  const auto shares = [&](const char* basic, const char* adult) {
    return Check({Of("3.3.1/distribution-of-public-education-expenditure#basic", basic),
                  Of("3.3.1/distribution-of-public-education-expenditure#adult-and-continuing", adult)});
  };
  EXPECT_THAT(shares("60", "40.000").warnings, IsEmpty());
  EXPECT_THAT(shares("60", "3").warnings, IsEmpty());
  ExpectWarning(shares("60", "40.000000001"), "value", "more than 100");
}

TEST_F(CheckTest, BlocksADepartureThatIsNotStated) {
  Observation proxy = Of("1.1.4/crime-level", "5");
  proxy.match = DefinitionMatch::kProxy;
  ExpectError(Check({proxy}), "note", "no note says what differs");
  proxy.match = DefinitionMatch::kClose;
  EXPECT_TRUE(Check({proxy}).ok());
  proxy.match = DefinitionMatch::kApproximate;
  ExpectError(Check({proxy}), "note", "the match is approximate");
  proxy.derivation_note = "five major crimes only";
  EXPECT_TRUE(Check({proxy}).ok());
}

TEST_F(CheckTest, BlocksAnUnexpectedKindOfSourceUntilANoteSaysWhy) {
  Observation survey = Of("1.2.2/unemployment-rate#total", "5");
  survey.source_kind = SourceKind::kSurvey;
  const CheckReport report = Check({survey});
  ExpectError(report, "source_kind", "the row expects official_data");
  EXPECT_THAT(report.errors[0].remedy, HasSubstr("say in a note why"));
  EXPECT_THAT(report.errors[0].remedy, HasSubstr("from its own survey is official_data"));
  survey.note = "there is no register";
  EXPECT_TRUE(Check({survey}).ok());
  EXPECT_THAT(Check({survey}).warnings, IsEmpty());
}

TEST_F(CheckTest, BlocksATotalFromElsewhereUntilANoteSaysWhy) {
  Observation male = Of("1.2.2/unemployment-rate#male", "5");
  Observation total = Of("1.2.2/unemployment-rate#total", "6");
  EXPECT_TRUE(Check({male, total}).ok());
  male.source = "survey of households";
  ExpectError(Check({male, total}), "source", "another source than its parts");
  EXPECT_TRUE(Check({male}).ok()) << "there is no total";
  Observation explained = total;
  explained.note = "the register has no sexes";
  EXPECT_TRUE(Check({male, explained}).ok());
  male.note = "the register has no sexes";
  EXPECT_TRUE(Check({male, total}).ok()) << "the part may say it too";
  Observation female = Of("1.2.2/unemployment-rate#female", "7");
  female.source = "another survey";
  ExpectError(Check({male, female, total}), "source", "another source than its parts");
}

TEST_F(CheckTest, AsksAboutAPeriodOfOtherYears) {
  Observation o = Of("1.1.4/crime-level", "5");
  for (const char* fine : {"2024", "2023/24", "2021-2024", "2024/2025", "spring", "week 20241", "20240101"}) {
    o.period = fine;
    EXPECT_THAT(Check({o}).warnings, IsEmpty()) << fine;
  }
  for (const char* odd : {"2020", "2020-2024", "2026"}) {
    o.period = odd;
    ExpectWarning(Check({o}), "period", "the value is put in 2024");
  }
}

TEST_F(CheckTest, AsksAboutWhatIsHardlyLikely) {
  ExpectWarning(Check({Of("2.1.2/mean-years-of-schooling#total", "20.1")}), "value", "20.1 is more than 20");
  ExpectWarning(Check({Of("2.1.2/mean-years-of-schooling#total", "0.4")}), "value", "0.4 is less than 0.5");
  EXPECT_THAT(Check({Of("2.1.2/mean-years-of-schooling#total", "20")}).warnings, IsEmpty());
  ExpectWarning(Check({Of("1.3.1/co2-emissions", "8930")}), "value", "the most that is likely here");
}

TEST_F(CheckTest, CountsEachKnownCellOnce) {
  const CheckReport report = Check({Of("1.1.4/crime-level", "5"), Of("1.1.4/crime-level", "5"), Of("1.1.4/crim", "5")});
  EXPECT_EQ(report.completeness, (Completeness{1, 76}));
}

}  // namespace
}  // namespace hansa::node::domain
