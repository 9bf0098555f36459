// The hooks of this node and how far each is, in the settings table. Promises: a hook that was added or removed stays
// so after a power cut; how far a hook is survives the end of the process, and after a power cut is at worst behind, so
// that something is sent again and nothing is left out. A row that cannot be read is an error, never a missing hook.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_BOOK_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_BOOK_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/webhooks/webhook.h"
#include "storage/tables.h"

namespace hansa::node::webhooks {

// Thread-safe; what changes it blocks on disk.
class WebhookBook {
 public:
  // `tables` must outlive it.
  //   DATA_LOSS  a hook cannot be read
  static absl::StatusOr<std::unique_ptr<WebhookBook>> Open(storage::Tables& tables);

  // By when they were added, then by id.
  std::vector<Webhook> List() const ABSL_LOCKS_EXCLUDED(mutex_);
  //   NOT_FOUND  no such hook
  absl::StatusOr<Webhook> Find(absl::string_view id) const ABSL_LOCKS_EXCLUDED(mutex_);

  //   RESOURCE_EXHAUSTED  kWebhooksMax are there; or the disk is full. Nothing was added
  absl::Status Add(const Webhook& hook) ABSL_LOCKS_EXCLUDED(mutex_);
  // Once it returns OK, the secret is in no file.
  //   NOT_FOUND           no such hook
  //   RESOURCE_EXHAUSTED  it is gone, and its bytes leave the files later, as Tables::Erase
  absl::Status Remove(absl::string_view id) ABSL_LOCKS_EXCLUDED(mutex_);

  // Changes what is there of a hook, whatever becomes of the disk, and returns how it is now. `change` leaves id and
  // time of adding alone and does not call the book.
  //   NOT_FOUND           no such hook any more
  //   RESOURCE_EXHAUSTED, DATA_LOSS  changed, and not written
  absl::Status Change(absl::string_view id, const std::function<void(Webhook&)>& change, storage::Durability durability)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  explicit WebhookBook(storage::Tables& tables) : tables_(tables) {}

  absl::Status Write(const Webhook& hook, storage::Durability durability) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  storage::Tables& tables_;
  mutable absl::Mutex mutex_;
  std::map<std::string, Webhook, std::less<>> hooks_ ABSL_GUARDED_BY(mutex_);  // by id
};

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_BOOK_H_
