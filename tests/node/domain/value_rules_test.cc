#include "node/domain/value_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "node/catalogue/current.h"
#include "node/domain/suggestion.h"

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;

const catalogue::Measurement& Row(const char* id) { return *catalogue::CurrentCatalogue().FindMeasurement(id); }

std::string Fault(const char* row, const char* value) {
  const auto fault = CheckValue(Row(row), Decimal::Parse(value).value());
  return fault ? fault->what + "; " + fault->remedy : "";
}

TEST(ValueRulesTest, HoldsEachKindOfValueToItsRange) {
  EXPECT_EQ(Fault("1.1.1/adult-literacy-rate", "0"), "");
  EXPECT_EQ(Fault("1.1.1/adult-literacy-rate", "100.000"), "");
  EXPECT_THAT(Fault("1.1.1/adult-literacy-rate", "100.000000001"), HasSubstr("more than 100"));
  EXPECT_THAT(Fault("1.1.1/adult-literacy-rate", "-0.1"), HasSubstr("from 0 to 100"));
  EXPECT_EQ(Fault("1.2.1/gdp-per-capita", "123456789"), "");
  EXPECT_THAT(Fault("1.2.1/gdp-per-capita", "-1"), HasSubstr("less than 0"));
  EXPECT_EQ(Fault("1.3.2/public-transportation", "3.7"), "");
  EXPECT_THAT(Fault("1.3.2/public-transportation", "0.9"), HasSubstr("rating from 1 to 5"));
  EXPECT_THAT(Fault("1.3.2/public-transportation", "5.1"), HasSubstr("more than 5"));
  EXPECT_THAT(Fault("2.4.2/participation-in-learning-through-the-internet", "168.5"), HasSubstr("more than 168"));
  EXPECT_EQ(Fault("2.2.3/development-of-learning-resources-through-indigenous-knowledge", "12.0"), "");
  EXPECT_THAT(Fault("2.2.3/development-of-learning-resources-through-indigenous-knowledge", "12.5"),
              HasSubstr("whole number"));
}

// Every row of the framework takes its own bounds and refuses what lies outside them.
TEST(ValueRulesTest, KnowsTheBoundsOfAllSixtyRows) {
  for (const catalogue::Measurement& row : catalogue::CurrentCatalogue().measurements()) {
    const auto at = [&](std::int64_t value) { return CheckValue(row, Decimal::Parse(std::to_string(value)).value()); };
    EXPECT_FALSE(at(row.range.min)) << row.id;
    EXPECT_TRUE(at(row.range.min - 1)) << row.id;
    if (!row.range.max) continue;
    EXPECT_FALSE(at(*row.range.max)) << row.id;
    EXPECT_TRUE(at(*row.range.max + 1)) << row.id;
  }
}

TEST(ValueRulesTest, ReadsYearsOfFourDigits) {
  EXPECT_EQ(ParseYear("1900"), 1900);
  EXPECT_EQ(ParseYear("2200"), 2200);
  for (const char* text : {"", "1899", "2201", "23", "02023", "2 23", "２０２３", "-199", "2023a"}) {
    EXPECT_EQ(ParseYear(text), std::nullopt) << text;
  }
}

TEST(ValueRulesTest, HoldsAttributesToTheirCodes) {
  const catalogue::Attribute& conversion = *Row("1.2.1/gdp-per-capita").FindAttribute("conversion");
  EXPECT_FALSE(CheckAttribute(conversion, "ppp"));
  EXPECT_THAT(CheckAttribute(conversion, "PPP")->remedy, HasSubstr("ppp, market_exchange_rate"));
  const catalogue::Attribute& election = *Row("1.1.2/participation-rate-in-election").FindAttribute("election_year");
  EXPECT_FALSE(CheckAttribute(election, "2023"));
  EXPECT_TRUE(CheckAttribute(election, "23"));
}

TEST(ValueRulesTest, AdvisesOnUnknownCells) {
  const auto advice = [](const char* cell) { return CellAdvice(catalogue::CurrentCatalogue(), cell); };
  EXPECT_EQ(advice("1.1.1/adult-litracy-rate#female"), "did you mean 1.1.1/adult-literacy-rate#female?");
  EXPECT_THAT(advice("1.1.1/adult-literacy-rate"), HasSubstr("#male"));
  EXPECT_EQ(advice("1.1.4/crime"), "did you mean 1.1.4/crime-level?");
  EXPECT_THAT(advice("1.1.4"), HasSubstr("lists the cells"));
  EXPECT_THAT(advice("happiness"), HasSubstr("lists the cells"));
}

TEST(SuggestionTest, PrefersTheFirstOfTheNearest) {
  EXPECT_EQ(Nearest("source_kid", {"source", "source_kind", "source_kit"}), "source_kind");
  EXPECT_EQ(Nearest("xyz", {"value", "year"}), "");
  EXPECT_EQ(Nearest("", {"value"}), "");
  EXPECT_EQ(Nearest(std::string(200, 'a'), {std::string(200, 'a')}), "");
}

}  // namespace
}  // namespace hansa::node::domain
