// The roster's affairs: what the hub's operator publishes, lawfully and not.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/operators.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::PublishAsked;
using replication::PublishId;

std::optional<PublishId> Operators::PublishToRoster(const RosterEntry& entry, Purpose purpose, const Node* about) {
  Node& hub = world_.hub();
  if (!hub.is_up()) return std::nullopt;
  PublishAsked asked;
  asked.to_roster = true;
  asked.collection = replication::kRosterCollection;
  asked.entries.push_back(world_.founders.ToPublish(entry));
  asked.entries.back().claimed_time_ms = hub.claimed_time_ms();
  const PublishId id = Ask(hub, std::move(asked), purpose, about);
  if (!open_.contains(id)) return std::nullopt;  // refused at once
  return id;
}

void Operators::KeepRoster() {
  if (world_.is_over()) return;
  world_.timeline.In(chance_.Between(2, 12) * kSecond, [this] { KeepRoster(); });
  Node& hub = world_.hub();
  const bool is_busy =
      std::any_of(open_.begin(), open_.end(), [](const auto& row) { return row.second.purpose != Purpose::kRecord; });
  if (!hub.is_up() || is_busy || !hub.replica().own_member()) return;
  if (!newcomers_.empty()) return AdmitOne();
  for (const auto& [node, incarnations] : to_seal_) return SealOld(*node, *incarnations.begin());
  if (!world_.is_healing()) KeepRosterOnce();
}

void Operators::KeepRosterOnce() {
  const Plan& plan = world_.plan;
  Founders& founders = world_.founders;
  if (plan.Has(Fault::kUnlawfulActs) && chance_.OneIn(3)) return TryUnlawful();
  if (plan.Has(Fault::kSeals) && chance_.OneIn(6)) return EndSomebody();
  if (plan.Has(Fault::kIncarnations) && chance_.OneIn(4)) {
    Node& node = *chance_.Pick(world_.nodes());
    const bool can = node.is_up() && node.is_honest() && !node.is_clone && node.roster_writer() == nullptr &&
                     node.replica().own_member() && !new_lives_.contains(&node) && !NeedsNewLife(node) &&
                     world_.MachinesAt(node.endpoint()).size() == 1;
    if (!can) return;
    world_.log.Line(node.name(), " changes its key");
    new_lives_[&node] = {founders.Anew(node.identity().keys, chance_.OneIn(2)), true, std::nullopt, 0};
    world_.oracle().Lawful(new_lives_[&node].fresh.writer->public_key());
    return;
  }
  if (!plan.Has(Fault::kRosterGrowth)) return;
  switch (chance_.Below(5)) {
    case 0:
      PublishToRoster(founders.Framework(), Purpose::kRoster);
      break;
    case 1:
      PublishToRoster(founders.Information(), Purpose::kRoster);
      break;
    case 2:
      PublishToRoster(founders.Future(), Purpose::kRoster);
      break;
    case 3:
      PublishToRoster(founders.Policy(100'000 + static_cast<std::uint64_t>(world_.timeline.now() / kSecond)),
                      Purpose::kRoster);
      break;
    default:
      DrawRoot();
      break;
  }
}

void Operators::AdmitOne() {
  const Newcomer& newcomer = newcomers_.front();
  const replication::RosterState& state = world_.hub().replica().roster().state();
  if (state.Find(newcomer.applicant.application.slug) != nullptr) {
    // It stands there already: the answer was lost in a crash.
    newcomer.node->is_admitted = true;
    newcomer.node->Boot();
    newcomers_.erase(newcomers_.begin());
    return;
  }
  // The authority speaks by its present key.
  for (const std::unique_ptr<Node>& node : world_.nodes()) {
    const auto* member = state.Find(authority_.application.slug);
    const bool is_authority = node->identity().member == authority_.application.slug && !node->is_clone;
    if (is_authority && member != nullptr && member->present().writer == node->identity().keys.writer->public_key()) {
      authority_.writer = node->identity().keys.writer;
    }
  }
  PublishToRoster(world_.founders.Admission(state, newcomer.applicant, &authority_), Purpose::kAdmission,
                  newcomer.node);
}

// Offline, with the root keys; the hub reads it when it starts.
void Operators::DrawRoot() {
  Node& hub = world_.hub();
  const replication::Roster& roster = hub.replica().roster();
  const replication::SignedRoot next = world_.founders.NextRoot(roster.root(), roster.position().len);
  std::vector<replication::Bytes> documents = roster.root().SignedFrom(1);
  documents.push_back(replication::EncodeSignedRoot(next));
  world_.log.Line("root document ", documents.size(), " is drawn up");
  hub.Crash();
  hub.disk().contents.roots = std::move(documents);
  hub.Boot();
}

// What the roster's key alone must not be enough for.
void Operators::TryUnlawful() {
  const replication::RosterState& state = world_.hub().replica().roster().state();
  Founders& founders = world_.founders;
  auto members = state.members;
  const replication::MemberRecord& victim = chance_.Pick(members).second;
  RosterEntry entry;
  switch (chance_.Below(kCore.seals ? 5 : 3)) {
    case 0:
      entry = founders.Incarnation(victim, founders.Apply("thief", replication::MemberKind::kCity), nullptr);
      break;
    case 1:
      entry = founders.Admission(state, founders.Apply("nowhere", replication::MemberKind::kCity), nullptr);
      break;
    case 2:
      entry = founders.Policy(1'000'000);
      break;
    case 3:
      entry = founders.Seals(victim.number, victim.present().number, {});
      break;
    default:
      entry = founders.Revocation(victim.number, true, {});
      break;
  }
  entry.is_approved = false;
  PublishToRoster(entry, Purpose::kUnlawful);
}

void Operators::GoOn(Node& node, NewLife& life) {
  const replication::Replica* hub = world_.hub().is_up() ? &world_.hub().replica() : nullptr;
  if (hub == nullptr || life.asked) return;
  const replication::MemberRecord* member = hub->roster().state().Find(node.identity().member);
  if (member == nullptr || !member->is_live()) {
    new_lives_.erase(&node);
    return;
  }
  if (member->present().writer == life.fresh.writer->public_key()) {
    world_.log.Line(node.name(), " goes on under a new key");
    node.Crash();
    node.TakeKeys(life.fresh);
    node.Boot();
    if (kCore.seals) to_seal_[&node].insert(member->present().number.value() - 1);
    new_lives_.erase(&node);
    return;
  }
  const Key consents = life.consents ? node.identity().keys.writer : nullptr;
  life.asked = PublishToRoster(world_.founders.Incarnation(*member, life.fresh, consents), Purpose::kNewLife, &node);
}

// Where the hub's own copies end, which are as long as any that it has heard of.
Founders::Ends Operators::EndsOf(replication::Member member, std::uint64_t incarnation) const {
  Founders::Ends ends;
  for (const auto& [id, feed] : world_.hub().disk().contents.feeds) {
    const bool is_it = feed.author.member == member && feed.author.incarnation.value() == incarnation;
    if (is_it && feed.len() > 0) ends[feed.author.collection] = feed.checkpoints.back();
  }
  return ends;
}

void Operators::SealOld(const Node& node, std::uint64_t incarnation) {
  const replication::MemberRecord* member = world_.hub().replica().roster().state().Find(node.identity().member);
  if (member == nullptr || !member->is_live()) {
    to_seal_.erase(&node);
    return;
  }
  const RosterEntry entry =
      world_.founders.Seals(member->number, replication::Incarnation(static_cast<std::uint32_t>(incarnation)),
                            EndsOf(member->number, incarnation));
  PublishToRoster(entry, Purpose::kSeals, &node);
}

void Operators::Sealed(const Node& node) {
  const auto left = to_seal_.find(&node);
  if (left == to_seal_.end()) return;
  left->second.erase(left->second.begin());
  if (left->second.empty()) to_seal_.erase(left);
}

// A member leaves, is expelled, is suspended, or comes back.
void Operators::EndSomebody() {
  Node& node = *chance_.Pick(world_.nodes());
  const replication::RosterState& state = world_.hub().replica().roster().state();
  const replication::MemberRecord* member = state.Find(node.identity().member);
  if (member == nullptr || node.roster_writer() != nullptr || !member->is_live()) return;
  const bool is_suspended = member->state == replication::MemberState::kSuspended;
  if (is_suspended || chance_.OneIn(2)) {
    PublishToRoster(world_.founders.Suspension(member->number, is_suspended), Purpose::kRoster);
    return;
  }
  if (member->kind == replication::MemberKind::kAuthority || new_lives_.contains(&node)) return;
  const Founders::Ends ends = EndsOf(member->number, member->present().number.value());
  PublishToRoster(world_.founders.Revocation(member->number, chance_.OneIn(2), ends), Purpose::kRoster);
}

}  // namespace hansa::simulation
