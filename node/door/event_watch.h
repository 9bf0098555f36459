// Notices what happened on the node and tells the hub: what the views have read, what is news, how the node is, and who
// is signed in no more. It looks while somebody listens, and asks nothing of those who make things happen.
#ifndef HANSA_NODE_DOOR_EVENT_WATCH_H_
#define HANSA_NODE_DOOR_EVENT_WATCH_H_

#include <cstdint>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/accounts/account_book.h"
#include "node/door/event_hub.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/timed_condition.h"

namespace hansa::node::door {

// A thread of its own.
class EventWatch {
 public:
  struct Parts {
    RunningNode& node;  // all outlive the watch
    const projection::Views& views;
    EventHub& hub;
    const accounts::AccountBook* accounts = nullptr;  // null: nobody has one
  };

  explicit EventWatch(const Parts& parts);
  ~EventWatch() { Stop(); }
  EventWatch(const EventWatch&) = delete;
  EventWatch& operator=(const EventWatch&) = delete;

  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop() ABSL_LOCKS_EXCLUDED(mutex_);
  void LookAtViews();
  void LookAtAccounts();
  // Returns how long it took.
  absl::Duration LookAtStatus();

  const Parts parts_;
  std::uint64_t changes_;   // of the views when it last looked; of the thread alone, as the next four
  std::uint64_t news_;      // the last row of the journal then
  std::string status_;      // how the node was then; empty: nobody has looked
  bool four_eyes_ = false;  // whether a second person was asked for then
  absl::Duration until_status_ = absl::ZeroDuration();  // it is looked at again then
  absl::Mutex mutex_;
  TimedCondition stops_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// What of a node a page shows of how it is, in a form that is another whenever that is: ages are left out. Pure.
std::string StatusPrint(const NodeView& view);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_EVENT_WATCH_H_
