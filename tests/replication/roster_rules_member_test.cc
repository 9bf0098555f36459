// MEMBER_ADD: every way in that is closed, and next to it the way that is open.
#include <functional>
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
using testing::KeyNamed;
using testing::Keys;
using testing::Network;
using testing::PublicKeysOf;
using testing::SignerNamed;

const PublicKey kSmallOrder = *PublicKey::From(Bytes("\1", 1) + Bytes(31, '\0'));

class MemberRulesTest : public ::testing::Test {
 protected:
  MemberRulesTest() {
    network_.AdmitAuthority(finland_);
    network_.AdmitAuthority(italy_);
  }
  std::string Judged(const MemberAdd& add, Keys approvers = {}) {
    return Verdict(network_, network_.EntryOf(add, std::move(approvers)));
  }
  MemberAdd Recommended(const Applicant& city) const {
    MemberAdd add = network_.AdmissionOf(city);
    add.recommendation = network_.Recommend(city, *finland_.writer, "FIN");
    return add;
  }
  Applicant Partner(const std::string& slug) const { return ApplicantNamed(slug, MemberKind::kPartner, "INT"); }

  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  Applicant finland_ = AuthorityOf("FIN");
  Applicant italy_ = AuthorityOf("ITA");
  Applicant espoo_ = CityNamed("fi-espoo", "FIN");
};

TEST_F(MemberRulesTest, ACityWithItsCountrysRecommendationIsAdmitted) {
  espoo_.application.names = {{"sv", "Esbo"}};
  espoo_.application.endpoints = {"espoo.example:7400"};
  EXPECT_EQ(Judged(Recommended(espoo_)), "");
  const MemberRecord& member = *network_.roster().state().Find("fi-espoo");
  EXPECT_EQ(member.number, Member(12));
  EXPECT_EQ(member.recommended_by, Member(10));
  EXPECT_EQ(member.region, "EUR");
  EXPECT_EQ(member.name, espoo_.application.name);
  EXPECT_EQ(member.names, espoo_.application.names);
  EXPECT_EQ(member.endpoints, espoo_.application.endpoints);
  EXPECT_EQ(member.present().writer, espoo_.writer->public_key());
  EXPECT_EQ(member.present().tls, PublicKeysOf(espoo_.tls));
  EXPECT_EQ(network_.roster().lines().back().subject, "fi-espoo");
}

TEST_F(MemberRulesTest, ACityWithoutARecommendationIsVoidWhateverOfficersSay) {
  EXPECT_THAT(Judged(network_.AdmissionOf(espoo_)), HasSubstr("needs the recommendation"));
  EXPECT_THAT(Judged(network_.AdmissionOf(espoo_), network_.officers()), HasSubstr("needs the recommendation"));
}

TEST_F(MemberRulesTest, ARecommendationByAnotherCountrysAuthorityIsVoid) {
  MemberAdd add = network_.AdmissionOf(espoo_);
  add.recommendation = network_.Recommend(espoo_, *italy_.writer, "ITA");
  EXPECT_THAT(Judged(add), HasSubstr("not by the national authority of FIN"));
  add.recommendation = network_.Recommend(espoo_, *italy_.writer, "FIN");
  EXPECT_THAT(Judged(add), HasSubstr("not by the national authority of FIN"));
  add.recommendation = network_.Recommend(espoo_, *finland_.writer, "ITA");
  EXPECT_THAT(Judged(add), HasSubstr("not by the national authority of FIN"));
  add.recommendation = network_.Recommend(espoo_, *finland_.writer, "FIN");
  EXPECT_EQ(Judged(add), "");
}

TEST_F(MemberRulesTest, ARecommendationByAnybodyElseIsVoid) {
  MemberAdd add = network_.AdmissionOf(espoo_);
  for (const testing::Key& key : {espoo_.writer, network_.hub().writer, network_.officers()[0], network_.writer(),
                                  finland_.tls[0], KeyNamed("nobody")}) {
    add.recommendation = network_.Recommend(espoo_, *key, "FIN");
    EXPECT_THAT(Judged(add), HasSubstr("not by the national authority"));
  }
}

TEST_F(MemberRulesTest, ARecommendationOfAnotherApplicationIsVoid) {
  MemberAdd add = network_.AdmissionOf(espoo_);
  add.recommendation = network_.Recommend(CityNamed("fi-turku", "FIN"), *finland_.writer, "FIN");
  EXPECT_THAT(Judged(add), HasSubstr("of another application"));
  Applicant earlier = espoo_;
  earlier.application.name = "As it applied before";
  add.recommendation = network_.Recommend(earlier, *finland_.writer, "FIN");
  EXPECT_THAT(Judged(add), HasSubstr("of another application"));
}

TEST_F(MemberRulesTest, ARecommendationWithAFalseSignatureIsVoid) {
  MemberAdd add = Recommended(espoo_);
  add.recommendation->signature.data()[0] ^= 1;
  EXPECT_THAT(Judged(add), HasSubstr("signature is false"));
  add = Recommended(espoo_);
  add.recommendation = network_.Signed(StatementType::kAcceptance, *finland_.writer, add.recommendation->body);
  EXPECT_THAT(Judged(add), HasSubstr("signature is false"));
  add.recommendation = network_.Signed(StatementType::kRecommendation, *finland_.writer, "some other body");
  EXPECT_THAT(Judged(add), HasSubstr("tag"));
}

TEST_F(MemberRulesTest, TheNumberIsTheLowestOfItsRangeThatNobodyHad) {
  MemberAdd add = Recommended(espoo_);
  for (const std::uint32_t number : {0u, 1u, 2u, 10u, 11u, 13u, 0xFFFFFFFFu}) {
    add.number = Member(number);
    EXPECT_THAT(Judged(add), HasSubstr("not the lowest free one, 12")) << number;
  }
  add.number = Member(12);
  EXPECT_EQ(Judged(add), "");
}

TEST_F(MemberRulesTest, TheSecretariatHasAtMostNineNodes) {
  for (int i = 2; i <= 9; ++i) {
    const Applicant node = ApplicantNamed(absl::StrCat("int-node-", i), MemberKind::kSecretariat, "INT");
    EXPECT_EQ(Judged(network_.AdmissionOf(node), network_.approvers()), "") << i;
  }
  const Applicant tenth = ApplicantNamed("int-node-10", MemberKind::kSecretariat, "INT");
  EXPECT_THAT(Judged(network_.AdmissionOf(tenth), network_.approvers()), HasSubstr("at most 9 nodes"));
}

TEST_F(MemberRulesTest, WhatWasUsedOnceIsNeverUsedAgain) {
  ASSERT_EQ(Judged(Recommended(espoo_)), "");
  Applicant turku = CityNamed("fi-turku", "FIN");
  turku.application.slug = "fi-espoo";
  EXPECT_THAT(Judged(Recommended(turku)), HasSubstr("slug has been used"));

  turku = CityNamed("fi-turku", "FIN");
  turku.writer = espoo_.writer;
  turku.application.writer = espoo_.writer->public_key();
  EXPECT_THAT(Judged(Recommended(turku)), HasSubstr("writer key has been used"));

  turku = CityNamed("fi-turku", "FIN");
  turku.tls = espoo_.tls;
  turku.application.tls = PublicKeysOf(espoo_.tls);
  EXPECT_THAT(Judged(Recommended(turku)), HasSubstr("belonged to another member"));

  EXPECT_EQ(Judged(Recommended(CityNamed("fi-turku", "FIN"))), "");
}

TEST_F(MemberRulesTest, TheRostersOwnKeyIsNoMembersKey) {
  espoo_.writer = network_.writer();
  espoo_.application.writer = network_.writer()->public_key();
  EXPECT_THAT(Judged(Recommended(espoo_)), HasSubstr("writer key has been used"));
}

TEST_F(MemberRulesTest, AKeyThatSignsStatementsIsNoMembersKey) {
  const Applicant expert = SignerNamed("expert", KeyRole::kExpert, "INT");
  const KeyGrant grant{KeyRole::kExpert, network_.Apply(expert), std::nullopt};
  ASSERT_EQ(Verdict(network_, {roster_kind::kKey, Encode(grant), network_.approvers(), {}}), "");
  espoo_.writer = expert.writer;
  espoo_.application.writer = expert.writer->public_key();
  EXPECT_THAT(Judged(Recommended(espoo_)), HasSubstr("writer key has been used"));
}

TEST_F(MemberRulesTest, TheApplicationIsSignedByItsWriterKey) {
  MemberAdd add = Recommended(espoo_);
  add.application.signature.data()[5] ^= 1;
  EXPECT_THAT(Judged(add), HasSubstr("not signed by its writer key"));
  add = Recommended(espoo_);
  add.application = network_.Signed(StatementType::kApplication, *KeyNamed("nobody"), add.application.body);
  EXPECT_THAT(Judged(add), HasSubstr("not signed by its writer key"));
  add.application = network_.Signed(StatementType::kConsent, *espoo_.writer, add.application.body);
  EXPECT_THAT(Judged(add), HasSubstr("not signed by its writer key"));
}

TEST_F(MemberRulesTest, AnApplicationToAnotherNetworkIsVoid) {
  MemberAdd add = Recommended(espoo_);
  const Network elsewhere = Network::Founded({.root_keys = 2});
  add.application = elsewhere.Apply(espoo_);
  EXPECT_THAT(Judged(add), HasSubstr("not signed by its writer key"));
}

TEST_F(MemberRulesTest, EveryTlsKeyProvesItself) {
  espoo_.tls.push_back(KeyNamed("espoo second tls"));
  espoo_.application.tls = PublicKeysOf(espoo_.tls);
  const MemberAdd good = Recommended(espoo_);
  MemberAdd add = good;
  add.possession.pop_back();
  EXPECT_THAT(Judged(add), HasSubstr("possession"));
  add.possession.clear();
  EXPECT_THAT(Judged(add), HasSubstr("possession"));
  add = good;
  std::swap(add.possession[0], add.possession[1]);
  EXPECT_THAT(Judged(add), HasSubstr("possession"));
  add = good;
  add.possession[1].signature = add.possession[0].signature;
  EXPECT_THAT(Judged(add), HasSubstr("possession"));
  add = good;
  add.possession[1] = network_.Possession(add.application.body, {KeyNamed("another key")})[0];
  EXPECT_THAT(Judged(add), HasSubstr("possession"));
  add = good;
  add.possession = network_.Possession("another body", espoo_.tls);
  EXPECT_THAT(Judged(add), HasSubstr("possession"));
  add.possession = good.possession;
  EXPECT_EQ(Judged(add), "");
}

TEST_F(MemberRulesTest, OneOrTwoTlsKeysAndNoTwoTheSame) {
  espoo_.tls = {KeyNamed("t"), KeyNamed("t")};
  espoo_.application.tls = PublicKeysOf(espoo_.tls);
  EXPECT_THAT(Judged(Recommended(espoo_)), HasSubstr("twice"));
  espoo_.tls = {KeyNamed("t1"), KeyNamed("t2"), KeyNamed("t3")};
  espoo_.application.tls = PublicKeysOf(espoo_.tls);
  EXPECT_THAT(Judged(Recommended(espoo_)), HasSubstr("a node shows one or two TLS keys"));
  espoo_.tls = {};
  espoo_.application.tls = {};
  EXPECT_THAT(Judged(Recommended(espoo_)), HasSubstr("a node shows one or two TLS keys"));
}

TEST_F(MemberRulesTest, AKeyOfSmallOrderIsVoidThoughItsSignatureCouldBeForged) {
  // R the identity and S zero verify under a small-order key, if the verifier is careless.
  const Signature forged = *Signature::From(Bytes("\1", 1) + Bytes(63, '\0'));
  Applicant writer = espoo_;
  writer.application.writer = kSmallOrder;
  MemberAdd add = Recommended(writer);
  add.application.signer = kSmallOrder;
  add.application.signature = forged;
  EXPECT_NE(Judged(add), "");
  Applicant tls = espoo_;
  tls.application.tls = {kSmallOrder};
  add = Recommended(tls);
  add.possession = {{kSmallOrder, forged}};
  EXPECT_THAT(Judged(add), HasSubstr("not a valid Ed25519 point"));
  EXPECT_EQ(Judged(Recommended(espoo_)), "");
}

TEST_F(MemberRulesTest, AuthoritiesAndFurtherSecretariatNodesNeedOfficers) {
  const Applicant germany = AuthorityOf("DEU");
  const Applicant second_hub = ApplicantNamed("int-second", MemberKind::kSecretariat, "INT");
  for (const Applicant* applicant : {&germany, &second_hub}) {
    const MemberAdd add = network_.AdmissionOf(*applicant);
    EXPECT_THAT(Judged(add), HasSubstr("needs 2 officers' approvals and has 0"));
    EXPECT_THAT(Judged(add, {network_.officers()[0]}), HasSubstr("has 1"));
    EXPECT_THAT(Judged(add, {network_.officers()[1], network_.officers()[1]}), HasSubstr("has 1"));
    EXPECT_EQ(Judged(add, {network_.officers()[1], network_.officers()[2]}), "");
  }
}

TEST_F(MemberRulesTest, AnAuthorityIsOfOneCountry) {
  EXPECT_THAT(Judged(network_.AdmissionOf(AuthorityOf("INT")), network_.approvers()), HasSubstr("one country"));
}

TEST_F(MemberRulesTest, APartnerNeedsNeitherOfficersNorARecommendation) {
  EXPECT_EQ(Judged(network_.AdmissionOf(Partner("int-foundation"))), "");
  EXPECT_FALSE(network_.roster().state().Find("int-foundation")->recommended_by.has_value());
}

TEST_F(MemberRulesTest, AKeyThatOnlySignsStatementsIsNoMember) {
  Applicant expert = SignerNamed("expert", KeyRole::kExpert, "INT");
  EXPECT_NE(Judged(network_.AdmissionOf(expert), network_.approvers()), "");
  expert.tls = {KeyNamed("expert tls")};
  expert.application.tls = PublicKeysOf(expert.tls);
  EXPECT_THAT(Judged(network_.AdmissionOf(expert), network_.approvers()), HasSubstr("not for a kind of member"));
}

TEST_F(MemberRulesTest, WhatAnApplicationSaysMustBeWellFormed) {
  struct Case {
    const char* what;
    std::function<void(Application&)> change;
  };
  const std::vector<Case> cases = {
      {"no slug", [](Application& a) { a.slug = ""; }},
      {"capitals in a slug", [](Application& a) { a.slug = "FI-espoo"; }},
      {"two hyphens", [](Application& a) { a.slug = "fi--espoo"; }},
      {"hyphen first", [](Application& a) { a.slug = "-fi"; }},
      {"hyphen last", [](Application& a) { a.slug = "fi-"; }},
      {"slug of 64", [](Application& a) { a.slug = std::string(64, 'a'); }},
      {"slug with a dot", [](Application& a) { a.slug = "fi.espoo"; }},
      {"no name", [](Application& a) { a.name = ""; }},
      {"a control character", [](Application& a) { a.name = "Espoo\n"; }},
      {"a name too long", [](Application& a) { a.name = std::string(801, 'a'); }},
      {"a translated name without language",
       [](Application& a) {
         a.names = {{"", "Esbo"}};
       }},
      {"21 names",
       [](Application& a) {
         a.names.assign(21, {"sv", "Esbo"});
       }},
      {"a country of two letters", [](Application& a) { a.country = "FI"; }},
      {"small letters", [](Application& a) { a.country = "fin"; }},
      {"9 endpoints", [](Application& a) { a.endpoints.assign(9, "h:1"); }},
      {"an empty endpoint", [](Application& a) { a.endpoints = {""}; }},
      {"a nonce of 15 bytes", [](Application& a) { a.nonce.pop_back(); }},
      {"a role beside a kind", [](Application& a) { a.key_role = KeyRole::kExpert; }},
  };
  for (const Case& wrong : cases) {
    Applicant partner = Partner("int-foundation");
    wrong.change(partner.application);
    EXPECT_NE(Judged(network_.AdmissionOf(partner)), "") << wrong.what;
  }
  Applicant partner = Partner("int-foundation");
  partner.application.slug = std::string(63, 'a');
  partner.application.name = std::string(800, 'a');
  partner.application.endpoints.assign(8, "h:1");
  EXPECT_EQ(Judged(network_.AdmissionOf(partner)), "");
}

// Members' names are shown, written as JSON and sent on: what is not UTF-8 would stop those who do.
TEST_F(MemberRulesTest, ANameThatIsNotUtf8IsVoid) {
  for (const char* name : {"Esp\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf"}) {
    Applicant partner = Partner("int-foundation");
    partner.application.name = name;
    EXPECT_NE(Judged(network_.AdmissionOf(partner)), "") << ToHex(name);
  }
}

}  // namespace
}  // namespace hansa::replication
