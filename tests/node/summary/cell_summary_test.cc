#include "node/summary/cell_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/decimal.h"

namespace hansa::node::summary {
namespace {

using domain::Decimal;
using domain::Observation;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kRate = "1.1.1/adult-literacy-rate#total";
constexpr const char* kRating = "3.1.1/leadership";

std::vector<absl::int128> Billionths(std::initializer_list<const char*> values) {
  std::vector<absl::int128> billionths;
  for (const char* value : values) billionths.push_back(Decimal::Parse(value).value().billionths());
  return billionths;
}

// Worked out by hand.
TEST(SpreadTest, IsWhatTheDefinitionSays) {
  EXPECT_EQ(SpreadOf(Billionths({"7"})), (Spread{"7", "7", "7", "7"}));
  EXPECT_EQ(SpreadOf(Billionths({"2", "1"})), (Spread{"1.25", "1.5", "1.75", "1.5"}));
  EXPECT_EQ(SpreadOf(Billionths({"4", "1", "3", "2"})), (Spread{"1.75", "2.5", "3.25", "2.5"}));
  EXPECT_EQ(SpreadOf(Billionths({"5", "1", "4", "2", "3"})), (Spread{"2", "3", "4", "3"}));
  EXPECT_EQ(SpreadOf(Billionths({"10.5", "99.25", "0", "76.70", "33", "8"})),
            (Spread{"8.625", "21.75", "65.775", "37.908333333"}));
  EXPECT_EQ(SpreadOf(Billionths({"-3", "-1", "-2"})), (Spread{"-2.5", "-2", "-1.5", "-2"}));
}

TEST(SpreadTest, RoundsHalfToEvenOnce) {
  // Means of 0.0000000005 and 0.0000000015.
  EXPECT_EQ(SpreadOf(Billionths({"0", "0.000000001"})).mean, "0");
  EXPECT_EQ(SpreadOf(Billionths({"0.000000001", "0.000000002"})).mean, "0.000000002");
  EXPECT_EQ(SpreadOf(Billionths({"0", "-0.000000001"})).mean, "0");
  EXPECT_EQ(SpreadOf(Billionths({"-0.000000001", "-0.000000002"})).mean, "-0.000000002");
}

TEST(SpreadTest, LargestNumbersDoNotOverflow) {
  const std::vector<absl::int128> largest(100'000, Decimal::Parse("999999999999999.999999999").value().billionths());
  const Spread spread = SpreadOf(largest);
  EXPECT_EQ(spread.mean, "999999999999999.999999999");
  EXPECT_EQ(spread.q1, "999999999999999.999999999");
}

// Type 7 by its definition, in floating point.
double Quantile(const std::vector<double>& sorted, double p) {
  const double place = static_cast<double>(sorted.size() - 1) * p;
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

TEST(SpreadTest, AgreesWithTheDefinitionOnRandomNumbersInAnyOrder) {
  std::mt19937 chance(4);
  for (int round = 0; round < 300; ++round) {
    std::vector<absl::int128> billionths;
    std::vector<double> numbers;
    const auto count = std::uniform_int_distribution<std::size_t>(1, 60)(chance);
    while (numbers.size() < count) {
      const auto hundredths = std::uniform_int_distribution<std::int64_t>(-100'000, 10'000'000)(chance);
      billionths.push_back(absl::int128(hundredths) * 10'000'000);
      numbers.push_back(static_cast<double>(hundredths) / 100);
    }
    const Spread spread = SpreadOf(billionths);
    std::shuffle(billionths.begin(), billionths.end(), chance);
    EXPECT_EQ(SpreadOf(billionths), spread);
    std::sort(numbers.begin(), numbers.end());
    const auto near = [](const std::string& text, double expected) {
      double number = 0;
      ASSERT_TRUE(absl::SimpleAtod(text, &number)) << text;
      EXPECT_NEAR(number, expected, 1e-7);
    };
    near(spread.q1, Quantile(numbers, 0.25));
    near(spread.median, Quantile(numbers, 0.5));
    near(spread.q3, Quantile(numbers, 0.75));
    double sum = 0;
    for (const double number : numbers) sum += number;
    near(spread.mean, sum / static_cast<double>(numbers.size()));
  }
}

class CellSummaryTest : public ::testing::Test {
 protected:
  void City(const char* cell, const char* value, const char* before = nullptr, const char* language = "en") {
    Contribution& city = cities_.emplace_back();
    city.observation = &Of(cell, value, language);
    if (before != nullptr) city.before = &Of(cell, before, language);
  }
  std::vector<CellSummary> Summaries(const char* cell) {
    return SummariesOf(catalogue::CurrentCatalogue(), *catalogue::CurrentCatalogue().FindCell(cell), cities_);
  }

  std::vector<Contribution> cities_;

 private:
  const Observation& Of(const char* cell, const char* value, const char* language) {
    Observation& observation = observations_.emplace_back();
    observation.cell = cell;
    observation.value = Decimal::Parse(value).value();
    observation.source_kind = domain::SourceKind::kOfficialData;
    observation.definition_language = language;
    return observation;
  }

  std::deque<Observation> observations_;  // keeps its places
};

TEST_F(CellSummaryTest, FewerThanFiveAreCountedAndNothingElse) {
  for (const char* value : {"90", "91", "92", "93"}) City(kRate, value, "50");
  const auto summaries = Summaries(kRate);
  ASSERT_THAT(summaries, SizeIs(1));
  EXPECT_EQ(summaries[0].n, 4u);
  EXPECT_TRUE(summaries[0].withheld);
  EXPECT_EQ(summaries[0].spread, Spread{});
  EXPECT_TRUE(summaries[0].movement_withheld);
  EXPECT_EQ(summaries[0].movement, Movement{});
}

TEST_F(CellSummaryTest, FiveAreEnough) {
  for (const char* value : {"90", "91", "92", "93", "94"}) City(kRate, value);
  const auto summaries = Summaries(kRate);
  ASSERT_THAT(summaries, SizeIs(1));
  EXPECT_FALSE(summaries[0].withheld);
  EXPECT_EQ(summaries[0].spread.median, "92");
  EXPECT_THAT(summaries[0].levels, IsEmpty());
}

TEST_F(CellSummaryTest, RatingsAreCountedByLevel) {
  for (const char* value : {"1", "3", "3", "5", "3", "4"}) City(kRating, value);
  const auto summaries = Summaries(kRating);
  ASSERT_THAT(summaries, SizeIs(1));
  EXPECT_THAT(summaries[0].levels, ElementsAre(1, 0, 3, 1, 1));
  EXPECT_EQ(summaries[0].spread, Spread{});
}

TEST_F(CellSummaryTest, MovementIsAgainstTheOwnPast) {
  City(kRate, "90", "80");
  City(kRate, "90", "90.0");
  City(kRate, "90", "95");
  City(kRate, "90", "99");
  City(kRate, "10", "2");
  City(kRate, "10");
  const auto summaries = Summaries(kRate);
  ASSERT_THAT(summaries, SizeIs(1));
  EXPECT_EQ(summaries[0].movement, (Movement{.up = 2, .same = 1, .down = 2}));
}

TEST_F(CellSummaryTest, GroupsAreSummedUpApart) {
  constexpr const char* kWordingsDiffer = "1.1.4/crime-level";
  for (const char* value : {"1", "2", "3", "4", "5"}) City(kWordingsDiffer, value, nullptr, "en");
  for (const char* value : {"11", "12", "13", "14", "15"}) City(kWordingsDiffer, value, nullptr, "ko");
  const auto summaries = Summaries(kWordingsDiffer);
  ASSERT_THAT(summaries, SizeIs(2));
  EXPECT_EQ(summaries[0].group.language, "en");
  EXPECT_EQ(summaries[0].spread.mean, "3");
  EXPECT_EQ(summaries[1].group.language, "ko");
  EXPECT_EQ(summaries[1].spread.mean, "13");
}

constexpr const char* kPoverty = "1.2.1/urban-poverty";

// Cities with a value of kPoverty, each with the poverty line that it used; empty: none.
std::vector<CellSummary> Choosing(const std::vector<std::string>& lines) {
  std::deque<Observation> observations;
  std::vector<Contribution> contributions;
  for (const std::string& line : lines) {
    Observation& o = observations.emplace_back();
    o.cell = kPoverty;
    o.source_kind = domain::SourceKind::kOfficialData;
    o.value = Decimal::Parse("12").value();
    if (!line.empty()) o.attributes = {{"poverty_line", line}};
    contributions.push_back({&o, nullptr});
  }
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  return SummariesOf(catalogue, *catalogue.FindCell(kPoverty), contributions);
}

TEST(ChoicesTest, CountsCitiesInTheOrderOfTheCatalogueAndNoOther) {
  const auto groups = Choosing({"other", "1.25_ppp_2005", "other", "other", "1.25_ppp_2005", "", "no such line"});
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_EQ(groups[0].n, 7U);
  EXPECT_THAT(groups[0].attributes, ElementsAre(AttributeCounts{"poverty_line", 5, false, {2, 3}}));
}

TEST(ChoicesTest, OfFewerThanFiveCitiesNothingIsCounted) {
  const auto groups = Choosing({"other", "other", "other", "1.25_ppp_2005", "", "", ""});
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_FALSE(groups[0].withheld);
  EXPECT_THAT(groups[0].attributes, ElementsAre(AttributeCounts{"poverty_line", 4, true, {}}));
  EXPECT_THAT(Choosing({"", "", ""})[0].attributes, IsEmpty());
}

TEST(ChoicesTest, OfSeveralRatingsOfACityTheFirstCounts) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  const domain::Grounds grounds;
  const std::vector<domain::Chosen> median = {{0, 1}};
  std::vector<CityFigures> cities(5, {{&grounds, 3'000'000'000, median}, {}});
  cities.push_back({{&grounds, 4'000'000'000, median}, {}, true});
  const auto groups = SummariesOf(catalogue, *catalogue.FindCell("1.3.2/public-transportation"), cities);
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_EQ(groups[0].n, 5U);
  EXPECT_THAT(groups[0].attributes, ElementsAre(AttributeCounts{"summary_of_answers", 5, false, {0, 5, 0}}));
}

}  // namespace
}  // namespace hansa::node::summary
