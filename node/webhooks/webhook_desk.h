// What an officer does with hooks: adds, lists, tries, removes them, and gives them new secrets.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_DESK_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_DESK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/desk/doctor_findings.h"
#include "node/desk/followed_topics.h"
#include "node/webhooks/http_post.h"
#include "node/webhooks/webhook.h"
#include "node/webhooks/webhook_book.h"

namespace hansa::node::webhooks {

// The secret before is signed with for so long after a new one was made.
inline constexpr absl::Duration kOlderSecretLasts = absl::Hours(24);

// "delivering", "retrying" or "paused".
const char* StateName(const Webhook& hook);

// A hook that is paused, or whose receiver has not taken anything for a day, is a finding. Notes its check if there are
// hooks.
inline constexpr absl::Duration kFindingAfter = absl::Hours(24);
inline constexpr char kHooksCheck[] = "webhooks";
void JudgeHooks(const std::vector<Webhook>& hooks, absl::Time now, desk::Examination& examination);

struct NewWebhook {
  std::string url;
  std::vector<std::string> on = {};      // as Webhook has it
  std::vector<std::string> topics = {};  // each a feature, an action point or words that are followed
  bool with_muted = false;
};

struct TestReport {
  bool taken = false;
  std::string why_not = {};  // empty if it was
  bool goes_on = false;      // the hook was paused or waited, and goes on now
};

// Thread-safe. Calls block on disk; Test on the receiver.
class WebhookDesk {
 public:
  // All outlive the desk, and each function may be called from any thread.
  struct Parts {
    WebhookBook& book;
    HttpPost& post;                              // another than the sender's, so that a test waits for no delivery
    std::function<std::uint64_t()> journal_end;  // number of the last piece of news
    std::function<absl::StatusOr<std::vector<desk::FollowedTopic>>()> topics;
    std::function<absl::Time()> now;
    std::function<std::string()> chance;  // 32 hex digits, never the same
    std::function<void()> wake;           // the book was changed
  };

  explicit WebhookDesk(Parts parts) : parts_(std::move(parts)) {}

  // From now on; what came before is not sent.
  //   INVALID_ARGUMENT     as CheckUrl; or no such collection, or more than kNarrowMax
  //   FAILED_PRECONDITION  a topic that is not followed; or the same hook is there already
  //   RESOURCE_EXHAUSTED   as WebhookBook::Add
  absl::StatusOr<Webhook> Add(const NewWebhook& asked);
  std::vector<Webhook> List() const { return parts_.book.List(); }
  void Judge(desk::Examination& examination) const { JudgeHooks(List(), parts_.now(), examination); }
  // Returns where it was sent to.
  //   NOT_FOUND, RESOURCE_EXHAUSTED  as WebhookBook::Remove
  absl::StatusOr<std::string> Remove(const std::string& id);
  // Sends a test now. If it is taken, a hook that was paused or waited goes on at once, with what waits.
  //   NOT_FOUND  no such hook
  absl::StatusOr<TestReport> Test(const std::string& id);
  // A new secret; the one before is signed with as well for kOlderSecretLasts.
  //   NOT_FOUND  no such hook
  absl::StatusOr<Webhook> RotateSecret(const std::string& id);

 private:
  absl::Status CheckNarrowing(const NewWebhook& asked) const;

  const Parts parts_;
};

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_DESK_H_
