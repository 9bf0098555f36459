// A node that runs: the store, the threads and the wire put together, and taken down again in order.
#ifndef HANSA_NODE_DAEMON_DAEMON_H_
#define HANSA_NODE_DAEMON_DAEMON_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/charter.h"
#include "node/daemon/caretaker.h"
#include "node/daemon/kept.h"
#include "node/daemon/outbox.h"
#include "node/daemon/replication_thread.h"
#include "node/daemon/roster_watch.h"
#include "node/daemon/scrubber.h"
#include "node/daemon/stale_views.h"
#include "node/daemon/view_thread.h"
#include "node/daemon/visible_feeds.h"
#include "node/node_folder.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/search/index_reader.h"
#include "storage/high_water.h"
#include "storage/rocks_database.h"

namespace hansa::node {

// A node that has just started is about to hear from the hub: a publish waits so long for the fence before it is
// queued.
inline constexpr absl::Duration kFencePatience = absl::Seconds(3);

struct DaemonOptions {
  std::string folder;
  std::string listen;  // host:port; port 0 picks one; empty: nobody can dial this node
};

// Whether a node can run by a clock that says `now`: what is signed tells times as milliseconds since 1970.
//   FAILED_PRECONDITION  it says a time before that
absl::Status CheckClock(absl::Time now);

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
  std::vector<HolderView> HoldersOf(const replication::FeedId& feed, replication::Sequence seq) const override;
  absl::StatusOr<replication::Sequence> PublishRoster(replication::Kind kind, const replication::RecordId& record,
                                                      replication::Bytes payload) override;
  absl::StatusOr<replication::Statement> Sign(replication::StatementType type, replication::Bytes body) override;
  absl::Status TakeRoot(const replication::SignedRoot& next) override;
  absl::StatusOr<std::uint64_t> EndFeeds() override;
  absl::Status ConfirmFeed(const FeedPoint& end) override;
  std::vector<Followed> Following() const override;
  absl::Status SetFollowing(const std::vector<Followed>& following) override;
  absl::StatusOr<std::uint64_t> SetKeep(Keep keep) override;
  absl::Status AddPeer(const std::string& address) override;
  absl::Status RemovePeer(const std::string& address) override;
  absl::StatusOr<std::uint64_t> Reindex() override;
  absl::StatusOr<BackupMade> Backup(const std::string& folder, const std::function<bool()>& is_unwanted) override;
  absl::Status AwaitViews() override;
  void WantFile(const replication::WantedFile& file) override;
  void StopWanting(const replication::Hash& file) override;
  void OnChunk(ChunkTold told) override ABSL_LOCKS_EXCLUDED(chunk_mutex_);
  const storage::FeedStore& feeds() const override { return *visible_; }
  storage::Tables& tables() override { return database_->tables(); }
  // The feeds with what is hidden: for who looks what is on the disk, not for showing.
  const storage::FeedStore& stored() const { return database_->feeds(); }
  projection::Views& views() { return *views_; }
  search::IndexReader& search() { return *search_; }
  // Tells `told` whether the node takes writes, now and whenever that changes.
  void OnHealth(std::function<void(bool)> told) ABSL_LOCKS_EXCLUDED(health_mutex_);

 private:
  explicit Daemon(const std::string& folder) : paths_(folder) {}

  absl::Status Open(const DaemonOptions& options);
  absl::Status TakeKeys();
  // Whether the roster's present key was in the folder at the start.
  bool HasRosterKey(const replication::Roster& roster) const;
  absl::Status OpenStore();
  absl::Status MendStore(const absl::Status& why);
  void TellMended(const storage::MendReport& report);
  void TellSalvaged();
  absl::StatusOr<replication::ReplicaStart> MakeStart() ABSL_EXCLUSIVE_LOCKS_REQUIRED(keeping_);
  // The same, after the comparison with the high-water file.
  absl::StatusOr<replication::ReplicaStart> ReadStart() ABSL_EXCLUSIVE_LOCKS_REQUIRED(keeping_);
  // Once more after mending, should what is there not read as it was written.
  absl::StatusOr<replication::ReplicaStart> ReadStartOrMend() ABSL_EXCLUSIVE_LOCKS_REQUIRED(keeping_);
  absl::StatusOr<std::vector<storage::HeldFeed>> OwnFeeds() const;
  absl::StatusOr<storage::FenceFinding> FindFence(const replication::Roster& roster,
                                                  const std::optional<replication::LostRoster>& lost) const;
  // Where this node writes the list of members and holds less of it than it has signed.
  absl::StatusOr<std::optional<replication::LostRoster>> FindLostRoster(const replication::ReplicaStart& start) const;
  void KeepNetwork();
  void KeepPins();
  void TellOfKeys(const replication::MemberRecord& called_so, NodeView& view) const;
  void OnDisk(replication::Event event);
  void OnRoom(storage::Room room, const storage::DiskSpace& space);
  void MakeCaretaker();
  void StartScrubber();
  absl::Status BeginAnew(const std::function<absl::Status()>& see_to_disk);
  void WantFilesAnew(std::vector<replication::WantedFile> files);
  DiskView DiskNow() const;
  //   RESOURCE_EXHAUSTED  the disk is nearly full
  absl::Status CheckRoom() const;
  void RebuildViews();
  absl::Status TakeNotes(replication::ReplicaStart& start);
  absl::Status CompareWithHighWater(replication::ReplicaStart& start);
  void OnFenceMoved(replication::Fence fence);
  void TellChunk(const replication::ChunkWritten& written) ABSL_LOCKS_EXCLUDED(chunk_mutex_);
  absl::Status OpenOutbox() ABSL_LOCKS_EXCLUDED(outbox_mutex_);
  OutboxView OutboxNow() const ABSL_LOCKS_EXCLUDED(outbox_mutex_);
  bool IsOutboxEmpty() const ABSL_LOCKS_EXCLUDED(outbox_mutex_);
  absl::StatusOr<std::vector<Published>> Queue(const Outgoing& outgoing) ABSL_LOCKS_EXCLUDED(outbox_mutex_);
  bool WasSigned(const Outgoing& outgoing) const;
  void SendOutbox() ABSL_LOCKS_EXCLUDED(outbox_mutex_);
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
  // The keys as they were in the folder at the start.
  std::shared_ptr<const replication::Signer> writer_;
  std::shared_ptr<const replication::Signer> roster_signer_;  // nullptr: there was none
  replication::Seed tls_seed_;
  std::set<replication::PublicKey> own_writers_;  // the keys at hand; set once
  std::atomic<bool> high_water_off_{false};       // it speaks of another machine, or of what is not here
  std::atomic<std::uint64_t> mended_{0};          // times that damage was mended since the process started
  std::atomic<std::uint64_t> salvaged_{0};        // times, since then, that what was written last was given up
  std::atomic<bool> log_is_damaged_{false};       // found when the store was to be opened anew
  std::atomic<bool> sees_to_disk_{false};         // the store is about to be opened anew, or is: no backup goes on
  std::atomic<bool> is_running_{false};           // every part is there
  std::atomic<bool> stopping_{false};
  std::set<replication::Pin> pins_kept_;   // of the view thread alone; those that the store has
  replication::RosterPosition pins_of_;    // likewise; of which list they were kept
  std::atomic<bool> pins_in_doubt_{true};  // another store is there since
  std::atomic<bool> network_kept_{false};  // the store says of which network it is, or refused to
  std::optional<StaleViews> stale_views_;
  std::atomic<bool> views_stale_{false};  // they show what is not there any more
  absl::Mutex anew_mutex_;  // held while the store is opened anew or mended, shared by those who wait for the views
  mutable absl::Mutex outbox_mutex_;
  std::optional<Outbox> outbox_ ABSL_GUARDED_BY(outbox_mutex_);
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>(kInboxMax);
  mutable absl::Mutex roster_mutex_;
  std::shared_ptr<const replication::Roster> roster_ ABSL_GUARDED_BY(roster_mutex_);  // the newest
  absl::Mutex keeping_;     // one change of what is kept at a time, and none while the core begins with it
  absl::Mutex backing_up_;  // one backup at a time
  mutable absl::Mutex kept_mutex_;
  Kept kept_ ABSL_GUARDED_BY(kept_mutex_);
  std::unique_ptr<VisibleFeeds> visible_;
  std::unique_ptr<projection::Views> views_;
  std::unique_ptr<search::IndexReader> search_;
  std::unique_ptr<ViewThread> view_thread_;
  std::unique_ptr<ViewThread> cut_thread_;
  std::unique_ptr<ViewThread> outbox_thread_;
  std::unique_ptr<wire::Wire> wire_;
  std::unique_ptr<DiskThread> disk_;
  std::unique_ptr<ReplicationThread> replication_;
  std::unique_ptr<Caretaker> caretaker_;
  std::unique_ptr<Scrubber> scrubber_;
  std::unique_ptr<RosterWatch> roster_watch_;
  absl::Mutex chunk_mutex_;
  ChunkTold chunk_told_ ABSL_GUARDED_BY(chunk_mutex_);
  absl::Mutex health_mutex_;
  std::function<void(bool)> health_ ABSL_GUARDED_BY(health_mutex_);
  bool is_healthy_ ABSL_GUARDED_BY(health_mutex_) = true;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_DAEMON_H_
