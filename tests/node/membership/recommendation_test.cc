// Recommendations, deferrals and grants: who may give them, and that each is only what it is.
#include "node/membership/recommendation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "node/membership/grant.h"
#include "tests/node/membership/altered.h"
#include "tests/node/membership/fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::Alterations;
using hansa::testing::IsOk;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;

constexpr char kReason[] = "It has a learning council since 2015.";

class RecommendationTest : public ::testing::Test {
 protected:
  Network network_;
  std::string authority_ = network_.SetUp("authority", "gb-natcom", "GBR");
  std::string bristol_ = Network::Apply(network_.SetUp("city", "gb-bristol", "GBR"));
};

TEST_F(RecommendationTest, NamesTheApplicationAndHashesTheReason) {
  const std::string bytes = Must(Recommend({authority_, bristol_, kReason}));
  const RecommendationFile file = Must(ReadRecommendation(bytes, network_.id()));
  EXPECT_EQ(file.recommendation.application_hash, HashOf(Must(ReadApplication(bristol_, network_.id()))));
  EXPECT_EQ(file.recommendation.slug, "gb-bristol");
  EXPECT_EQ(file.recommendation.country, "GBR");
  ASSERT_TRUE(file.reason);
  EXPECT_EQ(file.reason->text, kReason);
  EXPECT_EQ(file.recommendation.reason_hash, replication::SodiumCrypto().Sha256(file.reason->salt.str() + kReason));
  EXPECT_FALSE(absl::StrContains(file.statement.body, "council"));
  EXPECT_EQ(file.statement.signer,
            replication::SodiumSigner(Must(ReadKey(NodePaths(authority_).writer_key)))->public_key());
}

TEST_F(RecommendationTest, OnlyCitiesOfTheAuthoritysOwnCountry) {
  const std::string bonn = Network::Apply(network_.SetUp("city", "de-bonn", "DEU"));
  for (const auto& opinion : {Recommend, Defer}) {
    EXPECT_THAT(
        opinion({authority_, bonn, kReason}),
        StatusIs(absl::StatusCode::kFailedPrecondition, "de-bonn is a city of DEU and gb-natcom speaks for GBR"));
  }
}

TEST_F(RecommendationTest, OnlyAuthoritiesAndTheirOfficersGiveThem) {
  for (const char* kind : {"city", "partner", "expert"}) {
    const std::string folder = network_.SetUp(kind, absl::StrCat("gb-a-", kind), "GBR");
    EXPECT_THAT(Recommend({folder, bristol_, kReason}),
                StatusIs(absl::StatusCode::kFailedPrecondition, "no national authority"));
  }
  const std::string officer = network_.SetUp("authority-officer", "gb-officer", "GBR");
  EXPECT_THAT(Recommend({officer, bristol_, kReason}), IsOk());
}

TEST_F(RecommendationTest, OnlyCitiesAreRecommended) {
  const std::string partner = Network::Apply(network_.SetUp("partner", "gb-library", "GBR"));
  EXPECT_THAT(Recommend({authority_, partner, kReason}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "only cities"));
}

TEST_F(RecommendationTest, NeedsAReasonThatCanBeShown) {
  for (const char* reason : {"", " \n", "a\u202eb", "\xff"}) {
    EXPECT_THAT(Recommend({authority_, bristol_, reason}), StatusIs(absl::StatusCode::kInvalidArgument, "reason"));
  }
}

TEST_F(RecommendationTest, AnAlteredApplicationIsNotRecommended) {
  nlohmann::json file = nlohmann::json::parse(bristol_);
  file["name"] = "Bath";
  EXPECT_THAT(Recommend({authority_, file.dump(), kReason}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "altered"));
}

TEST_F(RecommendationTest, NoAlteredFileIsAccepted) {
  int tried = 0;
  for (const auto& file : Alterations(Must(Recommend({authority_, bristol_, kReason})))) {
    EXPECT_FALSE(ReadRecommendation(file.bytes, network_.id()).ok()) << file.how;
    ++tried;
  }
  for (const auto& file : Alterations(Must(Defer({authority_, bristol_, kReason})))) {
    EXPECT_FALSE(ReadDeferral(file.bytes, network_.id()).ok()) << file.how;
    ++tried;
  }
  EXPECT_GT(tried, 800);
}

TEST_F(RecommendationTest, TheReasonMayBeTakenOutOfTheFile) {
  nlohmann::json file = nlohmann::json::parse(Must(Recommend({authority_, bristol_, kReason})));
  file.erase("reason");
  EXPECT_THAT(ReadRecommendation(file.dump(), network_.id()), IsOk());
}

TEST_F(RecommendationTest, RubbishIsRefused) {
  for (const auto& file : Rubbish()) {
    EXPECT_THAT(ReadRecommendation(file.bytes, network_.id()), StatusIs(absl::StatusCode::kInvalidArgument))
        << file.how;
    EXPECT_THAT(ReadDeferral(file.bytes, network_.id()), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
    EXPECT_THAT(ReadGrant(file.bytes, network_.id()), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
  }
}

TEST_F(RecommendationTest, ADeferralIsReadAsItWasGiven) {
  const DeferralFile file = Must(ReadDeferral(Must(Defer({authority_, bristol_, kReason})), network_.id()));
  EXPECT_EQ(file.deferral.application_hash, HashOf(Must(ReadApplication(bristol_, network_.id()))));
  EXPECT_EQ(file.deferral.slug, "gb-bristol");
  EXPECT_EQ(file.deferral.country, "GBR");
  EXPECT_EQ(file.reason->text, kReason);
}

TEST_F(RecommendationTest, ADeferralIsNoRecommendationWhateverTheFileCallsItself) {
  const std::string deferral = Must(Defer({authority_, bristol_, kReason}));
  EXPECT_THAT(ReadRecommendation(deferral, network_.id()),
              StatusIs(absl::StatusCode::kInvalidArgument, "it says it is 'deferral'"));
  const std::string relabelled = absl::StrReplaceAll(deferral, {{"\"deferral\"", "\"recommendation\""}});
  EXPECT_THAT(ReadRecommendation(relabelled, network_.id()),
              StatusIs(absl::StatusCode::kInvalidArgument, "hansa/recomm/1"));
  EXPECT_FALSE(replication::DecodeRecommendation(Must(ReadDeferral(deferral, network_.id())).statement.body).ok());
}

TEST_F(RecommendationTest, ARecommendationIsNoDeferral) {
  const std::string bytes = Must(Recommend({authority_, bristol_, kReason}));
  const std::string relabelled = absl::StrReplaceAll(bytes, {{"\"recommendation\"", "\"deferral\""}});
  EXPECT_THAT(ReadDeferral(relabelled, network_.id()), StatusIs(absl::StatusCode::kInvalidArgument, "not a deferral"));
}

TEST_F(RecommendationTest, ABodyOfADeferralThatIsCutShortIsNone) {
  const replication::Bytes body = Encode(Deferral{{}, {}, "GBR", "gb-bristol"});
  EXPECT_THAT(DecodeDeferral(body), IsOk());
  for (std::size_t size = 0; size <= 16 + 32 + 32 + 3; ++size) {
    EXPECT_FALSE(DecodeDeferral(body.substr(0, size)).ok()) << size;
  }
}

TEST_F(RecommendationTest, OnlyTheAuthorityGrantsOfficersAndOnlyOfItsCountry) {
  const std::string officer = Network::Apply(network_.SetUp("authority-officer", "gb-officer", "GBR"));
  const replication::Member number(10);
  const std::string grant = Must(GrantOfficer({authority_, officer, number}));
  EXPECT_EQ(Must(ReadGrant(grant, network_.id())).consent.authority, number);
  for (const auto& file : Alterations(grant, {"slug"})) {
    EXPECT_FALSE(ReadGrant(file.bytes, network_.id()).ok()) << file.how;
  }
  EXPECT_THAT(GrantOfficer({authority_, bristol_, number}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "does not apply as"));
  const std::string german = Network::Apply(network_.SetUp("authority-officer", "de-officer", "DEU"));
  EXPECT_THAT(GrantOfficer({authority_, german, number}), StatusIs(absl::StatusCode::kFailedPrecondition, "of GBR"));
  EXPECT_THAT(GrantOfficer({network_.folder() / "gb-officer", officer, number}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "no national authority"));
}

}  // namespace
}  // namespace hansa::node::membership
