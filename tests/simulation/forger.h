// What a bad author does with its own key: a second history, shown to some; and units that everybody must refuse.
#ifndef HANSA_TESTS_SIMULATION_FORGER_H_
#define HANSA_TESTS_SIMULATION_FORGER_H_

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "replication/transfer_unit.h"
#include "tests/simulation/chance.h"
#include "tests/simulation/node.h"
#include "tests/simulation/plan.h"

namespace hansa::simulation {

// Not thread-safe.
class Forger {
 public:
  Forger(World& world, Node& self, std::set<Fault> ways, Chance chance)
      : world_(world), self_(self), ways_(std::move(ways)), chance_(chance) {}

  // What `to` really hears of this author's own feeds.
  void Change(const Node& to, std::vector<replication::Frame>& said);

 private:
  using Frames = std::vector<replication::Frame>;
  // A feed's other history: what stands up to `fork` is the same.
  struct Branch {
    std::uint64_t fork = 0;
    replication::FeedTail tail;
    std::vector<replication::TransferUnit> units;
  };

  const FeedOnDisk* Own(const replication::FeedId& feed) const;
  Branch* BranchOf(const replication::FeedId& feed);
  void Grow(const replication::FeedId& feed, const FeedOnDisk& own, Branch& branch);
  bool IsShownTheOther(const Node& to);
  std::optional<replication::TransferUnit> OtherUnit(const FeedOnDisk& own, const Branch& branch,
                                                     const replication::TransferUnit& real) const;
  void ShowOther(replication::Frame& frame);
  std::optional<replication::TransferUnit> Refusable();

  World& world_;
  Node& self_;
  const std::set<Fault> ways_;
  Chance chance_;
  std::map<replication::FeedId, Branch> branches_;
  PerNode<bool> faces_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_FORGER_H_
