#include "node/desk/report_desk.h"

#include <string>

#include "node/desk/review_desk.h"
#include "node/desk/strategy_desk.h"
#include "node/desk/target_desk.h"
#include "node/report/markdown_form.h"
#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ReportDeskTest : public DeskTest {
 protected:
  ReportDeskTest() {
    LetCitiesWrite(network_, replication::kStrategies);
    LetCitiesWrite(network_, replication::kReviews);
    node_.Refresh();
  }

  absl::StatusOr<std::string> Report(node::desk::ReportRequest request) {
    const auto document = reports_.Make(request);
    if (!document.ok()) return document.status();
    return node::report::MarkdownForm(*document);
  }

  node::desk::ReportDesk reports_{node_, node::catalogue::CurrentCatalogue(), node_.views()};
};

TEST_F(ReportDeskTest, WhatWasPublishedIsInItAndNothingElse) {
  ImportsRow(kLiteracy, 2022, "97.10");
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  ImportsRow(kLiteracy, 2023, "11.11");      // a draft
  ImportsRow(kUnemployment, 2023, "22.22");  // another
  AachenPublishes(2023, kLiteracy, "33.33");
  const std::string report = Must(Report({.year = 2023}));
  EXPECT_THAT(report, AllOf(HasSubstr("97.10 in 2022, 98 in 2023: a difference of +0.9 percentage points"),
                            HasSubstr("| Country | Germany (DEU) |"), HasSubstr("member de-bonn, entry ")));
  EXPECT_THAT(report, AllOf(Not(HasSubstr("11.11")), Not(HasSubstr("22.22")), Not(HasSubstr("33.33"))));
  EXPECT_THAT(report, AllOf(Not(HasSubstr("achen"))));
}

TEST_F(ReportDeskTest, ACorrectionIsWhatStandsAndSaysWhy) {
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  ImportsRow(kLiteracy, 2023, "98.5");
  Publishes(2023, "counted anew");
  EXPECT_THAT(Must(Report({.year = 2023})), AllOf(HasSubstr("| Revision | 2: counted anew |"), HasSubstr("98.5")));
}

TEST_F(ReportDeskTest, OwnTargetsAreInIt) {
  ImportsRow(kLiteracy, 2022, "97");
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  node::desk::TargetDesk targets(node_, node::catalogue::CurrentCatalogue(), node_.views(), [] { return 2000; });
  Must(targets.Set(
      {.cell = kLiteracy, .value = "99", .by_year = 2030, .note = "as the council wants", .language = "en"}));
  Must(node_.AwaitViews());
  const std::string report = Must(Report({.year = 2023}));
  EXPECT_THAT(report, AllOf(HasSubstr("99 % by 2030"), HasSubstr("as the council wants"),
                            HasSubstr("A 2030: the city's own target: 99")));
}

TEST_F(ReportDeskTest, StrategiesSurveysAndTheCitysOwnAccountAreInIt) {
  ImportsRow(kLiteracy, 2022, "97");
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  const auto& catalogue = node::catalogue::CurrentCatalogue();
  Must(node::desk::StrategyDesk(node_, catalogue, node_.views())
           .Add({.name = "s.json",
                 .content = R"({"title": "Letters for all", "language": "en", "starts_on": "2022-03-01",
                  "features": ["1.1.1"], "monitoring": "every spring"})"}));
  Must(node::desk::StrategyDesk(node_, catalogue, node_.views())
           .Add({.name = "s.json", .content = R"({"title": "Not begun yet", "language": "en", "starts_on": "2024-03-01",
                  "features": ["1.1.1"]})"}));
  node::desk::ReviewDesk reviews(node_, catalogue, node_.views());
  Must(reviews.EnterSurvey(
      {.file = {.name = "survey.json",
                .content = R"({"agency": {"name": "Institute for Surveys", "kind": "survey agency", "country": "DEU"},
                  "year": 2023, "fieldwork_starts_on": "2023-03-03", "fieldwork_ends_on": "2023-04-11",
                  "respondents": 1204, "language": "en", "question_language": "en",
                  "values": [{"cell": "2.5.2/learning-to-live-together", "value": "61.4", "question": "Have you?"}]})"}}));
  Must(reviews.Submit(
      {.file = {.name = "report.json", .content = R"({"title": "What we did", "language": "en", "year": 2023,
                                  "summary": "Much.", "features": ["2.6.1"]})"}}));
  Must(node_.AwaitViews());
  const std::string report = Must(Report({.year = 2023}));
  EXPECT_THAT(report, AllOf(HasSubstr("A 2022: 'Letters for all' begins"), HasSubstr("every spring"),
                            Not(HasSubstr("Not begun yet")), HasSubstr("61.4, found by Institute for Surveys")));
  EXPECT_THAT(report, AllOf(HasSubstr("| Whose word it is | entered by the city |"), HasSubstr("| 1,204 |"),
                            HasSubstr("## What the city says\n\n### What we did\n\nMuch.")));
  EXPECT_THAT(report, HasSubstr("| All parts | 76 | 2 | 0 | 74 |"));
}

TEST_F(ReportDeskTest, AYearWithoutASetSaysWhatToDo) {
  EXPECT_THAT(Report({.year = 2023}),
              StatusIs(StatusCode::kFailedPrecondition, "hansa indicators publish --year 2023"));
  ImportsRow(kLiteracy, 2023, "98");
  EXPECT_THAT(Report({.year = 2023}), StatusIs(StatusCode::kFailedPrecondition)) << "a draft is no set";
  Publishes();
  EXPECT_THAT(Report({.year = 2022}),
              StatusIs(StatusCode::kFailedPrecondition, "name a year that it has published: 2023"));
  EXPECT_THAT(Report({.year = 2023, .member = "de-aachen"}),
              StatusIs(StatusCode::kFailedPrecondition, "only the city itself can publish it"));
  Must(desk_.Withdraw(2023, "a mistake"));
  EXPECT_THAT(Report({.year = 2023}), StatusIs(StatusCode::kFailedPrecondition, "nothing that stands for 2023"));
}

TEST_F(ReportDeskTest, AYearWithASurveyAloneIsReported) {
  node::desk::ReviewDesk reviews(node_, node::catalogue::CurrentCatalogue(), node_.views());
  Must(reviews.EnterSurvey(
      {.file = {.name = "survey.json",
                .content = R"({"agency": {"name": "Institute for Surveys", "kind": "survey agency", "country": "DEU"},
                  "year": 2024, "fieldwork_starts_on": "2024-03-03", "fieldwork_ends_on": "2024-04-11",
                  "respondents": 1204, "language": "en", "question_language": "en",
                  "values": [{"cell": "2.5.2/learning-to-live-together", "value": "61.4", "question": "Have you?"}]})"}}));
  Must(node_.AwaitViews());
  const std::string report = Must(Report({.year = 2024}));
  EXPECT_THAT(report, AllOf(HasSubstr("61.4, found by Institute for Surveys"), HasSubstr("none stands for 2024"),
                            HasSubstr("Figures as published on"), HasSubstr("| All parts | 76 | 1 | 0 | 75 |")));
  EXPECT_THAT(report, Not(HasSubstr("Hash of the signed entry")));
  EXPECT_THAT(Report({.year = 2023}), StatusIs(StatusCode::kFailedPrecondition, "that it has published: 2024"));
  EXPECT_THAT(Must(reports_.Years("")), ElementsAre(2024));
  ImportsRow(kLiteracy, 2022, "97");
  EXPECT_THAT(Must(reports_.Years("")), ElementsAre(2024));  // a draft is none
  Publishes(2022);
  EXPECT_THAT(Must(reports_.Years("")), ElementsAre(2022, 2024));
  EXPECT_THAT(Must(reports_.Years("de-aachen")), IsEmpty());
}

TEST_F(ReportDeskTest, ANodeOfNoCityIsToldToNameOne) {
  FakeNode authority(network_, germany_);
  const node::desk::ReportDesk desk(authority, node::catalogue::CurrentCatalogue(), authority.views());
  EXPECT_THAT(desk.Make({.year = 2023}), StatusIs(StatusCode::kFailedPrecondition, "name the city with --member"));
  EXPECT_THAT(desk.Years(""), StatusIs(StatusCode::kFailedPrecondition, "name the city with --member"));
}

TEST_F(ReportDeskTest, ACityThatIsNotAdmittedYetHasNothingToReport) {
  FakeNode applicant(network_, CityNamed("de-ulm", "DEU"));
  const node::desk::ReportDesk desk(applicant, node::catalogue::CurrentCatalogue(), applicant.views());
  EXPECT_THAT(Must(desk.Years("")), IsEmpty());
}

TEST_F(ReportDeskTest, WhoIsAskedForHasToBeACity) {
  EXPECT_THAT(Report({.year = 2023, .member = "de-bon"}), StatusIs(StatusCode::kNotFound, "de-bonn"));
  EXPECT_THAT(Report({.year = 1}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Report({.year = 2023, .member = germany_.application.slug}),
              StatusIs(StatusCode::kFailedPrecondition, "no city"));
}

TEST_F(ReportDeskTest, AnyNodeMakesTheReportOfAnyCityInEitherLanguage) {
  AachenPublishes(2023, kLiteracy, "97.50");
  EXPECT_THAT(Must(Report({.year = 2023, .member = "de-aachen"})), HasSubstr("97.50"));
  EXPECT_THAT(Must(Report({.year = 2023, .member = "de-aachen", .language = "ko-KR"})),
              AllOf(HasSubstr("2023년 추진 현황 보고서"), HasSubstr("독일 (DEU)")));
  EXPECT_THAT(Must(Report({.year = 2023, .member = "de-aachen", .language = "fr"})),
              HasSubstr("progress report for 2023"));
}

}  // namespace
}  // namespace hansa::testing
