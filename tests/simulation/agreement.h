// Whether honest nodes agree, and whether all is well that should be once they do (P9, and what is left of the others).
#ifndef HANSA_TESTS_SIMULATION_AGREEMENT_H_
#define HANSA_TESTS_SIMULATION_AGREEMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/node.h"

namespace hansa::simulation {

class World;

// Looks at the world and changes nothing, but for the greeting of two who are in sync, which it makes them repeat.
class Agreement {
 public:
  explicit Agreement(World& world) : world_(world) {}

  // What still differs between honest nodes; nullopt once nothing does.
  std::optional<std::string> WhyNot() const;
  // Fails the world where a promise was not kept.
  void CheckAtTheEnd() const;

  // Two honest nodes that are in sync and store everything, to greet each other once more.
  struct Pair {
    Node* a = nullptr;
    Node* b = nullptr;
  };
  std::optional<Pair> PairInSync(Chance& chance) const;
  // They have met again: two frames and 1 KiB were enough (I7).
  void CheckGreeting(const Pair& pair, std::uint64_t stream) const;

 private:
  std::vector<Node*> Honest() const;
  bool IsServed(const Node& node) const;
  std::optional<std::string> FeedDiffers(const replication::FeedId& feed, const replication::FeedAuthor& author) const;
  std::optional<std::string> SessionDiffers() const;
  // Two histories, and nothing that settles which one counts.
  bool IsUnsettled(const replication::FeedId& feed, const replication::FeedAuthor& author) const;
  void CheckPublished() const;
  void CheckKept(const Node& node) const;

  World& world_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_AGREEMENT_H_
