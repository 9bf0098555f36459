// Several replicas in one thread, with memory for disks and queues for streams: who says what to whom, in an order the
// test decides. Time stands still unless a test moves it.
#ifndef HANSA_TESTS_TESTING_LOOP_H_
#define HANSA_TESTS_TESTING_LOOP_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "replication/replica.h"
#include "replication/scope.h"
#include "storage/memory_store.h"
#include "tests/testing/roster.h"

namespace hansa::testing {

// One node: a replica with its disk. Restart keeps the disk and nothing else.
class LoopNode {
 public:
  // `crypto` outlives it.
  LoopNode(std::string name, const replication::RootChain& root, const Applicant& keys, Key roster_writer,
           const replication::Crypto& crypto)
      : name_(std::move(name)),
        crypto_(crypto),
        root_(root),
        keys_(keys),
        roster_writer_(std::move(roster_writer)),
        disk_(crypto) {
    Start();
  }

  void Start();

  const std::string& name() const { return name_; }
  replication::Pin pin() const { return replication::PinOf(crypto_, keys_.tls.front()->public_key()); }
  replication::Replica& replica() { return *replica_; }
  storage::MemoryFeedStore& disk() { return disk_; }
  void KeepNote(const replication::Bytes& key, const replication::Bytes& value);
  // Chunks of files on its disk, by file and index; a restart keeps them.
  std::map<std::pair<replication::Hash, std::uint32_t>, replication::Bytes> chunks;
  // What it was told to store; a restart keeps it.
  replication::Interest kept = replication::InterestInEverything();
  // What the next start is told of it.
  std::optional<replication::LostRoster> lost_roster;
  // How far its clock is ahead of the others'. It may grow at any time, and must not shrink.
  absl::Duration clock_ahead;

 private:
  const std::string name_;
  const replication::Crypto& crypto_;
  const replication::RootChain root_;
  const Applicant keys_;
  const Key roster_writer_;
  storage::MemoryFeedStore disk_;
  replication::Notes notes_;
  std::unique_ptr<replication::Replica> replica_;
  std::uint64_t boots_ = 0;
};

class Loop {
 public:
  // Frames may be altered, or dropped with the stream, on their way: return false to cut the stream here.
  using Meddler = std::function<bool(const std::string& from, const std::string& to, replication::Frame& frame)>;

  // All nodes check with `crypto`, which outlives the loop.
  explicit Loop(const replication::Crypto& crypto = replication::SodiumCrypto()) : crypto_(crypto) {}

  LoopNode& Add(const std::string& name, const replication::RootChain& root, const Applicant& keys,
                Key roster_writer = nullptr);
  LoopNode& operator[](const std::string& name) { return *nodes_.at(name); }

  // Opens a stream; both sides are told at once.
  void Dial(const std::string& from, const std::string& to);
  // Cuts every stream between the two.
  void Cut(const std::string& a, const std::string& b);
  // Cuts every stream there is.
  void CutAll();
  // The stream stays open and carries nothing more: a side hears of its end only when it closes it itself.
  void Stall(const std::string& a, const std::string& b);
  // The node's disk takes its time: nothing that is asked of it happens until it is freed.
  void HoldDisk(const std::string& name) { held_disks_.insert(name); }
  void FreeDisk(const std::string& name) { held_disks_.erase(name); }
  // Whether its disk has been asked for something that it has not done yet.
  bool HasDiskTasks(const std::string& name) const;
  // The process dies and starts anew from its disk; its streams are cut.
  void Crash(const std::string& name);
  // Tells it what to store besides its own feeds, from now on.
  void Choose(const std::string& name, const replication::Interest& kept);
  // Whether its disk has room for what others publish, from now on until it starts again.
  void SetRoom(const std::string& name, bool for_peers);
  // It wants a file, with what is on its disk of it already; or wants it no more.
  void Want(const std::string& name, replication::WantedFile file);
  void StopWanting(const std::string& name, const replication::Hash& file);
  // Publishes an entry of `text` in a collection; returns what Replica answered once it is durable.
  absl::Status Publish(const std::string& name, replication::Kind kind, const std::string& text);
  // The same of an entry as it is given, to the collection of its kind.
  absl::Status PublishEntry(const std::string& name, const replication::NewEntry& entry);
  // The same of several, all of one collection, in one batch.
  absl::Status PublishEntries(const std::string& name, std::vector<replication::NewEntry> entries);

  // Delivers one frame or performs one disk task; false if there is nothing to do.
  bool RunOne();
  // Until nothing is left to do, letting deadlines up to `ahead` from now pass.
  void Settle(absl::Duration ahead = absl::Seconds(5));
  // Every machine sleeps so long: deadlines of that time come at its end, each node's once.
  void Sleep(absl::Duration by) { PassTime(by); }
  absl::Time now() const { return now_; }
  void Meddle(Meddler meddler) { meddler_ = std::move(meddler); }
  // Called with each frame as it is delivered.
  void Listen(std::function<void(const std::string& from, const std::string& to, const replication::Frame&)> ear) {
    ear_ = std::move(ear);
  }

  // Called with each effect before it is performed.
  void Watch(std::function<void(const std::string& name, const replication::Effect&)> watcher) {
    watcher_ = std::move(watcher);
  }

  // Every feed of every node, as (feed, length, head).
  std::map<std::string, std::vector<replication::FeedRow>> Heads();
  bool AllEqual(const std::set<std::string>& names);
  std::size_t frames_delivered() const { return frames_delivered_; }

 private:
  struct Link {
    std::string a;
    std::string b;
    replication::SessionId at_a;
    replication::SessionId at_b;
    bool open = true;
    bool stalled = false;
    bool a_left = false;  // of a stalled stream: closed it
    bool b_left = false;
  };
  struct InTransit {
    std::size_t link;
    bool from_a;
    replication::Frame frame;
  };

  void Step(LoopNode& node, const replication::Event& event);
  // True if it was about a chunk of a file.
  bool PerformOfFiles(LoopNode& node, const replication::Effect& effect);
  void Perform(LoopNode& node, const replication::Effects& effects);
  void CutLink(Link& link);
  void Lose(Link& link, bool from_a, const replication::Frame& frame);
  std::size_t LinkOf(replication::SessionId session) const;
  absl::Time DeadlineOf(LoopNode& node) const { return node.replica().deadline() - node.clock_ahead; }
  void PassTime(absl::Duration by);
  bool RunDiskTask();

  const replication::Crypto& crypto_;
  std::map<std::string, std::unique_ptr<LoopNode>> nodes_;
  std::vector<Link> links_;
  std::deque<InTransit> in_transit_;
  struct DiskTask {
    std::string node;
    std::function<void()> run;
  };
  std::deque<DiskTask> disk_tasks_;
  std::set<std::string> held_disks_;
  std::map<replication::PublishId, absl::Status> answers_;
  Meddler meddler_;
  std::function<void(const std::string&, const std::string&, const replication::Frame&)> ear_;
  std::function<void(const std::string&, const replication::Effect&)> watcher_;
  std::uint64_t next_session_ = 1;
  std::uint64_t next_publish_ = 1;
  std::uint64_t records_ = 0;
  std::size_t frames_delivered_ = 0;
  absl::Time now_ = absl::UnixEpoch();
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_LOOP_H_
