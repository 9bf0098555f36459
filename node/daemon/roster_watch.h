// Since when no node of the secretariat has been found to hold the same list of members: whoever passes a list on can
// keep the newest of it back, and that shows as age. Promise P15. For display and for the doctor; decides nothing.
#ifndef HANSA_NODE_DAEMON_ROSTER_WATCH_H_
#define HANSA_NODE_DAEMON_ROSTER_WATCH_H_

#include <functional>
#include <optional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/running_node.h"
#include "node/timed_condition.h"
#include "storage/tables.h"

namespace hansa::node {

// Whether a node of the secretariat other than this one is connected, and the last comparison with it was equal: then
// both hold the same list.
bool IsListConfirmed(const NodeView& view);

class RosterWatch {
 public:
  struct Parts {
    storage::Tables& tables;  // keeps the time over a restart
    std::function<bool()> is_confirmed;
    std::function<absl::Time()> now;  // by the wall clock
  };
  // Between two looks; tests shorten it.
  static constexpr absl::Duration kPause = absl::Minutes(1);

  // Begins with the time that was kept, or with now, and starts the thread. `parts` outlive it.
  explicit RosterWatch(Parts parts, absl::Duration pause = kPause);
  ~RosterWatch() { Stop(); }
  RosterWatch(const RosterWatch&) = delete;
  RosterWatch& operator=(const RosterWatch&) = delete;

  // At least zero, whatever became of the clock.
  absl::Duration Age() const ABSL_LOCKS_EXCLUDED(mutex_);
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  void Keep(absl::Time since);

  const Parts parts_;
  const absl::Duration pause_;
  mutable absl::Mutex mutex_;
  TimedCondition told_;
  absl::Time since_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time kept_;  // of the thread alone
  std::thread thread_;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_ROSTER_WATCH_H_
