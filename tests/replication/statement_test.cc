// Statements: signed for one network, one purpose and one body, and worth nothing for any other.
#include "replication/statement.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using testing::KeyNamed;
using testing::Random;
using testing::RecordNamed;

const Crypto& crypto() { return SodiumCrypto(); }
NetworkId NetworkNamed(const std::string& label) { return *NetworkId::From(Random(label).view().substr(0, 16)); }

constexpr StatementType kAllTypes[] = {
    StatementType::kApplication,    StatementType::kTlsPossession, StatementType::kRecommendation,
    StatementType::kConsent,        StatementType::kApproval,      StatementType::kRating,
    StatementType::kSurveyDelivery, StatementType::kAcceptance,    StatementType::kWriterPossession};

TEST(StatementTest, HoldsForItsOwnTypeAlone) {
  const NetworkId network = NetworkNamed("one");
  for (const StatementType type : kAllTypes) {
    const Statement statement = SignStatement(crypto(), network, type, *KeyNamed("signer"), "the body");
    EXPECT_EQ(statement.signer, KeyNamed("signer")->public_key());
    EXPECT_EQ(statement.body, "the body");
    for (const StatementType asked : kAllTypes) {
      EXPECT_EQ(IsSigned(crypto(), network, asked, statement), asked == type);
    }
  }
}

TEST(StatementTest, HoldsForItsOwnNetworkSignerBodyAndSignatureAlone) {
  const NetworkId network = NetworkNamed("one");
  const StatementType type = StatementType::kRecommendation;
  const Statement good = SignStatement(crypto(), network, type, *KeyNamed("signer"), "the body");
  ASSERT_TRUE(IsSigned(crypto(), network, type, good));
  EXPECT_FALSE(IsSigned(crypto(), NetworkNamed("two"), type, good));
  Statement other = good;
  other.body += ".";
  EXPECT_FALSE(IsSigned(crypto(), network, type, other));
  other = good;
  other.signer = KeyNamed("somebody else")->public_key();
  EXPECT_FALSE(IsSigned(crypto(), network, type, other));
  for (std::size_t bit = 0; bit < Signature::kSize * 8; ++bit) {
    other = good;
    other.signature.data()[bit / 8] = static_cast<std::uint8_t>(good.signature[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(IsSigned(crypto(), network, type, other)) << bit;
  }
}

TEST(ApprovalBodyTest, BindsKindNonceAndContent) {
  const Bytes body = ApprovalBody(crypto(), roster_kind::kPolicy, RecordNamed("one"), "content");
  EXPECT_EQ(body.size(), 2u + 16u + 32u);
  const std::set<Bytes> all = {body, ApprovalBody(crypto(), roster_kind::kMemberAdd, RecordNamed("one"), "content"),
                               ApprovalBody(crypto(), roster_kind::kPolicy, RecordNamed("two"), "content"),
                               ApprovalBody(crypto(), roster_kind::kPolicy, RecordNamed("one"), "other content")};
  EXPECT_EQ(all.size(), 4u);
}

TEST(TagTest, StandsInFrontPaddedWithNul) {
  const Bytes body = Tagged(kConsentTag, "message");
  EXPECT_EQ(body, Bytes("hansa/consent/1\0message", 23));
  EXPECT_TRUE(HasTag(kConsentTag, body));
  EXPECT_EQ(WithoutTag(body), "message");
  EXPECT_TRUE(HasTag(kApplicationTag, Tagged(kApplicationTag, "")));
}

TEST(TagTest, AnotherTagOrTooFewBytesAreNoTag) {
  const Bytes body = Tagged(kConsentTag, "message");
  EXPECT_FALSE(HasTag(kKeyConsentTag, body));
  EXPECT_FALSE(HasTag("hansa/consent/", body));
  EXPECT_FALSE(HasTag(kConsentTag, BytesView(body).substr(0, 15)));
  EXPECT_EQ(WithoutTag("short"), "");
}

}  // namespace
}  // namespace hansa::replication
