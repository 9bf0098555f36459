// The people at the nodes: they publish, choose what to keep, ask to erase, keep the roster, start what stopped, and
// recover what is lost. They do what the handbook says, no more.
#ifndef HANSA_TESTS_SIMULATION_OPERATORS_H_
#define HANSA_TESTS_SIMULATION_OPERATORS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "replication/events.h"
#include "tests/simulation/chance.h"
#include "tests/simulation/founders.h"
#include "tests/simulation/node.h"

namespace hansa::simulation {

class World;

// A member and its node, which begins to run once the roster names it.
struct Newcomer {
  Applicant applicant;
  Node* node = nullptr;
};

// Not thread-safe.
class Operators {
 public:
  Operators(World& world, Chance chance) : world_(world), chance_(chance) {}

  void Begin();
  // Somebody sits at this node.
  void Employ(Node& node);
  // Somebody is to be admitted while the network runs.
  void Await(Newcomer newcomer) { newcomers_.push_back(std::move(newcomer)); }
  void AdmittedBy(const Applicant& authority) { authority_ = authority; }

  void Answered(Node& node, replication::PublishId publish, const absl::Status& answer);
  // What it had asked for is never answered.
  void Died(const Node& node);

  // Somebody has something left to do before all can be well.
  std::optional<std::string> Unfinished() const;

 private:
  // One life more for a member: new keys, an entry in the roster, a new start.
  struct NewLife {
    Applicant fresh;
    bool consents = false;
    std::optional<replication::PublishId> asked;
    std::uint64_t seals_for = 0;  // incarnation to seal afterwards
  };
  enum class Purpose { kRecord, kAdmission, kNewLife, kSeals, kUnlawful, kRoster };
  struct Open {
    const Node* node;
    Purpose purpose;
    const Node* about = nullptr;
  };

  void Write(Node& node);
  void PublishRecord(Node& node);
  void PublishMany(Node& node);
  void OrderErasure(Node& node);
  void ChooseInterest(Node& node);
  void Tend(Node& node);
  bool NeedsNewLife(Node& node) const;
  void GoOn(Node& node, NewLife& life);
  void KeepRoster();
  void KeepRosterOnce();
  void AdmitOne();
  void DrawRoot();
  void TryUnlawful();
  void SealOld(const Node& node, std::uint64_t incarnation);
  void Sealed(const Node& node);
  void EndSomebody();
  Founders::Ends EndsOf(replication::Member member, std::uint64_t incarnation) const;
  std::optional<replication::PublishId> PublishToRoster(const RosterEntry& entry, Purpose purpose,
                                                        const Node* about = nullptr);
  replication::PublishId Ask(Node& node, replication::PublishAsked asked, Purpose purpose, const Node* about = nullptr);

  World& world_;
  Chance chance_;
  Applicant authority_;
  std::vector<Newcomer> newcomers_;
  std::map<replication::PublishId, Open> open_;
  std::uint64_t next_publish_ = 1;
  PerNode<NewLife> new_lives_;
  PerNode<Instant> unwell_since_;
  PerNode<std::set<std::uint64_t>> to_seal_;  // ended incarnations, the oldest first
  // The newest order of an author, which the secretariat may join.
  struct Target {
    replication::FeedId feed;
    replication::Sequence seq;
    replication::Hash hash;
  };
  std::optional<Target> newest_target_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_OPERATORS_H_
