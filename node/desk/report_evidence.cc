#include "node/desk/report_evidence.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "hansa/v1/indicators.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/desk/review_desk.h"
#include "node/desk/strategy_desk.h"
#include "node/desk/target_records.h"
#include "node/domain/review_reading.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

absl::Status GatherTargets(const EvidenceSources& from, report::ReportInput& input) {
  const auto targets = TargetRecordsOf(from.node.feeds(), from.views, from.member.number);
  HANSA_RETURN_IF_ERROR(targets.status());
  for (const TargetRecord& target : *targets) {
    if (target.withdrawn() || target.said == nullptr || !target.fault.empty()) continue;
    if (from.catalogue.FindCell(target.said->cell()) == nullptr) continue;
    input.targets.push_back({.cell = target.said->cell(),
                             .value = target.said->value(),
                             .by_year = static_cast<int>(target.said->by_year()),
                             .note = target.said->note(),
                             .language = target.said->language(),
                             .approved_by = target.said->approved_by()});
  }
  const auto place = [&](const report::OwnTarget& target) { return from.catalogue.FindCell(target.cell)->position; };
  std::stable_sort(input.targets.begin(), input.targets.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return absl::OkStatus();
}

absl::Status GatherStrategies(const EvidenceSources& from, report::ReportInput& input) {
  const StrategyDesk desk(from.node, from.catalogue, from.views);
  const auto strategies = desk.List({.member = from.member.slug});
  HANSA_RETURN_IF_ERROR(strategies.status());
  for (const ListedStrategy& listed : *strategies) {
    const StandingStrategy& standing = listed.strategy;
    if (standing.start_year() > input.year) continue;
    const absl::StatusOr<ShownStrategy> shown = desk.Show(standing.id.hex(), 0);
    HANSA_RETURN_IF_ERROR(shown.status());
    if (shown->content == nullptr) continue;
    const v1::Strategy& said = *shown->content;
    input.strategies.push_back({.id = standing.id.hex(),
                                .title = said.title(),
                                .kind = standing.kind,
                                .state = standing.state,
                                .starts_on = standing.starts_on,
                                .ends_on = standing.ends_on,
                                .language = said.language(),
                                .responsible = said.responsible(),
                                .adopted_by = said.adopted_by(),
                                .adopted_on = said.adopted_on(),
                                .summary = said.summary(),
                                .participation = said.participation(),
                                .monitoring = said.monitoring(),
                                .findings = said.findings(),
                                .outcome = said.outcome(),
                                .funding = said.funding(),
                                .features = standing.features,
                                .cells = standing.cells});
  }
  return absl::OkStatus();
}

report::OwnAccount AccountOf(const v1::ReviewReport& report) {
  report::OwnAccount account{.title = report.title(),
                             .language = report.language(),
                             .summary = report.summary(),
                             .approved_by = report.approved_by()};
  account.sections.reserve(static_cast<std::size_t>(report.sections_size()));
  for (const v1::ReviewReport::Section& section : report.sections()) {
    account.sections.push_back({section.question(), section.text()});
  }
  return account;
}

report::ExpertRating RatingOf(const std::string& measurement, const ReviewContent& content) {
  return {.measurement = measurement,
          .rating = static_cast<int>(content.rating_body->rating()),
          .expert_code = content.rating_body->expert_code(),
          .rated_on = content.rating_body->rated_on(),
          .reasons = content.rating_body->reasons(),
          .language = content.rating_body->language(),
          .answer = content.rating->answer(),
          .answer_language = content.rating->language()};
}

report::SurveyOfYear SurveyOf(const ReviewContent& content) {
  const v1::SurveyBody& body = *content.survey_body;
  report::SurveyOfYear survey{.agency = body.agency().name(),
                              .agency_code = content.survey->has_delivered() ? body.agency_code() : "",
                              .starts_on = body.fieldwork_starts_on(),
                              .ends_on = body.fieldwork_ends_on(),
                              .respondents = body.respondents(),
                              .method = body.method(),
                              .language = body.language(),
                              .note = content.survey->note(),
                              .note_language = content.survey->language()};
  survey.answers.reserve(static_cast<std::size_t>(body.values_size()));
  for (const v1::SurveyValue& value : body.values()) {
    survey.answers.push_back({.cell = value.cell(),
                              .value = value.value(),
                              .no_data_reason = value.no_data_reason(),
                              .question = value.question(),
                              .question_language = value.question_language(),
                              .respondents = value.respondents(),
                              .note = value.note()});
  }
  return survey;
}

absl::Status GatherReviews(const EvidenceSources& from, report::ReportInput& input) {
  const ReviewDesk desk(from.node, from.catalogue, from.views);
  const auto reviews = desk.List({.member = from.member.slug, .year = input.year});
  HANSA_RETURN_IF_ERROR(reviews.status());
  for (const ListedReview& listed : *reviews) {
    if (!listed.fault.empty()) continue;
    const absl::StatusOr<ShownReview> shown = desk.Show(listed.id.hex(), 0);
    HANSA_RETURN_IF_ERROR(shown.status());
    if (!shown->content) continue;
    const ReviewContent& content = *shown->content;
    input.evidence_ms = std::max(input.evidence_ms, shown->revisions.back().claimed_time_ms);
    if (content.report != nullptr) input.accounts.push_back(AccountOf(*content.report));
    if (content.survey_body != nullptr) input.surveys.push_back(SurveyOf(content));
    if (content.rating_body == nullptr) continue;
    const auto measurement = domain::RatedMeasurement(from.catalogue, *content.rating_body);
    if (measurement.ok() && *measurement != nullptr) input.ratings.push_back(RatingOf((*measurement)->id, content));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::set<int>> YearsWithReviews(const EvidenceSources& sources) {
  const ReviewDesk desk(sources.node, sources.catalogue, sources.views);
  const auto reviews = desk.List({.member = sources.member.slug});
  HANSA_RETURN_IF_ERROR(reviews.status());
  std::set<int> years;
  for (const ListedReview& listed : *reviews) {
    if (listed.fault.empty() && listed.year != 0) years.insert(listed.year);
  }
  return years;
}

absl::Status GatherEvidence(const EvidenceSources& sources, report::ReportInput& input) {
  HANSA_RETURN_IF_ERROR(GatherTargets(sources, input));
  HANSA_RETURN_IF_ERROR(GatherStrategies(sources, input));
  return GatherReviews(sources, input);
}

}  // namespace hansa::node::desk
