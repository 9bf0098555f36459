// Networks that live through a random year of peer learning come to equal views, in any order of arrival.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/learning/year.h"

namespace hansa::learning {
namespace {

using ::testing::StartsWith;

class YearOfLifeTest : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(YearOfLifeTest, P9_ARandomYearOfPeerLearningEndsInEqualViews) {
  Year year({.seed = GetParam(), .nodes = 24, .weeks = 12, .acts_a_week = 30});
  year.Live();
  year.Heal();
  YearFindings findings = year.Compare(2);
  EXPECT_EQ(year.unfit(), "");
  EXPECT_EQ(findings.difference, "");
  EXPECT_EQ(findings.nodes_compared, 24u);
  EXPECT_EQ(findings.orders_compared, 2u);
  for (const char* what : {"practices", "offers", "question", "threads"}) EXPECT_GT(findings.counted[what], 0u) << what;
}

// What would be the use of equal views, had the comparison no eye for others?
TEST(YearOfLife, ANodeThatShowsSomethingElseIsFoundAndNamedWithTheView) {
  using Kind = PlantedFault::Kind;
  Year year({.seed = 4, .nodes = 16, .weeks = 6, .acts_a_week = 30});
  year.Live();
  year.Heal();
  ASSERT_EQ(year.Compare(1).difference, "");
  year.Plant({.kind = Kind::kReadsAsTheyCame, .slug = "int-second"});
  EXPECT_THAT(year.Compare(1).difference, StartsWith("int-second: view practices, line "));
  year.Plant({.kind = Kind::kReadsAsTheyCame});
  EXPECT_THAT(year.Compare(1).difference, StartsWith("another order of arrival: view practices, line "));
  year.Plant({});
  ASSERT_EQ(year.Compare(1).difference, "") << "nothing is wrong any more";
  year.Plant({.kind = Kind::kLosesARecord, .slug = "int-second"});
  EXPECT_THAT(year.Compare(1).difference, StartsWith("int-second: view practices, line "));
}

INSTANTIATE_TEST_SUITE_P(Seeds, YearOfLifeTest, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace hansa::learning
