// The replication thread: events in, Replica::Step, effects out. The only thread that touches the replica and the
// dialler; everything it hands on is a value.
#ifndef HANSA_NODE_DAEMON_REPLICATION_THREAD_H_
#define HANSA_NODE_DAEMON_REPLICATION_THREAD_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "node/daemon/bounded_queue.h"
#include "node/daemon/dialler.h"
#include "node/daemon/disk_thread.h"
#include "node/running_node.h"
#include "node/wire/wire.h"
#include "replication/replica.h"

namespace hansa::node {

// What reaches the thread: from the disk, from the wire, or a question to answer there.
using Inbound = std::variant<replication::Event, wire::WireEvent, std::function<void()>>;
// Its sources bound it: windows of the wire, the disk's own queue, callers that wait for an answer.
using Inbox = BoundedQueue<Inbound>;
inline constexpr std::size_t kInboxMax = 1 << 20;

class ReplicationThread {
 public:
  struct Parts {
    std::shared_ptr<Inbox> inbox;
    wire::Wire& wire;
    DiskThread& disk;
    replication::ReplicaStart start;
    std::vector<replication::DialTarget> first_hubs;  // of the charter
    std::vector<std::string> added_peers;             // by hand
    std::set<replication::Member> followed;           // dialled besides the hubs
    std::function<void()> feeds_grew;                 // called on this thread whenever something became durable
    std::function<void(const replication::HiddenMoved&)> hidden_moved;  // likewise
    std::function<void(replication::Fence)> fence_moved;  // likewise; before anything is signed that it lets through
    std::function<void(std::shared_ptr<const replication::Roster>)> roster_grew;  // likewise, also at the start
    std::function<double()> chance;                                               // uniform in [0, 1)
  };

  explicit ReplicationThread(Parts parts);
  ~ReplicationThread() { Stop(); }
  ReplicationThread(const ReplicationThread&) = delete;
  ReplicationThread& operator=(const ReplicationThread&) = delete;

  // Thread-safe; block until the answer is known.
  NodeView View();
  absl::StatusOr<replication::VerifiedUnit> Publish(replication::PublishAsked asked);
  // Members known to hold `unit`, waiting up to `patience` for the first, and not at all with nobody connected.
  std::vector<std::string> AwaitHolders(const replication::VerifiedUnit& unit, absl::Duration patience);
  // Members known, since the start, to hold `feed` of this member through `seq`.
  std::vector<HolderView> HoldersOf(const replication::FeedId& feed, replication::Sequence seq);
  void SetAddedPeers(std::vector<std::string> addresses);
  // Waits up to `patience` until this node may sign; true if it may.
  bool AwaitFence(absl::Duration patience);
  // Follows the next root document, once it is on the disk.
  absl::Status TakeRoot(replication::SignedRoot root);
  // A person says that this own feed ends here and nowhere later.
  void ConfirmFeed(const replication::Checkpoint& end);
  // What is stored besides this member's own feeds, and whom to dial for it. Returns how many feeds went, once they are
  // gone from the disk.
  //   UNAVAILABLE  the node is stopping
  absl::StatusOr<std::uint64_t> SetInterest(const replication::Interest& kept, std::set<replication::Member> followed);

  // Closes every connection and does nothing more, so that the disk can be seen to; what is asked for meanwhile is
  // UNAVAILABLE. Until BeginAnew.
  void Rest();
  // Goes on with what the disk holds now, as after a start of the process. The disk has done and reported everything
  // that it was asked for before.
  // Returns the files that were wanted, which nobody fetches until they are wanted again.
  std::vector<replication::WantedFile> BeginAnew(replication::ReplicaStart start);
  // Whether there is room on the disk for what others publish.
  void SetRoom(bool for_peers);

  // Thread-safe; never waits.
  void WantFile(const replication::WantedFile& file);
  // When it returns, no chunk of the file comes to the disk any more. Not to be called on the disk's thread.
  void StopWanting(const replication::Hash& file);

  // Ends the thread; calls that wait get UNAVAILABLE.
  void Stop();

 private:
  struct LinkInfo {
    std::string address;
    bool dialled_by_us = false;
    replication::Pin peer;
  };
  struct HolderWait {
    replication::FeedId feed;
    replication::Sequence len;
    absl::Time deadline;
    std::function<void(std::vector<std::string>)> answer;
  };
  struct FenceWait {
    absl::Time deadline;
    std::function<void(bool)> answer;
  };
  using PublishAnswer = std::function<void(absl::StatusOr<replication::VerifiedUnit>)>;
  using RootAnswer = std::function<void(absl::Status)>;

  void Run();
  absl::Duration Patience() const;
  void Take(const replication::Event& event);
  void Take(const wire::WireEvent& event);
  void Take(const std::function<void()>& question) { question(); }
  void On(const wire::LinkOpened& opened);
  void On(const wire::FrameArrived& arrived);
  void On(const wire::LinkEnded& ended);
  void On(const wire::DialFailed& failed);
  void Perform(replication::Effects effects);
  void Perform(replication::Send& send);
  void Perform(replication::CloseSession& close);
  void Perform(replication::Commit& commit);
  void Perform(replication::DropFeeds& drop);
  void Perform(replication::RosterGrew&);
  void Perform(replication::PublishDone& done);
  void Perform(replication::PublishRefused& refused);
  void Perform(replication::FenceMoved& moved);
  void Perform(replication::HiddenMoved& moved);
  void Perform(replication::RootTaken& taken);
  template <typename DiskTask>
  void Perform(DiskTask& task) {
    parts_.disk.Do(std::move(task));
  }

  // Tells everybody who waits for the replica's answer that there will be none.
  void AnswerAll(absl::string_view why);
  void Dial();
  void PlanAnew();
  void AnswerHolderWaits(bool at_the_end);
  void AnswerFenceWaits(bool at_the_end);
  bool MaySign() const;
  std::vector<std::string> Holders(const HolderWait& wait) const;
  NodeView MakeView();
  std::vector<PeerView> MakePeers() const;
  Fence FenceNow() const;
  // Runs `question` on the thread and waits; false if the thread has ended.
  bool Ask(const std::function<void()>& question);

  Parts parts_;
  std::unique_ptr<replication::Replica> replica_;
  bool is_resting_ = false;
  std::map<replication::Hash, std::optional<replication::WantedFile>> files_meanwhile_;  // while it rests; nullopt: not
  bool has_room_ = true;
  PeerDialler dialler_;
  std::map<wire::LinkId, LinkInfo> links_;
  std::map<replication::PublishId, PublishAnswer> publishes_;
  std::map<replication::PublishId, RootAnswer> roots_;
  std::vector<HolderWait> holder_waits_;
  std::vector<FenceWait> fence_waits_;
  std::shared_ptr<const replication::Roster> roster_shown_;
  std::uint64_t next_publish_ = 1;
  std::uint64_t feeds_dropped_ = 0;  // since the start
  absl::Time now_;
  std::thread thread_;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_REPLICATION_THREAD_H_
