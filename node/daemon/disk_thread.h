// The disk thread: one synced group write per round, then the high-water file for what this node signed, then the
// report that it is durable; and reads of units for peers. The only writer of feeds.
#ifndef HANSA_NODE_DAEMON_DISK_THREAD_H_
#define HANSA_NODE_DAEMON_DISK_THREAD_H_

#include <functional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "node/daemon/bounded_queue.h"
#include "replication/events.h"
#include "storage/feed_store.h"
#include "storage/high_water.h"
#include "storage/tables.h"

namespace hansa::node {

// The key under which root documents are kept in the settings table.
inline constexpr char kRootsSetting[] = "root documents";

class DiskThread {
 public:
  struct Parts {
    storage::FeedStore& feeds;
    storage::Tables& tables;
    storage::HighWaterFile& high_water;
    // Called on the disk thread with UnitRead, Committed or CommitFailed.
    std::function<void(replication::Event)> report;
  };

  // Starts the thread. `parts` outlive it.
  explicit DiskThread(const Parts& parts);
  ~DiskThread() { Stop(); }
  DiskThread(const DiskThread&) = delete;
  DiskThread& operator=(const DiskThread&) = delete;

  // In order with everything asked before. May wait while much is queued.
  void Do(replication::Commit commit) { tasks_.Push(std::move(commit)); }
  void Do(const replication::ReadUnit& read) { tasks_.Push(read); }
  void Do(replication::KeepRoots roots) { tasks_.Push(std::move(roots)); }
  void Do(const replication::MarkOwnFeed& mark) { tasks_.Push(mark); }
  void Do(replication::DropFeeds drop) { tasks_.Push(std::move(drop)); }
  // Calls `done` on the disk thread once everything asked before has been done; false if the thread is ending.
  bool After(std::function<void()> done) { return tasks_.Push(std::move(done)); }

  // Finishes what is queued and ends the thread.
  void Stop();

 private:
  using Task = std::variant<replication::Commit, replication::ReadUnit, replication::KeepRoots,
                            replication::MarkOwnFeed, replication::DropFeeds, std::function<void()>>;

  void Run();
  void WriteGroup(const std::vector<replication::Commit>& group);
  absl::Status Mark(const std::vector<replication::Commit>& group);
  void Raise(const replication::MarkOwnFeed& mark);
  void Read(const replication::ReadUnit& read);
  void Keep(const replication::KeepRoots& roots);
  void Drop(const replication::DropFeeds& drop);

  const Parts parts_;
  BoundedQueue<Task> tasks_;
  std::thread thread_;
};

// Root documents as kept in the settings table, one after the other with their lengths.
std::string EncodeRoots(const std::vector<replication::Bytes>& documents);
std::vector<replication::Bytes> DecodeRoots(const std::string& value);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_DISK_THREAD_H_
