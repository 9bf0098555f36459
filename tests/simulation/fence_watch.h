// The writer's fence as seen from outside (P5): who may sign when, and what a witness may answer.
#ifndef HANSA_TESTS_SIMULATION_FENCE_WATCH_H_
#define HANSA_TESTS_SIMULATION_FENCE_WATCH_H_

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "replication/events.h"
#include "tests/simulation/node.h"

namespace hansa::simulation {

class World;

// Not thread-safe.
class FenceWatch {
 public:
  explicit FenceWatch(World& world) : world_(world) {}

  void Booted(const Node& node) { confirmed_.erase(&node); }
  // `node` has received a frame, before it acts on it.
  void Heard(const Node& node, replication::SessionId session, const replication::Frame& frame);
  void Moved(const Node& node, const replication::FenceMoved& moved);
  // `node` signs while its fence stands at `fence`.
  void Signs(const Node& node, const replication::Commit& commit, replication::Fence fence);
  void Answers(const Node& hub, const Node& claimant, replication::SessionId session,
               const replication::ClaimReply& reply);
  void ForgetClaimsAt(const Node& hub) { forgetful_[&hub] = true; }

 private:
  // A hub, under one key of its own, and the writer that claims there, in one incarnation. A hub that goes on under
  // another key begins anew; and an answer may come when its claimant goes on under another.
  using Claimant = std::tuple<const Node*, replication::PublicKey, std::string, replication::Incarnation>;
  struct Granted {
    std::vector<replication::ClaimToken> tokens;  // each confirmed after the one before it
    int life = 0;                                 // of the hub, when it confirmed the last
  };

  World& world_;
  PerNode<bool> confirmed_;  // in this life, by a witness or a person
  std::map<replication::SessionId, std::vector<replication::Claim>> claims_;
  std::map<Claimant, Granted> granted_;
  PerNode<bool> forgetful_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_FENCE_WATCH_H_
