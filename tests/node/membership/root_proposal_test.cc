// Root proposals and their signatures as files: what a holder of a key is shown is what is signed.
#include "node/membership/root_proposal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/node/membership/altered.h"
#include "tests/node/membership/root_fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::Alterations;
using hansa::testing::IsOk;
using hansa::testing::Key;
using hansa::testing::Keys;
using hansa::testing::KeysOf;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::NewKeys;
using hansa::testing::PublicKeysOf;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class RootProposalTest : public ::testing::Test {
 protected:
  // From one root key to two of three, and from one officer to two of three.
  RootProposal Strong() {
    return Must(ProposeRoot(
        {.root_keys = PublicKeysOf(roots_), .threshold = 2, .officer_keys = PublicKeysOf(officers_), .approvals = 2},
        network_.roster(), std::nullopt));
  }
  RootProposal NewOfficer() {
    return Must(ProposeRoot({.officer_keys = PublicKeysOf(NewKeys(1))}, network_.roster(), std::nullopt));
  }
  const std::string& root_key_file() const { return network_.founded().root_keys[0]; }

  Network network_;
  Keys roots_ = NewKeys(3);
  Keys officers_ = NewKeys(3);
};

TEST_F(RootProposalTest, IsReadAsItWasWritten) {
  const RootProposal proposal = Strong();
  const std::string file = EncodeRootProposal(proposal);
  EXPECT_TRUE(SaysItIsARootProposal(file));
  const RootProposal read = Must(DecodeRootProposal(file));
  EXPECT_EQ(read.body, proposal.body);
  EXPECT_EQ(read.next, proposal.next);
  EXPECT_EQ(read.chain.network(), network_.id());
  EXPECT_EQ(read.chain.SignedFrom(1), proposal.chain.SignedFrom(1));
}

TEST_F(RootProposalTest, SaysInWordsWhatItWouldChange) {
  EXPECT_EQ(InWords(Strong()),
            "version 2 of the root document: root keys, 2 of 3 to sign together, 3 new; officers, 2 of 3 to approve "
            "together, 3 new; roster key as before");
  EXPECT_EQ(InWords(NewOfficer()),
            "version 2 of the root document: root keys as before; officers, 1 of 1 to approve together, 1 new; roster "
            "key as before");
}

TEST_F(RootProposalTest, WordsThatAreNotThoseOfTheBodyAreRefused) {
  nlohmann::json file = nlohmann::json::parse(EncodeRootProposal(Strong()));
  file["what"] = "order more tea";
  EXPECT_THAT(DecodeRootProposal(file.dump()), StatusIs(absl::StatusCode::kFailedPrecondition, "order more tea"));
  EXPECT_THAT(SignRootFile({file.dump(), root_key_file()}), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(RootProposalTest, VersionsOfAnotherNetworkAreRefused) {
  const Network other;
  nlohmann::json file = nlohmann::json::parse(EncodeRootProposal(Strong()));
  file["network"] = other.id().hex();
  EXPECT_THAT(DecodeRootProposal(file.dump()), StatusIs(absl::StatusCode::kFailedPrecondition, "of another network"));
  const RootProposal theirs =
      Must(ProposeRoot({.officer_keys = PublicKeysOf(NewKeys(1))}, other.roster(), std::nullopt));
  file["network"] = network_.id().hex();
  file["body"] = nlohmann::json::parse(EncodeRootProposal(theirs))["body"];
  EXPECT_THAT(DecodeRootProposal(file.dump()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "does not follow the version before it"));
}

TEST_F(RootProposalTest, AKeySignsForEachVersionItStandsIn) {
  const RootProposal officer = NewOfficer();
  const RootSignatures both =
      Must(DecodeRootSignatures(Must(SignRootFile({EncodeRootProposal(officer), root_key_file()}))));
  ASSERT_THAT(both.signatures, SizeIs(2));
  EXPECT_EQ(both.signatures[0].of_version, 1u);
  EXPECT_EQ(both.signatures[1].of_version, 2u);
  EXPECT_EQ(both.body, officer.body);
  EXPECT_EQ(both.document, officer.next);
  EXPECT_EQ(both.network, network_.id());

  const RootProposal strong = Strong();
  const RootSignatures old_key =
      Must(DecodeRootSignatures(Must(SignRootFile({EncodeRootProposal(strong), root_key_file()}))));
  ASSERT_THAT(old_key.signatures, SizeIs(1));
  EXPECT_EQ(old_key.signatures[0].of_version, 1u);
  const RootSignatures new_key = Must(DecodeRootSignatures(Must(SignRoot(strong, *roots_[2]))));
  ASSERT_THAT(new_key.signatures, SizeIs(1));
  EXPECT_EQ(new_key.signatures[0].of_version, 2u);
  EXPECT_EQ(new_key.signatures[0].key_index, 2);
}

TEST_F(RootProposalTest, AKeyThatIsNoRootKeySignsNothing) {
  const std::string proposal = EncodeRootProposal(Strong());
  EXPECT_THAT(SignRootFile({proposal, network_.founded().officer_keys[0]}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "no root key of version 1 or 2"));
  EXPECT_THAT(SignRootFile({proposal, network_.folder() / "none.key"}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(SignRootFile({proposal, network_.founded().charter}), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_EQ(chmod(root_key_file().c_str(), 0644), 0);
  EXPECT_THAT(SignRootFile({proposal, root_key_file()}), StatusIs(absl::StatusCode::kFailedPrecondition, "chmod 600"));
}

TEST_F(RootProposalTest, NoAlteredProposalIsSignedForTheFirst) {
  const RootProposal proposal = Strong();
  const auto key = KeysOf({root_key_file()}).front();
  int tried = 0;
  for (const auto& file : Alterations(EncodeRootProposal(proposal))) {
    ++tried;
    const auto altered = DecodeRootProposal(file.bytes);
    // One body may be made another that could stand as well; it is signed as what it says, never as the first.
    if (!altered.ok()) continue;
    EXPECT_NE(altered->body, proposal.body) << file.how;
    EXPECT_EQ(altered->chain.network(), network_.id()) << file.how;
  }
  EXPECT_GT(tried, 500);
}

TEST_F(RootProposalTest, TheOtherKindOfProposalIsNoRootProposal) {
  const std::string folder = network_.SetUp("authority", "gb-natcom", "GBR");
  const std::string roster_proposal =
      EncodeProposal(Must(ProposeAdmission({.application = Network::Apply(folder)}, network_.roster())));
  EXPECT_FALSE(SaysItIsARootProposal(roster_proposal));
  EXPECT_THAT(DecodeRootProposal(roster_proposal),
              StatusIs(absl::StatusCode::kInvalidArgument, "it says it is 'proposal'"));
  EXPECT_THAT(DecodeProposal(EncodeRootProposal(Strong())), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(RootProposalTest, RubbishIsRefused) {
  for (const auto& file : Rubbish()) {
    EXPECT_FALSE(SaysItIsARootProposal(file.bytes)) << file.how;
    EXPECT_THAT(DecodeRootProposal(file.bytes), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
    EXPECT_THAT(DecodeRootSignatures(file.bytes), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
  }
}

}  // namespace
}  // namespace hansa::node::membership
