// Best practices: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_PRACTICE_ANSWERS_H_
#define HANSA_NODE_API_PRACTICE_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class AddPracticeRequest;
class PublishedRecord;
class RevisePracticeRequest;
class TranslatePracticeRequest;
class WithdrawPracticeRequest;
class ListPracticesRequest;
class ListPracticesReply;
class GetPracticeRequest;
class GetPracticeReply;
class RenderMarkdownRequest;
class RenderMarkdownReply;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::AddPracticeRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::RevisePracticeRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::TranslatePracticeRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawPracticeRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListPracticesRequest& request, v1::ListPracticesReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetPracticeRequest& request, v1::GetPracticeReply& reply);
absl::Status Answer(ApiParts& parts, const v1::RenderMarkdownRequest& request, v1::RenderMarkdownReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_PRACTICE_ANSWERS_H_
