// Reports for review, ratings and surveys: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_REVIEW_ANSWERS_H_
#define HANSA_NODE_API_REVIEW_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class SubmitReportRequest;
class PublishedRecord;
class PublishRatingRequest;
class EnterSurveyRequest;
class WithdrawReviewRequest;
class ListReviewsRequest;
class ListReviewsReply;
class GetReviewRequest;
class GetReviewReply;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::SubmitReportRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::PublishRatingRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::EnterSurveyRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawReviewRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListReviewsRequest& request, v1::ListReviewsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetReviewRequest& request, v1::GetReviewReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_REVIEW_ANSWERS_H_
