// A member gone bad: a real node whose words are changed on their way out. It may alter, withhold, replay, invent, and
// sign with its own key whatever it likes; it cannot sign with anybody else's.
#ifndef HANSA_TESTS_SIMULATION_BAD_MEMBER_H_
#define HANSA_TESTS_SIMULATION_BAD_MEMBER_H_

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "replication/frames.h"
#include "tests/simulation/chance.h"
#include "tests/simulation/node.h"
#include "tests/simulation/plan.h"

namespace hansa::simulation {

class Forger;

// Not thread-safe. The node must outlive it.
class BadMember {
 public:
  BadMember(World& world, Node& self, std::set<Fault> ways, Chance chance);
  ~BadMember();

  // What really goes out to `to` instead of `frame`, in order.
  std::vector<replication::Frame> Say(const Node& to, replication::Frame frame);

 private:
  using Frames = std::vector<replication::Frame>;

  bool Does(Fault way, std::uint64_t one_in);
  bool Withholds(const replication::Frame& frame);
  void Alter(replication::Frame& frame);
  void Strip(replication::Frame& frame);
  void Lie(replication::Frame& frame);
  void Age(replication::Frame& frame);
  void Replay(Frames& said);
  void Flood(Frames& said);

  World& world_;
  Node& self_;
  const std::set<Fault> ways_;
  Chance chance_;
  std::unique_ptr<Forger> forger_;  // where it signs two histories, or what must be refused
  std::deque<replication::Frame> memory_;
  std::set<replication::FeedId> withheld_;
  std::map<replication::FeedId, bool> looked_at_;
  std::optional<replication::RosterPosition> old_roster_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_BAD_MEMBER_H_
