// What befalls machines and the network between them while the faults last.
#ifndef HANSA_TESTS_SIMULATION_ACCIDENTS_H_
#define HANSA_TESTS_SIMULATION_ACCIDENTS_H_

#include <functional>
#include <optional>

#include "tests/simulation/chance.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/node.h"
#include "tests/simulation/plan.h"

namespace hansa::simulation {

class World;

// Not thread-safe.
class Accidents {
 public:
  Accidents(World& world, Chance chance) : world_(world), chance_(chance) {}

  void Begin();
  // Everything runs and nothing fails any more. Clones are found and switched off.
  void End();

 private:
  // A copy of a machine's disk as it was at some time.
  struct Backup {
    Node* of;
    DiskContents contents;
    std::optional<HighWaterMarks> high_water;
  };

  // `what` happens again and again, `low` to `high` seconds apart, while faults last, if the plan has them.
  void Every(Fault fault, std::int64_t low, std::int64_t high, std::function<void(Chance&)> what);
  // Any node that runs; the hub too, or not.
  bool IsRosterElsewhere(const Node& node);
  Node* AnyNode(Chance& chance, bool hub_too);

  void Crash(Chance& chance);
  void Part(Chance& chance);
  void SlowDown(Chance& chance);
  void FillUp(Chance& chance);
  void GrowTight(Chance& chance);
  void JumpClock(Chance& chance);
  void Restore(Chance& chance);
  void Clone(Chance& chance);
  void LoseDisk(Chance& chance);
  // The machine stops now and comes back within `seconds_max`, after `meanwhile`.
  void Stop(Node& node, Chance& chance, std::int64_t seconds_max, const std::function<void()>& meanwhile);

  World& world_;
  Chance chance_;
  std::optional<Backup> backup_;
  bool has_cloned_ = false;
  int restores_ = 0;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_ACCIDENTS_H_
