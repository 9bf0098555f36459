// MEMBER_UPDATE, SUSPEND, RESUME and SCHEMA: what the roster's key may change alone, what needs the member's word, and
// what needs officers.
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
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Key;
using testing::KeyNamed;
using testing::Keys;
using testing::Network;
using testing::NewKeysNamed;
using testing::PublicKeysOf;

class UpdateRulesTest : public ::testing::Test {
 protected:
  UpdateRulesTest() {
    finland_number_ = network_.AdmitAuthority(finland_);
    member_ = network_.AdmitCity(espoo_, finland_);
    turku_number_ = network_.AdmitCity(turku_, finland_);
  }
  std::string Judged(const MemberUpdate& update, Keys approvers = {}) {
    return Verdict(network_, {roster_kind::kMemberUpdate, Encode(update), std::move(approvers), {}});
  }
  MemberUpdate NewTls(const Keys& tls) const { return network_.TlsUpdate(member_, tls, espoo_.writer); }
  MemberUpdate NewTls() const { return NewTls({KeyNamed("new tls")}); }
  std::string Moved(Kind kind, Member member, const std::string& note = "") {
    return Verdict(network_, {kind, Encode(Standing{member, note}), {}, {}});
  }
  std::string Suspended(Member member) { return Moved(roster_kind::kSuspend, member); }
  std::string Resumed(Member member) { return Moved(roster_kind::kResume, member); }
  const MemberRecord& Espoo() const { return *network_.roster().state().Find(member_); }
  std::optional<Member> LiveOf(const Key& tls) const {
    return network_.roster().LiveMemberOf(PinOf(SodiumCrypto(), tls->public_key()));
  }

  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  Applicant finland_ = AuthorityOf("FIN");
  Applicant espoo_ = CityNamed("fi-espoo", "FIN");
  Applicant turku_ = CityNamed("fi-turku", "FIN");
  Member finland_number_;
  Member member_;
  Member turku_number_;
};

TEST_F(UpdateRulesTest, NamesRegionAndEndpointsNeedNobodysApproval) {
  MemberUpdate update{member_, "Espoon kaupunki", {{"sv", "Esbo"}}, "EUR2"};
  update.endpoints = std::vector<std::string>{"espoo.example:7400", "[::1]:7400"};
  EXPECT_EQ(Judged(update), "");
  EXPECT_EQ(Espoo().name, "Espoon kaupunki");
  EXPECT_EQ(Espoo().names, update.names);
  EXPECT_EQ(Espoo().region, "EUR2");
  EXPECT_THAT(Espoo().endpoints, ElementsAre("espoo.example:7400", "[::1]:7400"));
  EXPECT_EQ(network_.roster().lines().back().subject, "fi-espoo");
}

TEST_F(UpdateRulesTest, WhatIsEmptyStaysAsItWas) {
  MemberUpdate update{member_, "Espoo", {{"sv", "Esbo"}}, "EUR2"};
  update.endpoints = std::vector<std::string>{"espoo.example:7400"};
  ASSERT_EQ(Judged(update), "");
  const MemberRecord before = Espoo();
  EXPECT_EQ(Judged({member_}), "");
  EXPECT_EQ(Espoo().name, before.name);
  EXPECT_EQ(Espoo().names, before.names);
  EXPECT_EQ(Espoo().region, before.region);
  EXPECT_EQ(Espoo().endpoints, before.endpoints);
  EXPECT_EQ(Espoo().present().tls, before.present().tls);
  MemberUpdate unreachable{member_};
  unreachable.endpoints.emplace();
  EXPECT_EQ(Judged(unreachable), "");
  EXPECT_THAT(Espoo().endpoints, IsEmpty()) << "a list that is given and empty replaces the one before";
}

TEST_F(UpdateRulesTest, NumberSlugKindCountryAndWriterStay) {
  const MemberRecord before = Espoo();
  ASSERT_EQ(Judged(NewTls()), "");
  ASSERT_EQ(Judged({member_, "Another name"}), "");
  EXPECT_EQ(Espoo().number, before.number);
  EXPECT_EQ(Espoo().slug, before.slug);
  EXPECT_EQ(Espoo().kind, before.kind);
  EXPECT_EQ(Espoo().country, before.country);
  EXPECT_EQ(Espoo().present().writer, before.present().writer);
  EXPECT_EQ(Espoo().present().number, before.present().number);
  EXPECT_EQ(Espoo().since, before.since);
}

TEST_F(UpdateRulesTest, TextMustBeReadable) {
  EXPECT_THAT(Judged({member_, "a\nb"}), HasSubstr("name"));
  EXPECT_THAT(Judged({member_, std::string(801, 'x')}), HasSubstr("name"));
  EXPECT_THAT(Judged({member_, "", {{"", "Esbo"}}}), HasSubstr("name"));
  EXPECT_THAT(Judged({member_, "", {}, std::string(101, 'x')}), HasSubstr("region"));
  MemberUpdate update{member_};
  update.endpoints.emplace(9, "espoo.example:7400");
  EXPECT_THAT(Judged(update), HasSubstr("8 endpoints"));
  update.endpoints.emplace(1, "");
  EXPECT_THAT(Judged(update), HasSubstr("endpoint"));
}

TEST_F(UpdateRulesTest, TheMemberMustExist) {
  for (const Member member : {Member(99), kRosterWriter}) {
    EXPECT_THAT(Judged({member, "name"}, network_.approvers()), HasSubstr("does not exist"));
  }
}

TEST_F(UpdateRulesTest, NewTlsKeysComeByTheWritersConsentAndProveThemselves) {
  ASSERT_EQ(Judged(NewTls()), "");
  EXPECT_EQ(LiveOf(KeyNamed("new tls")), member_);
  EXPECT_EQ(LiveOf(espoo_.tls[0]), std::nullopt) << "the list replaces the one before";
  EXPECT_TRUE(network_.roster().PinsEverListed().contains(PinOf(SodiumCrypto(), espoo_.tls[0]->public_key())));
  EXPECT_EQ(network_.roster().PinsOf(member_).size(), 1u);
  const Keys two = {espoo_.tls[0], KeyNamed("newer tls")};
  EXPECT_EQ(Judged(NewTls(two)), "") << "an own key may come back";
  EXPECT_EQ(Espoo().present().tls, PublicKeysOf(two));
  EXPECT_EQ(LiveOf(KeyNamed("new tls")), std::nullopt);
}

TEST_F(UpdateRulesTest, WithoutTheConsentOfThePresentWriterTlsKeysAreVoid) {
  MemberUpdate update = NewTls();
  update.consent.reset();
  EXPECT_THAT(Judged(update, network_.approvers()), HasSubstr("need the consent")) << "officers cannot give it";
  for (const Key& key : {turku_.writer, finland_.writer, network_.writer(), network_.hub().writer, espoo_.tls[0],
                         network_.officers()[0]}) {
    update = NewTls();
    update.consent = network_.Signed(StatementType::kConsent, *key, update.consent->body);
    EXPECT_THAT(Judged(update), HasSubstr("not by the member's present writer key"));
  }
  update = NewTls();
  update.consent->signature = Signature();
  EXPECT_THAT(Judged(update), HasSubstr("not by the member's present writer key"));
  const NewIncarnation fresh = network_.Renewal(member_, 2, NewKeysNamed("second"), espoo_.writer);
  ASSERT_EQ(Verdict(network_, {roster_kind::kIncarnation, Encode(fresh), {}, {}}), "");
  EXPECT_THAT(Judged(NewTls()), HasSubstr("not by the member's present writer key")) << "an older key speaks no more";
}

TEST_F(UpdateRulesTest, AConsentToSomethingElseIsVoid) {
  const auto consented_to = [&](const Consent& consent) {
    MemberUpdate update = NewTls();
    update.consent = network_.Signed(StatementType::kConsent, *espoo_.writer, Encode(consent));
    update.possession = network_.Possession(update.consent->body, {KeyNamed("new tls")});
    return Judged(update);
  };
  const Hash pins = PinsHash(SodiumCrypto(), NewTls().tls);
  const PublicKey writer = espoo_.writer->public_key();
  EXPECT_THAT(consented_to({turku_number_, Incarnation(0), writer, pins}), HasSubstr("to something else"));
  EXPECT_THAT(consented_to({member_, Incarnation(1), writer, pins}), HasSubstr("to something else"));
  EXPECT_THAT(consented_to({member_, Incarnation(2), writer, pins}), HasSubstr("to something else"));
  EXPECT_THAT(consented_to({member_, Incarnation(0), KeyNamed("other")->public_key(), pins}),
              HasSubstr("to something else"));
  EXPECT_THAT(consented_to({member_, Incarnation(0), writer, Hash()}), HasSubstr("to something else"));
  EXPECT_EQ(consented_to({member_, Incarnation(0), writer, pins}), "");
}

TEST_F(UpdateRulesTest, ProofsAreByTheNewTlsKeysInTheirOrderOverTheConsent) {
  MemberUpdate update = NewTls();
  update.possession.clear();
  EXPECT_THAT(Judged(update), HasSubstr("not by the new TLS keys"));
  update = NewTls();
  update.possession = network_.Possession(update.consent->body, {KeyNamed("another tls")});
  EXPECT_THAT(Judged(update), HasSubstr("not by the new TLS keys"));
  update = NewTls();
  update.possession = network_.Possession("another body", {KeyNamed("new tls")});
  EXPECT_THAT(Judged(update), HasSubstr("possession by a TLS key is missing or false"));
  update = NewTls({KeyNamed("t1"), KeyNamed("t2")});
  std::swap(update.possession[0], update.possession[1]);
  EXPECT_THAT(Judged(update), HasSubstr("not by the new TLS keys"));
  std::swap(update.possession[0], update.possession[1]);
  EXPECT_EQ(Judged(update), "");
}

TEST_F(UpdateRulesTest, TlsKeysAreAtMostTwoDifferentAndNobodyElses) {
  EXPECT_THAT(Judged(NewTls({turku_.tls[0]})), HasSubstr("belonged to another member"));
  EXPECT_THAT(Judged(NewTls({KeyNamed("t1"), KeyNamed("t1")})), HasSubstr("stands twice"));
  EXPECT_THAT(Judged(NewTls({KeyNamed("t1"), KeyNamed("t2"), KeyNamed("t3")})), HasSubstr("one or two"));
  const PublicKey small_order = *PublicKey::From(Bytes("\1", 1) + Bytes(31, '\0'));
  MemberUpdate update = NewTls();
  update.tls = {small_order};
  const Consent consent{member_, Incarnation(0), espoo_.writer->public_key(), PinsHash(SodiumCrypto(), update.tls)};
  update.consent = network_.Signed(StatementType::kConsent, *espoo_.writer, Encode(consent));
  update.possession = {{small_order, Signature()}};
  EXPECT_THAT(Judged(update), HasSubstr("not a valid Ed25519 point"));
  ASSERT_EQ(Judged(NewTls()), "");
  EXPECT_THAT(Judged(network_.TlsUpdate(turku_number_, {espoo_.tls[0]}, turku_.writer)),
              HasSubstr("belonged to another member"))
      << "also a key that its owner has left behind";
}

// Or else the roster's key alone could bring a key back that was stolen and replaced.
TEST_F(UpdateRulesTest, AConsentToTlsKeysIsSpentOnce) {
  const MemberUpdate first = NewTls();
  ASSERT_EQ(Judged(first), "");
  ASSERT_EQ(Judged(NewTls({KeyNamed("newer tls")})), "");
  EXPECT_THAT(Judged(first), HasSubstr("stood in a valid entry before"));
  EXPECT_EQ(LiveOf(KeyNamed("newer tls")), member_);
}

TEST_F(UpdateRulesTest, ConsentAndProofsComeWithTlsKeysAlone) {
  MemberUpdate update = NewTls();
  update.tls.clear();
  EXPECT_THAT(Judged(update), HasSubstr("no TLS keys"));
  update.consent.reset();
  EXPECT_THAT(Judged(update), HasSubstr("no TLS keys"));
}

TEST_F(UpdateRulesTest, SuspensionIsForViewsAndFeedsGoOn) {
  const auto before = network_.roster().feeds();
  EXPECT_EQ(Moved(roster_kind::kSuspend, member_, "no word for two years"), "");
  EXPECT_EQ(Espoo().state, MemberState::kSuspended);
  EXPECT_EQ(Espoo().standing_note, "no word for two years");
  EXPECT_EQ(network_.roster().lines().back().subject, "fi-espoo");
  EXPECT_TRUE(Espoo().is_live());
  EXPECT_EQ(network_.roster().feeds(), before);
  EXPECT_TRUE(network_.roster().PresentFeed(member_, kIndicators).has_value());
  EXPECT_EQ(LiveOf(espoo_.tls[0]), member_);
  EXPECT_EQ(Resumed(member_), "");
  EXPECT_EQ(Espoo().state, MemberState::kMember);
  EXPECT_EQ(Espoo().standing_note, "");
}

TEST_F(UpdateRulesTest, NobodyIsSuspendedTwiceOrResumedUnsuspended) {
  EXPECT_THAT(Resumed(member_), HasSubstr("is not suspended"));
  ASSERT_EQ(Suspended(member_), "");
  EXPECT_THAT(Suspended(member_), HasSubstr("suspended already"));
  ASSERT_EQ(Resumed(member_), "");
  EXPECT_THAT(Resumed(member_), HasSubstr("is not suspended"));
  for (const Member member : {Member(99), kRosterWriter}) {
    EXPECT_THAT(Moved(roster_kind::kSuspend, member, "why"), HasSubstr("does not exist"));
    EXPECT_THAT(Moved(roster_kind::kResume, member, "why"), HasSubstr("does not exist"));
  }
}

TEST_F(UpdateRulesTest, ANoteIsOneLineOfText) {
  EXPECT_THAT(Moved(roster_kind::kSuspend, member_, "a\nb"), HasSubstr("note"));
  EXPECT_THAT(Moved(roster_kind::kSuspend, member_, std::string(2001, 'x')), HasSubstr("note"));
  EXPECT_EQ(Moved(roster_kind::kSuspend, member_, std::string(2000, 'x')), "");
}

TEST_F(UpdateRulesTest, ASuspendedAuthorityRecommendsNobodyUntilItResumes) {
  const Applicant oulu = CityNamed("fi-oulu", "FIN");
  MemberAdd add = network_.AdmissionOf(oulu);
  add.recommendation = network_.Recommend(oulu, *finland_.writer, "FIN");
  ASSERT_EQ(Suspended(finland_number_), "");
  EXPECT_THAT(Verdict(network_, network_.EntryOf(add)), HasSubstr("not by the national authority"));
  ASSERT_EQ(Resumed(finland_number_), "");
  EXPECT_EQ(Verdict(network_, network_.EntryOf(add)), "");
}

class SchemaRulesTest : public ::testing::Test {
 protected:
  std::string Judged(const SchemaInfo& schema, Keys approvers) {
    return Verdict(network_, {roster_kind::kSchema, Encode(schema), std::move(approvers), {}});
  }
  const std::map<std::pair<Kind, std::uint16_t>, SchemaInfo>& Schemas() const {
    return network_.roster().state().schemas;
  }

  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  SchemaInfo schema_{Kind(2570), 1, "descriptors", "hansa.v1.Sensor"};
};

TEST_F(SchemaRulesTest, KOfficersSayHowAKindIsShown) {
  EXPECT_THAT(Judged(schema_, {}), HasSubstr("needs 2 officers' approvals and has 0"));
  EXPECT_EQ(Judged(schema_, network_.approvers()), "");
  EXPECT_EQ(Schemas().at({Kind(2570), 1}), schema_);
}

TEST_F(SchemaRulesTest, EachFormOfAKindHasItsOwnAndTheNewestWordCounts) {
  ASSERT_EQ(Judged(schema_, network_.approvers()), "");
  SchemaInfo second = schema_;
  second.schema_ver = 2;
  second.descriptor_set = "more descriptors";
  ASSERT_EQ(Judged(second, network_.approvers()), "");
  EXPECT_EQ(Schemas().at({Kind(2570), 1}), schema_);
  EXPECT_EQ(Schemas().at({Kind(2570), 2}), second);
  schema_.descriptor_set = "mended";
  ASSERT_EQ(Judged(schema_, network_.approvers()), "");
  EXPECT_EQ(Schemas().at({Kind(2570), 1}), schema_);
}

TEST_F(SchemaRulesTest, ItsFormIsHeldToLimits) {
  const auto changed = [&](auto change) {
    SchemaInfo schema = schema_;
    change(schema);
    return Judged(schema, network_.approvers());
  };
  EXPECT_THAT(changed([](auto& s) { s.schema_ver = 0; }), HasSubstr("kind or version"));
  EXPECT_THAT(changed([](auto& s) { s.descriptor_set.clear(); }), HasSubstr("64 KiB"));
  EXPECT_THAT(changed([](auto& s) { s.descriptor_set.assign(64 * 1024 + 1, 'd'); }), HasSubstr("64 KiB"));
  EXPECT_THAT(changed([](auto& s) { s.message.clear(); }), HasSubstr("name a message"));
  EXPECT_THAT(changed([](auto& s) { s.message.assign(201, 'm'); }), HasSubstr("name a message"));
  EXPECT_THAT(changed([](auto& s) { s.message = "a\nb"; }), HasSubstr("name a message"));
  EXPECT_EQ(changed([](auto& s) { s.descriptor_set.assign(64 * 1024, 'd'); }), "");
}

}  // namespace
}  // namespace hansa::replication
