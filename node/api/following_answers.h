// Following, news, and what the node keeps: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_FOLLOWING_ANSWERS_H_
#define HANSA_NODE_API_FOLLOWING_ANSWERS_H_

#include <functional>

#include "absl/status/status.h"
#include "node/api/api_parts.h"
#include "node/api/asker.h"

namespace hansa::v1 {
class FollowRequest;
class FollowReply;
class UnfollowRequest;
class UnfollowReply;
class ListFollowingRequest;
class ListFollowingReply;
class ListNewsRequest;
class ListNewsReply;
class AwaitNewsRequest;
class AwaitNewsReply;
class SetKeepRequest;
class SetKeepReply;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::FollowRequest& request, v1::FollowReply& reply);
absl::Status Answer(ApiParts& parts, const v1::UnfollowRequest& request, v1::UnfollowReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListFollowingRequest& request, v1::ListFollowingReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListNewsRequest& request, v1::ListNewsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::AwaitNewsRequest& request, v1::AwaitNewsReply& reply);
// As above; also ends once `is_gone` says that nobody waits for the answer any more. It is asked every second. Who asks
// through the door would keep one of the few that answer there, and does not wait.
absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::AwaitNewsRequest& request,
                    const std::function<bool()>& is_gone, v1::AwaitNewsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::SetKeepRequest& request, v1::SetKeepReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_FOLLOWING_ANSWERS_H_
