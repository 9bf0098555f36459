#include "node/webhooks/webhook_thread.h"

#include <algorithm>

namespace hansa::node::webhooks {
namespace {

// The wall clock may be set meanwhile: what is due is looked for again then.
constexpr absl::Duration kWaitMax = absl::Minutes(1);

}  // namespace

WebhookThread::WebhookThread(Parts parts)
    : parts_(std::move(parts)),
      sender_({.book = parts_.book,
               .post = parts_.post,
               .next = parts_.next,
               .is_muted = parts_.is_muted,
               .now = parts_.now,
               .chance = parts_.chance,
               .is_ending = [this] { return stopping_.load(); },
               .told = parts_.told}),
      thread_([this] { Run(); }) {}

void WebhookThread::Stop() {
  stopping_ = true;
  parts_.post.Cancel();
  parts_.journal.Wake();
  if (thread_.joinable()) thread_.join();
}

void WebhookThread::Run() {
  while (!stopping_) {
    // Read before the step: what comes during it ends the wait.
    const std::uint64_t end = parts_.journal.end();
    const std::uint64_t wakings = parts_.journal.wakings();
    if (stopping_) return;
    const absl::Duration wait = std::min(sender_.Step() - parts_.now(), kWaitMax);
    if (wait > absl::ZeroDuration()) parts_.journal.Await(end, wakings, wait);
  }
}

}  // namespace hansa::node::webhooks
