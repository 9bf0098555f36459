// What experts and agencies sign with the folder of their key, or with the key alone, and how it is read.
#include "node/membership/review_statement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "hansa/v1/reviews.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/review_reading.h"
#include "tests/node/membership/altered.h"
#include "tests/node/membership/fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::catalogue::CurrentCatalogue;
using node::membership::DeliveryGiven;
using node::membership::RatingGiven;
using node::membership::ReadDeliveryFile;
using node::membership::ReadRatingFile;
using node::membership::ReportToRate;
using ::testing::HasSubstr;

constexpr char kSurvey[] = R"({"agency": "Institute", "year": 2025, "language": "en",
  "values": [{"cell": "2.5.2/learning-to-live-together", "value": "61.4", "question": "Do you?"}]})";

class ReviewStatementTest : public ::testing::Test {
 protected:
  ReviewStatementTest() {
    report_.network = network_.id();
    report_.member = replication::Member(12);
    report_.slug = "gb-bristol";
    report_.record = node::RandomRecordId();
    report_.entry_hash = replication::SodiumCrypto().Sha256("an entry");
    report_.revision = 3;
    report_.title = "Learning in every street";
    report_.language = "en";
    report_.year = 2025;
    report_.features = {"2.6.1", "2.1.4"};
    report_.text = "# Learning in every street\n";
  }

  RatingGiven Given(const std::string& folder) {
    bytes_ = Encode(report_);
    RatingGiven given;
    given.hand = {.folder = folder};
    given.report = bytes_;
    given.feature = "2.6.1";
    given.rating = 4;
    given.reasons = "Wide and lasting.\nIn every street.";
    given.language = "en";
    given.rated_on = "2026-02-03";
    return given;
  }
  static absl::StatusOr<std::string> Sign(const RatingGiven& given) { return SignRating(given, CurrentCatalogue()); }
  absl::StatusOr<std::string> Deliver(const DeliveryGiven& given) {
    std::vector<std::string> warnings;
    return SignDelivery(given, CurrentCatalogue(), warnings);
  }

  Network network_;
  std::string expert_ = network_.SetUp("expert", "int-expert", "INT");
  std::string agency_ = network_.SetUp("survey-agency", "int-institute", "INT");
  ReportToRate report_;
  std::string bytes_;
};

TEST_F(ReviewStatementTest, AReportsFileIsReadAsItWasWritten) {
  const ReportToRate read = Must(node::membership::DecodeReportToRate(Encode(report_)));
  EXPECT_EQ(read.network, report_.network);
  EXPECT_EQ(read.member, report_.member);
  EXPECT_EQ(read.record, report_.record);
  EXPECT_EQ(read.entry_hash, report_.entry_hash);
  EXPECT_EQ(read.features, report_.features);
  EXPECT_EQ(read.text, report_.text);
  EXPECT_THAT(node::membership::DecodeReportToRate("{}").status(),
              StatusIs(StatusCode::kInvalidArgument, "`hansa review show -o`"));
}

TEST_F(ReviewStatementTest, AnExpertSignsARatingOfThatRevision) {
  const std::string file = Must(Sign(Given(expert_)));
  EXPECT_THAT(file, HasSubstr("\"expert\": \"int-expert\""));
  const replication::Statement statement = Must(ReadRatingFile(file, network_.id()));
  v1::RatingBody body;
  Must(node::domain::ReadRatingBody(statement.body, body));
  EXPECT_EQ(body.report().member(), 12u);
  EXPECT_EQ(body.report().entry_hash(), report_.entry_hash.str());
  EXPECT_EQ(body.measurement(), "2.6.1/advocacy-for-learning");
  EXPECT_EQ(body.rating(), 4u);
  EXPECT_EQ(body.reasons(), "Wide and lasting.\nIn every street.");
  EXPECT_EQ(body.expert_code(), "int-expert");
  EXPECT_EQ(body.year(), 2025u);
  // The key alone signs the same.
  RatingGiven by_key = Given("");
  by_key.hand = {.key_file = node::NodePaths(expert_).writer_key, .code = "int-expert"};
  EXPECT_EQ(Must(Sign(by_key)), file);
  by_key.hand.code.clear();
  EXPECT_THAT(Sign(by_key).status(), StatusIs(StatusCode::kInvalidArgument, "give --code"));
}

TEST_F(ReviewStatementTest, WhatIsNoRatingIsNotSigned) {
  EXPECT_THAT(Sign(Given(agency_)).status(), StatusIs(StatusCode::kFailedPrecondition, "int-institute is no expert"));
  EXPECT_THAT(Sign(Given(network_.folder() / "nowhere")).status(), StatusIs(StatusCode::kNotFound));
  RatingGiven given = Given(expert_);
  given.feature = "3.1.1";
  EXPECT_THAT(Sign(given).status(),
              StatusIs(StatusCode::kFailedPrecondition, "no review of '3.1.1'; it asks for: 2.6.1, 2.1.4"));
  given.feature = "2.1.4";
  EXPECT_THAT(Sign(given).status(), StatusIs(StatusCode::kInvalidArgument, "choose one of"));
  given.measurement = "2.1.4/support-for-senior-citizens";
  EXPECT_THAT(Sign(given), IsOk());
  given.reasons = " ";
  EXPECT_THAT(Sign(given).status(), StatusIs(StatusCode::kInvalidArgument, "reasons: it is not given"));
  given.reasons = "So.";
  given.rating = 6;
  EXPECT_THAT(Sign(given).status(), StatusIs(StatusCode::kInvalidArgument, "from 1 to 5"));
  report_.network = *replication::NetworkId::From(std::string(16, 'n'));
  EXPECT_THAT(Sign(Given(expert_)).status(), StatusIs(StatusCode::kFailedPrecondition, "another network"));
}

TEST_F(ReviewStatementTest, AnAlteredRatingIsRefused) {
  const std::string file = Must(Sign(Given(expert_)));
  const auto refused = [&](const std::string& from, const std::string& to, const std::string& why) {
    const std::string altered = absl::StrReplaceAll(file, {{from, to}});
    ASSERT_NE(altered, file);
    EXPECT_THAT(ReadRatingFile(altered, network_.id()).status(), StatusIs(StatusCode::kFailedPrecondition, why));
  };
  refused("\"rating\": \"4\"", "\"rating\": \"5\"", "the file was altered: it shows the rating '5' and '4'");
  refused("Wide and", "Narrow and", "it shows the reasons");
  refused("\"expert\": \"int-expert\"", "\"expert\": \"int-other\"", "it shows the expert");
  EXPECT_THAT(ReadRatingFile(file, *replication::NetworkId::From(std::string(16, 'n'))).status(),
              StatusIs(StatusCode::kFailedPrecondition, "the file is for the network"));
  std::string forged = file;
  const std::size_t at = forged.find("\"signature\": \"") + 14;
  forged[at] = forged[at] == 'a' ? 'b' : 'a';
  EXPECT_THAT(ReadRatingFile(forged, network_.id()).status(),
              StatusIs(StatusCode::kFailedPrecondition, "its signature is false"));
  EXPECT_THAT(ReadDeliveryFile(file, network_.id()).status(), StatusIs(StatusCode::kInvalidArgument));
  for (const AlteredFile& altered : Alterations(file)) {
    EXPECT_FALSE(ReadRatingFile(altered.bytes, network_.id()).ok()) << altered.how;
  }
  for (const AlteredFile& rubbish : Rubbish()) {
    EXPECT_FALSE(ReadRatingFile(rubbish.bytes, network_.id()).ok()) << rubbish.how;
    EXPECT_FALSE(node::membership::DecodeReportToRate(rubbish.bytes).ok()) << rubbish.how;
  }
}

TEST_F(ReviewStatementTest, AnAgencySignsWhatItsSurveyFound) {
  DeliveryGiven given;
  given.hand = {.folder = agency_};
  given.file = {.name = "survey.json", .content = kSurvey};
  EXPECT_THAT(Deliver(given).status(), StatusIs(StatusCode::kInvalidArgument, "member: it is not given"));
  given.member = replication::Member(12);
  const std::string file = Must(Deliver(given));
  EXPECT_TRUE(node::membership::SaysItIsADelivery(file));
  EXPECT_FALSE(node::membership::SaysItIsADelivery(kSurvey));
  v1::SurveyBody body;
  Must(node::domain::ReadSurveyBody(Must(ReadDeliveryFile(file, network_.id())).body, body));
  EXPECT_EQ(body.member(), 12u);
  EXPECT_EQ(body.agency_code(), "int-institute");
  EXPECT_EQ(body.values(0).unit(), "percent");
  for (const AlteredFile& altered : Alterations(file)) {
    EXPECT_FALSE(ReadDeliveryFile(altered.bytes, network_.id()).ok()) << altered.how;
  }
  given.hand = {.folder = expert_};
  EXPECT_THAT(Deliver(given).status(), StatusIs(StatusCode::kFailedPrecondition, "int-expert is no survey agency"));
  given.hand = {.key_file = node::NodePaths(agency_).writer_key, .code = "int-institute"};
  EXPECT_THAT(Deliver(given).status(), StatusIs(StatusCode::kInvalidArgument, "give --charter"));
  given.hand.charter_file = network_.founded().charter;
  EXPECT_EQ(Must(Deliver(given)), file);
}

}  // namespace
}  // namespace hansa::testing
