// One simulated network, from its founding to the moment when everybody agrees again: what one seed is.
// Phases: founding; faults, for as long as the plan says; healing, in which writers stop, machines run and links carry;
// then all honest nodes must come to hold the same within a bound, and everything promised is looked at once more.
#ifndef HANSA_TESTS_SIMULATION_WORLD_H_
#define HANSA_TESTS_SIMULATION_WORLD_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/describe.h"
#include "tests/simulation/event_log.h"
#include "tests/simulation/founders.h"
#include "tests/simulation/library.h"
#include "tests/simulation/mint.h"
#include "tests/simulation/node.h"
#include "tests/simulation/oracle.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/wires.h"

namespace hansa::simulation {

class Accidents;
class Operators;

struct Failure {
  std::string promise;  // "P1", "I4", "liveness", …
  std::string what;
  Instant when = 0;
};

struct Outcome {
  std::optional<Failure> failure;
  Instant lasted = 0;  // virtual time
  std::uint64_t events = 0;
  std::uint64_t digest = 0;
  std::uint64_t acknowledged = 0;  // entries that a PublishDone confirmed
  std::uint64_t doubled = 0;       // feeds with two histories
};

// Not thread-safe; worlds share nothing.
class World {
 public:
  World(const RunOptions& options, LogMode log_mode);
  ~World();

  Outcome Run();

  const RunOptions options;
  const Plan plan;
  Chance chance;
  Timeline timeline;
  EventLog log;
  Mint mint;
  Founders founders;

  Oracle& oracle() { return *oracle_; }
  Wires& wires() { return *wires_; }
  Operators& operators() { return *operators_; }
  Library& library() { return library_; }
  const Library& library() const { return library_; }
  const std::vector<std::unique_ptr<Node>>& nodes() const { return nodes_; }
  // The hub that holds the roster key; always honest.
  Node& hub() { return *nodes_.front(); }
  // Those that the charter names, for who knows no roster.
  std::vector<const Node*> charter_hubs() const;
  // Who answers at an address: two, where a machine was cloned.
  std::vector<Node*> MachinesAt(const std::string& address);
  Node& Add(NodeIdentity identity);
  const FeedNames& feed_names() const { return feed_names_; }
  std::string NameOf(const replication::FeedAuthor& author) const;

  bool is_healing() const { return is_healing_; }
  bool is_over() const { return failure_.has_value() || is_over_; }
  // The first failure ends the run.
  void Fail(const std::string& promise, const std::string& what);

  void Answered(Node& node, replication::PublishId publish, const absl::Status& answer);
  bool WasConfirmedByPerson(const Node& node) const { return confirmed_by_person_.contains(&node); }
  void ConfirmedByPerson(const Node& node) { confirmed_by_person_.insert(&node); }
  // A payload that the node should hold and does not, by name; nullopt if there is none. Those that nobody can bring
  // back, or not yet, may be left out.
  enum class Hopeless { kToo, kLeftOut };
  std::optional<std::string> MissingPayload(const Node& node, Hopeless hopeless) const;

 private:
  void Found();
  void Heal();
  void RunUntil(Instant until);
  // Of all nodes together.
  std::uint64_t Lives() const;

  std::unique_ptr<Oracle> oracle_;
  std::unique_ptr<Wires> wires_;
  std::vector<std::unique_ptr<Node>> nodes_;
  std::unique_ptr<Operators> operators_;
  std::unique_ptr<Accidents> accidents_;
  Library library_;
  FeedNames feed_names_;
  bool is_healing_ = false;
  bool is_over_ = false;
  std::optional<Failure> failure_;
  std::set<const Node*> confirmed_by_person_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_WORLD_H_
