// Values between two threads, never more than a stated number.
#ifndef HANSA_NODE_DAEMON_BOUNDED_QUEUE_H_
#define HANSA_NODE_DAEMON_BOUNDED_QUEUE_H_

#include <cstddef>
#include <deque>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/timed_condition.h"

namespace hansa::node {

// Thread-safe.
template <typename Value>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t max) : max_(max) {}

  // Waits while the queue is full. False, and drops the value, once it is closed.
  bool Push(Value value) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &BoundedQueue::HasRoomOrClosed));
    if (closed_) return false;
    values_.push_back(std::move(value));
    changed_.Notify();
    return true;
  }

  // Everything there is, in order: at once if there is something, else when something comes, after `wait`, or at Close.
  std::deque<Value> TakeAll(absl::Duration wait) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    changed_.Await(mutex_, wait, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return closed_ || !values_.empty(); });
    return std::exchange(values_, {});
  }

  // Nothing more goes in; what is in can still be taken.
  void Close() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    changed_.Notify();
  }
  bool closed_and_empty() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return closed_ && values_.empty();
  }

 private:
  bool HasRoomOrClosed() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return closed_ || values_.size() < max_; }

  const std::size_t max_;
  mutable absl::Mutex mutex_;
  TimedCondition changed_;  // something came, or it was closed
  std::deque<Value> values_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_BOUNDED_QUEUE_H_
