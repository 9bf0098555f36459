#include "replication/dial_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::Applicant;
using ::hansa::testing::ApplicantNamed;
using ::hansa::testing::Network;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Pin PinOfApplicant(const Applicant& applicant) { return PinOf(SodiumCrypto(), applicant.tls.front()->public_key()); }

class DialPlanTest : public ::testing::Test {
 protected:
  void AdmitPartners(int count, bool with_endpoints) {
    for (int i = 0; i < count; ++i) {
      Applicant partner = ApplicantNamed(absl::StrCat("fi-partner-", partners_.size()), MemberKind::kPartner, "FIN");
      if (with_endpoints) partner.application.endpoints = {absl::StrCat("partner-", partners_.size(), ".example:7400")};
      network_.AdmitPartner(partner);
      partners_.push_back(partner);
    }
  }
  std::vector<DialTarget> PlanOf(const Applicant& node) {
    return PlanDials(SodiumCrypto(), network_.roster(), PinOfApplicant(node), {});
  }

  Network network_ = Network::Founded();
  std::vector<Applicant> partners_;
};

TEST_F(DialPlanTest, BeforeTheRosterIsKnownTheHubsOfTheCharterAreDialled) {
  const Network unfounded;
  const std::vector<DialTarget> hubs = {{"hub.example:7400", {PinOfApplicant(network_.hub())}, ""}};
  EXPECT_EQ(PlanDials(SodiumCrypto(), unfounded.roster(), Pin(), hubs), hubs);
}

TEST_F(DialPlanTest, ThreeMembersWithEndpointsAreDialled) {
  AdmitPartners(10, true);
  AdmitPartners(5, false);
  const std::vector<DialTarget> plan = PlanOf(partners_.front());
  EXPECT_THAT(plan, SizeIs(kNeighboursBesidesHubs));
  EXPECT_THAT(plan, Each(Field(&DialTarget::expected, Not(IsEmpty()))));
}

TEST_F(DialPlanTest, NobodyDialsItself) {
  AdmitPartners(3, true);
  for (const Applicant& partner : partners_) {
    for (const DialTarget& target : PlanOf(partner)) {
      EXPECT_FALSE(target.expected.contains(PinOfApplicant(partner)));
    }
  }
}

TEST_F(DialPlanTest, DifferentNodesChooseDifferentNeighbours) {
  AdmitPartners(20, true);
  std::set<std::string> chosen;
  for (const Applicant& partner : partners_) {
    for (const DialTarget& target : PlanOf(partner)) chosen.insert(target.member);
  }
  EXPECT_GT(chosen.size(), 10u);
}

}  // namespace
}  // namespace hansa::replication
