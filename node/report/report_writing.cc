#include "node/report/report_writing.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "node/spreadsheet/template_words.h"

namespace hansa::node::report {
namespace {

bool HasValue(const domain::Series& series) {
  return std::any_of(series.points.begin(), series.points.end(),
                     [](const domain::SeriesPoint& point) { return point.observation.value.has_value(); });
}

bool Lists(const std::vector<std::string>& texts, absl::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool IsEmptyColumn(const Table& table, std::size_t column) {
  return std::all_of(table.rows.begin(), table.rows.end(),
                     [&](const std::vector<std::string>& row) { return row[column].empty(); });
}

void RemoveColumn(Table& table, std::size_t column) {
  const auto place = static_cast<std::ptrdiff_t>(column);
  table.header.erase(table.header.begin() + place);
  for (std::vector<std::string>& row : table.rows) row.erase(row.begin() + place);
  table.numeric.erase(std::remove(table.numeric.begin(), table.numeric.end(), column), table.numeric.end());
  for (std::size_t& numeric : table.numeric) numeric -= numeric > column ? 1 : 0;
}

}  // namespace

ReportWriting::ReportWriting(const catalogue::Catalogue& catalogue, const ReportInput& input, words::Language language)
    : words(language), catalogue_(catalogue), input_(input) {
  document_.author = input.city.name;
  document_.language = words::LanguageTag(language);
  document_.dated_ms = input.signed_set ? input.signed_set->published_ms : input.evidence_ms;
  document_.title = words("{0}: progress report for {1}", input.city.name, input.year);
  for (const domain::Observation& observation : input.set.observations) answers_[observation.cell] = &observation;
  for (const OwnSeries& own : input.series) {
    std::vector<domain::SeriesPoint> points;
    std::copy_if(own.points.begin(), own.points.end(), std::back_inserter(points),
                 [&](const domain::SeriesPoint& point) { return point.year <= input.year; });
    domain::Series series = domain::SeriesOf(*own.cell->measurement, std::move(points));
    if (HasValue(series)) series_[own.cell->id].push_back({own.word, std::move(series)});
  }
}

void ReportWriting::Head(int level, std::string text) { document_.blocks.push_back(Heading{level, std::move(text)}); }

void ReportWriting::Say(Paragraph paragraph) {
  if (paragraph.language == document_.language) paragraph.language.clear();
  if (!paragraph.text.empty()) document_.blocks.push_back(std::move(paragraph));
}

void ReportWriting::Add(List list) {
  if (!list.items.empty()) document_.blocks.push_back(std::move(list));
}

void ReportWriting::Add(Table table) {
  if (table.rows.empty()) return;
  for (std::size_t i = table.header.size(); i-- > 1;) {
    if (IsEmptyColumn(table, i)) RemoveColumn(table, i);
  }
  document_.blocks.push_back(std::move(table));
}

void ReportWriting::Add(Chart chart) { document_.blocks.push_back(std::move(chart)); }

Document ReportWriting::TakeDocument() { return std::move(document_); }

const domain::Observation* ReportWriting::AnswerTo(absl::string_view cell) const {
  const auto found = answers_.find(cell);
  return found == answers_.end() ? nullptr : found->second;
}

const domain::Series* ReportWriting::SeriesOf(absl::string_view cell) const {
  const std::vector<WordSeries>& all = AllSeriesOf(cell);
  return all.empty() || !all.front().word.empty() ? nullptr : &all.front().series;
}

const std::vector<WordSeries>& ReportWriting::AllSeriesOf(absl::string_view cell) const {
  static const auto& none = *new std::vector<WordSeries>();
  const auto found = series_.find(cell);
  return found == series_.end() ? none : found->second;
}

bool ReportWriting::HasValueFor(absl::string_view cell) const {
  const domain::Observation* const answer = AnswerTo(cell);
  if (answer != nullptr && answer->value) return true;
  const std::vector<WordSeries>& all = AllSeriesOf(cell);
  return std::any_of(all.begin(), all.end(), [&](const WordSeries& each) {
    const domain::SeriesPoint& last = each.series.points.back();
    return !each.word.empty() && last.year == input_.year && last.observation.value;
  });
}

std::vector<const OwnTarget*> ReportWriting::TargetsOf(absl::string_view cell) const {
  std::vector<const OwnTarget*> targets;
  for (const OwnTarget& target : input_.targets) {
    if (target.cell == cell) targets.push_back(&target);
  }
  return targets;
}

std::vector<const ExpertRating*> ReportWriting::RatingsOf(absl::string_view measurement) const {
  std::vector<const ExpertRating*> ratings;
  for (const ExpertRating& rating : input_.ratings) {
    if (rating.measurement == measurement) ratings.push_back(&rating);
  }
  return ratings;
}

std::vector<const OwnStrategy*> ReportWriting::StrategiesOf(absl::string_view feature) const {
  std::vector<const OwnStrategy*> strategies;
  for (const OwnStrategy& strategy : input_.strategies) {
    if (Lists(strategy.features, feature)) strategies.push_back(&strategy);
  }
  return strategies;
}

std::vector<const OwnStrategy*> ReportWriting::StrategiesOn(absl::string_view cell) const {
  std::vector<const OwnStrategy*> strategies;
  for (const OwnStrategy& strategy : input_.strategies) {
    if (Lists(strategy.cells, cell)) strategies.push_back(&strategy);
  }
  return strategies;
}

bool ReportWriting::SpeaksOf(const catalogue::Measurement& measurement) const {
  if (!RatingsOf(measurement.id).empty()) return true;
  return std::any_of(measurement.cells.begin(), measurement.cells.end(), [&](const std::string& cell) {
    if (AnswerTo(cell) != nullptr || !AllSeriesOf(cell).empty() || !TargetsOf(cell).empty()) return true;
    return std::any_of(input_.surveys.begin(), input_.surveys.end(), [&](const SurveyOfYear& survey) {
      return std::any_of(survey.answers.begin(), survey.answers.end(),
                         [&](const SurveyAnswer& answer) { return answer.cell == cell; });
    });
  });
}

std::string ReportWriting::TitleOf(const catalogue::Cell& cell) const {
  const std::string member = MemberOf(cell);
  const std::string& title = cell.measurement->title.In(language());
  return member.empty() ? title : absl::StrCat(title, ", ", member);
}

std::string ReportWriting::MemberOf(const catalogue::Cell& cell) const {
  return cell.member == nullptr ? "" : cell.member->label.In(language());
}

std::string ReportWriting::UnitOf(const catalogue::Measurement& measurement) const {
  const catalogue::Unit* const unit = catalogue_.FindUnit(measurement.unit);
  return unit == nullptr ? measurement.unit : unit->display.In(language());
}

std::string ReportWriting::KindOf(domain::SourceKind kind) const {
  switch (kind) {
    case domain::SourceKind::kNotGiven:
      return "";
    case domain::SourceKind::kOfficialData:
      return words("official data");
    case domain::SourceKind::kSurvey:
      return words("survey");
    case domain::SourceKind::kExpertReview:
      return words("experts' review");
  }
  return "";
}

std::string ReportWriting::PeriodOf(const domain::Observation& observation, int year) const {
  return observation.period.empty() ? absl::StrCat(year) : observation.period;
}

std::string ReportWriting::AreaOf(const domain::Observation& observation) const {
  if (observation.level == domain::AreaLevel::kRegion) {
    return observation.area.empty() ? words("a wider area") : words("{0} (a wider area)", observation.area);
  }
  return observation.area.empty() ? words("the city") : observation.area;
}

std::string ReportWriting::DepartureOf(const domain::Observation& observation) const {
  std::string how;
  switch (observation.match) {
    case domain::DefinitionMatch::kNotGiven:
    case domain::DefinitionMatch::kExact:
      break;
    case domain::DefinitionMatch::kClose:
      how = words("close to the definition, with a small difference");
      break;
    case domain::DefinitionMatch::kProxy:
      how = words("a proxy: something else that stands near it");
      break;
    case domain::DefinitionMatch::kApproximate:
      how = words("approximate: the area or the population is not quite the city's");
      break;
  }
  if (how.empty() || observation.derivation_note.empty()) return absl::StrCat(how, observation.derivation_note);
  return absl::StrCat(how, ". ", observation.derivation_note);
}

std::string ReportWriting::ChoiceOf(absl::string_view value) const {
  const std::string line = spreadsheet::ChoiceLine(value, language());
  return std::string(absl::StripPrefix(line, absl::StrCat(value, ": ")));
}

std::string MomentText(std::uint64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::UTCTimeZone());
}

std::string WithAside(absl::string_view text, absl::string_view aside) {
  return aside.empty() ? std::string(text) : absl::StrCat(text, " (", aside, ")");
}

}  // namespace hansa::node::report
