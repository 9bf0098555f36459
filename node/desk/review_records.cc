#include "node/desk/review_records.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/reviews.pb.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/review_reading.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

constexpr std::pair<ReviewKind, const char*> kReviewKinds[] = {
    {ReviewKind::kReport, "report"}, {ReviewKind::kRating, "rating"}, {ReviewKind::kSurvey, "survey"}};

template <typename Message>
std::shared_ptr<Message> Parsed(const replication::Bytes& payload) {
  auto message = std::make_shared<Message>();
  return message->ParseFromString(payload) ? message : nullptr;
}

absl::StatusOr<ReviewContent> ReadRatingContent(const replication::Bytes& payload) {
  ReviewContent content;
  auto body = std::make_shared<v1::RatingBody>();
  content.rating = Parsed<v1::Rating>(payload);
  if (content.rating == nullptr) return absl::DataLossError("reading a rating: its bytes are damaged");
  HANSA_RETURN_IF_ERROR(domain::ReadRatingBody(content.rating->statement().body(), *body));
  content.rating_body = std::move(body);
  return content;
}

absl::StatusOr<ReviewContent> ReadSurveyContent(const replication::Bytes& payload) {
  ReviewContent content;
  content.survey = Parsed<v1::SurveyResult>(payload);
  if (content.survey == nullptr) return absl::DataLossError("reading a survey: its bytes are damaged");
  auto body = std::make_shared<v1::SurveyBody>(content.survey->entered());
  if (content.survey->has_delivered()) {
    HANSA_RETURN_IF_ERROR(domain::ReadSurveyBody(content.survey->delivered().body(), *body));
  }
  content.survey_body = std::move(body);
  return content;
}

// The report that a rating rates, in its revision; nullopt if it is not held here as a report.
std::optional<Revision> RatedReport(const ReviewSources& sources, replication::Member member,
                                    const domain::SpokenAnswers& rating) {
  if (!rating.report) return std::nullopt;
  const absl::StatusOr<RecordView> record =
      sources.views.Record({member, replication::kReviews, rating.report->record});
  if (!record.ok()) return std::nullopt;
  for (const Revision& revision : record->revisions) {
    const bool is_it = revision.entry_hash == rating.report->entry_hash &&
                       revision.kind == replication::kReviewReport && !revision.retracted;
    if (is_it) return revision;
  }
  return std::nullopt;
}

// The year and what keeps a rating from standing, beside its word.
void PutReport(const ReviewSources& sources, const RecordView& record, const domain::SpokenAnswers& rating,
               ListedReview& listed) {
  const std::optional<Revision> report = RatedReport(sources, record.key.member, rating);
  if (!report) {
    listed.fault = "the report that it rates is not held here";
    return;
  }
  if (listed.year != 0) return;
  const absl::StatusOr<ReviewContent> content = ReadReview(sources.feeds, *report);
  if (content.ok() && content->report != nullptr) listed.year = domain::YearOf(*content->report);
  if (listed.year == 0) listed.fault = "nothing says which year it is about";
}

// The features of the cells that a survey answers, in the order of the framework.
std::vector<std::string> FeaturesOf(const catalogue::Catalogue& catalogue, const v1::SurveyBody& survey) {
  std::vector<std::string> features;
  for (const v1::SurveyValue& value : survey.values()) {
    const catalogue::Cell* const cell = catalogue.FindCell(value.cell());
    if (cell == nullptr) continue;
    const std::string& feature = cell->measurement->feature;
    if (features.empty() || features.back() != feature) features.push_back(feature);
  }
  return features;
}

}  // namespace

const char* NameOf(ReviewKind kind) {
  for (const auto& [known, name] : kReviewKinds) {
    if (known == kind) return name;
  }
  return "";
}

std::optional<ReviewKind> ReviewKindNamed(absl::string_view name) {
  for (const auto& [kind, known] : kReviewKinds) {
    if (name == known) return kind;
  }
  return std::nullopt;
}

std::optional<ReviewKind> ReviewKindOf(const RecordView& record) {
  if (record.key.collection != replication::kReviews) return std::nullopt;
  const Revision* last = &record.revisions.back();
  for (const Revision& revision : record.revisions) {
    if (!revision.retracted) last = &revision;
  }
  if (last->kind == replication::kReviewReport) return ReviewKind::kReport;
  if (last->kind == replication::kReviewRating) return ReviewKind::kRating;
  if (last->kind == replication::kSurveyResult) return ReviewKind::kSurvey;
  return std::nullopt;
}

std::string WhatIsNoReview(const RecordView& record) {
  return IsPractice(record) ? std::string("a practice") : WhatIs(record);
}

absl::StatusOr<ReviewContent> ReadReview(const storage::FeedStore& feeds, const Revision& revision) {
  if (revision.retracted) return absl::FailedPreconditionError("it was taken back");
  if (revision.reading != projection::Reading::kUnderstood) return absl::FailedPreconditionError(revision.what);
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  if (revision.kind == replication::kReviewRating) return ReadRatingContent(*payload);
  if (revision.kind == replication::kSurveyResult) return ReadSurveyContent(*payload);
  if (revision.kind != replication::kReviewReport) {
    return absl::FailedPreconditionError("this revision is no report, rating or survey");
  }
  ReviewContent content;
  content.report = Parsed<v1::ReviewReport>(*payload);
  if (content.report == nullptr) return absl::DataLossError("reading a report: its bytes are damaged");
  return content;
}

std::string ReasonOf(const ReviewContent& content) {
  if (content.report != nullptr) return content.report->revision_reason();
  return content.rating != nullptr ? content.rating->revision_reason() : content.survey->revision_reason();
}

ListedReview Listed(const ReviewSources& sources, const RecordView& record, const ReviewContent& content) {
  ListedReview listed;
  listed.id = record.key.id;
  listed.member = SlugOf(sources.view, record.key.member);
  if (content.report != nullptr) {
    listed.title = content.report->title();
    listed.year = domain::YearOf(*content.report);
    const auto& features = content.report->subjects().features();
    listed.features.assign(features.begin(), features.end());
    listed.language = content.report->language();
    return listed;
  }
  const domain::SpokenAnswers spoken = content.rating != nullptr
                                           ? domain::AnswersOf(sources.catalogue, *content.rating)
                                           : domain::AnswersOf(sources.catalogue, *content.survey);
  listed.year = spoken.year;
  listed.word_of = InWords(spoken.word);
  if (content.rating != nullptr) {
    listed.kind = ReviewKind::kRating;
    const v1::RatingBody& body = *content.rating_body;
    listed.title = !body.measurement().empty()   ? body.measurement()
                   : spoken.observations.empty() ? body.feature()
                                                 : spoken.observations.front().cell;
    listed.features = {body.feature()};
    listed.rating = body.rating();
    listed.language = body.language();
    PutReport(sources, record, spoken, listed);
  } else {
    listed.kind = ReviewKind::kSurvey;
    listed.title = content.survey_body->agency().name();
    listed.features = FeaturesOf(sources.catalogue, *content.survey_body);
    listed.language = content.survey_body->language();
  }
  const absl::Status is_listed = domain::CheckWord(spoken.word, sources.view.roster->state().statement_keys);
  if (!is_listed.ok()) listed.fault = std::string(is_listed.message());
  return listed;
}

}  // namespace hansa::node::desk
