// Hooks, as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_WEBHOOK_JSON_H_
#define HANSA_NODE_CLI_WEBHOOK_JSON_H_

#include <string>

namespace hansa::v1 {
class AddWebhookReply;
class ListWebhooksReply;
class RotateWebhookSecretReply;
class TestWebhookReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// The hook with its "secret".
std::string JsonOf(const v1::AddWebhookReply& added);
// Without secrets, in the order in which they were added.
std::string JsonOf(const v1::ListWebhooksReply& hooks);
// {"id", "url", "removed"}
std::string JsonOfRemoved(const std::string& id, const std::string& url);
// {"id", "taken", "why_not", "goes_on"}
std::string JsonOf(const std::string& id, const v1::TestWebhookReply& test);
// {"id", "secret", "older_until"}
std::string JsonOf(const std::string& id, const v1::RotateWebhookSecretReply& rotated);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_WEBHOOK_JSON_H_
