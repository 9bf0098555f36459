// How a network begins: its people, the roster they agree on, and who has it on the disk already.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "tests/simulation/accidents.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/operators.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::MemberKind;
using replication::VerifiedUnit;

namespace {

// The roster as it is written before the first node runs.
class Draft {
 public:
  Draft(World& world, Key writer)
      : world_(world), writer_(std::move(writer)), roster_(world.mint.crypto(), world.founders.root()) {}

  void Add(const RosterEntry& entry) {
    const replication::NewEntry fresh = world_.founders.ToPublish(entry);
    const replication::FeedTail tail{roster_.position().len, roster_.position().head};
    absl::StatusOr<VerifiedUnit> unit = VerifiedUnit::Sign(world_.mint.crypto(), world_.founders.network(),
                                                           roster_.author(), *writer_, tail, {&fresh, 1});
    HANSA_CHECK(unit.ok());
    world_.oracle().Signed(unit->unit(), roster_.author());
    is_valid_.push_back(roster_.Fold(unit->unit().entries.front()).valid);
    units_.push_back(*std::move(unit));
  }
  void MustAdd(const RosterEntry& entry) {
    Add(entry);
    HANSA_CHECK(is_valid_.back());
  }

  const replication::Roster& roster() const { return roster_; }
  void WriteTo(Disk& disk, std::size_t entries) const {
    for (std::size_t i = 0; i < std::min(entries, units_.size()); ++i) {
      disk.Do(replication::Commit{replication::CommitId(0), units_[i], false});
    }
    while (disk.waiting() > 0) {
      disk.Begin();
      (void)disk.Finish();
    }
  }
  std::size_t size() const { return units_.size(); }

 private:
  World& world_;
  const Key writer_;
  replication::Roster roster_;
  std::vector<VerifiedUnit> units_;
  std::vector<bool> is_valid_;
};

// Who takes part, in the order of admission.
struct Cast {
  std::string name;
  MemberKind kind;
};

std::vector<Cast> CastOf(const Plan& plan) {
  std::vector<Cast> cast = {{"hub-1", MemberKind::kSecretariat}};
  if (plan.hubs > 1) cast.push_back({"hub-2", MemberKind::kSecretariat});
  cast.push_back({"authority", MemberKind::kAuthority});
  for (int i = 1; i <= plan.cities; ++i) cast.push_back({absl::StrCat("city-", i), MemberKind::kCity});
  if (plan.has_partner) cast.push_back({"partner", MemberKind::kPartner});
  return cast;
}

std::set<Fault> BadWays(const Plan& plan) {
  std::set<Fault> ways;
  for (const Fault fault : plan.faults) {
    if (fault >= Fault::kEquivocate && fault < Fault::kStayBad) ways.insert(fault);
  }
  return ways;
}

}  // namespace

void World::Found() {
  const Unplanted unplanted;
  Chance own = chance.Split(8);
  Draft draft(*this, founders.roster_writer());
  draft.MustAdd(founders.Policy(100'000));
  draft.MustAdd(founders.Framework());
  draft.MustAdd(founders.Information());
  std::vector<std::pair<Cast, Applicant>> members;
  Applicant authority;
  for (const Cast& one : CastOf(plan)) {
    Applicant applicant = founders.Apply(one.name, one.kind);
    if (one.kind == MemberKind::kAuthority) authority = applicant;
    draft.MustAdd(
        founders.Admission(draft.roster().state(), applicant, one.kind == MemberKind::kCity ? &authority : nullptr));
    oracle_->Lawful(applicant.writer->public_key());
    members.emplace_back(one, std::move(applicant));
    if (plan.Has(Fault::kUnknownKinds) && own.OneIn(3)) draft.MustAdd(founders.Future());
    // A thief of the roster key was here: what it wrote stands in the chain and means nothing.
    if (plan.Has(Fault::kUnlawfulActs) && own.OneIn(3)) {
      auto known = draft.roster().state().members;
      RosterEntry theft = founders.Incarnation(own.Pick(known).second, founders.Apply("thief", one.kind), nullptr);
      theft.is_approved = false;
      draft.Add(theft);
    }
  }
  const bool all_know = own.OneIn(3);
  for (const auto& [one, applicant] : members) {
    NodeIdentity identity{0, one.name, one.name, applicant, nullptr, own.Next()};
    if (nodes_.empty()) identity.roster_writer = founders.roster_writer();
    Node& node = Add(std::move(identity));
    node.disk().contents.database = own.Next();
    const bool knows = nodes_.size() == 1 || all_know;
    draft.WriteTo(node.disk(), knows ? draft.size() : own.OneIn(2) ? 0 : own.Below(draft.size()));
    if (node.roster_writer() == nullptr) continue;
    // What it signed at the founding is marked as signed.
    node.disk().high_water = HighWaterMarks{node.disk().contents.database, node.identity().machine, {}};
    for (const auto& [id, feed] : node.disk().contents.feeds) {
      node.disk().high_water->marks[id] = feed.checkpoints.back();
    }
  }
  for (int i = 1; i <= plan.late_members; ++i) {
    const std::string name = absl::StrCat("late-", i);
    Applicant applicant = founders.Apply(name, MemberKind::kCity);
    oracle_->Lawful(applicant.writer->public_key());
    Node& node = Add({0, name, name, applicant, nullptr, own.Next()});
    node.disk().contents.database = own.Next();
    node.is_admitted = false;
    operators_->Await({applicant, &node});
  }
  operators_->AdmittedBy(authority);
  // One of the others has gone bad; two in a large network.
  const std::set<Fault> ways = BadWays(plan);
  const std::size_t bad = ways.empty() ? 0 : nodes_.size() > 5 && own.OneIn(3) ? 2 : 1;
  for (std::size_t i = 0; i < bad; ++i) {
    Node& node = *nodes_[1 + own.Below(nodes_.size() - 1)];
    if (node.bad != nullptr) continue;
    node.bad = std::make_unique<BadMember>(*this, node, ways, own.Split(100 + i));
    oracle_->MarkBad(node.identity().keys.writer->public_key());
    log.Line(node.name(), " has gone bad");
  }
  if (plan.Has(Fault::kLateStarter)) {
    Node& node = *nodes_[1 + own.Below(nodes_.size() - 1)];
    if (node.is_honest()) node.starts_late = true;
  }
  for (const std::unique_ptr<Node>& node : nodes_) {
    if (plan.Has(Fault::kClock)) {
      constexpr std::int64_t kFiftyYearsMs = std::int64_t{50} * 365 * 24 * 3600 * 1000;
      node->claimed_offset_ms = own.Between(-kFiftyYearsMs, kFiftyYearsMs);
    }
    // A draft lies on the machine; no core ever hears of it.
    oracle_->KeepsDraft(own.Bytes<replication::RecordId>().str());
    Node* at = node.get();
    timeline.In(own.Between(0, 3) * kSecond, [at] { at->Boot(); });
  }
  log.Line("founded: ", nodes_.size(), " nodes; faults ", NamesOf(plan.faults));
  operators_->Begin();
  accidents_->Begin();
}

}  // namespace hansa::simulation
