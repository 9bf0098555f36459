// Whether the views on the disk may still show what has been destroyed: noted before payloads are erased, and until the
// views are built again, so that a node that falls in between builds them when it starts.
#ifndef HANSA_NODE_DAEMON_STALE_VIEWS_H_
#define HANSA_NODE_DAEMON_STALE_VIEWS_H_

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "storage/tables.h"

namespace hansa::node {

// Thread-safe; `tables` must outlive it.
class StaleViews {
 public:
  explicit StaleViews(storage::Tables& tables) : tables_(tables) {}

  // Notes that views are stale, and then has `erase` destroy something. The first error of both.
  absl::Status Erase(absl::FunctionRef<absl::Status()> erase) ABSL_LOCKS_EXCLUDED(mutex_);
  // How often something was destroyed since the start.
  std::uint64_t erased() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Views have been built again, which began when erased() was `seen`. Should the note of it be lost, they are built
  // once more than needed.
  absl::Status BuiltAgain(std::uint64_t seen) ABSL_LOCKS_EXCLUDED(mutex_);
  // False also where it cannot be read: a store that cannot be read is mended, and its views are built again then.
  bool AreStale() const;

 private:
  storage::Tables& tables_;
  mutable absl::Mutex mutex_;
  std::uint64_t erased_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_STALE_VIEWS_H_
