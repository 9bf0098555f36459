#include "node/api/webhook_answers.h"

#include <string>

#include "hansa/v1/node_webhooks.pb.h"
#include "node/webhooks/webhook_desk.h"
#include "node/webhooks/webhook_signature.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

absl::Status NobodySends() { return absl::FailedPreconditionError("this node sends to no hooks; its log says why"); }

void Put(const webhooks::Webhook& hook, v1::WebhookSummary& out) {
  out.set_id(hook.id);
  out.set_url(hook.url);
  for (const std::string& name : hook.on) out.add_on(name);
  for (const std::string& topic : hook.topics) out.add_topics(topic);
  out.set_state(webhooks::StateName(hook));
  out.set_added_ms(hook.added_ms);
  out.set_delivered(hook.delivered);
  out.set_delivered_ms(hook.delivered_ms);
  out.set_failures(hook.failures);
  out.set_failing_since_ms(hook.failing_since_ms);
  out.set_next_attempt_ms(hook.is_paused ? 0 : hook.next_attempt_ms);
  out.set_last_error(hook.last_error);
  out.set_with_muted(hook.with_muted);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::AddWebhookRequest& request, v1::AddWebhookReply& reply) {
  if (parts.webhooks == nullptr) return NobodySends();
  const absl::StatusOr<webhooks::Webhook> hook =
      parts.webhooks->Add({.url = request.url(),
                           .on = {request.on().begin(), request.on().end()},
                           .topics = {request.topics().begin(), request.topics().end()},
                           .with_muted = request.with_muted()});
  HANSA_RETURN_IF_ERROR(hook.status());
  Put(*hook, *reply.mutable_webhook());
  reply.set_secret(webhooks::SecretText(hook->secret));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListWebhooksRequest&, v1::ListWebhooksReply& reply) {
  if (parts.webhooks == nullptr) return NobodySends();
  for (const webhooks::Webhook& hook : parts.webhooks->List()) Put(hook, *reply.add_webhooks());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::RemoveWebhookRequest& request, v1::RemoveWebhookReply& reply) {
  if (parts.webhooks == nullptr) return NobodySends();
  const absl::StatusOr<std::string> url = parts.webhooks->Remove(request.id());
  HANSA_RETURN_IF_ERROR(url.status());
  reply.set_url(*url);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::TestWebhookRequest& request, v1::TestWebhookReply& reply) {
  if (parts.webhooks == nullptr) return NobodySends();
  const absl::StatusOr<webhooks::TestReport> report = parts.webhooks->Test(request.id());
  HANSA_RETURN_IF_ERROR(report.status());
  reply.set_taken(report->taken);
  reply.set_why_not(report->why_not);
  reply.set_goes_on(report->goes_on);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::RotateWebhookSecretRequest& request,
                    v1::RotateWebhookSecretReply& reply) {
  if (parts.webhooks == nullptr) return NobodySends();
  const absl::StatusOr<webhooks::Webhook> hook = parts.webhooks->RotateSecret(request.id());
  HANSA_RETURN_IF_ERROR(hook.status());
  reply.set_secret(webhooks::SecretText(hook->secret));
  reply.set_older_until_ms(hook->older_until_ms);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
