// The roster's messages: what goes in comes out, and what has not their form is refused when it is read.
#include "replication/roster_messages.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using testing::AuthorityOf;
using testing::CityNamed;
using ::testing::Eq;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::KeyNamed;
using testing::Must;
using testing::Network;
using testing::Random;
using testing::SignerNamed;
using testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

TEST(MemberKindTest, NamesLeadBackToTheirKind) {
  for (const MemberKind kind :
       {MemberKind::kSecretariat, MemberKind::kCity, MemberKind::kAuthority, MemberKind::kPartner}) {
    EXPECT_EQ(MemberKindNamed(MemberKindName(kind)), kind);
  }
  EXPECT_FALSE(MemberKindNamed("roster").has_value());
  EXPECT_FALSE(MemberKindNamed("").has_value());
  EXPECT_FALSE(MemberKindNamed("City").has_value());
}

TEST(RosterPayloadTest, HoldsAtMostSixteenApprovals) {
  RosterPayload payload{"body", {}};
  payload.approvals.assign(16, {KeyNamed("officer")->public_key(), Signature()});
  const absl::StatusOr<RosterPayload> back = DecodeRosterPayload(Encode(payload));
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->body, "body");
  EXPECT_EQ(back->approvals, payload.approvals);
  payload.approvals.push_back(payload.approvals[0]);
  EXPECT_THAT(DecodeRosterPayload(Encode(payload)), StatusIs(kInvalid, "more than 16"));
}

TEST(ApplicationTest, ComesBackAsItWentIn) {
  Application application = CityNamed("fi-espoo", "FIN").application;
  application.names = {{"sv", "Esbo"}, {"ko", "\xEB\xA7\x9D"}};
  application.endpoints = {"espoo.example:7400"};
  application.endorsement_hash = Random("mayor");
  EXPECT_THAT(DecodeApplication(Encode(application)), IsOkAndHolds(Eq(application)));
  const Application expert = SignerNamed("expert", KeyRole::kExpert, "INT").application;
  EXPECT_THAT(DecodeApplication(Encode(expert)), IsOkAndHolds(Eq(expert)));
}

TEST(ApplicationTest, IsReadUnderItsOwnTagAlone) {
  const Bytes body = Encode(CityNamed("fi-espoo", "FIN").application);
  EXPECT_THAT(DecodeApplication(WithoutTag(body)), StatusIs(kInvalid, "tag"));
  EXPECT_THAT(DecodeApplication(Tagged(kConsentTag, WithoutTag(body))), StatusIs(kInvalid, "tag"));
  EXPECT_THAT(DecodeApplication(""), StatusIs(kInvalid, "tag"));
  EXPECT_THAT(DecodeConsent(body), StatusIs(kInvalid, "tag"));
  EXPECT_THAT(DecodeKeyConsent(body), StatusIs(kInvalid, "tag"));
  EXPECT_THAT(DecodeRecommendation(body), StatusIs(kInvalid, "tag"));
}

TEST(ApplicationTest, AKindOrRoleOfTheFutureIsRefused) {
  Application application = CityNamed("fi-espoo", "FIN").application;
  application.kind = static_cast<MemberKind>(5);
  EXPECT_THAT(DecodeApplication(Encode(application)), StatusIs(kInvalid, "does not know"));
  application = SignerNamed("expert", static_cast<KeyRole>(4), "INT").application;
  EXPECT_THAT(DecodeApplication(Encode(application)), StatusIs(kInvalid, "does not know"));
}

// Behind a good message, by hand: a key of 31 bytes in place of the one before.
TEST(ApplicationTest, KeysHaveTheirLength) {
  const Bytes body = Encode(CityNamed("fi-espoo", "FIN").application);
  const Bytes short_value = "\x1f" + Bytes(31, 'x');
  for (const char field : {'\x3a', '\x42', '\x4a'}) {  // writer, a TLS key, the endorsement's hash
    EXPECT_THAT(DecodeApplication(body + field + short_value), StatusIs(kInvalid, "wrong length")) << +field;
  }
}

TEST(PolicyTest, HoldsAtMost1024RightsOfKindsThatExist) {
  Policy policy;
  policy.rights.assign(1024, {MemberKind::kCity, Collection(2), Sequence(1)});
  EXPECT_THAT(DecodePolicy(Encode(policy)), IsOk());
  policy.rights.push_back(policy.rights[0]);
  EXPECT_THAT(DecodePolicy(Encode(policy)), StatusIs(kInvalid, "1,024"));
  policy.rights = {{static_cast<MemberKind>(5), Collection(2), Sequence(1)}};
  EXPECT_THAT(DecodePolicy(Encode(policy)), StatusIs(kInvalid, "does not exist"));
}

TEST(MemberAddTest, TheRegionIsShortTextOrNothing) {
  const Network network = Network::Founded();
  MemberAdd add = network.AdmissionOf(AuthorityOf("FIN"));
  for (const std::string& region : {std::string(), std::string("EUR"), std::string(100, 'x')}) {
    add.region = region;
    EXPECT_EQ(Must(DecodeMemberAdd(Encode(add))).region, region);
  }
  for (const std::string& region : {std::string(101, 'x'), std::string("EUR\n")}) {
    add.region = region;
    EXPECT_THAT(DecodeMemberAdd(Encode(add)), StatusIs(kInvalid, "region"));
  }
}

TEST(KeyGrantTest, ARoleOfTheFutureIsRefused) {
  const Network network = Network::Founded();
  KeyGrant grant{KeyRole::kExpert, network.Apply(SignerNamed("expert", KeyRole::kExpert, "INT")), std::nullopt};
  EXPECT_EQ(Must(DecodeKeyGrant(Encode(grant))).application, grant.application);
  grant.role = static_cast<KeyRole>(4);
  EXPECT_THAT(DecodeKeyGrant(Encode(grant)), StatusIs(kInvalid, "does not know"));
}

TEST(RubbishTest, IsNoMessage) {
  const Bytes rubbish = "\xff\xff\xff";
  EXPECT_THAT(DecodeRosterPayload(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodePolicy(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeMemberAdd(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeNewIncarnation(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeKeyGrant(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeFramework(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeNetworkInfo(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeApplication(Tagged(kApplicationTag, rubbish)), StatusIs(kInvalid));
}

TEST(PinsHashTest, DependsOnTheOrder) {
  const PublicKey a = KeyNamed("a")->public_key();
  const PublicKey b = KeyNamed("b")->public_key();
  EXPECT_NE(PinsHash(SodiumCrypto(), {a, b}), PinsHash(SodiumCrypto(), {b, a}));
  EXPECT_NE(PinsHash(SodiumCrypto(), {a}), PinsHash(SodiumCrypto(), {a, a}));
}

}  // namespace
}  // namespace hansa::replication
