// KEY: keys that sign statements and write no feed. Experts and agencies by an officer, an authority's officers by
// that authority.
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
using testing::SignerNamed;

class KeyRulesTest : public ::testing::Test {
 protected:
  KeyRulesTest() {
    finland_number_ = network_.AdmitAuthority(finland_);
    italy_number_ = network_.AdmitAuthority(italy_);
  }
  std::string Judged(const KeyGrant& grant, Keys approvers = {}) {
    return Verdict(network_, {roster_kind::kKey, Encode(grant), std::move(approvers), {}});
  }
  KeyGrant GrantTo(const Applicant& applicant) const {
    return {applicant.application.key_role, network_.Apply(applicant), std::nullopt};
  }
  KeyGrant OfficerGrant(const Applicant& officer, Member authority, const testing::Key& by) const {
    KeyGrant grant = GrantTo(officer);
    const KeyConsent consent{SodiumCrypto().Sha256(grant.application.body), authority};
    grant.grant = network_.Signed(StatementType::kConsent, *by, Encode(consent));
    return grant;
  }

  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  Applicant finland_ = AuthorityOf("FIN");
  Applicant italy_ = AuthorityOf("ITA");
  Applicant expert_ = SignerNamed("expert-17", KeyRole::kExpert, "INT");
  Applicant officer_ = SignerNamed("fi-officer", KeyRole::kAuthorityOfficer, "FIN");
  Member finland_number_;
  Member italy_number_;
};

TEST_F(KeyRulesTest, ExpertsAndAgenciesNeedOneOfficer) {
  for (const KeyRole role : {KeyRole::kExpert, KeyRole::kSurveyAgency}) {
    const Applicant applicant = SignerNamed(absl::StrCat("code-", static_cast<int>(role)), role, "INT");
    EXPECT_THAT(Judged(GrantTo(applicant)), HasSubstr("needs 1 officers' approvals and has 0"));
    EXPECT_THAT(Judged(GrantTo(applicant), {KeyNamed("nobody")}), HasSubstr("has 0"));
    EXPECT_EQ(Judged(GrantTo(applicant), {network_.officers()[2]}), "");
    EXPECT_EQ(network_.roster().state().statement_keys.at(applicant.writer->public_key()).role, role);
  }
}

TEST_F(KeyRulesTest, TheRoleIsTheOneAppliedFor) {
  KeyGrant grant = GrantTo(expert_);
  grant.role = KeyRole::kSurveyAgency;
  EXPECT_THAT(Judged(grant, network_.approvers()), HasSubstr("did not apply for this role"));
  grant.role = KeyRole::kNotGiven;
  EXPECT_THAT(Judged(grant, network_.approvers()), HasSubstr("did not apply for this role"));
  const KeyGrant member = {KeyRole::kExpert, network_.Apply(CityNamed("fi-espoo", "FIN")), std::nullopt};
  EXPECT_THAT(Judged(member, network_.approvers()), HasSubstr("did not apply for this role"));
}

TEST_F(KeyRulesTest, TheApplicationIsSignedByItsKey) {
  KeyGrant grant = GrantTo(expert_);
  grant.application.signature.data()[9] ^= 1;
  EXPECT_THAT(Judged(grant, network_.approvers()), HasSubstr("not signed by its key"));
  grant = GrantTo(expert_);
  grant.application = network_.Signed(StatementType::kApplication, *KeyNamed("nobody"), grant.application.body);
  EXPECT_THAT(Judged(grant, network_.approvers()), HasSubstr("not signed by its key"));
}

TEST_F(KeyRulesTest, AKeyThatStoodAnywhereBeforeIsVoid) {
  ASSERT_EQ(Judged(GrantTo(expert_), network_.approvers()), "");
  EXPECT_THAT(Judged(GrantTo(expert_), network_.approvers()), HasSubstr("has been used before"));
  for (const Key& used : {finland_.writer, network_.hub().writer, network_.writer()}) {
    Applicant again = SignerNamed("again", KeyRole::kExpert, "INT");
    again.writer = used;
    again.application.writer = used->public_key();
    EXPECT_THAT(Judged(GrantTo(again), network_.approvers()), HasSubstr("has been used before"));
  }
}

TEST_F(KeyRulesTest, AKeyOfSmallOrderIsVoid) {
  expert_.application.writer = *PublicKey::From(Bytes("\1", 1) + Bytes(31, '\0'));
  KeyGrant grant = GrantTo(expert_);
  grant.application.signer = expert_.application.writer;
  grant.application.signature = *Signature::From(Bytes("\1", 1) + Bytes(63, '\0'));
  EXPECT_NE(Judged(grant, network_.approvers()), "");
}

TEST_F(KeyRulesTest, AnAuthoritysOfficerNeedsThatAuthoritysGrantWhateverOfficersSay) {
  EXPECT_THAT(Judged(GrantTo(officer_), network_.officers()), HasSubstr("needs that authority's grant"));
  for (const auto& [authority, by] :
       {std::pair(italy_number_, italy_.writer), std::pair(finland_number_, italy_.writer),
        std::pair(italy_number_, finland_.writer), std::pair(Member(1), network_.hub().writer),
        std::pair(Member(99), finland_.writer)}) {
    EXPECT_THAT(Judged(OfficerGrant(officer_, authority, by)),
                HasSubstr("not by the authority of the officer's country"));
  }
  EXPECT_EQ(Judged(OfficerGrant(officer_, finland_number_, finland_.writer)), "");
}

TEST_F(KeyRulesTest, AGrantIsOverThisApplicationAlone) {
  const Applicant other = SignerNamed("fi-other", KeyRole::kAuthorityOfficer, "FIN");
  KeyGrant grant = OfficerGrant(officer_, finland_number_, finland_.writer);
  grant.grant = OfficerGrant(other, finland_number_, finland_.writer).grant;
  EXPECT_THAT(Judged(grant), HasSubstr("over this application"));
  grant = OfficerGrant(officer_, finland_number_, finland_.writer);
  grant.grant = network_.Signed(StatementType::kRecommendation, *finland_.writer, grant.grant->body);
  EXPECT_THAT(Judged(grant), HasSubstr("over this application"));
}

TEST_F(KeyRulesTest, AGrantedOfficerRecommendsCitiesOfItsCountry) {
  const auto by_officer = [&](const Applicant& city) {
    MemberAdd add = network_.AdmissionOf(city);
    add.recommendation = network_.Recommend(city, *officer_.writer, city.application.country);
    return Verdict(network_, network_.EntryOf(add));
  };
  EXPECT_THAT(by_officer(CityNamed("fi-espoo", "FIN")), HasSubstr("not by the national authority"));
  ASSERT_EQ(Judged(OfficerGrant(officer_, finland_number_, finland_.writer)), "");
  EXPECT_THAT(by_officer(CityNamed("it-turin", "ITA")), HasSubstr("not by the national authority"));
  EXPECT_EQ(by_officer(CityNamed("fi-espoo", "FIN")), "");
  EXPECT_EQ(network_.roster().state().Find("fi-espoo")->recommended_by, finland_number_);
}

// A key that was stolen may have granted officers: they end with the incarnation that granted them.
TEST_F(KeyRulesTest, AnOfficersWordEndsWithTheIncarnationThatGrantedIt) {
  ASSERT_EQ(Judged(OfficerGrant(officer_, finland_number_, finland_.writer)), "");
  const Key writer = KeyNamed("commission anew");
  const Keys tls = {KeyNamed("commission tls anew")};
  NewIncarnation fresh;
  fresh.body = Encode(Consent{finland_number_, Incarnation(2), writer->public_key(),
                              PinsHash(SodiumCrypto(), testing::PublicKeysOf(tls))});
  fresh.writer_possession = network_.Signed(StatementType::kWriterPossession, *writer, fresh.body).signature;
  fresh.possession = network_.Possession(fresh.body, tls);
  ASSERT_EQ(Verdict(network_, {roster_kind::kIncarnation, Encode(fresh), network_.approvers(), {}}), "");
  const Applicant espoo = CityNamed("fi-espoo", "FIN");
  MemberAdd add = network_.AdmissionOf(espoo);
  add.recommendation = network_.Recommend(espoo, *officer_.writer, "FIN");
  EXPECT_THAT(Verdict(network_, network_.EntryOf(add)), HasSubstr("not by the national authority of FIN"));
  const Applicant again = SignerNamed("fi-officer-anew", KeyRole::kAuthorityOfficer, "FIN");
  ASSERT_EQ(Judged(OfficerGrant(again, finland_number_, writer)), "");
  add.recommendation = network_.Recommend(espoo, *again.writer, "FIN");
  EXPECT_EQ(Verdict(network_, network_.EntryOf(add)), "");
}

TEST_F(KeyRulesTest, AnExpertRecommendsNobody) {
  Applicant expert = SignerNamed("fi-expert", KeyRole::kExpert, "FIN");
  ASSERT_EQ(Judged(GrantTo(expert), network_.approvers()), "");
  const Applicant espoo = CityNamed("fi-espoo", "FIN");
  MemberAdd add = network_.AdmissionOf(espoo);
  add.recommendation = network_.Recommend(espoo, *expert.writer, "FIN");
  EXPECT_THAT(Verdict(network_, network_.EntryOf(add)), HasSubstr("not by the national authority"));
}

TEST_F(KeyRulesTest, AStatementKeyWritesNoFeedAndOpensNoStream) {
  const std::size_t feeds = network_.roster().feeds().size();
  const std::size_t pins = network_.roster().PinsEverListed().size();
  ASSERT_EQ(Judged(GrantTo(expert_), network_.approvers()), "");
  EXPECT_EQ(network_.roster().feeds().size(), feeds);
  EXPECT_EQ(network_.roster().PinsEverListed().size(), pins);
}

}  // namespace
}  // namespace hansa::replication
