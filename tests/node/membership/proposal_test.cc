// Proposals and approvals as files: what an officer is shown is what is approved.
#include "node/membership/proposal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "node/membership/founding_policy.h"
#include "replication/collections.h"
#include "tests/node/membership/altered.h"
#include "tests/node/membership/fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::Alterations;
using hansa::testing::IsOk;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;
namespace roster_kind = replication::roster_kind;

class ProposalTest : public ::testing::Test {
 protected:
  Proposal Natcom() {
    const std::string folder = network_.SetUp("authority", "gb-natcom", "GBR");
    return Must(ProposeAdmission({.application = Network::Apply(folder)}, network_.roster()));
  }
  std::string Approved(const Proposal& proposal) {
    return Must(ApproveFile({EncodeProposal(proposal), network_.founded().officer_keys[0]}));
  }

  Network network_;
};

TEST_F(ProposalTest, IsReadAsItWasWritten) {
  const Proposal proposal = Natcom();
  EXPECT_EQ(Must(DecodeProposal(EncodeProposal(proposal))), proposal);
}

TEST_F(ProposalTest, SaysInWordsWhatItWouldDo) {
  const Proposal proposal = Natcom();
  EXPECT_EQ(InWords(proposal.kind, proposal.body),
            "admit gb-natcom (The one called gb-natcom), authority, GBR, as member 10");
  EXPECT_EQ(InWords(roster_kind::kPolicy, Encode(FoundingPolicy())),
            absl::StrCat("replace the policy by one of ", FoundingPolicy().rights.size(), " rights to write"));
  EXPECT_EQ(InWords(replication::Kind(77), "abc"),
            "an entry of kind 77 that this program cannot put in words, of 3 bytes");
  EXPECT_EQ(InWords(roster_kind::kMemberAdd, "abc"),
            "an entry of kind 2 that this program cannot put in words, of 3 bytes");
}

TEST_F(ProposalTest, WordsThatAreNotThoseOfTheBodyAreRefused) {
  nlohmann::json file = nlohmann::json::parse(EncodeProposal(Natcom()));
  file["what"] = "order more tea";
  EXPECT_THAT(DecodeProposal(file.dump()), StatusIs(absl::StatusCode::kFailedPrecondition, "order more tea"));
  EXPECT_THAT(ApproveFile({file.dump(), network_.founded().officer_keys[0]}),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(ProposalTest, AnApprovalHoldsForThatProposalAlone) {
  const Proposal proposal = Natcom();
  const ApprovalFile approval = Must(DecodeApproval(Approved(proposal)));
  EXPECT_THAT(CheckApproval(proposal, approval), IsOk());
  std::vector<Proposal> others(4, proposal);
  others[0].record = RandomRecordId();
  others[1].body.back() ^= 1;
  others[2].kind = roster_kind::kKey;
  others[3].network = replication::NetworkId();
  for (const Proposal& other : others) {
    EXPECT_THAT(CheckApproval(other, approval), StatusIs(absl::StatusCode::kFailedPrecondition, "of another proposal"));
  }
}

TEST_F(ProposalTest, NoAlteredApprovalIsAccepted) {
  const Proposal proposal = Natcom();
  int tried = 0;
  for (const auto& file : Alterations(Approved(proposal), {"what"})) {
    const auto approval = DecodeApproval(file.bytes);
    EXPECT_FALSE(approval.ok() && CheckApproval(proposal, *approval).ok()) << file.how;
    ++tried;
  }
  EXPECT_GT(tried, 300);
}

TEST_F(ProposalTest, AnAlteredProposalIsRefusedOrGathersNoApprovalOfTheFirst) {
  const Proposal proposal = Natcom();
  const ApprovalFile approval = Must(DecodeApproval(Approved(proposal)));
  for (const auto& file : Alterations(EncodeProposal(proposal))) {
    const auto altered = DecodeProposal(file.bytes);
    EXPECT_FALSE(altered.ok() && CheckApproval(*altered, approval).ok()) << file.how;
  }
}

TEST_F(ProposalTest, AnOfficersKeyMustBePrivateAndThere) {
  const Proposal proposal = Natcom();
  const std::string key = network_.founded().officer_keys[0];
  EXPECT_THAT(ApproveFile({EncodeProposal(proposal), network_.folder() / "none.key"}),
              StatusIs(absl::StatusCode::kNotFound));
  ASSERT_EQ(chmod(key.c_str(), 0644), 0);
  EXPECT_THAT(ApproveFile({EncodeProposal(proposal), key}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "chmod 600"));
}

TEST_F(ProposalTest, RubbishIsRefused) {
  for (const auto& file : Rubbish()) {
    EXPECT_THAT(DecodeProposal(file.bytes), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
    EXPECT_THAT(DecodeApproval(file.bytes), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
  }
}

}  // namespace
}  // namespace hansa::node::membership
