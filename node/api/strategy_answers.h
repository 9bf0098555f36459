// Strategies and actions: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_STRATEGY_ANSWERS_H_
#define HANSA_NODE_API_STRATEGY_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class AddStrategyRequest;
class PublishedRecord;
class ReviseStrategyRequest;
class WithdrawStrategyRequest;
class ListStrategiesRequest;
class ListStrategiesReply;
class GetStrategyRequest;
class GetStrategyReply;
class ListChecklistReply;
class ListChecklistRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::AddStrategyRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ReviseStrategyRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawStrategyRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListStrategiesRequest& request, v1::ListStrategiesReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetStrategyRequest& request, v1::GetStrategyReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListChecklistRequest& request, v1::ListChecklistReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_STRATEGY_ANSWERS_H_
