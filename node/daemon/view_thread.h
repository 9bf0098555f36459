// The projection thread: keeps the views up to what is durable, one pass after another, off the critical path.
#ifndef HANSA_NODE_DAEMON_VIEW_THREAD_H_
#define HANSA_NODE_DAEMON_VIEW_THREAD_H_

#include <cstdint>
#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace hansa::node {

class ViewThread {
 public:
  // `pass` reads everything durable at its beginning; it is called on the thread, again after each Notify.
  explicit ViewThread(std::function<void()> pass);
  ~ViewThread() { Stop(); }
  ViewThread(const ViewThread&) = delete;
  ViewThread& operator=(const ViewThread&) = delete;

  // Something became durable. Never waits.
  void Notify() ABSL_LOCKS_EXCLUDED(mutex_);
  // Returns when a pass that began after this call has ended, or at Stop.
  void AwaitPass() ABSL_LOCKS_EXCLUDED(mutex_);
  // Runs `work` on the thread between two passes and waits for it; false at Stop.
  bool Run(const std::function<void()>& work) ABSL_LOCKS_EXCLUDED(mutex_);
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::function<void()> pass_;
  absl::Mutex mutex_;
  std::uint64_t asked_ ABSL_GUARDED_BY(mutex_) = 1;  // passes asked for
  std::uint64_t done_ ABSL_GUARDED_BY(mutex_) = 0;   // the newest ask that a finished pass covers
  const std::function<void()>* work_ ABSL_GUARDED_BY(mutex_) = nullptr;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_VIEW_THREAD_H_
