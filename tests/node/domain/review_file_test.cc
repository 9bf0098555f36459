// Reports and surveys as people write them.
#include "node/domain/review_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "hansa/v1/reviews.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/attachment.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::catalogue::CurrentCatalogue;
using node::domain::Attach;
using node::domain::FileRemarks;
using replication::Member;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kReport[] = R"(+++
title = "Learning in every street"
language = "en"
period_ends_on = "2025-12-31"
features = ["3.1.1", "2.6.1"]
city = "Bonn"
+++
Before all.

## 2.6.1 How does the city speak for learning?
On every corner.

Every day.
## 2.1.4/support-for-senior-citizens
By bus.
## What else?
Nothing.
)";

constexpr char kSurvey[] = R"({
  "agency": "Institute",
  "year": 2025,
  "fieldwork_starts_on": "2025-03-03",
  "fieldwork_ends_on": "2025-04-11",
  "respondents": 1204,
  "question": "Do you?",
  "question_language": "en",
  "values": [
    {"cell": "2.6.2/information-and-services", "no_data_reason": "too few", "question": "Did you?"},
    {"cell": "2.5.2/learning-to-live-together", "value": "61.4"}
  ]
})";

absl::StatusOr<FileRemarks> ReadReport(const std::string& content, v1::ReviewReport& report,
                                       const std::vector<std::string>& features = {}) {
  return node::domain::ReadReportFile({"report.md", content}, CurrentCatalogue(), features, report);
}
absl::StatusOr<FileRemarks> ReadSurvey(const std::string& content, v1::SurveyBody& survey,
                                       const node::domain::SurveyGiven& given = {.member = Member(12)}) {
  return node::domain::ReadSurveyFile({"survey.json", content}, given, CurrentCatalogue(), survey);
}

TEST(ReviewFileTest, SectionsOfAReportKeepTheirOrderAndTheirIds) {
  v1::ReviewReport report;
  const FileRemarks remarks = Must(ReadReport(kReport, report, {"1.3.3", "2.6.1"}));
  EXPECT_THAT(remarks.warnings, IsEmpty());
  EXPECT_EQ(remarks.author_city, "Bonn");
  EXPECT_THAT(report.subjects().features(), ElementsAre("1.3.3", "2.6.1", "3.1.1"));
  ASSERT_THAT(report.sections(), SizeIs(4));
  EXPECT_EQ(report.sections(0).text(), "Before all.");
  EXPECT_EQ(report.sections(0).id(), "");
  EXPECT_EQ(report.sections(1).id(), "2.6.1");
  EXPECT_EQ(report.sections(1).question(), "How does the city speak for learning?");
  EXPECT_EQ(report.sections(1).text(), "On every corner.\n\nEvery day.");
  EXPECT_EQ(report.sections(2).id(), "2.1.4/support-for-senior-citizens");
  EXPECT_EQ(report.sections(2).question(), "");
  EXPECT_EQ(report.sections(3).question(), "What else?");
}

TEST(ReviewFileTest, AReportSaysItsYearAndNamesFeaturesThatThereAre) {
  v1::ReviewReport report;
  const std::string json = R"({"title": "T", "language": "en", "sections": [{"id": "2.6.1", "text": "So."}])";
  EXPECT_THAT(ReadReport(json + "}", report).status(), StatusIs(StatusCode::kInvalidArgument, "report.md: year: "));
  report.Clear();
  EXPECT_THAT(ReadReport(json + R"(, "year": 2025})", report), IsOk());
  EXPECT_EQ(report.sections(0).text(), "So.");
  report.Clear();
  EXPECT_THAT(ReadReport(json + R"(, "year": 2025})", report, {"9.9.9"}).status(),
              StatusIs(StatusCode::kInvalidArgument, "there is no '9.9.9'"));
  report.Clear();
  EXPECT_THAT(
      ReadReport(json + R"(, "period_starts_on": "2026-01-01", "period_ends_on": "2025-01-01"})", report).status(),
      StatusIs(StatusCode::kInvalidArgument, "period_ends_on: the last day lies before the first"));
  report.Clear();
  EXPECT_THAT(ReadReport(R"({"language": "en", "year": 2025})", report).status(),
              StatusIs(StatusCode::kInvalidArgument, "title: it is not given"));
}

TEST(ReviewFileTest, ASurveyIsCompletedAndPutInOrder) {
  v1::SurveyBody survey;
  Must(ReadSurvey(kSurvey, survey));
  EXPECT_EQ(survey.member(), 12u);
  EXPECT_EQ(survey.agency().name(), "Institute");
  EXPECT_EQ(survey.agency().kind(), v1::ORGANIZATION_KIND_SURVEY_AGENCY);
  EXPECT_EQ(survey.framework_version(), CurrentCatalogue().version());
  ASSERT_THAT(survey.values(), SizeIs(2));
  EXPECT_EQ(survey.values(0).cell(), "2.5.2/learning-to-live-together");
  EXPECT_EQ(survey.values(0).unit(), "percent");
  EXPECT_EQ(survey.values(0).question(), "Do you?");
  EXPECT_EQ(survey.values(1).question(), "Did you?");
  EXPECT_EQ(survey.values(1).question_language(), "en");
}

TEST(ReviewFileTest, WhoseASurveyIsIsSaidOnce) {
  const auto with = [](const std::string& more) {
    return absl::StrReplaceAll(kSurvey, {{"\"year\": 2025,", absl::StrCat("\"year\": 2025, ", more)}});
  };
  v1::SurveyBody survey;
  EXPECT_THAT(ReadSurvey(kSurvey, survey, {}).status(), StatusIs(StatusCode::kInvalidArgument, "member: "));
  survey.Clear();
  EXPECT_THAT(ReadSurvey(with("\"member\": 12,"), survey, {}), IsOk());
  survey.Clear();
  EXPECT_THAT(ReadSurvey(with("\"member\": 13,"), survey).status(),
              StatusIs(StatusCode::kInvalidArgument, "it is 13, and the survey is given for 12"));
  survey.Clear();
  EXPECT_EQ(Must(ReadSurvey(with("\"member\": \"de-bonn\","), survey)).author_city, "de-bonn");
  survey.Clear();
  EXPECT_THAT(ReadSurvey(with("\"agency_code\": \"int-institute\","), survey).status(),
              StatusIs(StatusCode::kInvalidArgument, "an agency with a code signs by itself"));
  survey.Clear();
  Must(ReadSurvey(kSurvey, survey, {.member = Member(12), .agency_code = "int-institute"}));
  EXPECT_EQ(survey.agency_code(), "int-institute");
  survey.Clear();
  EXPECT_THAT(ReadSurvey(with("\"report\": {},"), survey).status(), StatusIs(StatusCode::kInvalidArgument, "--report"));
  survey.Clear();
  EXPECT_THAT(
      ReadSurvey(absl::StrReplaceAll(kSurvey, {{"61.4", "161.4"}}), survey).status(),
      StatusIs(StatusCode::kInvalidArgument, "survey.json: values: 2.5.2/learning-to-live-together: 161.4 is more"));
}

TEST(AttachmentTest, AFileIsKnownByHashesOfItsPieces) {
  const replication::Crypto& crypto = replication::SodiumCrypto();
  const std::string content(300'000, 'x');
  const std::string salt(32, 's');
  v1::Attachment attachment;
  ASSERT_THAT(Attach(crypto, {.name = "Report.PDF", .content = content, .salt = salt}, attachment), IsOk());
  EXPECT_EQ(attachment.size(), 300'000u);
  EXPECT_EQ(attachment.media_type(), "application/pdf");
  const auto tagged = [&](const char* tag) { return replication::ByteWriter().Tag(tag).Raw(salt); };
  EXPECT_EQ(attachment.hash(), crypto.Sha256(tagged("hansa/file/1").Raw(content).bytes()).str());
  ASSERT_THAT(attachment.chunk_hashes(), SizeIs(2));
  EXPECT_EQ(attachment.chunk_hashes(0),
            crypto.Sha256(tagged("hansa/chunk/1").U32(0).Raw(content.substr(0, 262'144)).bytes()).str());
  EXPECT_EQ(attachment.chunk_hashes(1),
            crypto.Sha256(tagged("hansa/chunk/1").U32(1).Raw(content.substr(262'144)).bytes()).str());
  v1::Attachment other;
  EXPECT_THAT(Attach(crypto, {.name = "r", .content = "", .salt = salt}, other),
              StatusIs(StatusCode::kInvalidArgument, "empty"));
  EXPECT_THAT(Attach(crypto, {.name = "r", .content = "x", .salt = "short"}, other),
              StatusIs(StatusCode::kInvalidArgument, "32 bytes"));
}

}  // namespace
}  // namespace hansa::testing
