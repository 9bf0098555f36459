// Feeds for readers. As answers.h.
#ifndef HANSA_NODE_API_WEB_FEED_ANSWERS_H_
#define HANSA_NODE_API_WEB_FEED_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class MakeWebFeedReply;
class MakeWebFeedRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::MakeWebFeedRequest& request, v1::MakeWebFeedReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_WEB_FEED_ANSWERS_H_
