// Sizes held against the city's own past and the members of a row: exact at the very threshold, and even-handed.
#include "node/domain/check_size.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/check_past.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

Decimal Number(absl::string_view text) { return Decimal::Parse(text).value(); }

// 20 points, or twice the other value, of 4 at least; both widen.
JumpLimits OfPercentages() {
  return {Widening{Number("20"), Number("5")}, Widening{Number("2"), Number("0.5")}, Number("4")};
}
bool Jumps(const char* earlier, const char* value, int years = 1) {
  return IsJump(OfPercentages(), Number(value), Number(earlier), years);
}

TEST(CheckSizeTest, AJumpIsMoreThanThePointsExactly) {
  EXPECT_FALSE(Jumps("50", "70"));
  EXPECT_TRUE(Jumps("50", "70.000000001"));
  EXPECT_FALSE(Jumps("70", "50.00"));
  EXPECT_TRUE(Jumps("70", "49.999999999"));
}

TEST(CheckSizeTest, AJumpIsMoreThanTheFactorExactly) {
  EXPECT_FALSE(Jumps("6", "12"));
  EXPECT_TRUE(Jumps("6", "12.000000001"));
  EXPECT_FALSE(Jumps("12", "6"));
  EXPECT_TRUE(Jumps("12", "5.999999999"));
}

TEST(CheckSizeTest, SmallDifferencesAreNoJump) {
  EXPECT_FALSE(Jumps("0.5", "4.4")) << "less than 4 points apart";
  EXPECT_TRUE(Jumps("0.5", "4.5"));
  EXPECT_FALSE(Jumps("3", "3"));
}

TEST(CheckSizeTest, TheLimitsWidenWithTheYearsBetween) {
  EXPECT_TRUE(Jumps("40", "64", 1));
  EXPECT_FALSE(Jumps("40", "64", 2)) << "25 points over two years";
  EXPECT_TRUE(Jumps("6", "15", 1));
  EXPECT_FALSE(Jumps("6", "15", 2)) << "2.5 times over two years";
  EXPECT_TRUE(Jumps("6", "15.1", 2));
}

TEST(CheckSizeTest, NothingIsAFactorOfNought) {
  EXPECT_FALSE(Jumps("0", "15"));
  EXPECT_TRUE(Jumps("0", "21")) << "but it is more than 20 points";
  EXPECT_FALSE(Jumps("-5", "90")) << "values below 0 are faults of the range";
}

TEST(CheckSizeTest, TheLargestNumbersDoNotOverflow) {
  const JumpLimits limits{{}, Widening{Number("99"), Number("99")}, Number("0")};
  EXPECT_TRUE(IsJump(limits, Number("999999999999999.999999999"), Number("0.000000001"), 300));
  EXPECT_FALSE(IsJump(limits, Number("999999999999999.999999999"), Number("999999999999999.999999998"), 300));
  const SlipLimits slips{{100, 10000}, Number("9"), true, true};
  EXPECT_FALSE(FindSlip(slips, Number("999999999999999.999999999"), Number("999999999999999.999999998")));
  EXPECT_FALSE(FindSlip(slips, Number("999999999999999"), Number("0.000000001")));
}

SlipLimits Slips() { return {{100, 1000}, Number("2"), true, true}; }

TEST(CheckSizeTest, ASlipIsAboutAHundredOrAThousandEitherWay) {
  const Slip large{100, Slip::Way::kTooLarge};
  const Slip small{100, Slip::Way::kTooSmall};
  EXPECT_THAT(FindSlip(Slips(), Number("0.95"), Number("93.1")), Optional(small));
  EXPECT_THAT(FindSlip(Slips(), Number("510"), Number("5.1")), Optional(large));
  EXPECT_THAT(FindSlip(Slips(), Number("8900"), Number("8.93")), Optional(Slip{1000, Slip::Way::kTooLarge}));
  EXPECT_THAT(FindSlip(Slips(), Number("1"), Number("50")), Optional(small)) << "100 / 2";
  EXPECT_THAT(FindSlip(Slips(), Number("1"), Number("49.999999999")), ::testing::Eq(std::nullopt));
  EXPECT_THAT(FindSlip(Slips(), Number("1"), Number("200")), Optional(small)) << "100 * 2";
  EXPECT_THAT(FindSlip(Slips(), Number("1"), Number("200.000000001")), ::testing::Eq(std::nullopt));
  EXPECT_THAT(FindSlip(Slips(), Number("0"), Number("50")), ::testing::Eq(std::nullopt));
}

// What is asked about when the members of a row have these values.
std::vector<std::string> Asked(const std::vector<std::string>& texts) {
  std::vector<std::string> asked;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Decimal value = Number(texts[i]);
    std::vector<Decimal> kept;
    for (std::size_t j = 0; j < texts.size(); ++j) {
      if (j != i) kept.push_back(Number(texts[j]));
    }
    std::vector<const Decimal*> others;
    for (const Decimal& other : kept) others.push_back(&other);
    if (FindSlipAmong(Slips(), value, others)) asked.push_back(texts[i]);
  }
  return asked;
}

TEST(CheckSizeTest, AmongMembersTheOneThatStandsApartIsAskedAbout) {
  EXPECT_THAT(Asked({"97", "0.96", "96.5"}), ElementsAre("0.96"));
  EXPECT_THAT(Asked({"11.2", "1090", "11"}), ElementsAre("1090"));
  EXPECT_THAT(Asked({"97", "0.96"}), ElementsAre("0.96")) << "of two, the smaller";
  EXPECT_THAT(Asked({"97", "95", "96"}), IsEmpty());
  EXPECT_THAT(Asked({"97"}), IsEmpty());
}

TEST(CheckSizeTest, ANumberAtRandomAndItsHundredthAlwaysSlip) {
  std::mt19937 chance(7);
  for (int i = 0; i < 2000; ++i) {
    const auto hundreds = 1 + chance() % 1'000'000;
    const Decimal value = Number(absl::StrCat(hundreds));
    const Decimal hundredth = Number(TextOfBillionths(value.billionths() / 100));
    EXPECT_THAT(FindSlip(Slips(), hundredth, value), Optional(Slip{100, Slip::Way::kTooSmall})) << value.text();
    EXPECT_THAT(FindSlip(Slips(), value, hundredth), Optional(Slip{100, Slip::Way::kTooLarge})) << value.text();
    const Decimal other = Number(absl::StrCat(1 + chance() % 1000));
    const int years = 1 + static_cast<int>(chance() % 9);
    EXPECT_EQ(IsJump(OfPercentages(), value, other, years), IsJump(OfPercentages(), other, value, years))
        << "a fall is judged as a rise is";
    EXPECT_LE(IsJump(OfPercentages(), value, other, years + 1), IsJump(OfPercentages(), value, other, years))
        << "more years never make a jump of what was none";
  }
}

Observation Of(const char* cell, const char* value) {
  Observation o;
  o.cell = cell;
  if (*value != '\0') o.value = Number(value);
  return o;
}

constexpr char kCell[] = "1.2.2/unemployment-rate#total";

std::string Nearest(const PastValues& past, int year, const Observation& observation) {
  const auto found = past.NearestBefore(catalogue::CurrentCatalogue(), year, observation);
  return found ? absl::StrCat(found->year, " ", found->observation.value->text()) : "none";
}

TEST(PastValuesTest, TheNearestEarlierYearIsTaken) {
  PastValues past;
  past.Set(2022, Of(kCell, "7"));
  past.Set(2018, Of(kCell, "5"));
  past.Set(2020, Of(kCell, "6"));
  EXPECT_EQ(Nearest(past, 2021, Of(kCell, "1")), "2020 6");
  EXPECT_EQ(Nearest(past, 2020, Of(kCell, "1")), "2018 5");
  EXPECT_EQ(Nearest(past, 2018, Of(kCell, "1")), "none");
  EXPECT_EQ(Nearest(past, 2030, Of("1.1.4/crime-level", "1")), "none");
  ASSERT_EQ(past.Of(kCell).size(), 3u);
  EXPECT_EQ(past.Of(kCell).front().year, 2018);
  EXPECT_THAT(past.Of("1.1.4/crime-level"), IsEmpty());
}

TEST(PastValuesTest, ADraftStandsInThePlaceOfWhatIsPublished) {
  PastValues past;
  past.Set(2020, Of(kCell, "6"));
  past.Set(2020, Of(kCell, "6.5"));
  EXPECT_EQ(Nearest(past, 2021, Of(kCell, "1")), "2020 6.5");
  past.Set(2020, Of(kCell, ""));
  EXPECT_EQ(Nearest(past, 2021, Of(kCell, "1")), "none");
}

TEST(PastValuesTest, OnlyWhatRestsOnTheSameIsTaken) {
  PastValues past;
  past.Set(2018, Of(kCell, "5"));
  Observation proxy = Of(kCell, "9");
  proxy.match = DefinitionMatch::kProxy;
  past.Set(2019, proxy);
  Observation survey = Of(kCell, "8");
  survey.source_kind = SourceKind::kSurvey;
  past.Set(2020, survey);
  Observation region = Of(kCell, "7");
  region.level = AreaLevel::kRegion;
  past.Set(2021, region);
  EXPECT_EQ(Nearest(past, 2022, Of(kCell, "1")), "2018 5");
  EXPECT_EQ(Nearest(past, 2022, proxy), "2019 9");
  EXPECT_EQ(Nearest(past, 2022, survey), "2020 8");
  EXPECT_EQ(Nearest(past, 2022, region), "none");
  Observation official = Of(kCell, "1");
  official.source_kind = SourceKind::kOfficialData;
  EXPECT_EQ(Nearest(past, 2022, official), "2018 5") << "the catalogue fills in the one kind that the row has";
}

}  // namespace
}  // namespace hansa::node::domain
