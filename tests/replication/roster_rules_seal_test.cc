// SEAL: where the feeds of an incarnation that has ended end. By the present writer key over exactly this list, or by k
// officers; each seal is a checkpoint that the author signed; what is not named ends at length 0.
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
using testing::AuthorityOf;
using testing::CityNamed;
using ::testing::HasSubstr;
using testing::Key;
using testing::KeyNamed;
using testing::Keys;
using testing::Network;
using testing::NewKeys;
using testing::NewKeysNamed;
using testing::Random;

class SealRulesTest : public ::testing::Test {
 protected:
  SealRulesTest() {
    network_.AdmitAuthority(finland_);
    member_ = network_.AdmitCity(espoo_, finland_);
    Renew(2, second_, espoo_.writer);
  }
  void Renew(std::uint32_t incarnation, const NewKeys& keys, const Key& old_writer) {
    const NewIncarnation fresh = network_.Renewal(member_, incarnation, keys, old_writer);
    HANSA_CHECK(network_.Append({roster_kind::kIncarnation, Encode(fresh), {}, {}}).valid);
  }
  Seal First(Collection collection, std::uint64_t len) const {
    return network_.SealOf(member_, 1, collection, *espoo_.writer, len, "head");
  }
  SealList ListOf(std::vector<Seal> seals, std::uint32_t incarnation = 1) const {
    return {member_, Incarnation(incarnation), std::move(seals), std::nullopt};
  }
  std::string Judged(const SealList& list, Keys approvers = {}) {
    return Verdict(network_, {roster_kind::kSeal, Encode(list), std::move(approvers), {}});
  }
  std::string ByConsent(const SealList& list) { return Judged(network_.Consented(list, second_.writer)); }
  // Where the feed ends; nullopt while nobody said so.
  std::optional<Checkpoint> EndOf(Collection collection, std::uint32_t incarnation = 1) const {
    for (const auto& [feed, author] : network_.roster().feeds()) {
      const bool is_it =
          author.member == member_ && author.collection == collection && author.incarnation == Incarnation(incarnation);
      if (!is_it) continue;
      if (author.seal) {
        EXPECT_EQ(author.seal->feed, feed);
      }
      return author.seal;
    }
    ADD_FAILURE() << "no such feed";
    return std::nullopt;
  }
  std::uint64_t LengthOf(Collection collection, std::uint32_t incarnation = 1) const {
    const std::optional<Checkpoint> end = EndOf(collection, incarnation);
    return end ? end->len.value() : 999;
  }

  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  Applicant finland_ = AuthorityOf("FIN");
  Applicant espoo_ = CityNamed("fi-espoo", "FIN");
  NewKeys second_ = NewKeysNamed("second");
  Member member_;
};

TEST_F(SealRulesTest, ThePresentKeysConsentIsEnough) {
  EXPECT_EQ(EndOf(kIndicators), std::nullopt) << "an older incarnation goes on until somebody says where it ends";
  EXPECT_FALSE(network_.roster().IsPastSealed(member_));
  const Seal seal = First(kIndicators, 7);
  EXPECT_EQ(ByConsent(ListOf({seal})), "");
  ASSERT_TRUE(EndOf(kIndicators).has_value());
  EXPECT_EQ(EndOf(kIndicators)->len, Sequence(7));
  EXPECT_EQ(EndOf(kIndicators)->head, Random("head"));
  EXPECT_TRUE(IsSignedBy(SodiumCrypto(), network_.id(), *EndOf(kIndicators), espoo_.writer->public_key()))
      << "a seal is a checkpoint";
  EXPECT_EQ(network_.roster().lines().back().subject, "fi-espoo");
  EXPECT_TRUE(network_.roster().IsPastSealed(member_));
}

TEST_F(SealRulesTest, SoAreKOfficers) {
  const SealList list = ListOf({First(kIndicators, 7)});
  EXPECT_THAT(Judged(list), HasSubstr("needs 2 officers' approvals and has 0"));
  EXPECT_THAT(Judged(list, {network_.officers()[0]}), HasSubstr("has 1"));
  EXPECT_EQ(Judged(list, network_.approvers()), "");
  EXPECT_EQ(LengthOf(kIndicators), 7u);
}

TEST_F(SealRulesTest, WhatAListDoesNotNameEndsAtLengthZero) {
  ASSERT_EQ(ByConsent(ListOf({First(kIndicators, 7)})), "");
  for (const Collection collection : {kPractices, kOffers, kDialogue}) {
    ASSERT_TRUE(EndOf(collection).has_value());
    EXPECT_EQ(EndOf(collection)->len, Sequence(0));
    EXPECT_TRUE(EndOf(collection)->head.is_zero());
    EXPECT_TRUE(EndOf(collection)->signature.is_zero());
  }
  EXPECT_EQ(EndOf(kIndicators, 2), std::nullopt) << "the present incarnation goes on";
  EXPECT_EQ(network_.roster().PresentFeed(member_, kIndicators)->seal, std::nullopt);
}

TEST_F(SealRulesTest, AnEmptyListEndsEverythingAtLengthZero) {
  ASSERT_EQ(ByConsent(ListOf({})), "");
  EXPECT_EQ(LengthOf(kIndicators), 0u);
  EXPECT_EQ(LengthOf(kDialogue), 0u);
}

// A policy may give new collections later: they too have ended for an incarnation that is sealed.
TEST_F(SealRulesTest, CollectionsOfTheFutureEndToo) {
  ASSERT_EQ(ByConsent(ListOf({First(kIndicators, 7), First(kNotices, 3)})), "");
  Policy policy{testing::UsualRights()};
  policy.rights.push_back({MemberKind::kCity, kNotices, Sequence(50)});
  policy.rights.push_back({MemberKind::kCity, Collection(200), Sequence(50)});
  ASSERT_EQ(Verdict(network_, {roster_kind::kPolicy, Encode(policy), network_.approvers(), {}}), "");
  EXPECT_EQ(LengthOf(Collection(200)), 0u);
  EXPECT_EQ(LengthOf(kNotices), 3u) << "named before it could be written";
  EXPECT_EQ(LengthOf(kIndicators), 7u);
  EXPECT_EQ(EndOf(Collection(200), 2), std::nullopt);
}

TEST_F(SealRulesTest, TheLastListWinsAsAWhole) {
  ASSERT_EQ(ByConsent(ListOf({First(kIndicators, 7), First(kOffers, 2)})), "");
  ASSERT_EQ(ByConsent(ListOf({First(kIndicators, 9), First(kPractices, 4)})), "");
  EXPECT_EQ(LengthOf(kIndicators), 9u);
  EXPECT_EQ(LengthOf(kPractices), 4u);
  EXPECT_EQ(LengthOf(kOffers), 0u);
  ASSERT_EQ(ByConsent(ListOf({First(kIndicators, 1)})), "");
  EXPECT_EQ(LengthOf(kIndicators), 1u) << "also where it is shorter";
}

TEST_F(SealRulesTest, ASealThatItsAuthorDidNotSignMakesTheWholeListVoid) {
  const Seal good = First(kIndicators, 7);
  const auto with = [&](const Seal& seal) { return ByConsent(ListOf({good, seal})); };
  const std::string kFalse = "not a checkpoint that its author signed";
  EXPECT_THAT(with(network_.SealOf(member_, 1, kOffers, *second_.writer, 2, "head")), HasSubstr(kFalse));
  EXPECT_THAT(with(network_.SealOf(member_, 2, kOffers, *espoo_.writer, 2, "head")), HasSubstr(kFalse));
  EXPECT_THAT(with(network_.SealOf(Member(10), 1, kOffers, *espoo_.writer, 2, "head")), HasSubstr(kFalse));
  Seal other = First(kOffers, 2);
  other.len = Sequence(3);
  EXPECT_THAT(with(other), HasSubstr(kFalse));
  other = First(kOffers, 2);
  other.head = Random("another head");
  EXPECT_THAT(with(other), HasSubstr(kFalse));
  other = First(kOffers, 2);
  other.collection = kPractices;
  EXPECT_THAT(with(other), HasSubstr(kFalse));
  EXPECT_EQ(EndOf(kIndicators), std::nullopt);
  EXPECT_EQ(with(First(kOffers, 2)), "");
}

TEST_F(SealRulesTest, EveryBitOfTheAuthorsSignatureCounts) {
  const Seal good = First(kIndicators, 7);
  for (std::size_t bit = 0; bit < 8 * Signature::kSize; bit += 5) {
    Seal flipped = good;
    flipped.author_signature.data()[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    EXPECT_THAT(ByConsent(ListOf({flipped})), HasSubstr("not a checkpoint")) << bit;
  }
}

// By approvals too: officers cannot vouch for what the author never signed.
TEST_F(SealRulesTest, OfficersCannotMendAFalseSeal) {
  const Seal forged = network_.SealOf(member_, 1, kIndicators, *second_.writer, 7, "head");
  EXPECT_THAT(Judged(ListOf({forged}), network_.approvers()), HasSubstr("not a checkpoint"));
}

TEST_F(SealRulesTest, AConsentByAnyOtherKeyIsVoid) {
  const SealList list = ListOf({First(kIndicators, 7)});
  for (const Key& key : {espoo_.writer, finland_.writer, network_.hub().writer, network_.writer(),
                         network_.officers()[0], second_.tls[0]}) {
    EXPECT_THAT(Judged(network_.Consented(list, key)), HasSubstr("not by the member's present writer key"));
  }
  SealList unsigned_list = network_.Consented(list, second_.writer);
  unsigned_list.consent->signature = Signature();
  EXPECT_THAT(Judged(unsigned_list), HasSubstr("not by the member's present writer key"));
  SealList as_application = list;
  as_application.consent = network_.Signed(StatementType::kApplication, *second_.writer, SealConsentBody(list));
  EXPECT_THAT(Judged(as_application), HasSubstr("not by the member's present writer key"));
}

TEST_F(SealRulesTest, AConsentToAnotherListIsVoid) {
  Renew(3, NewKeysNamed("third"), second_.writer);
  second_ = NewKeysNamed("third");
  const SealList list = ListOf({First(kIndicators, 7)});
  const auto consented_to = [&](const Bytes& body) {
    SealList judged = list;
    judged.consent = network_.Signed(StatementType::kConsent, *second_.writer, body);
    return Judged(judged);
  };
  EXPECT_THAT(consented_to(SealConsentBody(ListOf({First(kIndicators, 8)}))), HasSubstr("to something else"));
  EXPECT_THAT(consented_to(SealConsentBody(ListOf({}))), HasSubstr("to something else"));
  EXPECT_THAT(consented_to(SealConsentBody(ListOf({First(kIndicators, 7)}, 2))), HasSubstr("to something else"));
  SealList of_another = list;
  of_another.member = Member(10);
  EXPECT_THAT(consented_to(SealConsentBody(of_another)), HasSubstr("to something else"));
  EXPECT_THAT(consented_to(Encode(list)), HasSubstr("tag"));
  EXPECT_THAT(consented_to(Tagged(kConsentTag, Encode(list))), HasSubstr("tag"));
  EXPECT_THAT(consented_to(Tagged(kSealTag, Encode(network_.Consented(list, second_.writer)))),
              HasSubstr("another consent"));
  EXPECT_EQ(consented_to(SealConsentBody(list)), "");
}

TEST_F(SealRulesTest, AConsentThatIsGivenMustHold) {
  const SealList list = network_.Consented(ListOf({First(kIndicators, 7)}), espoo_.writer);
  EXPECT_THAT(Judged(list, network_.approvers()), HasSubstr("not by the member's present writer key"))
      << "approvals do not mend a false one";
}

// Or else the roster's key alone could bring an old, shorter list back.
TEST_F(SealRulesTest, AConsentIsSpentOnce) {
  const SealList shorter = network_.Consented(ListOf({First(kIndicators, 3)}), second_.writer);
  ASSERT_EQ(Judged(shorter), "");
  ASSERT_EQ(ByConsent(ListOf({First(kIndicators, 7)})), "");
  EXPECT_THAT(Judged(shorter), HasSubstr("stood in a valid entry before"));
  EXPECT_EQ(LengthOf(kIndicators), 7u);
  EXPECT_EQ(Judged(ListOf({First(kIndicators, 3)}), network_.approvers()), "") << "officers may";
}

TEST_F(SealRulesTest, TheIncarnationHasEndedAndIsOfAMember) {
  const Seal of_second = network_.SealOf(member_, 2, kIndicators, *second_.writer, 7, "head");
  const std::string kNotEnded = "not one that has ended";
  EXPECT_THAT(ByConsent(ListOf({of_second}, 2)), HasSubstr(kNotEnded));
  EXPECT_THAT(ByConsent(ListOf({}, 3)), HasSubstr(kNotEnded));
  EXPECT_THAT(ByConsent(ListOf({}, 0)), HasSubstr(kNotEnded));
  SealList list = ListOf({});
  list.member = Member(99);
  EXPECT_THAT(Judged(list, network_.approvers()), HasSubstr("does not exist"));
  list.member = kRosterWriter;
  EXPECT_THAT(Judged(list, network_.approvers()), HasSubstr("does not exist"))
      << "the roster's own end is said by a root document alone";
  Renew(3, NewKeysNamed("third"), second_.writer);
  EXPECT_EQ(Judged(network_.Consented(ListOf({of_second}, 2), NewKeysNamed("third").writer)), "");
  EXPECT_EQ(LengthOf(kIndicators, 2), 7u);
  EXPECT_EQ(EndOf(kIndicators, 1), std::nullopt);
  EXPECT_FALSE(network_.roster().IsPastSealed(member_)) << "the first is still open";
  EXPECT_EQ(Judged(network_.Consented(ListOf({}), NewKeysNamed("third").writer)), "");
  EXPECT_TRUE(network_.roster().IsPastSealed(member_));
}

TEST_F(SealRulesTest, SealsAscendByCollectionAndTheRosterIsNotAmongThem) {
  const auto list = [&](std::vector<Seal> seals) { return ByConsent(ListOf(std::move(seals))); };
  EXPECT_THAT(list({First(kOffers, 2), First(kIndicators, 7)}), HasSubstr("do not ascend"));
  EXPECT_THAT(list({First(kOffers, 2), First(kOffers, 2)}), HasSubstr("do not ascend"));
  EXPECT_THAT(list({First(kRosterCollection, 2)}), HasSubstr("do not ascend"));
  EXPECT_THAT(list({First(Collection(256), 2)}), HasSubstr("do not ascend"));
  EXPECT_THAT(list({First(kIndicators, 0)}), HasSubstr("length 0"));
  EXPECT_EQ(list({First(kErasures, 1), First(kLastCollection, 2)}), "");
}

TEST_F(SealRulesTest, NobodyIsPastSealedWhoIsNoMember) {
  EXPECT_FALSE(network_.roster().IsPastSealed(Member(99)));
  EXPECT_TRUE(network_.roster().IsPastSealed(Member(10))) << "a first incarnation has no past";
}

}  // namespace
}  // namespace hansa::replication
