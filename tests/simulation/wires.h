// The network between nodes: who dials whom, and what becomes of frames on their way. Within one direction of one
// stream order is kept, as TCP keeps it; everything else may happen.
#ifndef HANSA_TESTS_SIMULATION_WIRES_H_
#define HANSA_TESTS_SIMULATION_WIRES_H_

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "replication/dial_plan.h"
#include "replication/events.h"
#include "tests/simulation/node.h"
#include "tests/simulation/timeline.h"

namespace hansa::simulation {

class World;

// One end of a stream.
struct StreamEnd {
  Node* node = nullptr;
  int life = 0;
  replication::Pin pin;  // proved when it began
  replication::SessionId session;
  bool is_open = false;     // frames reach it
  bool is_leaving = false;  // it has been or will be told of the end, or never will
};
// One direction of a stream.
struct StreamWay {
  struct InTransit {
    replication::Frame frame;
    Instant due;
    std::size_t bytes;
    std::shared_ptr<const Standing> by;
  };
  std::deque<InTransit> frames;
  std::size_t bytes = 0;  // in transit
  Instant busy_until = 0;
  Instant last_due = 0;
  bool is_scheduled = false;
  bool is_dead = false;  // what is put in never comes out, and nobody is told
};
struct Stream {
  std::array<StreamEnd, 2> ends;  // the first one dialled
  std::array<StreamWay, 2> ways;  // by who speaks
  Instant delay_min = kMillisecond;
  Instant delay_max = 20 * kMillisecond;
  std::uint64_t bits_per_second = 0;  // 0: no limit worth the name
  // What has been delivered since it began, for the cost of a greeting.
  std::size_t frames_delivered = 0;
  std::size_t bytes_delivered = 0;
  bool had_company = false;                // another stream of the same two keys
  std::size_t fence_frames_delivered = 0;  // claims, their answers, and credits among them
};

// Not thread-safe.
class Wires {
 public:
  Wires(World& world, Chance chance) : world_(world), chance_(chance) {}

  // A node has started, or died.
  void BeginDialling(Node& node);
  void Died(Node& node);

  void Say(Node& from, replication::SessionId session, replication::Frame frame);
  void Close(Node& from, replication::SessionId session, const replication::CloseFrame& last);

  // Opens a stream now, if both run. Returns its number, or nullopt.
  std::optional<std::uint64_t> Open(Node& from, Node& to);
  // Cuts all streams of the two, or of one node with everybody.
  void Cut(const Node& a, const Node& b);
  void Cut(const Node& node);
  void CutOne();     // any stream
  void DeadenOne();  // frames of any stream vanish from here on, in one direction or both

  // Nothing passes from `from` to `to` until then; what was sent waits.
  void Block(const Node& from, const Node& to, Instant until) { blocked_[{&from, &to}] = until; }
  bool IsBlocked(const Node& from, const Node& to) const;

  // No fault lasts: dead streams are cut, slow ones are fast, blocked ways are free, dialling begins at once.
  void Heal();

  const std::map<std::uint64_t, Stream>& streams() const { return streams_; }
  const Stream* StreamOf(replication::SessionId session) const;
  bool AreConnected(const Node& a, const Node& b) const;

 private:
  struct Dialling {
    int failures = 0;
    Instant next = 0;
  };

  void Dial(Node& node, int life);
  void DialOne(Node& node, const replication::DialTarget& target);
  void Failed(Node& node, const std::string& address);
  const std::vector<replication::DialTarget>& TargetsOf(Node& node);
  bool LetsIn(const Node& door, const replication::Pin& pin) const;
  std::set<replication::Pin> PeersOf(const Node& node) const;

  void Put(std::uint64_t id, std::size_t speaker, replication::Frame frame);
  void Schedule(std::uint64_t id, std::size_t speaker);
  void Deliver(std::uint64_t id, std::size_t speaker);
  void CutStream(std::uint64_t id);
  // Tells an end, some time later, that the stream is over; perhaps never, where it closed it itself.
  void End(std::uint64_t id, std::size_t end, Instant delay_max);
  void Forget(std::uint64_t id);
  std::optional<std::pair<std::uint64_t, std::size_t>> Find(const Node& node, replication::SessionId session) const;

  World& world_;
  Chance chance_;
  std::map<std::uint64_t, Stream> streams_;
  std::map<replication::SessionId, std::pair<std::uint64_t, std::size_t>> by_session_;
  std::uint64_t next_stream_ = 1;
  std::uint64_t next_session_ = 1;
  std::map<std::pair<const Node*, const Node*>, Instant> blocked_;
  PerNode<std::map<std::string, Dialling>> dialling_;
  struct PlannedDials {
    int life = -1;
    replication::RosterPosition position;
    std::vector<replication::DialTarget> targets;
  };
  PerNode<PlannedDials> planned_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_WIRES_H_
