#include "replication/witness.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "replication/planted.h"

namespace hansa::replication {
namespace {

// "token/" ‖ u32 member ‖ u32 incarnation: u32 own incarnation ‖ tokens, the present one last.
constexpr char kTokenKey[] = "token/";

// Whether the pair was confirmed once, and another one since.
bool IsPast(const std::vector<ClaimToken>& tokens, const Claim& claim) {
  const auto found = std::find(tokens.begin(), tokens.end() - 1, claim.next);
  return found != tokens.end() - 1 && found != tokens.begin() && *(found - 1) == claim.previous;
}

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
    while (reader.ok() && reader.remaining() > 0) held.tokens.push_back(reader.Take<ClaimToken>());
    if (name.at_end() && reader.at_end() && held.tokens.size() > 1) held_[{member, incarnation}] = held;
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

Bytes Witness::Encode(const Held& held) {
  ByteWriter writer;
  writer.U32(held.kept_by.value());
  for (const ClaimToken& token : held.tokens) writer.Raw(token.view());
  return std::move(writer).bytes();
}

ClaimVerdict Witness::On(Member member, Incarnation incarnation, const BootId& boot, const Claim& claim) {
  if (!MayWitness()) return {ClaimReply{claim.next, ClaimAnswer::kNotAWitness}, std::nullopt};
  const Writer writer{member, incarnation};
  Held& held = held_[writer];
  // What an earlier life of this hub confirmed may have been moved on by claims that it has lost.
  if (held.kept_by != standing_.incarnation) held = {standing_.incarnation, {}, std::nullopt};
  const bool holds_one = !held.tokens.empty();  // then with the one before it
  if (holds_one && held.boot == boot && IsPast(held.tokens, claim)) return {};
  const bool continues = holds_one && claim.previous == held.tokens.back();
  const bool repeats =
      holds_one && claim.next == held.tokens.back() && claim.previous == held.tokens[held.tokens.size() - 2];
  const bool is_known = claim.previous.is_zero() ||
                        std::find(held.tokens.begin(), held.tokens.end(), claim.previous) != held.tokens.end();
  // Before the first claim since the start this disk may be an older copy: it does not judge what it has never seen.
  const bool is_first = !holds_one || (!held.boot && !is_known) || Planted(Bug::kClaimNotCompared);
  const bool is_well_formed = !claim.next.is_zero() && claim.next != claim.previous;
  if (!is_well_formed || !(continues || repeats || is_first)) {
    alarms_[member] = incarnation;
    return {ClaimReply{claim.next, ClaimAnswer::kClone}, std::nullopt};
  }
  if (!repeats) {
    if (!continues) held.tokens = {claim.previous};
    held.tokens.push_back(claim.next);
    if (held.tokens.size() > kTokensKept) held.tokens.erase(held.tokens.begin());
  }
  held.boot = boot;
  // A pair that is repeated is kept again: its first note may still be on its way.
  return {ClaimReply{claim.next, ClaimAnswer::kConfirmed}, Note{KeyOf(writer), Encode(held)}};
}

std::vector<SessionId> Witness::Greeted(SessionId session, Member member, Incarnation incarnation, const BootId& boot) {
  const Writer writer{member, incarnation};
  lives_[session] = {writer, boot, std::nullopt, false};
  std::vector<SessionId> doubted;
  bool has_another = false;
  for (const auto& [other, life] : lives_) {
    if (life.writer != writer) continue;
    doubted.push_back(other);
    has_another = has_another || life.boot != boot;
  }
  return has_another ? doubted : std::vector<SessionId>();
}

void Witness::Doubt(SessionId session, std::uint64_t next_nonce) {
  const auto found = lives_.find(session);
  if (found == lives_.end()) return;
  found->second.awaited = next_nonce;
  found->second.is_proved = false;
}

std::vector<SessionId> Witness::ProvedAlive(SessionId session, std::uint64_t nonce) {
  const auto found = lives_.find(session);
  if (found == lives_.end() || !found->second.awaited || nonce < *found->second.awaited) return {};
  Life& proved = found->second;
  proved.awaited.reset();
  proved.is_proved = true;
  std::vector<SessionId> alarmed;
  bool has_another = false;
  for (const auto& [other, life] : lives_) {
    if (life.writer != proved.writer) continue;
    alarmed.push_back(other);
    has_another = has_another || (life.is_proved && life.boot != proved.boot);
  }
  if (!has_another) return {};
  alarms_[proved.writer.first] = proved.writer.second;
  return alarmed;
}

}  // namespace hansa::replication
