// What `hansa help files` shows is taken as it stands.
#include "node/cli/file_examples.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/catalogue/current.h"
#include "node/cli/dialogue_examples.h"
#include "node/cli/notice_examples.h"
#include "node/domain/dialogue_file.h"
#include "node/domain/notice_file.h"
#include "node/domain/notice_reading.h"
#include "node/domain/practice_file.h"
#include "node/domain/record_file.h"
#include "node/domain/review_file.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::cli {
namespace {

using hansa::testing::Must;
using hansa::testing::RunHansa;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(FileExamples, ThePracticeIsTaken) {
  v1::Practice practice;
  domain::NamedOriginals built_on;
  const domain::FileRemarks remarks = Must(domain::ReadPracticeFile({"practice.md", kPracticeExample.example},
                                                                    catalogue::CurrentCatalogue(), practice, built_on));
  EXPECT_THAT(remarks.warnings, IsEmpty());
  EXPECT_FALSE(practice.problem().empty() || practice.done().empty() || practice.outcome().empty());
  EXPECT_EQ(practice.contact().role(), "coordinator for adult learning");
  EXPECT_THAT(built_on, ElementsAre("8d1366908b71"));
  EXPECT_FALSE(practice.built_on(0).changed().empty() || practice.built_on(0).outcome().empty());
}

TEST(FileExamples, TheTranslationIsTaken) {
  v1::PracticeTranslation translation;
  const domain::FileRemarks remarks = Must(domain::ReadTranslationFile({"translation.md", kTranslationExample.example},
                                                                       catalogue::CurrentCatalogue(), translation));
  EXPECT_THAT(remarks.warnings, IsEmpty());
  EXPECT_EQ(translation.language(), "ko");
  EXPECT_EQ(translation.method(), v1::TRANSLATION_METHOD_PEOPLE);
  EXPECT_FALSE(translation.problem().empty() || translation.done().empty() || translation.outcome().empty());
}

TEST(FileExamples, TheOfferIsTaken) {
  v1::Offer offer;
  const domain::FileRemarks remarks =
      Must(domain::ReadOfferFile({"offer.json", kOfferExample.example}, catalogue::CurrentCatalogue(), offer));
  EXPECT_THAT(remarks.warnings, IsEmpty());
  EXPECT_EQ(offer.deadline().zone(), "Asia/Seoul");
}

TEST(FileExamples, TheStrategyIsTaken) {
  v1::Strategy strategy;
  domain::NamedRecords named;
  const domain::FileRemarks remarks = Must(domain::ReadStrategyFile({"strategy.md", kStrategyExample.example},
                                                                    catalogue::CurrentCatalogue(), strategy, named));
  EXPECT_THAT(remarks.warnings, IsEmpty());
  EXPECT_FALSE(strategy.text().empty() || strategy.participation().empty() || strategy.monitoring().empty() ||
               strategy.findings().empty() || strategy.outcome().empty());
  EXPECT_EQ(strategy.responsible(), "Department of Education");
}

TEST(FileExamples, TheReportAndTheSurveyAreTaken) {
  v1::ReviewReport report;
  const domain::FileRemarks remarks =
      Must(domain::ReadReportFile({"report.md", kReportExample.example}, catalogue::CurrentCatalogue(), {}, report));
  EXPECT_THAT(remarks.warnings, IsEmpty());
  EXPECT_EQ(report.sections_size(), 2);
  EXPECT_EQ(report.sections(1).id(), "3.1.1");
  v1::SurveyBody survey;
  Must(domain::ReadSurveyFile({"survey.json", kSurveyExample.example}, {.member = replication::Member(12)},
                              catalogue::CurrentCatalogue(), survey));
  EXPECT_EQ(survey.values_size(), 2);
}

TEST(FileExamples, TheNoticesAreTaken) {
  using domain::NoticeKind;
  for (const auto& [kind, example] : {std::pair{NoticeKind::kGuidance, kGuidanceExample},
                                      {NoticeKind::kOpportunity, kOpportunityExample},
                                      {NoticeKind::kCall, kCallExample},
                                      {NoticeKind::kRecognition, kRecognitionExample},
                                      {NoticeKind::kCluster, kClusterExample}}) {
    domain::NamedByNotice named;
    const domain::FileRemarks remarks = Must(domain::ReadNoticeFile(
        kind, {"notice", example.example}, catalogue::CurrentCatalogue(), *domain::NewNotice(kind), named));
    EXPECT_THAT(remarks.warnings, IsEmpty()) << domain::NoticeKindName(kind);
  }
}

TEST(FileExamples, TheTopicIsTaken) {
  v1::Topic topic;
  std::string about;
  const domain::FileRemarks remarks =
      Must(domain::ReadTopicFile({"topic.md", kTopicExample.example}, catalogue::CurrentCatalogue(), topic, about));
  EXPECT_THAT(remarks.warnings, IsEmpty());
  EXPECT_FALSE(topic.text().empty());
  EXPECT_EQ(about, "");
}

TEST(FileExamples, HelpShowsThemInEachLanguage) {
  for (const char* language : {"en", "ko"}) {
    const auto ran = RunHansa({"help", "files", "--lang", language});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_THAT(ran.out, HasSubstr(kPracticeExample.example));
    EXPECT_THAT(ran.out, HasSubstr(kTranslationExample.example));
    EXPECT_THAT(ran.out, HasSubstr(kOfferExample.example));
    EXPECT_THAT(ran.out, HasSubstr(kStrategyExample.example));
    EXPECT_THAT(ran.out, HasSubstr(kReportExample.example));
    EXPECT_THAT(ran.out, HasSubstr(kSurveyExample.example));
    EXPECT_THAT(ran.out, HasSubstr(kTopicExample.example));
    for (const FileExample& notice :
         {kGuidanceExample, kOpportunityExample, kCallExample, kClusterExample, kRecognitionExample}) {
      EXPECT_THAT(ran.out, HasSubstr(notice.example));
    }
  }
}

}  // namespace
}  // namespace hansa::node::cli
