// Networks that live through a random year of peer learning come to equal views, in any order of arrival.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/learning/year.h"

namespace hansa::learning {
namespace {

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

INSTANTIATE_TEST_SUITE_P(Seeds, YearOfLifeTest, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace hansa::learning
