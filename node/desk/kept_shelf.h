// What was read of the views, kept for who asks next while the views stay as they are.
#ifndef HANSA_NODE_DESK_KEPT_SHELF_H_
#define HANSA_NODE_DESK_KEPT_SHELF_H_

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

// Thread-safe. One reads after a change, and who asks meanwhile waits for it: `read` does not ask the same shelf.
template <typename Shelf>
class KeptShelf {
 public:
  // A shelf with the list of members that it was read by, which it may point into.
  struct Kept {
    std::shared_ptr<const replication::Roster> roster;
    Shelf shelf;
  };

  // What is kept, if nothing has changed since; else what `read` gives of this roster. The views have read what it is
  // to show.
  template <typename Read>
  absl::StatusOr<std::shared_ptr<const Kept>> Get(const projection::Views& views,
                                                  std::shared_ptr<const replication::Roster> roster, const Read& read)
      ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const std::uint64_t changes = views.changes();  // before reading: what comes meanwhile has it read again
    if (kept_ != nullptr && changes_ == changes && kept_->roster == roster) return kept_;
    absl::StatusOr<Shelf> shelf = read(*roster);
    if (!shelf.ok()) return shelf.status();
    kept_ = std::make_shared<const Kept>(Kept{std::move(roster), *std::move(shelf)});
    changes_ = changes;
    return kept_;
  }

 private:
  absl::Mutex mutex_;
  std::shared_ptr<const Kept> kept_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t changes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_KEPT_SHELF_H_
