#include "node/desk/review_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "node/domain/attachment.h"
#include "node/domain/review_file.h"
#include "node/domain/review_reading.h"
#include "node/membership/json_file.h"
#include "node/membership/review_statement.h"
#include "node/membership/statement_file.h"
#include "node/node_folder.h"
#include "tests/testing/reviews.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::ListedReview;
using node::desk::PublishedEntry;
using node::desk::ReviewDesk;
using node::desk::ReviewQuery;
using node::desk::ReviewWords;
using node::desk::ShownReview;
using node::membership::ReportToRate;
using replication::Member;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kReport[] = R"({"title": "Learning in every street", "language": "en", "year": 2025,
  "features": ["2.6.1"], "sections": [{"id": "2.6.1", "text": "On every corner."}]})";
constexpr char kSurvey[] = R"({"agency": "Institute", "year": 2025, "respondents": 1204, "language": "en",
  "fieldwork_starts_on": "2025-03-03", "fieldwork_ends_on": "2025-04-11", "question": "Do you?",
  "values": [{"cell": "2.5.2/learning-to-live-together", "value": "61.4"}]})";

// "de-bonn 2025 report: Learning in every street (r1)", and whose word it is, and its fault.
std::string Line(const ListedReview& review) {
  return absl::StrCat(review.member, " ", review.year, " ", NameOf(review.kind), ": ", review.title, " (r",
                      review.revision, ")", review.word_of.empty() ? "" : " ", review.word_of,
                      review.fault.empty() ? "" : "; ", review.fault);
}

// Bonn's desk, and Aachen's; an expert and an agency that the list names, and an expert that it does not.
class ReviewDeskTest : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who) : applicant(who), node(network, std::move(who)) {}
    Applicant applicant;
    FakeNode node;
    ReviewDesk desk{node, node::catalogue::CurrentCatalogue(), node.views()};
    std::size_t told = 0;
  };

  ReviewDeskTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kReviews);
    network_.AdmitAuthority(germany_);
    bonn_number_ = network_.AdmitCity(bonn_.applicant, germany_);
    network_.AdmitCity(aachen_.applicant, germany_);
    network_.AdmitPartner(partner_.applicant);
    LetWrite(network_, replication::MemberKind::kPartner, replication::kReviews);
    for (const char* code : {"int-expert", "int-other"}) ListKey(network_, ExpertNamed(code));
    for (const char* code : {"int-institute", "int-office"}) ListKey(network_, AgencyNamed(code));
    bonn_.node.Refresh();
    aachen_.node.Refresh();
    partner_.node.Refresh();
  }

  static absl::StatusOr<PublishedEntry> TrySubmit(Office& office, const std::string& content,
                                                  const node::desk::ReportGiven& more = {}) {
    node::desk::ReportGiven given = more;
    given.file = {.name = "report.json", .content = content};
    return office.desk.Submit(given);
  }
  PublishedEntry Submit(const std::string& content = kReport) { return Must(TrySubmit(bonn_, content)); }

  // The report as its file goes to an expert.
  std::string Saved(Office& office, const std::string& id) {
    const ShownReview shown = Must(office.desk.Show(id, 0));
    ReportToRate report;
    report.network = network_.id();
    report.member = shown.member;
    report.slug = shown.review.member;
    report.record = shown.review.id;
    report.entry_hash = shown.revisions.back().entry_hash;
    report.revision = shown.revisions.size();
    report.title = shown.review.title;
    report.language = shown.review.language;
    report.year = shown.review.year;
    report.features = shown.review.features;
    return Encode(report);
  }
  // A key on the disk, as somebody called `code` has it.
  node::membership::SigningHand HandOf(const std::string& code) {
    const std::string path = folder_ / (code + ".key");
    if (!std::filesystem::exists(path)) {
      Must(node::WriteKey(path, *replication::Seed::From(Random(code + " writer").view())));
    }
    return {.key_file = path, .code = code};
  }
  absl::StatusOr<std::string> TryRate(const std::string& report, const std::string& code, std::uint32_t rating,
                                      const std::string& feature = "2.6.1") {
    node::membership::RatingGiven given;
    given.hand = HandOf(code);
    given.report = report;
    given.feature = feature;
    given.rating = rating;
    given.reasons = "Wide and lasting.";
    given.language = "en";
    given.rated_on = "2026-02-03";
    return SignRating(given, node::catalogue::CurrentCatalogue());
  }
  std::string Rate(const std::string& report, const std::string& code = "int-expert", std::uint32_t rating = 4) {
    return Must(TryRate(report, code, rating));
  }
  absl::StatusOr<PublishedEntry> TryPublish(Office& office, const std::string& rating, const ReviewWords& words = {}) {
    return office.desk.PublishRating({.name = "rating.json", .content = rating}, words);
  }
  PublishedEntry Publish(const std::string& rating, const ReviewWords& words = {}) {
    return Must(TryPublish(bonn_, rating, words));
  }
  absl::StatusOr<PublishedEntry> TryEnter(const std::string& content, node::desk::SurveyEntered entered = {}) {
    entered.file = {.name = "survey.json", .content = content};
    return bonn_.desk.EnterSurvey(entered);
  }
  // What the agency signs of `content`, as its file.
  std::string Delivery(const std::string& code, const std::string& content = kSurvey) {
    v1::SurveyBody body;
    Must(node::domain::ReadSurveyFile({"survey.json", content}, {.member = bonn_number_, .agency_code = code},
                                      node::catalogue::CurrentCatalogue(), body));
    const v1::SignedStatement carried = SignedBy(
        network_, AgencyNamed(code), replication::StatementType::kSurveyDelivery, replication::kSurveyTag, body);
    node::membership::JsonWriter file("survey");
    file.Text("agency", body.agency().name())
        .Text("code", code)
        .Text("city", absl::StrCat(body.member()))
        .Text("year", absl::StrCat(body.year()));
    PutStatement(network_.id(), Must(node::domain::SignedIn(carried)), file);
    return file.text();
  }
  std::vector<std::string> Listed(const ReviewQuery& query = {}) const {
    std::vector<std::string> lines;
    for (const ListedReview& review : Must(bonn_.desk.List(query))) lines.push_back(Line(review));
    return lines;
  }
  void ArrivesInBonn(Office& from) {
    for (; from.told < from.node.units().size(); ++from.told) bonn_.node.Receive(from.node.units()[from.told]);
    Must(bonn_.node.AwaitViews());
  }

  TempFolder folder_;
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office partner_{network_, ApplicantNamed("int-partner", replication::MemberKind::kPartner, "INT")};
  Office aachen_{network_, CityNamed("de-aachen", "DEU")};
  Member bonn_number_;
};

TEST_F(ReviewDeskTest, AReportIsSubmittedOnceAndRevised) {
  const PublishedEntry first = Submit();
  EXPECT_EQ(first.collection, replication::kReviews);
  EXPECT_EQ(first.title, "Learning in every street");
  EXPECT_THAT(first.warnings, IsEmpty());
  EXPECT_TRUE(Submit().unchanged);
  EXPECT_THAT(bonn_.node.units(), SizeIs(1));
  const std::string again = absl::StrReplaceAll(kReport, {{"every street", "every house"}});
  const PublishedEntry second =
      Must(TrySubmit(bonn_, again, {.file = {}, .revises = first.id.hex(), .reason = "figures of 2025"}));
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.revision, 2u);
  EXPECT_THAT(Listed(), ElementsAre("de-bonn 2025 report: Learning in every house (r2)"));
  const ShownReview shown = Must(bonn_.desk.Show(first.id.hex(), 0));
  EXPECT_EQ(shown.revisions[1].reason, "figures of 2025");
  EXPECT_EQ(shown.content->report->sections(0).text(), "On every corner.");
  EXPECT_EQ(Must(bonn_.desk.Show(first.id.hex(), 1)).review.title, "Learning in every street");
  EXPECT_THAT(bonn_.desk.Show(first.id.hex(), 3).status(), StatusIs(StatusCode::kNotFound, "its last is 2"));
}

TEST_F(ReviewDeskTest, WhatIsWrongWithAReportIsSaid) {
  EXPECT_THAT(TrySubmit(bonn_, "{}"), StatusIs(StatusCode::kInvalidArgument, "report.json: "));
  EXPECT_THAT(TrySubmit(aachen_, absl::StrReplaceAll(kReport, {{"\"year\"", "\"city\": \"Bonn\", \"year\""}})),
              StatusIs(StatusCode::kFailedPrecondition, "the file is of 'Bonn'"));
  const PublishedEntry nothing = Must(TrySubmit(bonn_, absl::StrReplaceAll(kReport, {{"\"2.6.1\"],", "\"1.1.1\"],"}})));
  EXPECT_THAT(nothing.warnings, Contains(HasSubstr("nothing to review")));
  EXPECT_THAT(TrySubmit(aachen_, kReport, {.file = {}, .revises = "ffffff"}), StatusIs(StatusCode::kNotFound));
  ArrivesInBonn(aachen_);
  const PublishedEntry of_aachen = Must(TrySubmit(aachen_, kReport));
  ArrivesInBonn(aachen_);
  EXPECT_THAT(TrySubmit(bonn_, kReport, {.file = {}, .revises = of_aachen.id.hex()}),
              StatusIs(StatusCode::kFailedPrecondition, "only its author can change it"));
  Office nobody(network_, CityNamed("de-dresden", "DEU"));
  EXPECT_THAT(TrySubmit(nobody, kReport), StatusIs(StatusCode::kFailedPrecondition, "not a member of the network yet"));
}

TEST_F(ReviewDeskTest, ARatingIsPublishedWithTheAnswer) {
  const PublishedEntry report = Submit();
  const std::string rating = Rate(Saved(bonn_, report.id.hex()));
  const PublishedEntry first = Publish(rating);
  EXPECT_EQ(first.title, kAdvocacy);
  EXPECT_TRUE(Publish(rating).unchanged);
  const PublishedEntry answered =
      Publish(rating, {.text = "We take it up.", .language = "en", .approved_by = "mayor's office", .reason = "later"});
  EXPECT_EQ(answered.id, first.id);
  EXPECT_EQ(answered.revision, 2u);
  Publish(Rate(Saved(bonn_, report.id.hex()), "int-other", 2));
  EXPECT_THAT(Listed({.kind = "rating"}), SizeIs(2));
  const ShownReview shown = Must(bonn_.desk.Show(first.id.hex(), 0));
  EXPECT_EQ(shown.content->rating->answer(), "We take it up.");
  EXPECT_EQ(shown.content->rating_body->reasons(), "Wide and lasting.");
  EXPECT_EQ(shown.review.rating, 4u);
  EXPECT_EQ(shown.fault, "");
  EXPECT_EQ(shown.revisions[1].reason, "later");
  // It stands beside the indicators as what it is.
  const auto rows = Must(bonn_.node.views().ObservationsOf(network_.roster(), {}));
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].observation.word_of, "signed by expert int-expert");
  EXPECT_EQ(rows[0].observation.note, "We take it up.");
}

TEST_F(ReviewDeskTest, ARatingThatIsForgedOrByNobodyIsRefused) {
  const PublishedEntry report = Submit();
  const std::string saved = Saved(bonn_, report.id.hex());
  constexpr StatusCode kRefused = StatusCode::kFailedPrecondition;
  std::string altered = Rate(saved);
  const std::size_t signature = altered.find("\"signature\": \"") + 14;
  altered[signature] = altered[signature] == 'a' ? 'b' : 'a';
  EXPECT_THAT(TryPublish(bonn_, altered), StatusIs(kRefused, "rating.json: the rating was altered"));
  EXPECT_THAT(TryPublish(bonn_, absl::StrReplaceAll(Rate(saved), {{"\"rating\": \"4\"", "\"rating\": \"5\""}})),
              StatusIs(kRefused, "the file was altered"));
  EXPECT_THAT(TryPublish(bonn_, Rate(saved, "int-stranger", 5)), StatusIs(kRefused, "for no expert"));
  EXPECT_THAT(TryPublish(bonn_, Rate(saved, "de-bonn", 5)), StatusIs(kRefused, "for no expert"));
  EXPECT_THAT(TryPublish(bonn_, Rate(saved, "int-institute", 5)), StatusIs(kRefused, "as an expert's"));
  EXPECT_THAT(TryPublish(bonn_, kReport), StatusIs(StatusCode::kInvalidArgument, "rating.json"));
  EXPECT_THAT(TryPublish(aachen_, Rate(saved)), StatusIs(kRefused, "a report of another city"));
  EXPECT_THAT(bonn_.node.units(), SizeIs(1));
}

TEST_F(ReviewDeskTest, ARatingRatesARevisionThatThereIs) {
  const PublishedEntry report = Submit();
  const std::string saved = Saved(bonn_, report.id.hex());
  const std::string hash = Must(bonn_.desk.Show(report.id.hex(), 0)).revisions[0].entry_hash.hex();
  const std::string of_nothing = absl::StrReplaceAll(saved, {{hash, Random("another").hex()}});
  EXPECT_THAT(TryPublish(bonn_, Rate(of_nothing)),
              StatusIs(StatusCode::kFailedPrecondition, "it rates a report that this city has not published"));
  EXPECT_THAT(TryRate(saved, "int-expert", 4, "3.1.1").status(),
              StatusIs(StatusCode::kFailedPrecondition, "asks for no review of '3.1.1'"));
  Must(TrySubmit(bonn_, absl::StrReplaceAll(kReport, {{"street", "house"}}), {.file = {}, .revises = report.id.hex()}));
  EXPECT_THAT(Publish(Rate(saved)).warnings, Contains("it rates revision 1 of the report, and the present one is 2"));
  Must(bonn_.desk.Withdraw(report.id.hex()));
  EXPECT_THAT(TryPublish(bonn_, Rate(saved, "int-other")), StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
}

TEST_F(ReviewDeskTest, TakenBackItIsInNoList) {
  const PublishedEntry report = Submit();
  const PublishedEntry rating = Publish(Rate(Saved(bonn_, report.id.hex())));
  EXPECT_EQ(Must(bonn_.desk.Withdraw(rating.id.hex())).revision, 2u);
  EXPECT_TRUE(Must(bonn_.desk.Withdraw(rating.id.hex())).unchanged);
  EXPECT_THAT(Listed(), SizeIs(1));
  const ShownReview shown = Must(bonn_.desk.Show(rating.id.hex(), 0));
  EXPECT_TRUE(shown.withdrawn);
  EXPECT_FALSE(shown.content.has_value());
  EXPECT_EQ(shown.review.title, kAdvocacy);
  EXPECT_THAT(Must(bonn_.node.views().ObservationsOf(network_.roster(), {})), IsEmpty());
  // Published anew it is another record.
  EXPECT_NE(Publish(Rate(Saved(bonn_, report.id.hex()))).id, rating.id);
}

TEST_F(ReviewDeskTest, ASurveyThatTheCityEntersIsItsOwnWord) {
  const PublishedEntry first = Must(TryEnter(kSurvey));
  EXPECT_EQ(first.title, "Institute");
  EXPECT_TRUE(Must(TryEnter(kSurvey)).unchanged);
  EXPECT_THAT(Listed(), ElementsAre("de-bonn 2025 survey: Institute (r1) entered by the city"));
  const PublishedEntry noted = Must(TryEnter(kSurvey, {.file = {}, .words = {.text = "After the flood."}}));
  EXPECT_EQ(noted.id, first.id);
  EXPECT_EQ(noted.revision, 2u);
  const auto rows = Must(bonn_.node.views().ObservationsOf(network_.roster(), {}));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].observation.note, "After the flood.");
  const std::string corrected = absl::StrReplaceAll(kSurvey, {{"61.4", "62"}});
  const PublishedEntry revised = Must(TryEnter(corrected, {.file = {}, .revises = first.id.hex()}));
  EXPECT_EQ(revised.id, first.id);
  EXPECT_EQ(revised.revision, 3u);
  EXPECT_THAT(TryEnter("{}"), StatusIs(StatusCode::kInvalidArgument, "survey.json: "));
}

TEST_F(ReviewDeskTest, TheReportOfAnAgencyIsKnownByItsHash) {
  const auto attached = [](const std::string& content, char salt) {
    v1::Attachment report;
    Must(node::domain::Attach(replication::SodiumCrypto(),
                              {.name = "report.pdf", .content = content, .salt = std::string(32, salt)}, report));
    return report;
  };
  const v1::Attachment report = attached("pages", 'a'), again = attached("pages", 'b'), other = attached("Pages", 'c');
  const PublishedEntry first = Must(TryEnter(kSurvey, {.file = {}, .report = &report}));
  const PublishedEntry second = Must(TryEnter(kSurvey, {.file = {}, .report = &again}));
  EXPECT_TRUE(second.unchanged);
  EXPECT_THAT(second.warnings, Contains(HasSubstr("--revises")));
  const PublishedEntry third = Must(TryEnter(kSurvey, {.file = {}, .report = &other, .revises = first.id.hex()}));
  EXPECT_FALSE(third.unchanged);
  EXPECT_EQ(Must(bonn_.desk.Show(first.id.hex(), 0)).content->survey_body->report().hash(), other.hash());
}

TEST_F(ReviewDeskTest, WhatAnAgencySignedTheCityDoesNotEdit) {
  const PublishedEntry entered = Must(TryEnter(kSurvey));
  const std::string delivery = Delivery("int-institute");
  const PublishedEntry delivered = Must(TryEnter(delivery, {.file = {}, .revises = entered.id.hex()}));
  EXPECT_EQ(delivered.id, entered.id);
  EXPECT_EQ(delivered.revision, 2u);
  EXPECT_TRUE(Must(TryEnter(delivery)).unchanged);
  EXPECT_THAT(Listed(), ElementsAre("de-bonn 2025 survey: Institute (r2) signed by agency int-institute"));
  constexpr StatusCode kRefused = StatusCode::kFailedPrecondition;
  EXPECT_THAT(TryEnter(kSurvey, {.file = {}, .revises = entered.id.hex()}),
              StatusIs(kRefused, "was signed by its agency, and the city does not edit that"));
  EXPECT_THAT(TryEnter(Delivery("int-office"), {.file = {}, .revises = entered.id.hex()}),
              StatusIs(kRefused, "was signed by another agency, 'int-institute'"));
  EXPECT_THAT(TryEnter(Delivery("int-stranger")), StatusIs(kRefused, "for no survey agency"));
  EXPECT_THAT(TryEnter(Delivery("int-expert")), StatusIs(kRefused, "as an agency's"));
  std::string altered = Delivery("int-institute");
  const std::size_t signature = altered.find("\"signature\": \"") + 14;
  altered[signature] = altered[signature] == 'a' ? 'b' : 'a';
  EXPECT_THAT(TryEnter(altered), StatusIs(kRefused, "the survey was altered"));
  const v1::Attachment report;
  EXPECT_THAT(TryEnter(delivery, {.file = {}, .report = &report}), StatusIs(kRefused, "leave --report out"));
  // With a note of the city's own it is a new revision of what the agency signed.
  EXPECT_EQ(Must(TryEnter(delivery, {.file = {}, .words = {.text = "After the flood."}})).revision, 3u);
}

TEST_F(ReviewDeskTest, ListsAreByMemberYearKindAndTitle) {
  const PublishedEntry report = Submit();
  Publish(Rate(Saved(bonn_, report.id.hex())));
  Must(TryEnter(kSurvey));
  Must(TrySubmit(aachen_, absl::StrReplaceAll(kReport, {{"2025", "2024"}})));
  ArrivesInBonn(aachen_);
  EXPECT_THAT(Listed(),
              ElementsAre("de-aachen 2024 report: Learning in every street (r1)",
                          "de-bonn 2025 report: Learning in every street (r1)",
                          absl::StrCat("de-bonn 2025 rating: ", kAdvocacy, " (r1) signed by expert int-expert"),
                          "de-bonn 2025 survey: Institute (r1) entered by the city"));
  EXPECT_THAT(Listed({.member = "de-aachen"}), SizeIs(1));
  EXPECT_THAT(Listed({.feature = "2.5.2"}), ElementsAre(HasSubstr("survey")));
  EXPECT_THAT(Listed({.year = 2025, .kind = "report"}), SizeIs(1));
  EXPECT_THAT(bonn_.desk.List({.member = "de-nowhere"}).status(), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(bonn_.desk.List({.feature = "9.9.9"}).status(), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(bonn_.desk.List({.year = 12}).status(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(bonn_.desk.List({.kind = "opinion"}).status(),
              StatusIs(StatusCode::kInvalidArgument, "write one of: report, rating, survey"));
  EXPECT_THAT(bonn_.desk.Show("ffffff", 0).status(), StatusIs(StatusCode::kNotFound));
}

TEST_F(ReviewDeskTest, ARatingThatAnotherProgramPublishedIsListedWithItsFault) {
  const Applicant stranger = ExpertNamed("int-stranger");
  const Rated nothing{bonn_number_, RecordNamed("none"), Random("none")};
  const v1::Rating by_stranger = SignedRating(network_, stranger, RatingOf(nothing, stranger, 5));
  const v1::Rating of_nothing =
      SignedRating(network_, ExpertNamed("int-expert"), RatingOf(nothing, ExpertNamed("int-expert"), 5));
  for (const v1::Rating& rating : {by_stranger, of_nothing}) {
    node::Publication publication;
    publication.collection = replication::kReviews;
    publication.kind = replication::kReviewRating;
    publication.payload = Must(node::domain::EncodeRecord(rating));
    Must(bonn_.node.Publish({publication}));
  }
  Must(bonn_.node.AwaitViews());
  const std::vector<std::string> lines = Listed();
  EXPECT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines, Contains(AllOf(HasSubstr("int-stranger"), HasSubstr("for no expert"))));
  EXPECT_THAT(lines, Contains(AllOf(HasSubstr("int-expert"), HasSubstr("is not held here"))));
  EXPECT_THAT(Must(bonn_.node.views().ObservationsOf(network_.roster(), {})), IsEmpty());
}

// Even where the network's policy would let it.
TEST_F(ReviewDeskTest, APartnerRatesNoCityAndIsToldWhatItMayDo) {
  const absl::Status status = TrySubmit(partner_, kReport).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("rates no city; it may publish practices, offers and notices"));
  EXPECT_THAT(partner_.node.units(), IsEmpty());
}

}  // namespace
}  // namespace hansa::testing
