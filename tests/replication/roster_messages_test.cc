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

TEST(MemberUpdateTest, ComesBackAsItWentIn) {
  const Network network = Network::Founded();
  MemberUpdate update = network.TlsUpdate(Member(11), testing::KeysNamed("tls", 2), KeyNamed("writer"));
  update.name = "Espoo";
  update.names = {{"sv", "Esbo"}};
  update.region = "EUR";
  update.endpoints = std::vector<std::string>{"espoo.example:7400"};
  const MemberUpdate back = Must(DecodeMemberUpdate(Encode(update)));
  EXPECT_EQ(back.member, update.member);
  EXPECT_EQ(back.name, update.name);
  EXPECT_EQ(back.names, update.names);
  EXPECT_EQ(back.region, update.region);
  EXPECT_EQ(back.endpoints, update.endpoints);
  EXPECT_EQ(back.tls, update.tls);
  EXPECT_EQ(back.consent, update.consent);
  EXPECT_EQ(back.possession, update.possession);
}

TEST(MemberUpdateTest, TellsNoEndpointsFromAnEmptyList) {
  MemberUpdate update{Member(11)};
  EXPECT_FALSE(Must(DecodeMemberUpdate(Encode(update))).endpoints.has_value());
  update.endpoints.emplace();
  EXPECT_TRUE(Must(DecodeMemberUpdate(Encode(update))).endpoints.has_value());
  const Bytes not_given = Encode(MemberUpdate{Member(11)}) + "\x2a\x03" + "a:1";
  EXPECT_THAT(DecodeMemberUpdate(not_given), StatusIs(kInvalid, "does not give"));
}

TEST(SealListTest, ComesBackWithAndWithoutItsConsent) {
  const Network network = Network::Founded();
  SealList list{Member(11), Incarnation(2), {}, std::nullopt};
  list.seals.push_back(network.SealOf(Member(11), 2, Collection(1), *KeyNamed("writer"), 7, "head"));
  list.seals.push_back(network.SealOf(Member(11), 2, Collection(255), *KeyNamed("writer"), 1, "head"));
  const SealList consented = network.Consented(list, KeyNamed("writer"));
  const SealList back = Must(DecodeSealList(Encode(consented)));
  EXPECT_EQ(back.member, list.member);
  EXPECT_EQ(back.incarnation, list.incarnation);
  EXPECT_EQ(back.seals, list.seals);
  EXPECT_EQ(back.consent, consented.consent);
  EXPECT_FALSE(Must(DecodeSealList(Encode(list))).consent.has_value());
  EXPECT_EQ(SealConsentBody(consented), SealConsentBody(list)) << "a consent is not about itself";
  EXPECT_EQ(Must(DecodeSealConsent(SealConsentBody(list))).seals, list.seals);
  EXPECT_THAT(DecodeSealConsent(Encode(list)), StatusIs(kInvalid, "tag"));
}

TEST(SealListTest, HeadsAndSignaturesHaveTheirLength) {
  const Bytes list = Encode(SealList{Member(11), Incarnation(2), {}, std::nullopt});
  const auto with_seal = [&](const Bytes& seal) {
    return DecodeSealList(list + "\x1a" + static_cast<char>(seal.size()) + seal);
  };
  const Bytes place("\x08\x02\x10\x01", 4);
  const Bytes head = "\x1a\x20" + Bytes(32, 'h');
  EXPECT_THAT(with_seal(place + head + "\x22\x40" + Bytes(64, 's')), IsOk());
  EXPECT_THAT(with_seal(place + head + "\x22\x3f" + Bytes(63, 's')), StatusIs(kInvalid, "wrong length"));
  EXPECT_THAT(with_seal(place + head), StatusIs(kInvalid, "wrong length")) << "the author's signature is never absent";
  EXPECT_THAT(with_seal(place + "\x1a\x1f" + Bytes(31, 'h') + "\x22\x40" + Bytes(64, 's')),
              StatusIs(kInvalid, "wrong length"));
}

TEST(RevokeTest, ComesBackAsItWentIn) {
  const Network network = Network::Founded();
  const Revoke revoke{Member(11),
                      RevokeReason::kCompromised,
                      {network.SealOf(Member(11), 1, Collection(2), *KeyNamed("writer"), 7, "head")}};
  const Revoke back = Must(DecodeRevoke(Encode(revoke)));
  EXPECT_EQ(back.member, revoke.member);
  EXPECT_EQ(back.reason, revoke.reason);
  EXPECT_EQ(back.seals, revoke.seals);
}

TEST(StandingTest, ComesBackAsItWentIn) {
  EXPECT_EQ(Must(DecodeStanding(Encode(Standing{Member(11), "why"}))).note, "why");
  EXPECT_EQ(Must(DecodeStanding(Encode(Standing{Member(11), ""}))).member, Member(11));
}

TEST(SchemaInfoTest, ComesBackAsItWentInAndNamesAKindThatExists) {
  const SchemaInfo schema{Kind(65535), 7, "descriptors", "hansa.v1.Sensor"};
  EXPECT_THAT(DecodeSchemaInfo(Encode(schema)), IsOkAndHolds(Eq(schema)));
  const Bytes beyond("\x08\x80\x80\x04", 4);  // kind, or version, 65,536
  EXPECT_THAT(DecodeSchemaInfo(Encode(schema) + beyond), StatusIs(kInvalid, "does not exist"));
  EXPECT_THAT(DecodeSchemaInfo(Encode(schema) + "\x10" + beyond.substr(1)), StatusIs(kInvalid, "does not exist"));
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
  EXPECT_THAT(DecodeMemberUpdate(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeSealList(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeSealConsent(Tagged(kSealTag, rubbish)), StatusIs(kInvalid));
  EXPECT_THAT(DecodeRevoke(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeStanding(rubbish), StatusIs(kInvalid));
  EXPECT_THAT(DecodeSchemaInfo(rubbish), StatusIs(kInvalid));
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
