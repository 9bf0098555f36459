// Looks after the disk while the node runs: how much of it is left, when to write again after a write has failed, and
// what to do about damage. One thread; what it decides is told to its parts. Promises: P7, writes are taken again
// within 30 s of there being room; P8, damage that was found is seen to.
#ifndef HANSA_NODE_DAEMON_CARETAKER_H_
#define HANSA_NODE_DAEMON_CARETAKER_H_

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/timed_condition.h"
#include "storage/room.h"

namespace hansa::node {

class Caretaker {
 public:
  struct Parts {
    std::function<absl::StatusOr<storage::DiskSpace>()> space;
    // More or less is taken from now on; called once at the start.
    std::function<void(storage::Room, const storage::DiskSpace&)> room_moved;
    // Whether writes are taken, as far as this knows; called whenever it changes.
    std::function<void(bool)> writes_taken;
    // After DiskRefused, while there is room; again later while it fails. What it finds damaged (DATA_LOSS) is mended.
    std::function<absl::Status()> write_again;
    // After Damaged.
    std::function<absl::Status()> mend;
    // Now and then, while writes are taken: what there was no room for at the time.
    std::function<void()> tidy;
  };
  // Times between two looks; tests shorten them.
  struct Pauses {
    absl::Duration look = absl::Seconds(1);
    absl::Duration write_again = absl::Seconds(5);
    // A disk that damages what was just mended is not mended again and again.
    absl::Duration mend = absl::Minutes(10);
    absl::Duration tidy = absl::Seconds(20);
  };

  explicit Caretaker(Parts parts) : Caretaker(std::move(parts), Pauses()) {}
  Caretaker(Parts parts, const Pauses& pauses) : parts_(std::move(parts)), pauses_(pauses) {}
  ~Caretaker() { Stop(); }
  Caretaker(const Caretaker&) = delete;
  Caretaker& operator=(const Caretaker&) = delete;

  // Starts the thread. Until then what it is told waits.
  void Start();

  // From any thread; none waits.
  void DiskRefused() ABSL_LOCKS_EXCLUDED(mutex_);
  void Damaged() ABSL_LOCKS_EXCLUDED(mutex_);

  // As it was at the last look.
  storage::DiskSpace space() const ABSL_LOCKS_EXCLUDED(mutex_);
  storage::Room room() const ABSL_LOCKS_EXCLUDED(mutex_);
  // A write failed and none is taken yet.
  bool is_refused() const ABSL_LOCKS_EXCLUDED(mutex_);

  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What the world has told, and what has become of it.
  struct Tasks {
    bool refused = false;
    bool damaged = false;
  };

  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  void LookAtSpace() ABSL_LOCKS_EXCLUDED(mutex_);
  void TellWrites() ABSL_LOCKS_EXCLUDED(mutex_);
  void WriteAgain() ABSL_LOCKS_EXCLUDED(mutex_);
  void Tidy() ABSL_LOCKS_EXCLUDED(mutex_);
  void Mend() ABSL_LOCKS_EXCLUDED(mutex_);

  const Parts parts_;
  const Pauses pauses_;
  // Of the thread alone.
  absl::Time write_again_at_ = absl::InfinitePast();
  absl::Time mend_at_ = absl::InfinitePast();
  absl::Time tidy_at_ = absl::InfinitePast();
  bool has_looked_ = false;
  bool writes_told_ = true;

  mutable absl::Mutex mutex_;
  TimedCondition changed_;  // told something, or to stop
  Tasks tasks_ ABSL_GUARDED_BY(mutex_);
  bool told_ ABSL_GUARDED_BY(mutex_) = false;  // something since the last round
  storage::DiskSpace space_ ABSL_GUARDED_BY(mutex_);
  storage::Room room_ ABSL_GUARDED_BY(mutex_) = storage::Room::kAmple;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_CARETAKER_H_
