// Hooks, as people read them, in their language.
#ifndef HANSA_NODE_CLI_WEBHOOK_TEXTS_H_
#define HANSA_NODE_CLI_WEBHOOK_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class AddWebhookReply;
class ListWebhooksReply;
class RotateWebhookSecretReply;
class TestWebhookReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// The secret stands on a line of its own.
std::string TextOf(const v1::AddWebhookReply& added, const Layout& layout);
// In the order in which they were added; under each why it waits.
std::string TextOf(const v1::ListWebhooksReply& hooks, const Layout& layout);
// Of a test that was taken.
std::string TextOf(const v1::TestWebhookReply& test, const Layout& layout);
std::string TextOf(const v1::RotateWebhookSecretReply& rotated, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_WEBHOOK_TEXTS_H_
