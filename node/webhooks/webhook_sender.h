// Sends each hook what is new, in the order in which it came, and tries again what was not taken. One attempt decides
// one thing: it was delivered, it comes again later, or the hook is paused. Promises: at least once, in order for each
// hook; a piece keeps its id over attempts and restarts; what was erased or taken back while it waited is not sent with
// what it said. Time and chance come from outside.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_SENDER_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_SENDER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/desk/following_desk.h"
#include "node/webhooks/http_post.h"
#include "node/webhooks/webhook.h"
#include "node/webhooks/webhook_book.h"

namespace hansa::node::webhooks {

// What is sent in one attempt.
struct Delivery {
  std::string id;
  std::string body;
};

// Signs it as of `now` and posts it. Blocks as HttpPost.
HttpAnswer Attempt(const Webhook& hook, const Delivery& delivery, absl::Time now, HttpPost& post);
// Whether it was taken: any status from 200 to 299.
bool IsTaken(const HttpAnswer& answer);
// Why it was not, one line.
std::string WhyNot(const HttpAnswer& answer);

// What the log is told: never an address or a secret.
struct Trouble {
  std::string hook = {};   // its id
  bool is_paused = false;  // or it is tried again
  std::string why = {};    // one line
};

// One thread calls Step; the book may be changed by others meanwhile.
class WebhookSender {
 public:
  struct Parts {
    WebhookBook& book;
    HttpPost& post;
    // The next piece of news behind a position and where it stands; without a piece, where to go on from.
    std::function<absl::StatusOr<desk::News>(std::uint64_t after)> next;
    std::function<absl::StatusOr<bool>(const std::string& slug)> is_muted;  // whether this node mutes that member
    std::function<absl::Time()> now;           // by the wall clock, since attempts are kept over restarts
    std::function<double()> chance;            // in [0, 1)
    std::function<bool()> is_ending;           // looked at between two attempts
    std::function<void(const Trouble&)> told;  // of the first attempt that failed, and of a pause
  };

  explicit WebhookSender(Parts parts) : parts_(std::move(parts)) {}

  // One attempt at the most for each hook that is due, so that none waits for another's backlog. Returns when to call
  // again: not before this time, unless there is news or the book was changed; now, if there is more to do.
  // Blocks as HttpPost does, once for each hook.
  absl::Time Step();

 private:
  absl::Time StepOf(const Webhook& hook);
  absl::StatusOr<bool> IsToBeTold(const Webhook& hook, const desk::News& news) const;
  absl::Time Send(const Webhook& hook, const desk::NewsPiece& piece, std::uint64_t position);
  absl::Time Failed(const Webhook& hook, const HttpAnswer& answer);

  const Parts parts_;
};

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_SENDER_H_
