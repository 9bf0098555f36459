#include "node/report/report_rows.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "node/domain/comparable.h"
#include "node/report/report_remarks.h"

namespace hansa::node::report {
namespace {

using catalogue::Cell;
using catalogue::Measurement;
using domain::Observation;

std::vector<const Cell*> CellsOf(const ReportWriting& writing, const Measurement& measurement) {
  std::vector<const Cell*> cells;
  cells.reserve(measurement.cells.size());
  for (const std::string& id : measurement.cells) cells.push_back(writing.catalogue().FindCell(id));
  return cells;
}

// The definition, and where the languages of the framework ask different things, the other one and the difference.
void WriteDefinition(ReportWriting& writing, const Measurement& measurement) {
  const words::Words& words = writing.words;
  writing.Say({.label = words("Definition"), .text = measurement.definition.In(writing.language())});
  if (!domain::LanguagesDiffer(measurement)) return;
  const std::string other = writing.language() == "ko" ? "en" : "ko";
  writing.Say({.label = other == "ko" ? words("Korean wording") : words("English wording"),
               .text = measurement.definition.In(other),
               .language = other});
  std::vector<std::string> differences;
  for (const catalogue::Note& note : measurement.notes) {
    if (note.kind == "language_difference") differences.push_back(note.text.In(writing.language()));
  }
  writing.Say({.label = words("How the two wordings differ"),
               .text = absl::StrJoin(differences, " "),
               .language = other == "en" ? "ko" : "en"});
}

// A column of the table of answers.
struct Column {
  std::string header;
  std::string (*text)(const ReportWriting& writing, const Observation& answer);
};

std::vector<Column> ColumnsFor(const words::Words& words) {
  using W = const ReportWriting&;
  using O = const Observation&;
  return {
      {words("Period"), [](W w, O o) { return o.value ? w.PeriodOf(o, w.input().year) : ""; }},
      {words("Area"), [](W w, O o) { return o.value ? w.AreaOf(o) : ""; }},
      {words("Kind of source"), [](W w, O o) { return o.value ? w.KindOf(o.source_kind) : ""; }},
      {words("Source"), [](W, O o) { return o.source; }},
      {words("Supplied by"), [](W, O o) { return o.supplier; }},
      {words("Approved by"), [](W, O o) { return o.approved_by; }},
  };
}

std::string AnswerText(const ReportWriting& writing, const Observation* answer) {
  if (answer == nullptr) return writing.words("not reported");
  return answer->value ? answer->value->text() : writing.words("No data");
}

// The answers for the year, a line for each cell of the row.
void WriteAnswers(ReportWriting& writing, const Measurement& measurement, const std::vector<const Cell*>& cells) {
  const words::Words& words = writing.words;
  const bool has_parts = cells.size() > 1;
  Table table{.caption = absl::StrCat(measurement.title.In(writing.language()), ", ", writing.input().year)};
  if (has_parts) table.header.push_back(words("Of whom or what"));
  table.numeric = {table.header.size()};
  table.header.push_back(words("Value"));
  table.header.push_back(words("Unit"));
  for (const Cell* cell : cells) {
    table.rows.emplace_back();
    if (has_parts) table.rows.back().push_back(writing.MemberOf(*cell));
    table.rows.back().push_back(AnswerText(writing, writing.AnswerTo(cell->id)));
    table.rows.back().push_back(writing.UnitOf(measurement));
  }
  for (const Column& column : ColumnsFor(words)) {
    table.header.push_back(column.header);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Observation* const answer = writing.AnswerTo(cells[i]->id);
      table.rows[i].push_back(answer == nullptr ? "" : column.text(writing, *answer));
    }
  }
  writing.Add(std::move(table));
}

// What travels with the answers: each remark once, with the cells it is about where it is not about all.
void WriteRemarks(ReportWriting& writing, const Measurement& measurement, const std::vector<const Cell*>& cells) {
  std::vector<std::pair<Remark, std::vector<std::string>>> remarks;
  std::size_t answered = 0;
  for (const Cell* cell : cells) {
    const Observation* const answer = writing.AnswerTo(cell->id);
    if (answer == nullptr) continue;
    ++answered;
    for (const Remark& remark : RemarksOf(writing, measurement, *answer)) {
      const auto same =
          std::find_if(remarks.begin(), remarks.end(), [&](const auto& said) { return said.first == remark; });
      if (same == remarks.end()) {
        remarks.push_back({remark, {writing.MemberOf(*cell)}});
      } else {
        same->second.push_back(writing.MemberOf(*cell));
      }
    }
  }
  for (const auto& [remark, members] : remarks) {
    const bool of_all = members.size() == answered && answered == cells.size();
    writing.Say({.label = WithAside(remark.label, of_all ? "" : absl::StrJoin(members, ", ")),
                 .text = remark.text,
                 .language = remark.own_words ? writing.input().set.language : ""});
  }
}

// What surveys found for the row; false: none asked.
bool WriteSurveysOf(ReportWriting& writing, const std::vector<const Cell*>& cells) {
  const words::Words& words = writing.words;
  bool has_any = false;
  for (const SurveyOfYear& survey : writing.input().surveys) {
    for (const SurveyAnswer& answer : survey.answers) {
      const auto cell = std::find_if(cells.begin(), cells.end(), [&](const Cell* c) { return c->id == answer.cell; });
      if (cell == cells.end()) continue;
      has_any = true;
      const std::string found = answer.value.empty() ? words("no data: {0}", answer.no_data_reason) : answer.value;
      writing.Say({.label = WithAside(words("Survey"), writing.MemberOf(**cell)),
                   .text = words("{0}, found by {1}; more of it stands under Surveys.", found, survey.agency)});
    }
  }
  return has_any;
}

// Every rating by itself: who signed it, why, and what the city answers.
void WriteRatings(ReportWriting& writing, const Measurement& measurement) {
  const words::Words& words = writing.words;
  const catalogue::Scale* const scale = writing.catalogue().FindScale(measurement.scale);
  for (const ExpertRating* rating : writing.RatingsOf(measurement.id)) {
    std::string label;
    for (std::size_t i = 0; scale != nullptr && i < scale->points.size(); ++i) {
      if (scale->points[i].value == rating->rating) label = scale->points[i].label.In(writing.language());
    }
    const std::string by = WithAside(rating->expert_code, rating->rated_on);
    writing.Say({.label = words("An expert's rating"),
                 .text = words("{0} on the scale from 1 to 5, signed by expert {1}",
                               WithAside(absl::StrCat(rating->rating), label), by)});
    writing.Say({.label = words("The expert's reasons"), .text = rating->reasons, .language = rating->language});
    writing.Say({.label = words("The city's answer"), .text = rating->answer, .language = rating->answer_language});
  }
}

std::string MeaningText(const words::Words& words, const domain::Series& series) {
  const char* const arrow = series.moved == domain::Moved::kUp ? "↑" : "↓";
  switch (series.meaning) {
    case domain::Meaning::kNone:
      return "";
    case domain::Meaning::kTowards:
      return absl::StrCat(", ", arrow, " ", words("towards the feature"));
    case domain::Meaning::kAway:
      return absl::StrCat(", ", arrow, " ", words("away from the feature"));
  }
  return "";
}

// 'female, signed by agency A-1': which part of its row a series is of, and whose word it is.
std::string AsideOf(const ReportWriting& writing, const Cell& cell, const std::string& word) {
  const std::string member = writing.MemberOf(cell);
  return absl::StrCat(member, member.empty() || word.empty() ? "" : ", ", writing.words.Translated(word));
}

void WriteOwnPast(ReportWriting& writing, const Cell& cell, const WordSeries& of_word) {
  const words::Words& words = writing.words;
  const domain::Series& series = of_word.series;
  if (!series.latest) return;
  const domain::SeriesPoint& first = series.points[*series.baseline];
  const domain::SeriesPoint& latest = series.points[*series.latest];
  const std::string unit =
      cell.measurement->unit == "percent" ? words("percentage points") : writing.UnitOf(*cell.measurement);
  const std::string then = first.observation.value->text(), now = latest.observation.value->text();
  const std::string said = series.moved == domain::Moved::kNowhere
                               ? words("{0} in {1}, {2} in {3}: no difference", then, first.year, now, latest.year)
                               : words("{0} in {1}, {2} in {3}: a difference of {4}", then, first.year, now,
                                       latest.year, absl::StrCat(Signed(series), " ", unit));
  writing.Say({.label = WithAside(words("The city's own past"), AsideOf(writing, cell, of_word.word)),
               .text = absl::StrCat(said, MeaningText(words, series))});
}

void WriteTargets(ReportWriting& writing, const Cell& cell) {
  const words::Words& words = writing.words;
  for (const OwnTarget* target : writing.TargetsOf(cell.id)) {
    const std::string value = absl::StrCat(target->value, " ", writing.UnitOf(*cell.measurement));
    writing.Say({.label = WithAside(words("The city's own target"), writing.MemberOf(cell)),
                 .text = target->approved_by.empty()
                             ? words("{0} by {1}", value, target->by_year)
                             : words("{0} by {1}, approved by {2}", value, target->by_year, target->approved_by)});
    writing.Say({.label = words("Why this target"), .text = target->note, .language = target->language});
  }
}

std::size_t ValuesIn(const domain::Series& series) {
  return static_cast<std::size_t>(
      std::count_if(series.points.begin(), series.points.end(),
                    [](const domain::SeriesPoint& point) { return point.observation.value.has_value(); }));
}

}  // namespace

std::string Signed(const domain::Series& series) {
  absl::string_view digits = series.difference;
  if (absl::ConsumePrefix(&digits, "-")) return absl::StrCat("−", digits);
  return series.moved == domain::Moved::kUp ? absl::StrCat("+", digits) : std::string(digits);
}

Chart ChartOf(const ReportWriting& writing, const Cell& cell, const WordSeries& of_word) {
  const domain::Series& series = of_word.series;
  const words::Words& words = writing.words;
  const Measurement& measurement = *cell.measurement;
  Chart chart{.unit = writing.UnitOf(measurement), .least = absl::StrCat(measurement.range.min)};
  if (measurement.range.max) chart.greatest = absl::StrCat(*measurement.range.max);
  bool is_first = true;
  for (const domain::SeriesPoint& point : series.points) {
    const bool has_value = point.observation.value.has_value();
    if (!chart.dots.empty() && chart.dots.back().year == point.year) chart.dots.pop_back();  // of another framework
    chart.dots.push_back({point.year, has_value ? point.observation.value->text() : "", false});
    if (!has_value) continue;
    chart.dots.back().apart = !is_first && !point.joins;
    is_first = false;
  }
  const int first = chart.dots.front().year, last = chart.dots.back().year;
  chart.caption = words("{0}: the city's own values, {1} to {2}",
                        WithAside(writing.TitleOf(cell), words.Translated(of_word.word)), first, last);
  for (const OwnStrategy* strategy : writing.StrategiesOn(cell.id)) {
    int year = 0;
    if (!absl::SimpleAtoi(absl::string_view(strategy->starts_on).substr(0, 4), &year)) continue;
    if (year < first || year > std::max(last, writing.input().year)) continue;
    chart.marks.push_back({year, words("'{0}' begins", strategy->title), ""});
  }
  for (const OwnTarget* target : writing.TargetsOf(cell.id)) {
    if (target->by_year < first) continue;
    chart.marks.push_back({target->by_year, words("the city's own target"), target->value});
  }
  std::stable_sort(chart.marks.begin(), chart.marks.end(),
                   [](const Mark& a, const Mark& b) { return a.year < b.year; });
  return chart;
}

void WriteRow(ReportWriting& writing, const Measurement& measurement) {
  const std::vector<const Cell*> cells = CellsOf(writing, measurement);
  const bool is_answered =
      std::any_of(cells.begin(), cells.end(), [&](const Cell* cell) { return writing.AnswerTo(cell->id) != nullptr; });
  writing.Head(4, measurement.title.In(writing.language()));
  WriteDefinition(writing, measurement);
  if (is_answered) {
    WriteAnswers(writing, measurement, cells);
    WriteRemarks(writing, measurement, cells);
  }
  const bool is_surveyed = WriteSurveysOf(writing, cells);
  WriteRatings(writing, measurement);
  if (!is_answered && !is_surveyed && writing.RatingsOf(measurement.id).empty()) {
    writing.Say({.text = writing.words("The city has not reported on this row for {0}.", writing.input().year)});
  }
  for (const Cell* cell : cells) {
    for (const WordSeries& each : writing.AllSeriesOf(cell->id)) WriteOwnPast(writing, *cell, each);
  }
  for (const Cell* cell : cells) WriteTargets(writing, *cell);
  for (const Cell* cell : cells) {
    for (const WordSeries& each : writing.AllSeriesOf(cell->id)) {
      if (ValuesIn(each.series) >= 2) writing.Add(ChartOf(writing, *cell, each));
    }
  }
}

}  // namespace hansa::node::report
