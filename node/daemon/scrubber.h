// Reads everything held again, slowly, so that damage is found while others still have what it concerns. Promise P8.
#ifndef HANSA_NODE_DAEMON_SCRUBBER_H_
#define HANSA_NODE_DAEMON_SCRUBBER_H_

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/timed_condition.h"

namespace hansa::node {

// Of the time, so much at the most is spent on reading.
inline constexpr double kScrubShare = 0.1;
// From the end of one pass to the beginning of the next. The first begins at the start.
inline constexpr absl::Duration kScrubPause = absl::Hours(24 * 7);

class Scrubber {
 public:
  // What is asked between two pieces of a pass: true to give up. Sleeps as long as the share demands.
  using IsUnwanted = std::function<bool()>;

  // `pass` reads everything; what it finds is for it to tell.
  explicit Scrubber(std::function<void(const IsUnwanted&)> pass);
  ~Scrubber() { Stop(); }
  Scrubber(const Scrubber&) = delete;
  Scrubber& operator=(const Scrubber&) = delete;

  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  // True once it is to end; waits up to `wait` for that.
  bool IsEndingWithin(absl::Duration wait) ABSL_LOCKS_EXCLUDED(mutex_);

  const std::function<void(const IsUnwanted&)> pass_;
  absl::Mutex mutex_;
  TimedCondition told_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_SCRUBBER_H_
