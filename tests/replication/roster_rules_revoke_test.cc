// REVOKE: k officers end a membership, and say where its last incarnation ends.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/roster_rules.h"
#include "tests/replication/roster_verdict.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using testing::Applicant;
using testing::ApplicantNamed;
using testing::AuthorityOf;
using testing::CityNamed;
using ::testing::HasSubstr;
using testing::Keys;
using testing::Network;
using testing::NewKeysNamed;

class RevokeRulesTest : public ::testing::Test {
 protected:
  RevokeRulesTest() {
    finland_number_ = network_.AdmitAuthority(finland_);
    member_ = network_.AdmitCity(espoo_, finland_);
  }
  Seal SealAt(Collection collection, std::uint64_t len) const {
    return network_.SealOf(member_, 1, collection, *espoo_.writer, len, "head");
  }
  std::string Judged(const Revoke& revoke, Keys approvers) {
    return Verdict(network_, {roster_kind::kRevoke, Encode(revoke), std::move(approvers), {}});
  }
  std::string Revoked(RevokeReason reason, std::vector<Seal> seals = {}) {
    return Judged({member_, reason, std::move(seals)}, network_.approvers());
  }
  const MemberRecord& Espoo() const { return *network_.roster().state().Find(member_); }
  FeedAuthor FeedAt(Collection collection) const {
    const FeedAuthor author{member_, collection, Incarnation(1), espoo_.writer->public_key(), {}};
    return *network_.roster().AuthorOf(FeedIdOf(SodiumCrypto(), network_.id(), author));
  }

  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  Applicant finland_ = AuthorityOf("FIN");
  Applicant espoo_ = CityNamed("fi-espoo", "FIN");
  Member finland_number_;
  Member member_;
};

TEST_F(RevokeRulesTest, KOfficersEndAMembership) {
  const Revoke revoke{member_, RevokeReason::kRetired, {SealAt(kIndicators, 7)}};
  EXPECT_THAT(Judged(revoke, {}), HasSubstr("needs 2 officers' approvals and has 0"));
  EXPECT_THAT(Judged(revoke, {network_.officers()[1]}), HasSubstr("has 1"));
  EXPECT_THAT(Judged(revoke, {network_.writer(), espoo_.writer}), HasSubstr("has 0"));
  EXPECT_EQ(Espoo().state, MemberState::kMember);
  EXPECT_EQ(Judged(revoke, network_.approvers()), "");
  EXPECT_EQ(Espoo().state, MemberState::kRetired);
  EXPECT_FALSE(Espoo().is_live());
  EXPECT_EQ(network_.roster().lines().back().subject, "fi-espoo");
}

TEST_F(RevokeRulesTest, TheReasonIsKept) {
  EXPECT_THAT(Revoked(RevokeReason::kNotGiven), HasSubstr("reason"));
  EXPECT_THAT(Revoked(static_cast<RevokeReason>(3)), HasSubstr("reason"));
  EXPECT_EQ(Revoked(RevokeReason::kCompromised), "");
  EXPECT_EQ(Espoo().state, MemberState::kCompromised);
}

TEST_F(RevokeRulesTest, ItsSealsAreCompleteForThePresentIncarnation) {
  ASSERT_EQ(Revoked(RevokeReason::kRetired, {SealAt(kIndicators, 7), SealAt(kNotices, 2)}), "");
  EXPECT_EQ(FeedAt(kIndicators).seal->len, Sequence(7));
  EXPECT_EQ(FeedAt(kIndicators).seal->signature, SealAt(kIndicators, 7).author_signature);
  EXPECT_EQ(FeedAt(kDialogue).seal->len, Sequence(0));
  Policy policy{testing::UsualRights()};
  policy.rights.push_back({MemberKind::kCity, kNotices, Sequence(50)});
  policy.rights.push_back({MemberKind::kCity, kReviews, Sequence(50)});
  ASSERT_EQ(Verdict(network_, {roster_kind::kPolicy, Encode(policy), network_.approvers(), {}}), "");
  EXPECT_EQ(FeedAt(kNotices).seal->len, Sequence(2));
  EXPECT_EQ(FeedAt(kReviews).seal->len, Sequence(0));
}

TEST_F(RevokeRulesTest, AuthorsSignaturesMustHold) {
  const Seal forged = network_.SealOf(member_, 1, kIndicators, *finland_.writer, 7, "head");
  EXPECT_THAT(Revoked(RevokeReason::kCompromised, {forged}), HasSubstr("not a checkpoint that its author signed"));
  EXPECT_THAT(Revoked(RevokeReason::kCompromised, {SealAt(kDialogue, 1), SealAt(kIndicators, 7)}),
              HasSubstr("do not ascend"));
  EXPECT_TRUE(Espoo().is_live());
}

TEST_F(RevokeRulesTest, OnlyThePresentIncarnationIsNamed) {
  const NewIncarnation fresh = network_.Renewal(member_, 2, NewKeysNamed("second"), espoo_.writer);
  ASSERT_EQ(Verdict(network_, {roster_kind::kIncarnation, Encode(fresh), {}, {}}), "");
  EXPECT_THAT(Revoked(RevokeReason::kRetired, {SealAt(kIndicators, 7)}), HasSubstr("not a checkpoint"));
  const Seal of_second = network_.SealOf(member_, 2, kIndicators, *NewKeysNamed("second").writer, 5, "head");
  EXPECT_EQ(Revoked(RevokeReason::kRetired, {of_second}), "");
  EXPECT_EQ(FeedAt(kIndicators).seal, std::nullopt) << "the first is sealed by a SEAL of its own";
  EXPECT_FALSE(network_.roster().IsPastSealed(member_));
}

TEST_F(RevokeRulesTest, WhoHasEndedIsNotLiveAndItsKeysStayListed) {
  const Pin pin = PinOf(SodiumCrypto(), espoo_.tls[0]->public_key());
  ASSERT_EQ(network_.roster().LiveMemberOf(pin), member_);
  ASSERT_EQ(Revoked(RevokeReason::kRetired), "");
  EXPECT_FALSE(network_.roster().LiveMemberOf(pin).has_value());
  EXPECT_TRUE(network_.roster().PinsEverListed().contains(pin));
  EXPECT_FALSE(network_.roster().PresentFeed(member_, kIndicators).has_value());
}

TEST_F(RevokeRulesTest, WhoHasEndedStaysEnded) {
  ASSERT_EQ(Revoked(RevokeReason::kRetired), "");
  const std::string kEnded = "does not exist or has ended";
  EXPECT_THAT(Revoked(RevokeReason::kCompromised), HasSubstr(kEnded));
  const NewIncarnation fresh = network_.Renewal(member_, 2, NewKeysNamed("second"), espoo_.writer);
  EXPECT_THAT(Verdict(network_, {roster_kind::kIncarnation, Encode(fresh), network_.approvers(), {}}),
              HasSubstr(kEnded));
  EXPECT_THAT(Verdict(network_, {roster_kind::kSuspend, Encode(Standing{member_, ""}), {}, {}}), HasSubstr(kEnded));
  EXPECT_THAT(Verdict(network_, {roster_kind::kMemberUpdate, Encode(MemberUpdate{member_, "Espoo"}), {}, {}}),
              HasSubstr(kEnded));
  Applicant again = CityNamed("fi-espoo", "FIN");
  MemberAdd add = network_.AdmissionOf(again);
  EXPECT_EQ(add.number, Member(12)) << "a number is never given twice";
  add.recommendation = network_.Recommend(again, *finland_.writer, "FIN");
  EXPECT_THAT(Verdict(network_, network_.EntryOf(add)), HasSubstr("slug has been used"));
}

// What the officers said of a stolen key's feeds may turn out wrong.
TEST_F(RevokeRulesTest, AfterwardsOfficersAloneMayMoveTheSeals) {
  ASSERT_EQ(Revoked(RevokeReason::kCompromised, {SealAt(kIndicators, 7)}), "");
  const SealList list{member_, Incarnation(1), {SealAt(kIndicators, 4)}, std::nullopt};
  const Bytes consented = Encode(network_.Consented(list, espoo_.writer));
  EXPECT_THAT(Verdict(network_, {roster_kind::kSeal, consented, network_.approvers(), {}}),
              HasSubstr("nobody consents for a member that has ended"));
  EXPECT_EQ(Verdict(network_, {roster_kind::kSeal, Encode(list), network_.approvers(), {}}), "");
  EXPECT_EQ(FeedAt(kIndicators).seal->len, Sequence(4));
}

TEST_F(RevokeRulesTest, AnAuthorityThatHasEndedRecommendsNobody) {
  ASSERT_EQ(Judged({finland_number_, RevokeReason::kRetired, {}}, network_.approvers()), "");
  const Applicant turku = CityNamed("fi-turku", "FIN");
  MemberAdd add = network_.AdmissionOf(turku);
  add.recommendation = network_.Recommend(turku, *finland_.writer, "FIN");
  EXPECT_THAT(Verdict(network_, network_.EntryOf(add)), HasSubstr("not by the national authority"));
}

TEST_F(RevokeRulesTest, TheLastNodeOfTheSecretariatCannotBeRevoked) {
  EXPECT_THAT(Judged({Member(1), RevokeReason::kRetired, {}}, network_.approvers()), HasSubstr("last node"));
  const Applicant other = ApplicantNamed("int-unesco", MemberKind::kSecretariat, "INT");
  ASSERT_EQ(Verdict(network_, network_.EntryOf(network_.AdmissionOf(other), network_.approvers())), "");
  EXPECT_EQ(Judged({Member(1), RevokeReason::kRetired, {}}, network_.approvers()), "");
  EXPECT_THAT(Judged({Member(2), RevokeReason::kRetired, {}}, network_.approvers()), HasSubstr("last node"));
}

TEST_F(RevokeRulesTest, MemberZeroIsNoMember) {
  for (const Member member : {kRosterWriter, Member(99)}) {
    EXPECT_THAT(Judged({member, RevokeReason::kRetired, {}}, network_.approvers()), HasSubstr("does not exist"));
  }
}

}  // namespace
}  // namespace hansa::replication
