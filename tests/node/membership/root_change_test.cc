// How the root document goes on: who must sign, what is refused, and that the roster stands afterwards as before.
#include "node/membership/root_change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/node/membership/altered.h"
#include "tests/node/membership/root_fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::Alterations;
using hansa::testing::EndOfRoster;
using hansa::testing::IsOk;
using hansa::testing::Keys;
using hansa::testing::KeysOf;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::NewKeys;
using hansa::testing::PublicKeysOf;
using hansa::testing::Signed;
using hansa::testing::StatusIs;
using hansa::testing::StrongForm;
using hansa::testing::Together;
using replication::Roster;
using replication::SodiumCrypto;

constexpr absl::StatusCode kRefused = absl::StatusCode::kFailedPrecondition;
using Files = std::vector<std::string>;

class RootChangeTest : public ::testing::Test {
 protected:
  RootProposal Propose(const RootPlan& plan, const Network& network) {
    return Must(ProposeRoot(plan, network.roster(), std::nullopt));
  }
  // All the root keys replaced by three, two of which sign.
  RootProposal Strengthen() { return Propose({.root_keys = PublicKeysOf(new_roots_), .threshold = 2}, simple_); }

  Network simple_;
  Keys roots_ = KeysOf(simple_.founded().root_keys);
  Keys new_roots_ = NewKeys(3);
};

TEST_F(RootChangeTest, OneKeyHandsOverToTwoOfThree) {
  const RootProposal proposal = Strengthen();
  EXPECT_EQ(proposal.next.version, 2u);
  EXPECT_EQ(proposal.next.from_len, simple_.roster().position().len);
  EXPECT_EQ(proposal.next.officer_keys, simple_.roster().root().newest().officer_keys);
  EXPECT_EQ(proposal.next.roster_writer, simple_.roster().root().newest().roster_writer);

  const PreparedRoot prepared =
      Must(PrepareRoot(Signed(proposal, {roots_[0], new_roots_[0], new_roots_[2]}), simple_.roster()));
  EXPECT_EQ(prepared.words, InWords(proposal));
  Roster roster = simple_.roster();
  ASSERT_THAT(roster.AppendRoot(prepared.root), IsOk());
  EXPECT_EQ(roster.root().newest(), proposal.next);
  EXPECT_EQ(roster.position().root_version, 2u);
  EXPECT_EQ(roster.network(), simple_.id());
}

TEST_F(RootChangeTest, BothThresholdsMustBeMet) {
  const RootProposal proposal = Strengthen();
  EXPECT_THAT(PrepareRoot({}, simple_.roster()), StatusIs(kRefused, "no root key has signed"));
  EXPECT_THAT(PrepareRoot(Signed(proposal, new_roots_), simple_.roster()),
              StatusIs(kRefused, "the signatures of 1 of the root keys of version 1 and has 0"));
  const Files one_of_two = Signed(proposal, {roots_[0], new_roots_[1]});
  EXPECT_THAT(PrepareRoot(one_of_two, simple_.roster()),
              StatusIs(kRefused, "the signatures of 2 of the root keys of version 2 and has 1"));
  // A second one by the same key changes nothing.
  EXPECT_THAT(PrepareRoot(Together(one_of_two, Signed(proposal, {new_roots_[1]})), simple_.roster()),
              StatusIs(kRefused, "and has 1"));
}

TEST_F(RootChangeTest, KeysThatStayNeedNoSecondHolder) {
  const Network strong(StrongForm());
  const Keys roots = KeysOf(strong.founded().root_keys);
  const RootProposal proposal = Propose({.officer_keys = PublicKeysOf(NewKeys(3))}, strong);
  EXPECT_EQ(proposal.next.approvals, 2u);
  EXPECT_THAT(PrepareRoot(Signed(proposal, {roots[1]}), strong.roster()), StatusIs(kRefused, "and has 1"));
  EXPECT_THAT(PrepareRoot(Signed(proposal, {roots[1], roots[2]}), strong.roster()), IsOk());
}

TEST_F(RootChangeTest, NumbersThatCannotBeAreRefused) {
  const Roster& roster = simple_.roster();
  EXPECT_THAT(ProposeRoot({}, roster, std::nullopt),
              StatusIs(absl::StatusCode::kInvalidArgument, "nothing would change"));
  EXPECT_THAT(ProposeRoot({.threshold = 2}, roster, std::nullopt),
              StatusIs(absl::StatusCode::kInvalidArgument, "the threshold is 2, and there are 1 root keys"));
  EXPECT_THAT(ProposeRoot({.approvals = 4}, roster, std::nullopt), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ProposeRoot({.root_keys = PublicKeysOf(NewKeys(17))}, roster, std::nullopt),
              StatusIs(absl::StatusCode::kInvalidArgument, "17 root keys are not possible"));
  const replication::PublicKey twice = new_roots_[0]->public_key();
  EXPECT_THAT(ProposeRoot({.root_keys = {twice, twice}}, roster, std::nullopt),
              StatusIs(kRefused, "a key stands twice"));
  EXPECT_THAT(ProposeRoot({.root_keys = {replication::PublicKey()}}, roster, std::nullopt),
              StatusIs(kRefused, "not a valid Ed25519 point"));
}

TEST_F(RootChangeTest, NeverFewerTogetherThanNow) {
  const Network strong(StrongForm());
  EXPECT_THAT(ProposeRoot({.root_keys = PublicKeysOf(NewKeys(3)), .threshold = 1}, strong.roster(), std::nullopt),
              StatusIs(kRefused, "the threshold is 2 and would be 1"));
  EXPECT_THAT(ProposeRoot({.approvals = 1}, strong.roster(), std::nullopt),
              StatusIs(kRefused, "the number of approvals is 2 and would be 1"));
  EXPECT_THAT(ProposeRoot({.threshold = 3}, strong.roster(), std::nullopt), IsOk());
}

TEST_F(RootChangeTest, WhatIsInForceIsNotTakenAgainNorAnotherInItsPlace) {
  const Files files = Signed(Strengthen(), Together(roots_, new_roots_));
  const RootProposal other = Propose({.officer_keys = PublicKeysOf(NewKeys(1))}, simple_);
  Roster roster = simple_.roster();
  ASSERT_THAT(roster.AppendRoot(Must(PrepareRoot(files, roster)).root), IsOk());
  EXPECT_THAT(PrepareRoot(files, roster), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(PrepareRoot(Signed(other, roots_), roster), StatusIs(kRefused, "another version 2"));

  const RootProposal third = Must(ProposeRoot({.officer_keys = PublicKeysOf(NewKeys(2))}, roster, std::nullopt));
  EXPECT_THAT(PrepareRoot(Signed(third, new_roots_), simple_.roster()),
              StatusIs(kRefused, "this node has version 1 of the root document, and this is version 3"));
}

TEST_F(RootChangeTest, ApprovalsOfTwoProposalsOrTwoNetworksAreNotMixed) {
  const RootProposal first = Strengthen();
  const RootProposal second = Propose({.officer_keys = PublicKeysOf(NewKeys(1))}, simple_);
  EXPECT_THAT(PrepareRoot(Together(Signed(first, roots_), Signed(second, roots_)), simple_.roster()),
              StatusIs(kRefused, "different root documents"));
  const Network other;
  EXPECT_THAT(PrepareRoot(Signed(first, roots_), other.roster()), StatusIs(kRefused, other.id().hex()));
}

TEST_F(RootChangeTest, NoAlteredApprovalIsAccepted) {
  const RootProposal proposal = Propose({.officer_keys = PublicKeysOf(NewKeys(1))}, simple_);
  const std::string whole = Signed(proposal, roots_).front();
  ASSERT_THAT(PrepareRoot({whole}, simple_.roster()), IsOk());
  int tried = 0;
  for (const auto& file : Alterations(whole, {"what"})) {
    EXPECT_FALSE(PrepareRoot({file.bytes}, simple_.roster()).ok()) << file.how;
    ++tried;
  }
  EXPECT_GT(tried, 500);
}

TEST_F(RootChangeTest, NoEntryLosesItsEffect) {
  const RootProposal before = Propose({.officer_keys = PublicKeysOf(NewKeys(1))}, simple_);
  simple_.Authority("gb-natcom", "GBR");  // approved by the officer of version 1, after the change was drawn up
  const std::uint64_t entry = simple_.roster().position().len.value();
  EXPECT_THAT(PrepareRoot(Signed(before, roots_), simple_.roster()),
              StatusIs(kRefused, absl::StrCat("entry ", entry, " of the roster would lose its effect")));

  const RootProposal after = Propose({.officer_keys = PublicKeysOf(NewKeys(1))}, simple_);
  const PreparedRoot prepared = Must(PrepareRoot(Signed(after, roots_), simple_.roster()));
  Roster roster = simple_.roster();
  ASSERT_THAT(roster.AppendRoot(prepared.root), IsOk());
  EXPECT_TRUE(roster.lines().back().valid);
  // What needs no officer goes on as if nothing had happened.
  simple_.Admit({.application = Network::Apply(simple_.SetUp("partner", "gb-partner", "GBR"))});
  EXPECT_THAT(PrepareRoot(Signed(after, roots_), simple_.roster()), IsOk());
}

TEST_F(RootChangeTest, NewOfficersApproveAndFormerOnesDoNot) {
  const Keys officers = NewKeys(1);
  const RootProposal proposal = Propose({.officer_keys = PublicKeysOf(officers)}, simple_);
  Roster roster = simple_.roster();
  ASSERT_THAT(roster.AppendRoot(Must(PrepareRoot(Signed(proposal, roots_), roster)).root), IsOk());
  const std::string application = Network::Apply(simple_.SetUp("authority", "gb-natcom", "GBR"));
  EXPECT_THAT(
      PrepareAdmission({.application = application, .officer_key_files = simple_.founded().officer_keys}, roster),
      StatusIs(kRefused));
  const Proposal admission = Must(ProposeAdmission({.application = application}, roster));
  const replication::Approval approval = Approve(admission, *officers[0]);
  EXPECT_THAT(roster.WouldAccept(admission.kind, admission.record,
                                 Encode(replication::RosterPayload{admission.body, {approval}})),
              IsOk());
}

TEST_F(RootChangeTest, ATakeoverSealsTheRosterWhereItIsHeld) {
  const replication::Checkpoint end = EndOfRoster(simple_);
  const auto writer = NewKeys(1).front();
  const RootProposal proposal = Must(ProposeRoot({.roster_key = writer->public_key()}, simple_.roster(), end));
  const replication::RootDocument& before = simple_.roster().root().newest();
  EXPECT_TRUE(IsTakeover(before, proposal.next));
  EXPECT_EQ(proposal.next.roster_incarnation.value(), 2u);
  EXPECT_EQ(proposal.next.roster_writer, writer->public_key());
  EXPECT_EQ(proposal.next.from_len.value(), 0u);
  ASSERT_TRUE(proposal.next.previous_roster.has_value());
  EXPECT_EQ(proposal.next.previous_roster->len, simple_.roster().position().len);
  EXPECT_EQ(proposal.next.previous_roster->head, simple_.roster().position().head);
  EXPECT_EQ(proposal.next.previous_roster->author_signature, end.signature);
  EXPECT_EQ(proposal.next.root_keys, before.root_keys);
  EXPECT_EQ(InWords(proposal),
            "version 2 of the root document: root keys as before; officers as before; a new key writes the roster, "
            "after entry 4");
  // As any other, it is signed by the thresholds of both versions.
  replication::SignedRoot root{proposal.body, Must(DecodeRootSignatures(Signed(proposal, roots_).front())).signatures};
  replication::RootChain chain = simple_.roster().root();
  EXPECT_THAT(chain.Append(SodiumCrypto(), root), IsOk());
}

TEST_F(RootChangeTest, ATakeoverNeedsAFreshKeyAndTheEndOfTheRosterHeldHere) {
  const replication::Checkpoint end = EndOfRoster(simple_);
  const Roster& roster = simple_.roster();
  const replication::PublicKey key = NewKeys(1).front()->public_key();
  EXPECT_THAT(ProposeRoot({.roster_key = roster.author().writer}, roster, end),
              StatusIs(kRefused, "wrote the roster before"));
  const replication::PublicKey hub = roster.state().Find("int-uil")->present().writer;
  EXPECT_THAT(ProposeRoot({.roster_key = hub}, roster, end), StatusIs(kRefused, "has been a member's"));
  EXPECT_THAT(ProposeRoot({.roster_key = key}, roster, std::nullopt), StatusIs(kRefused, "no entry of the roster"));
  replication::Checkpoint altered = end;
  altered.head = replication::Hash();
  EXPECT_THAT(ProposeRoot({.roster_key = key}, roster, altered), StatusIs(kRefused, "not signed by its key"));

  const Files files = Signed(Must(ProposeRoot({.roster_key = key}, roster, end)), roots_);
  const Roster empty = hansa::testing::EmptyRoster(simple_.charter());
  EXPECT_THAT(PrepareRoot(files, empty), StatusIs(kRefused, "wait until the node is up to date"));
  simple_.Authority("gb-natcom", "GBR");
  EXPECT_THAT(PrepareRoot(files, simple_.roster()), StatusIs(kRefused, "the roster has grown to 5 entries"));
}

}  // namespace
}  // namespace hansa::node::membership
