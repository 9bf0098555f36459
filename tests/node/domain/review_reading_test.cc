// Whether a rating or a survey may be believed: each thing that can be wrong with it is refused, and nothing else is.
#include "node/domain/review_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "hansa/v1/reviews.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/record_form.h"
#include "replication/collections.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::catalogue::CurrentCatalogue;
using node::domain::AnswersOf;
using node::domain::CheckWord;
using node::domain::EncodeRecord;
using node::domain::InWords;
using node::domain::Observation;
using node::domain::SpokenAnswers;
using node::domain::StatementKeys;
using node::domain::Voice;
using node::domain::Word;
using node::domain::YearOf;
using replication::KeyRole;
using replication::Member;
using replication::StatementType;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::uint32_t kBonn = 10, kCork = 11;
constexpr char kAdvocacy[] = "2.6.1/advocacy-for-learning";
constexpr char kTogether[] = "2.5.2/learning-to-live-together";
constexpr char kServices[] = "2.6.2/information-and-services";

// By whose key, for which network, as what, under which tag.
struct Signing {
  Key key = KeyNamed("expert");
  replication::NetworkId network = *replication::NetworkId::From(Random("network").view().substr(0, 16));
  StatementType type = StatementType::kRating;
  const char* tag = replication::kRatingTag;
};

v1::SignedStatement Signed(const google::protobuf::Message& body, const Signing& signing) {
  const replication::Statement statement =
      SignStatement(replication::SodiumCrypto(), signing.network, signing.type, *signing.key,
                    replication::Tagged(signing.tag, Must(EncodeRecord(body))));
  v1::SignedStatement carried;
  carried.set_body(statement.body);
  carried.set_signer_pk(statement.signer.str());
  carried.set_sig(statement.signature.str());
  return carried;
}

class ReviewReadingTest : public ::testing::Test {
 protected:
  ReviewReadingTest() {
    v1::Reference& report = *rating_.mutable_report();
    report.set_member(kBonn);
    report.set_collection(replication::kReviews.value());
    report.set_record_id(RecordNamed("report").str());
    report.set_entry_hash(Random("report").str());
    rating_.set_feature("2.6.1");
    rating_.set_rating(4);
    rating_.set_reasons("Wide and lasting.");
    rating_.set_language("en");
    rating_.set_expert_code("int-expert-17");
    rating_.set_year(2025);
    rating_.set_framework_id(CurrentCatalogue().framework_id());
    rating_.set_framework_version(CurrentCatalogue().version());

    survey_.set_member(kBonn);
    survey_.set_year(2025);
    survey_.set_framework_id(CurrentCatalogue().framework_id());
    survey_.set_framework_version(CurrentCatalogue().version());
    survey_.mutable_agency()->set_name("Institute");
    survey_.set_fieldwork_starts_on("2025-03-03");
    survey_.set_fieldwork_ends_on("2025-04-11");
    survey_.set_respondents(1204);
    survey_.set_language("ko");
    AddValue(kTogether, "61.4").set_question("Have you learned together?");
    AddValue(kServices, "35");
  }

  v1::SurveyValue& AddValue(const std::string& cell, const std::string& value) {
    v1::SurveyValue& added = *survey_.add_values();
    added.set_cell(cell);
    added.set_value(value);
    return added;
  }
  static Signing ByAgency() {
    Signing signing;
    signing.key = KeyNamed("agency");
    signing.type = StatementType::kSurveyDelivery;
    signing.tag = replication::kSurveyTag;
    return signing;
  }
  v1::Rating Rating(const Signing& signing = {}) const {
    v1::Rating rating;
    *rating.mutable_statement() = Signed(rating_, signing);
    rating.set_answer("We take it up.");
    rating.set_approved_by("mayor's office");
    return rating;
  }
  absl::StatusOr<SpokenAnswers> Read(const v1::Rating& rating, std::uint32_t author = kBonn) const {
    v1::RatingBody body;
    return node::domain::ReadRating({replication::SodiumCrypto(), network_, CurrentCatalogue(), Member(author)}, rating,
                                    body);
  }
  absl::StatusOr<SpokenAnswers> Read(const v1::SurveyResult& result, std::uint32_t author = kBonn) const {
    v1::SurveyBody body;
    return node::domain::ReadSurvey({replication::SodiumCrypto(), network_, CurrentCatalogue(), Member(author)}, result,
                                    body);
  }
  v1::SurveyResult Entered() const {
    v1::SurveyResult result;
    *result.mutable_entered() = survey_;
    result.set_note("A flood kept people at home.");
    return result;
  }
  v1::SurveyResult Delivered(const Signing& signing = ByAgency()) {
    survey_.set_agency_code("int-institute");
    v1::SurveyResult result;
    *result.mutable_delivered() = Signed(survey_, signing);
    return result;
  }
  // The rating with one thing changed is refused, and why.
  void Refuses(const std::function<void(v1::RatingBody&)>& change, StatusCode code, const std::string& why) {
    const v1::RatingBody before = rating_;
    change(rating_);
    EXPECT_THAT(Read(Rating()).status(), StatusIs(code, why)) << why;
    rating_ = before;
  }
  void RefusesSurvey(const std::function<void(v1::SurveyBody&)>& change, StatusCode code, const std::string& why) {
    const v1::SurveyBody before = survey_;
    change(survey_);
    EXPECT_THAT(Read(Entered()).status(), StatusIs(code, why)) << why;
    survey_ = before;
  }

  replication::NetworkId network_ = Signing().network;
  v1::RatingBody rating_;
  v1::SurveyBody survey_;
};

TEST_F(ReviewReadingTest, ARatingSaysOneCellWithItsReasonsAndTheAnswer) {
  const SpokenAnswers said = Must(Read(Rating()));
  EXPECT_EQ(said.word, (Word{Voice::kExpert, "int-expert-17", KeyNamed("expert")->public_key()}));
  EXPECT_EQ(said.year, 2025);
  ASSERT_TRUE(said.report.has_value());
  EXPECT_EQ(said.report->record, RecordNamed("report"));
  ASSERT_THAT(said.observations, SizeIs(1));
  const Observation& answer = said.observations[0];
  EXPECT_EQ(answer.cell, kAdvocacy);
  EXPECT_EQ(answer.value->text(), "4");
  EXPECT_EQ(answer.unit, "rating-1-5");
  EXPECT_EQ(answer.source_kind, node::domain::SourceKind::kExpertReview);
  EXPECT_EQ(answer.source, "expert int-expert-17");
  EXPECT_EQ(answer.derivation_note, "Wide and lasting.");
  EXPECT_EQ(answer.note, "We take it up.");
  EXPECT_EQ(answer.approved_by, "mayor's office");
  EXPECT_EQ(answer.word_of, "signed by expert int-expert-17");
}

TEST_F(ReviewReadingTest, ASignatureThatDoesNotHoldIsRefused) {
  v1::Rating rating = Rating();
  std::string body = rating.statement().body();
  body.back() = static_cast<char>(body.back() ^ 1);
  rating.mutable_statement()->set_body(body);
  EXPECT_THAT(Read(rating).status(), StatusIs(StatusCode::kUnauthenticated, "the signature does not hold"));
  rating = Rating();
  rating.mutable_statement()->set_signer_pk(KeyNamed("somebody else")->public_key().str());
  EXPECT_THAT(Read(rating).status(), StatusIs(StatusCode::kUnauthenticated));
  Signing elsewhere;
  elsewhere.network = *replication::NetworkId::From(Random("another network").view().substr(0, 16));
  EXPECT_THAT(Read(Rating(elsewhere)).status(), StatusIs(StatusCode::kUnauthenticated));
  Signing as_survey;
  as_survey.type = StatementType::kSurveyDelivery;
  EXPECT_THAT(Read(Rating(as_survey)).status(), StatusIs(StatusCode::kUnauthenticated));
  Signing under_another_tag;
  under_another_tag.tag = replication::kSurveyTag;
  EXPECT_THAT(Read(Rating(under_another_tag)).status(),
              StatusIs(StatusCode::kInvalidArgument, "what was signed is no rating"));
}

TEST_F(ReviewReadingTest, ARatingNamesAReportOfItsAuthor) {
  EXPECT_THAT(Read(Rating(), kCork).status(), StatusIs(StatusCode::kFailedPrecondition, "a report of another city"));
  Refuses([](auto& body) { body.clear_report(); }, StatusCode::kInvalidArgument, "it names no report");
  Refuses([](auto& body) { body.mutable_report()->set_member(kCork); }, StatusCode::kFailedPrecondition,
          "a report of another city");
  Refuses([](auto& body) { body.mutable_report()->set_collection(3); }, StatusCode::kFailedPrecondition,
          "no report for review");
}

TEST_F(ReviewReadingTest, OnlyWhatExpertsRateIsRated) {
  Refuses([](auto& body) { body.set_feature("9.9.9"); }, StatusCode::kInvalidArgument, "there is no '9.9.9'");
  Refuses([](auto& body) { body.set_feature("1.1.1"); }, StatusCode::kInvalidArgument, "experts rate nothing of 1.1.1");
  Refuses([](auto& body) { body.set_measurement("3.1.1/leadership"); }, StatusCode::kInvalidArgument,
          "is not what experts rate of 2.6.1");
  Refuses([](auto& body) { body.set_feature("2.1.4"); }, StatusCode::kInvalidArgument,
          "choose one of: 2.1.4/support-for-disadvantaged-groups, 2.1.4/support-for-senior-citizens");
  rating_.set_feature("2.1.4");
  rating_.set_measurement("2.1.4/support-for-senior-citizens");
  EXPECT_EQ(Must(Read(Rating())).observations[0].cell, "2.1.4/support-for-senior-citizens");
}

TEST_F(ReviewReadingTest, ARatingIsFromOneToFive) {
  for (const std::uint32_t rating : {0u, 6u}) {
    v1::RatingBody body = rating_;
    body.set_rating(rating);
    EXPECT_THAT(EncodeRecord(body).status(), StatusIs(StatusCode::kInvalidArgument, "from 1 to 5"));
    v1::Rating carried;
    const replication::Statement statement =
        SignStatement(replication::SodiumCrypto(), network_, StatementType::kRating, *KeyNamed("expert"),
                      replication::Tagged(replication::kRatingTag, body.SerializeAsString()));
    carried.mutable_statement()->set_body(statement.body);
    carried.mutable_statement()->set_signer_pk(statement.signer.str());
    carried.mutable_statement()->set_sig(statement.signature.str());
    EXPECT_THAT(Read(carried).status(), StatusIs(StatusCode::kInvalidArgument, "from 1 to 5"));
  }
}

TEST_F(ReviewReadingTest, AnotherFrameworkIsNotJudgedByOurs) {
  rating_.set_framework_version("2030");
  rating_.set_feature("9.9");
  EXPECT_THAT(Must(Read(Rating())).observations, IsEmpty());
  survey_.set_framework_version("2030");
  survey_.mutable_values(0)->set_cell("9.9/of-another-time");
  const SpokenAnswers said = Must(Read(Entered()));
  EXPECT_EQ(said.observations[0].cell, "9.9/of-another-time");
  EXPECT_EQ(said.framework_version, "2030");
}

TEST_F(ReviewReadingTest, ASurveySaysItsCellsWithAgencyDaysAndQuestion) {
  const SpokenAnswers said = Must(Read(Entered()));
  EXPECT_EQ(InWords(said.word), "entered by the city");
  ASSERT_THAT(said.observations, SizeIs(2));
  const Observation& answer = said.observations[0];
  EXPECT_EQ(answer.cell, kTogether);
  EXPECT_EQ(answer.value->text(), "61.4");
  EXPECT_EQ(answer.unit, "percent");
  EXPECT_EQ(answer.source_kind, node::domain::SourceKind::kSurvey);
  EXPECT_EQ(answer.source, "Institute");
  EXPECT_EQ(answer.period, "2025-03-03/2025-04-11");
  EXPECT_EQ(answer.derivation_note, "Have you learned together?; n = 1204");
  EXPECT_EQ(answer.definition_language, "ko");
  EXPECT_EQ(answer.note, "A flood kept people at home.");
  EXPECT_EQ(answer.word_of, "entered by the city");
  EXPECT_EQ(InWords(Must(Read(Delivered())).word), "signed by agency int-institute");
}

TEST_F(ReviewReadingTest, ASurveyThatTheCatalogueDoesNotAllowIsRefused) {
  constexpr StatusCode kWrong = StatusCode::kInvalidArgument;
  RefusesSurvey([](auto& body) { body.set_member(kCork); }, StatusCode::kFailedPrecondition, "about another city");
  RefusesSurvey([](auto& body) { body.clear_agency(); }, kWrong, "agency: it is not given");
  RefusesSurvey([](auto& body) { body.clear_values(); }, kWrong, "values: there are none");
  RefusesSurvey([](auto& body) { body.set_fieldwork_ends_on("2025-01-01"); }, kWrong, "lies before the first");
  RefusesSurvey([](auto& body) { body.mutable_values(0)->set_cell("2.5.2/nothing"); }, kWrong, "there is no such cell");
  RefusesSurvey([](auto& body) { body.mutable_values(0)->set_cell("1.1.1/adult-literacy-rate#total"); }, kWrong,
                "this row takes no survey");
  RefusesSurvey([](auto& body) { body.mutable_values(0)->set_cell(kServices); }, kWrong, "stands there twice");
  RefusesSurvey([](auto& body) { body.mutable_values()->SwapElements(0, 1); }, kWrong, "order of the catalogue");
  RefusesSurvey([](auto& body) { body.mutable_values(0)->set_value("101"); }, kWrong, "101 is more than 100");
  RefusesSurvey([](auto& body) { body.mutable_values(0)->set_value("many"); }, kWrong, "many");
  RefusesSurvey([](auto& body) { body.mutable_values(0)->set_unit("years"); }, kWrong, kTogether);
  RefusesSurvey([](auto& body) { body.mutable_values(0)->clear_value(); }, kWrong, "neither a value nor a reason");
  v1::SurveyResult nothing;
  EXPECT_THAT(Read(nothing).status(), StatusIs(kWrong, "it says nothing"));
  survey_.mutable_values(0)->set_no_data_reason("too few answers");
  EXPECT_EQ(Must(Read(Entered())).observations[0].no_data_reason, "too few answers");
}

TEST_F(ReviewReadingTest, WhatAnAgencySignsIsSignedByItUnderItsCode) {
  EXPECT_THAT(Read(Delivered({})).status(), StatusIs(StatusCode::kUnauthenticated));  // as a rating
  v1::SurveyResult altered = Delivered();
  altered.mutable_delivered()->mutable_body()->back() ^= 1;
  EXPECT_THAT(Read(altered).status(), StatusIs(StatusCode::kUnauthenticated));
  survey_.clear_agency_code();
  v1::SurveyResult without_code;
  *without_code.mutable_delivered() = Signed(survey_, ByAgency());
  EXPECT_THAT(Read(without_code).status(), StatusIs(StatusCode::kInvalidArgument, "agency_code: it is not given"));
}

TEST_F(ReviewReadingTest, TheListBearsAWordOutOrNot) {
  const auto listed = [](const char* key, KeyRole role, const char* code) {
    replication::StatementKey entry;
    entry.key = KeyNamed(key)->public_key();
    entry.role = role;
    entry.code = code;
    return std::pair(entry.key, entry);
  };
  const StatementKeys keys = {listed("expert", KeyRole::kExpert, "int-expert-17"),
                              listed("agency", KeyRole::kSurveyAgency, "int-institute"),
                              listed("officer", KeyRole::kAuthorityOfficer, "de-officer")};
  const auto word = [](Voice voice, const char* code, const char* key) {
    return Word{voice, code, KeyNamed(key)->public_key()};
  };
  EXPECT_THAT(CheckWord({}, {}), IsOk());
  EXPECT_THAT(CheckWord(word(Voice::kExpert, "int-expert-17", "expert"), keys), IsOk());
  EXPECT_THAT(CheckWord(word(Voice::kAgency, "int-institute", "agency"), keys), IsOk());
  constexpr StatusCode kRefused = StatusCode::kFailedPrecondition;
  EXPECT_THAT(CheckWord(word(Voice::kExpert, "int-expert-17", "expert"), {}), StatusIs(kRefused, "for no expert"));
  EXPECT_THAT(CheckWord(word(Voice::kAgency, "int-institute", "nobody"), keys), StatusIs(kRefused, "for no survey"));
  EXPECT_THAT(CheckWord(word(Voice::kExpert, "int-institute", "agency"), keys), StatusIs(kRefused, "as an expert's"));
  EXPECT_THAT(CheckWord(word(Voice::kAgency, "de-officer", "officer"), keys), StatusIs(kRefused, "as an agency's"));
  EXPECT_THAT(CheckWord(word(Voice::kExpert, "int-expert-18", "expert"), keys),
              StatusIs(kRefused,
                       "it says that it is by 'int-expert-18', and the network lists its key for "
                       "int-expert-17"));
}

TEST_F(ReviewReadingTest, WhatWasLetThroughSaysTheSameWithoutBeingJudgedAgain) {
  const v1::Rating rating = Rating();
  const SpokenAnswers judged = Must(Read(rating)), again = AnswersOf(CurrentCatalogue(), rating);
  EXPECT_EQ(again.word, judged.word);
  EXPECT_EQ(again.report, judged.report);
  EXPECT_EQ(again.observations, judged.observations);
  const v1::SurveyResult survey = Delivered();
  EXPECT_EQ(AnswersOf(CurrentCatalogue(), survey).observations, Must(Read(survey)).observations);
  v1::ReviewReport report;
  EXPECT_EQ(YearOf(report), 0);
  report.set_period_ends_on("2025-12-31");
  EXPECT_EQ(YearOf(report), 2025);
  report.set_year(2024);
  EXPECT_EQ(YearOf(report), 2024);
}

}  // namespace
}  // namespace hansa::testing
