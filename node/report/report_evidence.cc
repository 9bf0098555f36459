// What the numbers lead to: the city's strategies in full, and the surveys of the year.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "node/report/report_writing.h"

namespace hansa::node::report {
namespace {

using FactRow = std::pair<std::string, std::string>;

// Two columns; what is empty is left out.
Table FactsTable(const words::Words& words, std::string caption, std::vector<FactRow> facts) {
  Table table{.caption = std::move(caption), .header = {words("What"), words("In this report")}};
  for (FactRow& fact : facts) {
    if (!fact.second.empty()) table.rows.push_back({std::move(fact.first), std::move(fact.second)});
  }
  return table;
}

void WriteStrategy(ReportWriting& writing, const OwnStrategy& strategy) {
  const words::Words& words = writing.words;
  writing.Head(2, strategy.title);
  std::vector<std::string> features;
  for (const std::string& id : strategy.features) {
    const catalogue::Feature* const feature = writing.catalogue().FindFeature(id);
    features.push_back(feature == nullptr ? id : absl::StrCat(id, " ", feature->statement.In(writing.language())));
  }
  const std::string adopted = strategy.adopted_by.empty() || strategy.adopted_on.empty()
                                  ? absl::StrCat(strategy.adopted_by, strategy.adopted_on)
                                  : WithAside(strategy.adopted_by, strategy.adopted_on);
  writing.Add(FactsTable(words, words("{0} in short", strategy.title),
                         {{words("First day"), strategy.starts_on},
                          {words("Ends on"), strategy.ends_on},
                          {words("In charge"), strategy.responsible},
                          {words("Adopted by"), adopted},
                          {words("Key features"), absl::StrJoin(features, "\n")},
                          {words("Record"), strategy.id}}));
  const auto say = [&](std::string label, const std::string& text) {
    writing.Say({.label = std::move(label), .text = text, .language = strategy.language});
  };
  say(words("In short"), strategy.summary);
  say(words("How residents took part"), strategy.participation);
  say(words("How progress is monitored"), strategy.monitoring);
  say(words("What monitoring has shown"), strategy.findings);
  say(words("What came of it"), strategy.outcome);
  say(words("Cost and who pays"), strategy.funding);
}

std::string DaysOf(const words::Words& words, const SurveyOfYear& survey) {
  if (survey.starts_on.empty() || survey.ends_on.empty()) return absl::StrCat(survey.starts_on, survey.ends_on);
  return words("{0} to {1}", survey.starts_on, survey.ends_on);
}

Table AnswersTable(const ReportWriting& writing, const SurveyOfYear& survey) {
  const words::Words& words = writing.words;
  Table table{.caption = words("What {0} found", survey.agency),
              .header = {words("Cell"), words("Value"), words("Unit"), words("The question as it was put"),
                         words("People who answered"), words("Note")},
              .numeric = {1, 4}};
  for (const SurveyAnswer& answer : survey.answers) {
    const catalogue::Cell* const cell = writing.catalogue().FindCell(answer.cell);
    const std::uint64_t people = answer.respondents == 0 ? survey.respondents : answer.respondents;
    table.rows.push_back({cell == nullptr ? answer.cell : writing.TitleOf(*cell),
                          answer.value.empty() ? words("no data: {0}", answer.no_data_reason) : answer.value,
                          cell == nullptr ? "" : writing.UnitOf(*cell->measurement),
                          WithAside(answer.question, answer.question_language),
                          people == 0 ? "" : words::Grouped(people), answer.note});
  }
  return table;
}

void WriteSurvey(ReportWriting& writing, const SurveyOfYear& survey) {
  const words::Words& words = writing.words;
  writing.Head(2, survey.agency);
  writing.Add(FactsTable(
      words, words("How {0} asked", survey.agency),
      {{words("Whose word it is"),
        survey.agency_code.empty() ? words("entered by the city") : words("signed by agency {0}", survey.agency_code)},
       {words("Days of asking"), DaysOf(words, survey)},
       {words("People who answered"), survey.respondents == 0 ? "" : words::Grouped(survey.respondents)},
       {words("Language"), survey.language}}));
  writing.Say({.label = words("Who could be asked, and how they were chosen"),
               .text = survey.method,
               .language = survey.language});
  writing.Add(AnswersTable(writing, survey));
  writing.Say({.label = words("The city's own account"), .text = survey.note, .language = survey.note_language});
}

}  // namespace

void WriteAccounts(ReportWriting& writing) {
  const words::Words& words = writing.words;
  if (writing.input().accounts.empty()) return;
  writing.Head(1, words("What the city says"));
  for (const OwnAccount& account : writing.input().accounts) {
    writing.Head(2, account.title);
    writing.Say({.text = account.summary, .language = account.language});
    for (const OwnAccount::Section& section : account.sections) {
      if (!section.heading.empty()) writing.Head(3, section.heading);
      for (const absl::string_view text : absl::StrSplit(section.text, "\n\n", absl::SkipWhitespace())) {
        writing.Say({.text = std::string(absl::StripAsciiWhitespace(text)), .language = account.language});
      }
    }
    writing.Say({.label = words("Approved by"), .text = account.approved_by});
  }
}

void WriteStrategies(ReportWriting& writing) {
  if (writing.input().strategies.empty()) return;
  writing.Head(1, writing.words("Strategies and actions"));
  for (const OwnStrategy& strategy : writing.input().strategies) WriteStrategy(writing, strategy);
}

void WriteSurveys(ReportWriting& writing) {
  if (writing.input().surveys.empty()) return;
  writing.Head(1, writing.words("Surveys"));
  for (const SurveyOfYear& survey : writing.input().surveys) WriteSurvey(writing, survey);
}

}  // namespace hansa::node::report
