// The thread of the keeper: a pass about once a second, of which most find nothing to do.
#ifndef HANSA_NODE_FILES_FILE_THREAD_H_
#define HANSA_NODE_FILES_FILE_THREAD_H_

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "node/files/file_keeper.h"
#include "node/timed_condition.h"

namespace hansa::node::files {

// Thread-safe.
class FileThread {
 public:
  // `keeper` outlives it; `failed` is told, on the thread, of a pass that failed, once for each reason in a row.
  FileThread(FileKeeper& keeper, std::function<void(const absl::Status&)> failed);
  ~FileThread() { Stop(); }
  FileThread(const FileThread&) = delete;
  FileThread& operator=(const FileThread&) = delete;

  // Waits for a pass that is under way. Once; the destructor does it otherwise.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop() ABSL_LOCKS_EXCLUDED(mutex_);

  FileKeeper& keeper_;
  const std::function<void(const absl::Status&)> failed_;
  absl::Mutex mutex_;
  TimedCondition changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace hansa::node::files

#endif  // HANSA_NODE_FILES_FILE_THREAD_H_
