// One simulated node: a replica, its disk, its clocks, and the driver between them, which performs effects as
// replica.h asks. It has lives: a crash ends one, Boot begins the next from what is on the disk.
#ifndef HANSA_TESTS_SIMULATION_NODE_H_
#define HANSA_TESTS_SIMULATION_NODE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "replication/replica.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/founders.h"
#include "tests/simulation/timeline.h"

namespace hansa::simulation {

class BadMember;
class World;
class Node;

// What a node held when it said how its feeds stand: for comparing afterwards.
struct Standing {
  const Node* node = nullptr;
  std::map<replication::FeedId, replication::FeedTail> rows;  // as the core was told; no empty ones
  replication::Interest interest;
  replication::RosterPosition roster;
  std::uint64_t digest = 0;  // of the rows
};

struct NodeIdentity {
  int index = 0;
  std::string name;    // of the machine, in the log
  std::string member;  // slug
  Applicant keys;
  Key roster_writer;  // on the hub that writes the roster
  std::uint64_t machine = 0;
};

// Not thread-safe. The world owns it and outlives it.
class Node {
 public:
  Node(World& world, NodeIdentity identity, Chance chance);
  ~Node();

  int index() const { return identity_.index; }
  const std::string& name() const { return identity_.name; }
  const NodeIdentity& identity() const { return identity_; }
  const std::string& endpoint() const { return identity_.keys.application.endpoints.front(); }
  replication::Pin pin() const { return pin_; }
  // Of the hub that writes the roster; nullptr for all others.
  const Key& roster_writer() const { return identity_.roster_writer; }
  // From the next start on.
  void MoveToAnotherMachine(std::uint64_t machine) { identity_.machine = machine; }
  Disk& disk() { return disk_; }
  const Disk& disk() const { return disk_; }

  // Starts the process, unless it runs. Crash ends it; what was not on the disk is lost.
  void Boot();
  void Crash();
  bool is_up() const { return replica_ != nullptr; }
  int life() const { return life_; }
  const replication::Replica& replica() const { return *replica_; }
  // The driver itself refuses to publish: the high-water file found a loss, and the core does not know the fence yet.
  bool driver_refuses() const { return driver_refuses_; }
  replication::Fence fence() const { return fence_; }
  replication::HighWaterFinding finding() const { return finding_; }
  // On the disk, and not reported to the core yet.
  std::uint64_t unreported_entries() const;

  // Something happened. `by` is the standing that the sender of a frame had when it sent it.
  void Step(const replication::Event& event, const std::shared_ptr<const Standing>& by = nullptr);
  void Publish(replication::PublishAsked asked);
  void Choose(const replication::Interest& kept);
  // Whether its disk has room for what others publish; as it starts, it has.
  void SetRoom(bool for_peers);
  bool has_room() const { return has_room_; }

  const std::vector<replication::PublicKey>& writers_ever() const { return writers_ever_; }
  // Goes on under other keys, from the next start.
  void TakeKeys(const Applicant& keys);

  // A driver's clock never goes back in one life; a machine that sleeps leaps ahead.
  absl::Time local_now() const;
  void LeapAhead(Instant by);
  // How long it has run in all lives.
  absl::Duration has_run() const;
  // What the clock on the wall says, in Unix milliseconds: anything.
  std::uint64_t claimed_time_ms();
  std::int64_t claimed_offset_ms = 0;

  // Of what the core has been told; a new object after a change.
  std::shared_ptr<const Standing> standing() const;
  // What it stores: chosen, and its own.
  replication::Interest interest() const;
  bool Keeps(const replication::FeedAuthor& author) const;
  bool IsOwn(const replication::FeedAuthor& author) const;

  // A bad member's tongue; nullptr for an honest one.
  std::unique_ptr<BadMember> bad;
  bool is_honest() const { return bad == nullptr; }
  // It writes what a backup, another machine or a lost disk may make it write twice.
  bool is_clone = false;
  // For good: no process any more.
  bool is_retired = false;
  // A member that begins to run only when all is over, or once it is admitted.
  bool starts_late = false;
  bool is_admitted = true;
  Instant disk_delay_max = 8 * kMillisecond;

 private:
  void Perform(replication::Effects effects);
  void PumpDisk();
  void Report(replication::Event event);
  void Told(const replication::Event& event);
  void SetTimer();
  replication::Roster FoldRoster() const;
  std::optional<replication::LostRoster> FindLostRoster() const;
  replication::HighWaterFinding CompareHighWater() const;
  void SettleHighWater(replication::HighWaterFinding finding);
  replication::ReplicaStart MakeStart();

  World& world_;
  NodeIdentity identity_;
  replication::Pin pin_;
  std::vector<replication::PublicKey> writers_ever_;
  Chance chance_;
  Disk disk_;
  std::unique_ptr<replication::Replica> replica_;
  int life_ = 0;
  bool driver_refuses_ = false;
  bool has_room_ = true;
  replication::Fence fence_ = replication::Fence::kLocked;
  replication::HighWaterFinding finding_ = replication::HighWaterFinding::kIntact;
  std::optional<replication::LostRoster> lost_roster_;  // at the start of this life

  Instant born_ = 0;
  std::int64_t boot_base_ = 0;   // what the clock said when this life began
  std::int64_t local_base_ = 0;  // and what sleep has added
  std::int64_t local_rate_ppm_ = 0;
  Instant timer_at_ = kNever;
  std::uint64_t timer_id_ = 0;
  Instant last_report_ = 0;
  int idle_timers_ = 0;

  std::map<replication::FeedId, replication::FeedTail> told_;
  struct OnItsWay {
    replication::Checkpoint end;
    bool ended = false;
    bool dropped = false;
  };
  std::map<replication::CommitId, OnItsWay> commits_;
  mutable std::shared_ptr<const Standing> standing_;
};

// In the order in which they were made: where they lie in memory must not decide anything.
struct ByIndex {
  bool operator()(const Node* a, const Node* b) const { return a->index() < b->index(); }
};
template <typename T>
using PerNode = std::map<const Node*, T, ByIndex>;

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_NODE_H_
