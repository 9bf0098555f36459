#include "node/api/review_answers.h"

#include <cstdint>
#include <string>

#include "hansa/v1/node.pb.h"
#include "node/api/file_in.h"
#include "node/api/published_record.h"
#include "node/api/record_shapes.h"
#include "node/desk/review_desk.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

void Put(const desk::ListedReview& review, v1::ReviewSummary& out) {
  out.set_id(review.id.hex());
  out.set_member(review.member);
  out.set_kind(NameOf(review.kind));
  out.set_title(review.title);
  out.set_year(static_cast<std::uint32_t>(review.year));
  for (const std::string& feature : review.features) out.add_features(feature);
  out.set_word_of(review.word_of);
  out.set_revision(static_cast<std::uint32_t>(review.revision));
  if (review.rating != 0) out.set_rating(review.rating);
  out.set_fault(review.fault);
  out.set_language(review.language);
}

void Put(const desk::ReviewContent& content, v1::GetReviewReply& out) {
  if (content.report != nullptr) *out.mutable_report() = *content.report;
  if (content.rating != nullptr) *out.mutable_rating() = *content.rating;
  if (content.rating_body != nullptr) *out.mutable_rating_body() = *content.rating_body;
  if (content.survey != nullptr) *out.mutable_survey() = *content.survey;
  if (content.survey_body != nullptr) *out.mutable_survey_body() = *content.survey_body;
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::SubmitReportRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.reviews.Submit({.file = FileIn(request),
                                           .features = {request.features().begin(), request.features().end()},
                                           .revises = request.revises(),
                                           .reason = request.reason()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::PublishRatingRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.reviews.PublishRating(FileIn(request), {.text = request.answer(),
                                                                   .language = request.language(),
                                                                   .approved_by = request.approved_by(),
                                                                   .reason = request.reason()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::EnterSurveyRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.reviews.EnterSurvey({.file = FileIn(request),
                                                .words = {.text = request.note(),
                                                          .language = request.language(),
                                                          .approved_by = request.approved_by(),
                                                          .reason = request.reason()},
                                                .report = request.has_report() ? &request.report() : nullptr,
                                                .revises = request.revises()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawReviewRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.reviews.Withdraw(request.id());
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListReviewsRequest& request, v1::ListReviewsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  desk::ReviewQuery query{.member = request.member(), .feature = request.feature(), .kind = request.kind()};
  if (request.has_year()) query.year = static_cast<int>(request.year());
  const auto reviews = parts.reviews.List(query);
  HANSA_RETURN_IF_ERROR(reviews.status());
  for (const desk::ListedReview& review : *reviews) Put(review, *reply.add_reviews());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetReviewRequest& request, v1::GetReviewReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto shown = parts.reviews.Show(request.id(), request.revision());
  HANSA_RETURN_IF_ERROR(shown.status());
  Put(shown->review, *reply.mutable_review());
  if (shown->content) Put(*shown->content, reply);
  for (const desk::PracticeRevision& revision : shown->revisions) api::Put(revision, *reply.add_revisions());
  reply.set_withdrawn(shown->withdrawn);
  reply.set_fault(shown->fault);
  reply.set_member_number(shown->member.value());
  reply.set_network(parts.node.View().roster->network().hex());
  return absl::OkStatus();
}

}  // namespace hansa::node::api
