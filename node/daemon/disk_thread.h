// The disk thread: one synced group write per round, then the high-water file for what this node signed, then the
// report that it is durable; payloads, chunks of files, cuts and notes in the order asked for; and reads for peers. The
// only writer of feeds.
#ifndef HANSA_NODE_DAEMON_DISK_THREAD_H_
#define HANSA_NODE_DAEMON_DISK_THREAD_H_

#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "node/daemon/bounded_queue.h"
#include "node/daemon/stale_views.h"
#include "replication/events.h"
#include "storage/feed_store.h"
#include "storage/high_water.h"
#include "storage/tables.h"

namespace hansa::node {

class DiskThread {
 public:
  struct Parts {
    storage::FeedStore& feeds;
    storage::Tables& tables;
    storage::HighWaterFile& high_water;
    StaleViews& stale_views;
    // Called on the disk thread with what was read and what is durable, and with CommitFailed and WriteFailed.
    std::function<void(replication::Event)> report;
    std::function<void()> feed_cut;  // likewise, when what was shown of a feed is not there any more; never waits
  };

  // Starts the thread. `parts` outlive it.
  explicit DiskThread(const Parts& parts);
  ~DiskThread() { Stop(); }
  DiskThread(const DiskThread&) = delete;
  DiskThread& operator=(const DiskThread&) = delete;

  // In order with everything asked before. May wait while much is queued. What the disk refuses is reported, but that
  // payloads do not fit any more (their feed was cut or dropped meanwhile), and removals: those are asked for again at
  // the next start.
  template <typename Effect>
  void Do(Effect effect) {
    tasks_.Push(std::move(effect));
  }
  // Calls `done` on the disk thread once everything asked before has been done; false if the thread is ending.
  bool After(std::function<void()> done) { return tasks_.Push(std::move(done)); }

  // The same, with what became of the root documents that were to be kept last.
  bool AfterRoots(std::function<void(const absl::Status&)> done) {
    return After([this, done = std::move(done)] { done(roots_kept_); });
  }

  // Returns when no feed is being cut: of all that is found cut in the store, feed_cut has been called.
  void AwaitCut() ABSL_LOCKS_EXCLUDED(cutting_) { absl::MutexLock lock(&cutting_); }

  // Finishes what is queued and ends the thread.
  void Stop();

 private:
  using Task =
      std::variant<replication::Commit, replication::ReadUnit, replication::ReadPayloads, replication::ReadHeader,
                   replication::ReadChunk, replication::WriteChunk, replication::WritePayloads,
                   replication::ErasePayloads, replication::CutFeed, replication::DropQuarantine, replication::Keep,
                   replication::KeepRoots, replication::MarkOwnFeed, replication::DropFeeds, std::function<void()>>;

  void Run();
  // Writes what is gathered of each kind.
  void WriteGroup();
  void WriteNotes();
  void WriteChunks();
  void Write(const std::vector<replication::Commit>& group);
  absl::Status Mark(const std::vector<replication::Commit>& group);
  // Empty: not to be had.
  absl::StatusOr<replication::Bytes> ReadOfFile(const replication::ReadChunk& read) const;

  void Perform(replication::Commit commit) { group_.push_back(std::move(commit)); }
  void Perform(replication::Keep note) { notes_.push_back(std::move(note)); }
  void Perform(replication::WriteChunk chunk) { chunks_.push_back(std::move(chunk)); }
  void Perform(const replication::ReadChunk& read);
  void Perform(const replication::ReadUnit& read);
  void Perform(const replication::ReadPayloads& read);
  void Perform(const replication::ReadHeader& read);
  void Perform(const replication::WritePayloads& write);
  void Perform(const replication::ErasePayloads& erase);
  void Perform(const replication::CutFeed& cut);
  void Perform(const replication::DropQuarantine& drop);
  void Perform(const replication::KeepRoots& roots);
  void Perform(const replication::MarkOwnFeed& mark);
  void Perform(const replication::DropFeeds& drop);
  void Perform(const std::function<void()>& done) { done(); }

  // Lowers the mark of one of our own feeds that is about to be cut. True if it has to be set anew by what is left.
  absl::StatusOr<bool> LowerMark(const replication::Checkpoint& seal);
  void Refused(const absl::Status& why) { parts_.report(replication::WriteFailed{why}); }

  const Parts parts_;
  absl::Mutex cutting_;  // held from before a feed is cut in the store until feed_cut has been called
  BoundedQueue<Task> tasks_;
  // Of the disk thread alone: commits, notes or chunks of files that follow each other and are written in one.
  std::vector<replication::Commit> group_;
  std::vector<replication::Keep> notes_;
  std::vector<replication::WriteChunk> chunks_;
  absl::Status roots_kept_;  // the last time; likewise of the disk thread
  std::thread thread_;
};

// The notes that Keep left, as ReplicaStart takes them.
absl::StatusOr<std::map<replication::Bytes, replication::Bytes>> ReadNotes(const storage::Tables& tables);
// A feed as the replica takes it.
replication::FeedHeld FeedHeldOf(const storage::HeldFeed& held);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_DISK_THREAD_H_
