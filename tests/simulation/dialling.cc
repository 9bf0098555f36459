// Who dials whom, how often, and who is let in.
#include <algorithm>

#include "replication/roster.h"
#include "tests/simulation/wires.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::DialTarget;
using replication::Pin;

namespace {
constexpr Instant kPauseMax = 30 * kSecond;
constexpr Instant kPauseMaxHealed = 5 * kSecond;
}  // namespace

void Wires::BeginDialling(Node& node) {
  dialling_[&node].clear();
  world_.timeline.In(chance_.Between(1, 500) * kMillisecond, [this, &node, life = node.life()] { Dial(node, life); });
}

const std::vector<DialTarget>& Wires::TargetsOf(Node& node) {
  PlannedDials& plan = planned_[&node];
  const replication::Roster& roster = node.replica().roster();
  if (plan.life != node.life() || plan.position != roster.position()) {
    std::vector<DialTarget> first;
    for (const Node* hub : world_.charter_hubs()) first.push_back({hub->endpoint(), {hub->pin()}, ""});
    std::set<replication::Member> followed;
    const replication::Interest kept = node.interest();
    for (const replication::InterestRow& row : kept.rows) followed.insert(row.members.begin(), row.members.end());
    plan = {node.life(), roster.position(),
            replication::PlanDials(world_.mint.crypto(), roster, node.pin(), first, followed)};
  }
  return plan.targets;
}

std::set<Pin> Wires::PeersOf(const Node& node) const {
  std::set<Pin> peers;
  for (const auto& [id, stream] : streams_) {
    for (std::size_t end = 0; end < 2; ++end) {
      if (stream.ends[end].node == &node && stream.ends[end].is_open) peers.insert(stream.ends[1 - end].pin);
    }
  }
  return peers;
}

void Wires::Dial(Node& node, int life) {
  if (life != node.life() || !node.is_up() || world_.is_over()) return;
  const std::set<Pin> peers = PeersOf(node);
  for (const DialTarget& target : TargetsOf(node)) {
    const bool is_connected = std::any_of(target.expected.begin(), target.expected.end(),
                                          [&peers](const Pin& pin) { return peers.contains(pin); });
    const bool dials_twice = !world_.is_healing() && world_.plan.Has(Fault::kDuplicates) && chance_.OneIn(30);
    Dialling& dialling = dialling_[&node][target.address];
    if ((is_connected && !dials_twice) || world_.timeline.now() < dialling.next) continue;
    dialling.next = kNever;  // one at a time
    DialOne(node, target);
  }
  const Instant pause = world_.is_healing() ? chance_.Between(400, 900) : chance_.Between(700, 2500);
  world_.timeline.In(pause * kMillisecond, [this, &node, life] { Dial(node, life); });
}

void Wires::DialOne(Node& node, const DialTarget& target) {
  const Instant takes = chance_.Between(5, world_.plan.Has(Fault::kDelay) && !world_.is_healing() ? 3000 : 120);
  world_.timeline.In(takes * kMillisecond, [this, &node, life = node.life(), target] {
    if (life != node.life() || !node.is_up()) return;
    const std::vector<Node*> machines = world_.MachinesAt(target.address);
    if (machines.empty()) return Failed(node, target.address);
    Node& door = *machines[chance_.Below(machines.size())];
    const bool reaches = door.is_up() && !IsBlocked(node, door) && !IsBlocked(door, node);
    if (!reaches || !target.expected.contains(door.pin()) || !LetsIn(door, node.pin())) {
      return Failed(node, target.address);
    }
    // Towards one and the same it begins at once when it has ended; while it lasts, nobody dials.
    dialling_[&node][target.address] = {0, world_.timeline.now() + kSecond};
    Open(node, door);
  });
}

void Wires::Failed(Node& node, const std::string& address) {
  Dialling& dialling = dialling_[&node][address];
  const Instant longest =
      std::min(kSecond << std::min(++dialling.failures, 8), world_.is_healing() ? kPauseMaxHealed : kPauseMax);
  dialling.next = world_.timeline.now() + chance_.Between(longest / 4, longest);
}

// What the TLS handshake lets through: every key that was ever listed, also in a roster that was lost, and the
// charter's hubs.
bool Wires::LetsIn(const Node& door, const Pin& pin) const {
  for (const Node* hub : world_.charter_hubs()) {
    if (hub->pin() == pin) return true;
  }
  const replication::LostRoster* lost = door.replica().lost_roster();
  return (lost != nullptr && lost->listed.contains(pin)) || door.replica().roster().PinsEverListed().contains(pin);
}

}  // namespace hansa::simulation
