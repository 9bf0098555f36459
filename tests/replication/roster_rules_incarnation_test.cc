// INCARNATION: a member goes on under a new key only by its old key's consent or by k officers, and one step at a time.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

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
using testing::PublicKeysOf;

// The keys that a member goes on with.
struct NewKeys {
  Key writer = KeyNamed("new writer");
  Keys tls = {KeyNamed("new tls")};
};

class IncarnationRulesTest : public ::testing::Test {
 protected:
  IncarnationRulesTest() {
    network_.AdmitAuthority(finland_);
    member_ = network_.AdmitCity(espoo_, finland_);
    turku_number_ = network_.AdmitCity(turku_, finland_);
  }
  Consent ConsentTo(const NewKeys& keys, std::uint32_t incarnation = 2) const {
    return {member_, Incarnation(incarnation), keys.writer->public_key(),
            PinsHash(SodiumCrypto(), PublicKeysOf(keys.tls))};
  }
  // With both proofs of possession; with the consent of `old_key` unless it is nullptr.
  NewIncarnation Renewal(const Consent& consent, const NewKeys& keys, const Key& old_key) const {
    NewIncarnation fresh;
    fresh.body = Encode(consent);
    if (old_key) fresh.consent = network_.Signed(StatementType::kConsent, *old_key, fresh.body).signature;
    fresh.writer_possession = network_.Signed(StatementType::kWriterPossession, *keys.writer, fresh.body).signature;
    fresh.possession = network_.Possession(fresh.body, keys.tls);
    return fresh;
  }
  NewIncarnation ByConsent(const NewKeys& keys = {}) const { return Renewal(ConsentTo(keys), keys, espoo_.writer); }
  NewIncarnation ByOfficers(const NewKeys& keys = {}) const { return Renewal(ConsentTo(keys), keys, nullptr); }
  std::string Judged(const NewIncarnation& fresh, Keys approvers = {}) {
    return Verdict(network_, {roster_kind::kIncarnation, Encode(fresh), std::move(approvers), {}});
  }
  const MemberRecord& Espoo() const { return *network_.roster().state().Find(member_); }

  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  Applicant finland_ = AuthorityOf("FIN");
  Applicant espoo_ = CityNamed("fi-espoo", "FIN");
  Applicant turku_ = CityNamed("fi-turku", "FIN");
  Member member_;
  Member turku_number_;
};

TEST_F(IncarnationRulesTest, TheOldKeysConsentIsEnough) {
  EXPECT_EQ(Judged(ByConsent()), "");
  EXPECT_EQ(Espoo().present().number, Incarnation(2));
  EXPECT_EQ(Espoo().present().writer, KeyNamed("new writer")->public_key());
  EXPECT_EQ(network_.roster().lines().back().subject, "fi-espoo");
}

TEST_F(IncarnationRulesTest, SoAreKOfficers) {
  EXPECT_THAT(Judged(ByOfficers()), HasSubstr("needs 2 officers' approvals and has 0"));
  EXPECT_THAT(Judged(ByOfficers(), {network_.officers()[0]}), HasSubstr("has 1"));
  EXPECT_THAT(Judged(ByOfficers(), {network_.officers()[0], network_.officers()[0]}), HasSubstr("has 1"));
  EXPECT_EQ(Judged(ByOfficers(), network_.approvers()), "");
}

TEST_F(IncarnationRulesTest, AConsentByAnyOtherKeyIsVoid) {
  const NewKeys keys;
  for (const Key& key : {keys.writer, turku_.writer, finland_.writer, network_.hub().writer, network_.writer(),
                         network_.officers()[0], espoo_.tls[0]}) {
    EXPECT_THAT(Judged(Renewal(ConsentTo(keys), keys, key)), HasSubstr("not by the member's present writer key"));
  }
}

TEST_F(IncarnationRulesTest, AConsentToSomethingElseIsVoid) {
  const NewKeys keys;
  NewIncarnation fresh = ByConsent();
  for (const Consent& other :
       {Consent{turku_number_, Incarnation(2), keys.writer->public_key(), ConsentTo(keys).pins_hash},
        ConsentTo(keys, 3), ConsentTo({KeyNamed("other"), keys.tls})}) {
    fresh.consent = network_.Signed(StatementType::kConsent, *espoo_.writer, Encode(other)).signature;
    EXPECT_THAT(Judged(fresh), HasSubstr("not by the member's present writer key"));
  }
  fresh.consent = network_.Signed(StatementType::kApplication, *espoo_.writer, fresh.body).signature;
  EXPECT_THAT(Judged(fresh), HasSubstr("not by the member's present writer key"));
}

TEST_F(IncarnationRulesTest, AnIncarnationIsExactlyTheOneBeforePlusOne) {
  const NewKeys keys;
  for (const std::uint32_t number : {0u, 1u, 3u, 0xFFFFFFFFu}) {
    EXPECT_THAT(Judged(Renewal(ConsentTo(keys, number), keys, espoo_.writer)), HasSubstr("exactly the one before"))
        << number;
  }
  EXPECT_EQ(Judged(Renewal(ConsentTo(keys, 2), keys, espoo_.writer)), "");
}

TEST_F(IncarnationRulesTest, AfterwardsOnlyTheNewKeySpeaks) {
  ASSERT_EQ(Judged(ByConsent()), "");
  const NewKeys third{KeyNamed("third writer"), {KeyNamed("third tls")}};
  EXPECT_THAT(Judged(Renewal(ConsentTo(third, 3), third, espoo_.writer)), HasSubstr("present writer key"));
  EXPECT_EQ(Judged(Renewal(ConsentTo(third, 3), third, KeyNamed("new writer"))), "");
  EXPECT_EQ(Espoo().incarnations.size(), 3u);
}

TEST_F(IncarnationRulesTest, TheMemberMustExist) {
  const NewKeys keys;
  Consent consent = ConsentTo(keys);
  consent.member = Member(99);
  EXPECT_THAT(Judged(Renewal(consent, keys, espoo_.writer), network_.approvers()), HasSubstr("does not exist"));
  consent.member = kRosterWriter;
  EXPECT_THAT(Judged(Renewal(consent, keys, nullptr), network_.approvers()), HasSubstr("does not exist"))
      << "the roster's own key changes by a root document alone";
}

TEST_F(IncarnationRulesTest, AKeyThatStoodAnywhereBeforeIsVoid) {
  for (const Key& used : {espoo_.writer, turku_.writer, finland_.writer, network_.writer()}) {
    const NewKeys keys{used, {KeyNamed("new tls")}};
    EXPECT_THAT(Judged(Renewal(ConsentTo(keys), keys, espoo_.writer)), HasSubstr("has been used before"));
  }
}

TEST_F(IncarnationRulesTest, TlsKeysAreFreshOrTheMembersOwn) {
  const NewKeys of_another{KeyNamed("new writer"), turku_.tls};
  EXPECT_THAT(Judged(Renewal(ConsentTo(of_another), of_another, espoo_.writer)),
              HasSubstr("belonged to another member"));
  const NewKeys kept{KeyNamed("new writer"), espoo_.tls};
  EXPECT_EQ(Judged(Renewal(ConsentTo(kept), kept, espoo_.writer)), "");
}

TEST_F(IncarnationRulesTest, BothNewKeysProveThemselves) {
  NewIncarnation fresh = ByConsent();
  fresh.writer_possession = Signature();
  EXPECT_THAT(Judged(fresh), HasSubstr("possession by the new writer key"));
  fresh = ByConsent();
  fresh.writer_possession = network_.Signed(StatementType::kConsent, *NewKeys().writer, fresh.body).signature;
  EXPECT_THAT(Judged(fresh), HasSubstr("possession by the new writer key"));
  fresh = ByConsent();
  fresh.possession[0].signature = Signature();
  EXPECT_THAT(Judged(fresh), HasSubstr("possession by a TLS key"));
  fresh = ByConsent();
  fresh.possession.clear();
  EXPECT_THAT(Judged(fresh), HasSubstr("possession proofs"));
}

TEST_F(IncarnationRulesTest, TheTlsKeysAreThoseConsentedTo) {
  NewIncarnation fresh = ByConsent();
  fresh.possession = network_.Possession(fresh.body, {KeyNamed("not consented to")});
  EXPECT_THAT(Judged(fresh), HasSubstr("not those consented to"));
  NewKeys two{KeyNamed("new writer"), {KeyNamed("t1"), KeyNamed("t2")}};
  fresh = Renewal(ConsentTo(two), two, espoo_.writer);
  std::swap(fresh.possession[0], fresh.possession[1]);
  EXPECT_THAT(Judged(fresh), HasSubstr("not those consented to"));
  std::swap(fresh.possession[0], fresh.possession[1]);
  EXPECT_EQ(Judged(fresh), "");
}

TEST_F(IncarnationRulesTest, AKeyOfSmallOrderIsVoid) {
  NewKeys keys;
  Consent consent = ConsentTo(keys);
  consent.writer = *PublicKey::From(Bytes("\1", 1) + Bytes(31, '\0'));
  NewIncarnation fresh = Renewal(consent, keys, espoo_.writer);
  fresh.writer_possession = *Signature::From(Bytes("\1", 1) + Bytes(63, '\0'));
  EXPECT_THAT(Judged(fresh), HasSubstr("not a valid Ed25519 point"));
}

TEST_F(IncarnationRulesTest, FeedsOfBothIncarnationsAreNamedAndOnlyTheNewPinsAreLive) {
  const FeedAuthor old_feed = *network_.roster().PresentFeed(member_, kIndicators);
  const auto feeds_of_member = [&] {
    return std::count_if(network_.roster().feeds().begin(), network_.roster().feeds().end(),
                         [&](const auto& feed) { return feed.second.member == member_; });
  };
  const auto before = feeds_of_member();
  ASSERT_GT(before, 0);
  ASSERT_EQ(Judged(ByConsent()), "");
  const FeedAuthor new_feed = *network_.roster().PresentFeed(member_, kIndicators);
  EXPECT_EQ(new_feed.incarnation, Incarnation(2));
  EXPECT_EQ(feeds_of_member(), 2 * before);
  EXPECT_NE(network_.roster().AuthorOf(FeedIdOf(SodiumCrypto(), network_.id(), old_feed)), nullptr);
  EXPECT_NE(network_.roster().AuthorOf(FeedIdOf(SodiumCrypto(), network_.id(), new_feed)), nullptr);
  const Pin old_pin = PinOf(SodiumCrypto(), espoo_.tls[0]->public_key());
  const Pin new_pin = PinOf(SodiumCrypto(), KeyNamed("new tls")->public_key());
  EXPECT_FALSE(network_.roster().LiveMemberOf(old_pin).has_value());
  EXPECT_EQ(network_.roster().LiveMemberOf(new_pin), member_);
  EXPECT_TRUE(network_.roster().PinsEverListed().contains(old_pin));
}

TEST_F(IncarnationRulesTest, AnAuthorityRecommendsWithThePresentKeyAlone) {
  const NewKeys keys;
  Consent consent = ConsentTo(keys);
  consent.member = network_.roster().state().Find(finland_.application.slug)->number;
  ASSERT_EQ(Judged(Renewal(consent, keys, finland_.writer)), "");
  const Applicant oulu = CityNamed("fi-oulu", "FIN");
  MemberAdd add = network_.AdmissionOf(oulu);
  add.recommendation = network_.Recommend(oulu, *finland_.writer, "FIN");
  EXPECT_THAT(Verdict(network_, network_.EntryOf(add)), HasSubstr("not by the national authority"));
  add.recommendation = network_.Recommend(oulu, *keys.writer, "FIN");
  EXPECT_EQ(Verdict(network_, network_.EntryOf(add)), "");
}

}  // namespace
}  // namespace hansa::replication
