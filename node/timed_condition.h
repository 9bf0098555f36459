// Waiting for something to become true, for a time that setting the clock makes neither longer nor shorter.
#ifndef HANSA_NODE_TIMED_CONDITION_H_
#define HANSA_NODE_TIMED_CONDITION_H_

#include <condition_variable>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace hansa::node {

// Abseil's own waits with a timeout (20220623) sleep until a time of the wall clock: when that is set back an hour
// meanwhile, they sleep an hour longer. This one counts on the monotonic clock.
class TimedCondition {
 public:
  // By whoever may have made true what another waits for; after that, with or without the mutex.
  void Notify() { changed_.notify_all(); }

  // Returns once `is_true()`, or after `wait`, which may be infinite; says whether it is true. `is_true` is asked with
  // `mutex` held.
  bool Await(absl::Mutex& mutex, absl::Duration wait, absl::FunctionRef<bool()> is_true)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);

 private:
  std::condition_variable_any changed_;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_TIMED_CONDITION_H_
