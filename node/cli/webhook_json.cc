#include "node/cli/webhook_json.h"

#include <nlohmann/json.hpp>

#include "hansa/v1/node_webhooks.pb.h"
#include "node/cli/json_parts.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Json;
using json::Moment;
using json::OrNull;
using json::Text;

Json Hook(const v1::WebhookSummary& hook) {
  return {{"id", hook.id()},
          {"url", hook.url()},
          {"on", Array(hook.on())},
          {"topics", Array(hook.topics())},
          {"with_muted", hook.with_muted()},
          {"state", hook.state()},
          {"added", Moment(hook.added_ms())},
          {"delivered", hook.delivered()},
          {"last_delivered", Moment(hook.delivered_ms())},
          {"failures", hook.failures()},
          {"failing_since", Moment(hook.failing_since_ms())},
          {"next_attempt", Moment(hook.next_attempt_ms())},
          {"last_error", OrNull(hook.last_error())}};
}

}  // namespace

std::string JsonOf(const v1::AddWebhookReply& added) {
  Json json = Hook(added.webhook());
  json["secret"] = added.secret();
  return Text(json);
}

std::string JsonOf(const v1::ListWebhooksReply& hooks) { return Text(ArrayOf(hooks.webhooks(), Hook)); }

std::string JsonOfRemoved(const std::string& id, const std::string& url) {
  return Text({{"id", id}, {"url", url}, {"removed", true}});
}

std::string JsonOf(const std::string& id, const v1::TestWebhookReply& test) {
  return Text({{"id", id}, {"taken", test.taken()}, {"why_not", OrNull(test.why_not())}, {"goes_on", test.goes_on()}});
}

std::string JsonOf(const std::string& id, const v1::RotateWebhookSecretReply& rotated) {
  return Text({{"id", id}, {"secret", rotated.secret()}, {"older_until", Moment(rotated.older_until_ms())}});
}

}  // namespace hansa::node::cli
