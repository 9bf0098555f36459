#include "node/timed_condition.h"

#include <algorithm>
#include <chrono>

namespace hansa::node {
namespace {

// Longer than any process runs, and short enough to be added to any time.
constexpr absl::Duration kWaitMax = absl::Hours(24 * 3650);

// What the standard library calls a mutex.
struct Lockable {
  absl::Mutex& mutex;
  void lock() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex.Lock(); }
  void unlock() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex.Unlock(); }
};

}  // namespace

bool TimedCondition::Await(absl::Mutex& mutex, absl::Duration wait, absl::FunctionRef<bool()> is_true) {
  Lockable lock{mutex};
  const absl::Duration counted = std::clamp(wait, absl::ZeroDuration(), kWaitMax);
  return changed_.wait_until(lock, std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(counted), is_true);
}

}  // namespace hansa::node
