// Partnerships that came of a random year are verified from bundles, with the charter alone.
#include "tests/learning/proofs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hansa::learning {
namespace {

TEST(ProofsTest, EveryPartnershipOfAYearVerifiesWithTheCharterAloneAndNoneWithAnotherByte) {
  Year year({.seed = 1, .nodes = 24, .weeks = 20, .acts_a_week = 60});
  year.Live();
  year.Heal();
  const ProofFindings findings = ProvePartnerships(year, 3);
  EXPECT_EQ(findings.fault, "");
  EXPECT_GT(findings.agreed, 3u);
  EXPECT_GT(findings.signatures, findings.agreed);
  EXPECT_GT(findings.altered, 9u);
}

}  // namespace
}  // namespace hansa::learning
