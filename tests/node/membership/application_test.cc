// Applications: what is signed, what stays in the file, and that no altered one is taken.
#include "node/membership/application.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
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
using replication::KeyRole;
using replication::MemberKind;

constexpr char kWords[] = "We learn.\nAll our lives.";

class ApplicationTest : public ::testing::Test {
 protected:
  Network network_;
};

TEST_F(ApplicationTest, SaysWhatTheFolderSays) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  const ApplicationFile file = Must(ReadApplication(Network::Apply(osan), network_.id()));
  EXPECT_EQ(file.application.kind, MemberKind::kCity);
  EXPECT_EQ(file.application.slug, "kr-osan");
  EXPECT_EQ(file.application.country, "KOR");
  EXPECT_EQ(file.application.name, "The one called kr-osan");
  EXPECT_EQ(file.application.writer,
            replication::SodiumSigner(Must(ReadKey(NodePaths(osan).writer_key)))->public_key());
  EXPECT_EQ(file.possession.size(), 1u);
  EXPECT_FALSE(file.mayor);
  EXPECT_FALSE(file.application.endorsement_hash);
}

TEST_F(ApplicationTest, EachOneIsAnother) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  EXPECT_NE(HashOf(Must(ReadApplication(Network::Apply(osan), network_.id()))),
            HashOf(Must(ReadApplication(Network::Apply(osan), network_.id()))));
}

TEST_F(ApplicationTest, TheMayorsWordsStayInTheFileAndTheirHashIsSigned) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  const ApplicationFile file = Must(ReadApplication(Network::Apply(osan, kWords), network_.id()));
  ASSERT_TRUE(file.mayor);
  EXPECT_EQ(file.mayor->text, kWords);
  EXPECT_EQ(file.application.endorsement_hash, replication::SodiumCrypto().Sha256(file.mayor->salt.str() + kWords));
  EXPECT_FALSE(absl::StrContains(file.statement.body, "learn"));
}

TEST_F(ApplicationTest, TheMayorsWordsMayBeTakenOutOfTheFileButNotChanged) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  nlohmann::json file = nlohmann::json::parse(Network::Apply(osan, kWords));
  file["mayor"]["text"] = "We do not learn.";
  EXPECT_THAT(ReadApplication(file.dump(), network_.id()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "mayor's words"));
  file.erase("mayor");
  EXPECT_THAT(ReadApplication(file.dump(), network_.id()), IsOk());
}

TEST_F(ApplicationTest, OnlyACityHasAMayor) {
  const std::string partner = network_.SetUp("partner", "kr-library", "KOR");
  EXPECT_THAT(MakeApplication({.folder = partner, .mayor = kWords}),
              StatusIs(absl::StatusCode::kInvalidArgument, "no city"));
}

TEST_F(ApplicationTest, WordsThatCannotBeShownAreRefused) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  EXPECT_THAT(MakeApplication({.folder = osan, .mayor = "a\u202eb"}),
              StatusIs(absl::StatusCode::kInvalidArgument, "mayor's words"));
  EXPECT_THAT(MakeApplication({.folder = osan, .mayor = std::string(10'001, 'x')}),
              StatusIs(absl::StatusCode::kInvalidArgument, "10000 characters"));
}

TEST_F(ApplicationTest, TheNameOfAnExpertIsInTheFileAloneUnderACode) {
  for (const char* role : {"expert", "survey-agency", "authority-officer"}) {
    const std::string slug = absl::StrCat("kr-", role);
    const std::string folder = network_.SetUp(role, slug, "KOR");
    const ApplicationFile file = Must(ReadApplication(Network::Apply(folder), network_.id()));
    EXPECT_EQ(file.application.kind, MemberKind::kNotGiven);
    EXPECT_NE(file.application.key_role, KeyRole::kNotGiven);
    EXPECT_EQ(file.application.name, slug);
    EXPECT_EQ(file.application.key_code, slug);
    EXPECT_TRUE(file.application.tls.empty());
    EXPECT_FALSE(absl::StrContains(file.statement.body, "The one called"));
    ASSERT_TRUE(file.holder);
    EXPECT_EQ(file.holder->text, "The one called " + slug);
  }
}

TEST_F(ApplicationTest, NoAlteredFileIsAccepted) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  const std::string expert = network_.SetUp("expert", "kr-expert", "KOR");
  int tried = 0;
  for (const std::string& whole : {Network::Apply(osan, kWords), Network::Apply(expert)}) {
    for (const auto& file : Alterations(whole)) {
      EXPECT_FALSE(ReadApplication(file.bytes, network_.id()).ok()) << file.how;
      ++tried;
    }
  }
  EXPECT_GT(tried, 1000);
}

TEST_F(ApplicationTest, ACopyThatSaysOtherwiseThanTheSignedBodyIsNamed) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  nlohmann::json file = nlohmann::json::parse(Network::Apply(osan));
  file["slug"] = "kr-suwon";
  EXPECT_THAT(ReadApplication(file.dump(), network_.id()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "'kr-suwon' and 'kr-osan'"));
}

TEST_F(ApplicationTest, KeysThatAFutureVersionAddsArePassedOver) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  nlohmann::json file = nlohmann::json::parse(Network::Apply(osan));
  file["sent_by"] = {{"post", true}};
  EXPECT_THAT(ReadApplication(file.dump(), network_.id()), IsOk());
}

TEST_F(ApplicationTest, AnotherNetworksIsRefused) {
  const Network other;
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  const std::string file = Network::Apply(osan);
  EXPECT_THAT(ReadApplication(file, other.id()), StatusIs(absl::StatusCode::kFailedPrecondition, "is for the network"));
  const std::string relabelled = absl::StrReplaceAll(file, {{network_.id().hex(), other.id().hex()}});
  EXPECT_THAT(ReadApplication(relabelled, other.id()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "its signature is false"));
}

TEST_F(ApplicationTest, AnotherKeysSignatureUnderTheBodyIsNoApplication) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  nlohmann::json file = nlohmann::json::parse(Network::Apply(osan));
  const replication::Statement statement = SignStatement(
      replication::SodiumCrypto(), network_.id(), replication::StatementType::kApplication,
      *replication::SodiumSigner(RandomSeed()), Must(ReadApplication(file.dump(), network_.id())).statement.body);
  file["signer"] = statement.signer.hex();
  file["signature"] = statement.signature.hex();
  EXPECT_THAT(ReadApplication(file.dump(), network_.id()),
              StatusIs(absl::StatusCode::kFailedPrecondition, "not signed by the key"));
}

// Signs whatever it is told to, as a dishonest applicant could.
std::string SignedAnyhow(const Network& network, const Identity& identity) {
  const auto writer = replication::SodiumSigner(RandomSeed());
  const auto tls = replication::SodiumSigner(RandomSeed());
  const ApplicationFile file = SignApplication(network.id(), {identity, *writer, tls.get()}, std::nullopt);
  return nlohmann::json{
      {"hansa", "application"},
      {"kind", RoleOf(file.application)},
      {"slug", identity.slug},
      {"name", identity.name},
      {"country", identity.country},
      {"network", network.id().hex()},
      {"body", absl::Base64Escape(file.statement.body)},
      {"signer", file.statement.signer.hex()},
      {"signature", file.statement.signature.hex()},
      {"possession", {{{"key", file.possession[0].key.hex()}, {"sig", file.possession[0].signature.hex()}}}},
  }
      .dump();
}

TEST_F(ApplicationTest, ATruthfulSignatureDoesNotExcuseABrokenRule) {
  Identity identity{MemberKind::kCity, {}, "kr-osan", "Osan", "KOR", {}};
  EXPECT_THAT(ReadApplication(SignedAnyhow(network_, identity), network_.id()), IsOk());
  Identity prefix = identity;
  prefix.country = "DEU";
  Identity decomposed = identity;
  decomposed.name = "Ko\u0308ln";
  Identity reversed = identity;
  reversed.name = "a\u202eb";
  Identity endpoint = identity;
  endpoint.endpoints = {"http://osan"};
  Identity nowhere = identity;
  nowhere.country = "XXX";
  for (const Identity& broken : {prefix, decomposed, reversed, endpoint, nowhere}) {
    EXPECT_THAT(ReadApplication(SignedAnyhow(network_, broken), network_.id()),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << broken.name << broken.country;
  }
}

TEST_F(ApplicationTest, RubbishIsRefused) {
  for (const auto& file : Rubbish()) {
    EXPECT_THAT(ReadApplication(file.bytes, network_.id()),
                StatusIs(absl::StatusCode::kInvalidArgument, "no application file"))
        << file.how;
  }
}

TEST_F(ApplicationTest, AFolderThatWasNeverSetUpSaysWhatToRun) {
  EXPECT_THAT(MakeApplication({.folder = network_.folder() / "none", .mayor = ""}),
              StatusIs(absl::StatusCode::kNotFound, "hansa init"));
}

TEST_F(ApplicationTest, AKeyThatOthersReadIsNotUsed) {
  const std::string osan = network_.SetUp("city", "kr-osan", "KOR");
  const NodePaths paths(osan);
  for (const std::string& key : {paths.writer_key, paths.tls_key}) {
    ASSERT_EQ(chmod(key.c_str(), 0644), 0);
    EXPECT_THAT(MakeApplication({.folder = osan, .mayor = ""}),
                StatusIs(absl::StatusCode::kFailedPrecondition, "chmod 600"));
    ASSERT_EQ(chmod(key.c_str(), 0600), 0);
  }
}

}  // namespace
}  // namespace hansa::node::membership
