#include "node/report/report_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/node/report/real_report.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::report {
namespace {

using hansa::testing::Must;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kUnemployment[] = "1.2.2/unemployment-rate#total";

Document Report(const ReportInput& input, words::Language language = words::Language::kEnglish) {
  return MakeReport(TheCatalogue(), input, language);
}

// Every text of a document, a line each.
std::vector<std::string> Texts(const Document& document) {
  std::vector<std::string> texts = {document.title, document.author};
  struct Taker {
    std::vector<std::string>& texts;
    void operator()(const Heading& heading) const { texts.push_back(heading.text); }
    void operator()(const Paragraph& p) const {
      texts.push_back(absl::StrCat(p.label, p.label.empty() ? "" : ": ", p.text));
    }
    void operator()(const List& list) const { texts.insert(texts.end(), list.items.begin(), list.items.end()); }
    void operator()(const Table& table) const {
      texts.push_back(table.caption);
      texts.push_back(absl::StrJoin(table.header, "|"));
      for (const auto& row : table.rows) texts.push_back(absl::StrJoin(row, "|"));
    }
    void operator()(const Chart& chart) const { texts.push_back(chart.caption); }
  };
  for (const Block& block : document.blocks) std::visit(Taker{texts}, block);
  return texts;
}

std::vector<std::string> Headings(const Document& document, int level) {
  std::vector<std::string> headings;
  for (const Block& block : document.blocks) {
    const Heading* const heading = std::get_if<Heading>(&block);
    if (heading != nullptr && heading->level == level) headings.push_back(heading->text);
  }
  return headings;
}

std::vector<Chart> Charts(const Document& document) {
  std::vector<Chart> charts;
  for (const Block& block : document.blocks) {
    if (const Chart* const chart = std::get_if<Chart>(&block)) charts.push_back(*chart);
  }
  return charts;
}

ReportInput WithAnswer(ReportInput input, domain::Observation answer) {
  auto& answers = input.set.observations;
  answers.erase(
      std::remove_if(answers.begin(), answers.end(), [&](const auto& one) { return one.cell == answer.cell; }),
      answers.end());
  answers.push_back(std::move(answer));
  domain::SortInCatalogueOrder(TheCatalogue(), answers);
  return input;
}

TEST(ReportContent, SaysWhatItRestsOn) {
  const Document report = Report(BristolIn(2018));
  EXPECT_EQ(report.title, "Bristol: progress report for 2018");
  EXPECT_EQ(report.author, "Bristol");
  EXPECT_EQ(report.dated_ms, 1717146720000u);
  const auto texts = Texts(report);
  EXPECT_THAT(texts, Contains(absl::StrCat("Catalogue of definitions (SHA-256)|", TheCatalogue().sha256_hex())));
  EXPECT_THAT(texts, Contains("Indicator set (record)|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
  EXPECT_THAT(texts, Contains("Revision|2: corrected by the statistics office"));
  EXPECT_THAT(texts, Contains("Signed by|member gb-bristol, entry 12 of its indicators"));
  EXPECT_THAT(texts, Contains("Published|2024-05-31 09:12 UTC, by the city's own clock"));
  EXPECT_THAT(texts, Contains("All parts|76|8|0|68"));
}

TEST(ReportContent, EveryAreaStandsThereAndRowsWithoutAnswerAreNamedOnly) {
  const Document report = Report(BristolIn(2018));
  EXPECT_THAT(Headings(report, 2), Contains("3.3 Boosting resource mobilization and utilization"));
  EXPECT_THAT(Headings(report, 3), Not(Contains(HasSubstr("1.1.1"))));
  EXPECT_THAT(Headings(report, 4), ElementsAre("Gender equality in politics", "Unemployment rate",
                                               "Human resources in science and technology (HRST)", "CO2 emissions",
                                               "Enrolment in pre-primary education", "Internet usage"));
  EXPECT_THAT(Texts(report), Contains(HasSubstr("Not reported for 2018: 1.1.1 Adult literacy rate; 1.1.2 ")));
}

TEST(ReportContent, AValueKeepsItsDigitsItsSourceAndItsNote) {
  const auto texts = Texts(Report(BristolIn(2018)));
  EXPECT_THAT(texts, Contains("Total|3.8|%|2018|the city|official data|Modelled unemployment rate by local "
                              "authority|Office for National Statistics (UK)"));
  EXPECT_THAT(
      texts,
      Contains(
          "Male|3.2|%|2018|the city|survey|Unemployment in Bristol by sex|ONS Nomis through Bristol local SDG data"));
  EXPECT_THAT(texts, Contains("Note (Total): model-based estimate, 16 years and over"));
  EXPECT_THAT(texts, Contains("Note (Male, Female): Annual Population Survey via Nomis; total is in "
                              "Modelled unemployment rate by local authority"));
  EXPECT_THAT(texts, Contains("Modelled unemployment rate by local authority|official data|Office for National "
                              "Statistics (UK)|OGL-UK-3.0|Unemployment rate, Total: 2004–2018"));
  EXPECT_THAT(texts, Contains("Unemployment rate, Total|2004–2017|Note|model-based estimate, 16 years and over"))
      << "notes travel with earlier values too";
}

TEST(ReportContent, TheOwnPastIsReadWithADirectionOnlyWhereThereIsOne) {
  const auto texts = Texts(Report(BristolIn(2018)));
  EXPECT_THAT(texts, Contains("The city's own past (Total): 5.1 in 2004, 3.8 in 2018: a difference of −1.3 percentage "
                              "points, ↓ towards the feature"));
  EXPECT_THAT(texts, Contains("The city's own past: 5.3 in 2004, 7.9 in 2018: a difference of +2.6 percentage points"))
      << "no direction is given to this row";
  EXPECT_THAT(texts, Contains("Unemployment rate, Total|%|2004|5.1|3.8|−1.3"));
}

TEST(ReportContent, LaterYearsAreNotInIt) {
  for (const Chart& chart : Charts(Report(BristolIn(2012)))) {
    for (const Dot& dot : chart.dots) EXPECT_LE(dot.year, 2012) << chart.caption;
  }
  EXPECT_THAT(Texts(Report(BristolIn(2012))), Not(Contains(HasSubstr("2014"))));
}

TEST(ReportContent, ChartsStandWhereThereAreTwoValuesAndBreakWhereTheyCannotBeCompared) {
  ReportInput input = BristolIn(2018);
  for (OwnSeries& own : input.series) {
    if (own.cell->id != kUnemployment) continue;
    for (domain::SeriesPoint& point : own.points) {
      if (point.year >= 2015) point.observation.source_kind = domain::SourceKind::kSurvey;
      if (point.year == 2016) point.observation.value.reset();
    }
  }
  const auto charts = Charts(Report(input));
  const auto found = std::find_if(charts.begin(), charts.end(), [](const Chart& chart) {
    return absl::StartsWith(chart.caption, "Unemployment rate, Total");
  });
  ASSERT_NE(found, charts.end());
  EXPECT_EQ(found->caption, "Unemployment rate, Total: the city's own values, 2004 to 2018");
  EXPECT_EQ(found->least, "0");
  EXPECT_EQ(found->greatest, "100");
  ASSERT_THAT(found->dots, SizeIs(15));
  EXPECT_EQ(found->dots[11], (Dot{2015, "5.3", true}));
  EXPECT_EQ(found->dots[12], (Dot{2016, "", false}));
  EXPECT_FALSE(found->dots[13].apart);
}

TEST(ReportContent, NoDataHasItsReasonAndIsNotNought) {
  domain::Observation answer;
  answer.cell = "1.1.2/participation-rate-in-election";
  answer.no_data_reason = "no election was held";
  const auto texts = Texts(Report(WithAnswer(BristolIn(2018), answer)));
  EXPECT_THAT(texts, Contains("No data: no election was held"));
  EXPECT_THAT(texts, Contains("No data|%")) << "columns that nothing fills are left out";
  EXPECT_THAT(texts, Contains("All parts|76|8|1|67"));
}

TEST(ReportContent, DeparturesAttributesAndWiderAreasAreSaid) {
  domain::Observation answer;
  answer.cell = "1.2.1/gdp-per-capita";
  answer.value = Must(domain::Decimal::Parse("31000.50"));
  answer.unit = "usd-ppp-per-capita";
  answer.source_kind = domain::SourceKind::kOfficialData;
  answer.source = "statistics office";
  answer.match = domain::DefinitionMatch::kProxy;
  answer.derivation_note = "value added, not product";
  answer.level = domain::AreaLevel::kRegion;
  answer.area = "West of England";
  answer.period = "2016–2018";
  answer.definition_language = "ko";
  answer.attributes = {{"conversion", "ppp"}};
  answer.approved_by = "head of statistics";
  const auto texts = Texts(Report(WithAnswer(BristolIn(2018), answer)));
  EXPECT_THAT(texts, Contains("31000.50|US$ (PPP) per capita|2016–2018|West of England (a wider area)|official data|"
                              "statistics office|head of statistics"));
  EXPECT_THAT(texts,
              Contains("Departure from the definition: a proxy: something else that stands near it. value added, "
                       "not product"));
  EXPECT_THAT(texts, Contains("Conversion to US$: Purchasing power parity"));
  EXPECT_THAT(texts, Contains("Wording followed: the value follows the Korean wording"));
  EXPECT_THAT(texts, Contains(HasSubstr("How the two wordings differ: English: adjusted for purchasing power parity")));
}

TEST(ReportContent, TargetsStrategiesRatingsAndSurveysStandBesideTheirRows) {
  const Document report = Report(BristolWithAll(2018));
  const auto texts = Texts(report);
  EXPECT_THAT(texts, Contains("The city's own target (Total): 3.5 % by 2022, approved by city council"));
  EXPECT_THAT(texts, Contains("Plan for learning in the city (begun on 2012-09-01; under way)"));
  EXPECT_THAT(texts, Contains("How residents took part: Residents were asked in every ward."));
  EXPECT_THAT(texts, Contains("An expert's rating: 4 (Very good) on the scale from 1 to 5, signed by expert E-07 "
                              "(2019-02-01)"));
  EXPECT_THAT(texts, Contains("The city's answer: We shall widen it."));
  EXPECT_THAT(texts, Contains("Survey: 34.5, found by An agency for surveys; more of it stands under Surveys."));
  EXPECT_THAT(texts, Contains("Whose word it is|entered by the city"));
  EXPECT_THAT(texts,
              Contains("Participation in physical exercise and sports|34.5|%|How often do you exercise in a week? "
                       "(en)|1,200"));
  std::vector<Mark> marks;
  for (const Chart& chart : Charts(report)) marks.insert(marks.end(), chart.marks.begin(), chart.marks.end());
  EXPECT_THAT(marks, ElementsAre(Mark{2012, "'Plan for learning in the city' begins", ""},
                                 Mark{2022, "the city's own target", "3.5"}));
}

TEST(ReportContent, WordsOfSurveysAreASeriesOfTheirOwn) {
  ReportInput input = BristolIn(2018);
  OwnSeries surveyed{.cell = TheCatalogue().FindCell(kUnemployment), .word = "signed by agency A-1"};
  for (const int year : {2017, 2018}) {
    domain::Observation answer;
    answer.cell = kUnemployment;
    answer.value = Must(domain::Decimal::Parse(absl::StrCat(year - 2010)));
    answer.word_of = surveyed.word;
    surveyed.points.push_back({.year = year, .observation = answer, .revision = 1});
  }
  const auto place = std::find_if(input.series.begin(), input.series.end(),
                                  [](const OwnSeries& own) { return own.cell->id == kUnemployment; });
  input.series.insert(place + 1, surveyed);
  const Document report = Report(input);
  std::vector<std::string> captions;
  for (const Chart& chart : Charts(report)) captions.push_back(chart.caption);
  EXPECT_THAT(captions, Contains("Unemployment rate, Total: the city's own values, 2004 to 2018"));
  EXPECT_THAT(captions,
              Contains("Unemployment rate, Total (signed by agency A-1): the city's own values, 2017 to 2018"));
  EXPECT_THAT(Texts(report), Contains(HasSubstr("(Total, signed by agency A-1): 7 in 2017, 8 in 2018")));
}

TEST(ReportContent, TheCitysOwnAccountStandsInFront) {
  ReportInput input = BristolIn(2018);
  input.accounts = {{.title = "What we did",
                     .language = "en",
                     .summary = "In short.",
                     .sections = {{"What changed?", "One.\n\nTwo."}},
                     .approved_by = "mayor's office"}};
  const Document report = Report(input);
  EXPECT_THAT(Headings(report, 1), Contains("What the city says"));
  EXPECT_THAT(Texts(report),
              ::testing::AllOf(Contains("One."), Contains("Two."), Contains("Approved by: mayor's office")));
}

TEST(ReportContent, CellsOfAnotherVersionAreShownUnread) {
  domain::Observation answer;
  answer.cell = "9.9.9/something-new";
  answer.value = Must(domain::Decimal::Parse("7"));
  answer.source = "a source";
  EXPECT_THAT(Texts(Report(WithAnswer(BristolIn(2018), answer))), Contains("9.9.9/something-new|7|a source"));
}

TEST(ReportContent, WhatTheCityWroteHasItsLanguageAndOurWordsHaveThatOfTheReader) {
  ReportInput input = BristolIn(2018);
  input.set.language = "en";
  const Document report = Report(input, words::Language::kKorean);
  EXPECT_EQ(report.language, "ko");
  EXPECT_EQ(report.title, "Bristol: 2018년 추진 현황 보고서");
  std::vector<std::string> languages;
  for (const Block& block : report.blocks) {
    const Paragraph* const paragraph = std::get_if<Paragraph>(&block);
    if (paragraph != nullptr && absl::StrContains(paragraph->text, "model-based"))
      languages.push_back(paragraph->language);
  }
  EXPECT_THAT(languages, ElementsAre("en"));
  EXPECT_THAT(Texts(report), Contains(HasSubstr("특징에 가까워짐")));
}

TEST(ReportContent, WithoutFiguresThereIsAReportAllTheSame) {
  ReportInput input = BristolIn(2018);
  input.set.observations.clear();
  input.series.clear();
  const Document report = Report(input);
  EXPECT_THAT(Headings(report, 4), IsEmpty());
  EXPECT_THAT(Texts(report), Contains("All parts|76|0|0|76"));
  EXPECT_THAT(Headings(report, 1), Not(Contains("Annex C: sources")));
}

TEST(ReportContent, TheSameInputGivesTheSameDocument) {
  EXPECT_EQ(Report(BristolWithAll(2018)), Report(BristolWithAll(2018)));
}

}  // namespace
}  // namespace hansa::node::report
