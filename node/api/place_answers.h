// How many people live in a city, as it says itself: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_PLACE_ANSWERS_H_
#define HANSA_NODE_API_PLACE_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class GetPlaceReply;
class GetPlaceRequest;
class PublishedRecord;
class SetPlaceRequest;
class WithdrawPlaceRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::GetPlaceRequest& request, v1::GetPlaceReply& reply);
absl::Status Answer(ApiParts& parts, const v1::SetPlaceRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawPlaceRequest& request, v1::PublishedRecord& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_PLACE_ANSWERS_H_
