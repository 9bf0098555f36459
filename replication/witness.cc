#include "replication/witness.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "replication/planted.h"

namespace hansa::replication {
namespace {
// "token/" ‖ u32 member ‖ u32 incarnation: u32 own incarnation ‖ previous ‖ token.
constexpr char kTokenKey[] = "token/";
}  // namespace

Bytes Witness::KeyOf(const Writer& writer) {
  return ByteWriter().Raw(kTokenKey).U32(writer.first.value()).U32(writer.second.value()).bytes();
}

Witness::Witness(HighWaterFinding high_water, const Notes& notes) {
  for (const auto& [key, value] : notes) {
    if (!absl::StartsWith(key, kTokenKey)) continue;
    if (high_water != HighWaterFinding::kIntact) {
      forgotten_.push_back({key, ""});
      continue;
    }
    ByteReader name(BytesView(key).substr(sizeof(kTokenKey) - 1));
    const Member member(name.U32());
    const Incarnation incarnation(name.U32());
    ByteReader reader(value);
    Held held;
    held.kept_by = Incarnation(reader.U32());
    held.previous = reader.Take<ClaimToken>();
    held.token = reader.Take<ClaimToken>();
    if (name.at_end() && reader.at_end()) held_[{member, incarnation}] = held;
  }
}

std::vector<Note> Witness::TakeForgotten() { return std::exchange(forgotten_, {}); }

bool Witness::MayWitness() const {
  const bool is_hub = standing_.member >= kFirstSecretariat && standing_.member <= kLastSecretariat;
  const bool is_open = standing_.fence == Fence::kOpen || standing_.fence == Fence::kUnconfirmed;
  if (!is_hub || !is_open) return false;
  const bool with_a_hub = !equal_.empty() && *equal_.begin() <= kLastSecretariat;
  if (with_a_hub || equal_.size() >= 2) return true;
  const bool with_all = !equal_.empty() && std::includes(equal_.begin(), equal_.end(), met_.begin(), met_.end());
  return standing_.others_listed < kFewOthers && with_all;
}

ClaimVerdict Witness::On(Member member, Incarnation incarnation, const Claim& claim) {
  if (!MayWitness()) return {{claim.next, ClaimAnswer::kNotAWitness}, std::nullopt};
  const Writer writer{member, incarnation};
  const auto found = held_.find(writer);
  // What an earlier life of this hub confirmed may have been moved on by claims that it has lost.
  const bool holds_one = found != held_.end() && found->second.kept_by == standing_.incarnation;
  const bool follows = !holds_one || claim.previous == found->second.token || Planted(Bug::kClaimNotCompared);
  const bool repeats = holds_one && claim.previous == found->second.previous && claim.next == found->second.token;
  const bool is_well_formed = !claim.next.is_zero() && claim.next != claim.previous;
  if (!is_well_formed || !(follows || repeats)) {
    alarms_.insert(member);
    return {{claim.next, ClaimAnswer::kClone}, std::nullopt};
  }
  held_[writer] = {standing_.incarnation, claim.previous, claim.next};
  // A pair that is repeated is kept again: its first note may still be on its way.
  Note note{KeyOf(writer),
            ByteWriter().U32(standing_.incarnation.value()).Raw(claim.previous.view()).Raw(claim.next.view()).bytes()};
  return {{claim.next, ClaimAnswer::kConfirmed}, std::move(note)};
}

std::vector<SessionId> Witness::Greeted(SessionId session, Member member, const BootId& boot) {
  std::vector<SessionId> doubted;
  for (auto& [other, life] : lives_) {
    if (other == session || life.member != member || life.boot == boot) continue;
    life.is_doubted = true;
    doubted.push_back(other);
  }
  lives_[session] = {member, boot};
  return doubted;
}

std::vector<SessionId> Witness::ProvedAlive(SessionId session) {
  const auto found = lives_.find(session);
  if (found == lives_.end() || !found->second.is_doubted) return {};
  found->second.is_doubted = false;
  const Life proved = found->second;
  std::vector<SessionId> alarmed;
  bool has_another = false;
  for (const auto& [other, life] : lives_) {
    if (life.member != proved.member) continue;
    alarmed.push_back(other);
    has_another = has_another || life.boot != proved.boot;
  }
  if (!has_another) return {};
  alarms_.insert(proved.member);
  return alarmed;
}

}  // namespace hansa::replication
