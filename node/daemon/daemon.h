// A node that runs: the store, the threads and the wire put together, and taken down again in order.
#ifndef HANSA_NODE_DAEMON_DAEMON_H_
#define HANSA_NODE_DAEMON_DAEMON_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "node/charter.h"
#include "node/daemon/kept.h"
#include "node/daemon/replication_thread.h"
#include "node/daemon/view_thread.h"
#include "node/node_folder.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/high_water.h"
#include "storage/rocks_database.h"

namespace hansa::node {

struct DaemonOptions {
  std::string folder;
  std::string listen;  // host:port; port 0 picks one; empty: nobody can dial this node
};

// Thread-safe. Its threads are named in node/README.md.
class Daemon final : public RunningNode {
 public:
  // Opens everything and starts the threads; nobody else may hold `folder`.
  //   NOT_FOUND            the folder holds no node
  //   FAILED_PRECONDITION  another process has it, keys are readable by others, a newer Hansa wrote it
  //   DATA_LOSS            damaged; the message says how to go on
  static absl::StatusOr<std::unique_ptr<Daemon>> Start(const DaemonOptions& options);
  ~Daemon() override { Stop(); }

  // host:port in use; empty if nobody can dial this node.
  std::string replication_address() const { return wire_->listen_address(); }
  // Finishes writes, says goodbye to peers, closes the store. Once.
  void Stop();

  NodeView View() const override;
  absl::StatusOr<std::vector<Published>> Publish(const std::vector<Publication>& batch) override;
  absl::StatusOr<replication::Sequence> PublishRoster(replication::Kind kind, const replication::RecordId& record,
                                                      replication::Bytes payload) override;
  absl::StatusOr<replication::Statement> Sign(replication::StatementType type, replication::Bytes body) override;
  std::vector<Followed> Following() const override;
  absl::Status SetFollowing(const std::vector<Followed>& following) override;
  absl::StatusOr<std::uint64_t> SetKeep(Keep keep) override;
  absl::Status AddPeer(const std::string& address) override;
  absl::Status RemovePeer(const std::string& address) override;
  absl::StatusOr<std::uint64_t> Reindex() override;
  absl::Status AwaitViews() override;
  const storage::FeedStore& feeds() const override { return database_->feeds(); }
  storage::Tables& tables() override { return database_->tables(); }
  projection::Views& views() { return *views_; }

 private:
  explicit Daemon(const std::string& folder) : paths_(folder) {}

  absl::Status Open(const DaemonOptions& options);
  absl::Status OpenStore();
  absl::StatusOr<replication::ReplicaStart> MakeStart();
  absl::StatusOr<replication::Roster> FoldRoster() const;
  absl::Status CompareWithHighWater(const replication::ReplicaStart& start);
  absl::Status StartThreads(const DaemonOptions& options, replication::ReplicaStart start);
  std::shared_ptr<const replication::Roster> NewestRoster() const ABSL_LOCKS_EXCLUDED(roster_mutex_);
  void TakeRoster(std::shared_ptr<const replication::Roster> roster) ABSL_LOCKS_EXCLUDED(roster_mutex_);
  std::vector<std::string> AddedPeers() const;
  Kept KeptNow() const ABSL_LOCKS_EXCLUDED(kept_mutex_);
  // Stores and follows as `kept` says, once it is on the disk; returns how many feeds went.
  absl::StatusOr<std::uint64_t> Follow(const Kept& kept) ABSL_EXCLUSIVE_LOCKS_REQUIRED(keeping_);
  absl::Status KeepAddedPeers(const std::vector<std::string>& addresses);

  const NodePaths paths_;
  Identity identity_;
  Charter charter_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<storage::HighWaterFile> high_water_;
  bool behind_high_water_ = false;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>(kInboxMax);
  mutable absl::Mutex roster_mutex_;
  std::shared_ptr<const replication::Roster> roster_ ABSL_GUARDED_BY(roster_mutex_);  // the newest
  absl::Mutex keeping_;  // one change of what is kept at a time
  mutable absl::Mutex kept_mutex_;
  Kept kept_ ABSL_GUARDED_BY(kept_mutex_);
  std::unique_ptr<projection::Views> views_;
  std::unique_ptr<ViewThread> view_thread_;
  std::unique_ptr<wire::Wire> wire_;
  std::unique_ptr<DiskThread> disk_;
  std::unique_ptr<ReplicationThread> replication_;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_DAEMON_H_
