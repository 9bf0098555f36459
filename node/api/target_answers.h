// Targets that cities set themselves: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_TARGET_ANSWERS_H_
#define HANSA_NODE_API_TARGET_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class SetTargetRequest;
class PublishedRecord;
class WithdrawTargetRequest;
class ListTargetsRequest;
class ListTargetsReply;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::SetTargetRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawTargetRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListTargetsRequest& request, v1::ListTargetsReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_TARGET_ANSWERS_H_
