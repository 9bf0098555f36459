// Hooks: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_WEBHOOK_ANSWERS_H_
#define HANSA_NODE_API_WEBHOOK_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class AddWebhookReply;
class AddWebhookRequest;
class ListWebhooksReply;
class ListWebhooksRequest;
class RemoveWebhookReply;
class RemoveWebhookRequest;
class RotateWebhookSecretReply;
class RotateWebhookSecretRequest;
class TestWebhookReply;
class TestWebhookRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::AddWebhookRequest& request, v1::AddWebhookReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListWebhooksRequest& request, v1::ListWebhooksReply& reply);
absl::Status Answer(ApiParts& parts, const v1::RemoveWebhookRequest& request, v1::RemoveWebhookReply& reply);
absl::Status Answer(ApiParts& parts, const v1::TestWebhookRequest& request, v1::TestWebhookReply& reply);
absl::Status Answer(ApiParts& parts, const v1::RotateWebhookSecretRequest& request,
                    v1::RotateWebhookSecretReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_WEBHOOK_ANSWERS_H_
