// SEAL and REVOKE: where the feeds of an incarnation end. A list of seals is complete: what it does not name ends at 0.
#include "replication/check.h"
#include "replication/roster_rules_parts.h"

namespace hansa::replication {
namespace {

// Each seal as the checkpoint that it is; void if its author did not sign one of them.
absl::StatusOr<SealsByCollection> CheckpointsOf(const RosterCourt& court, Member member, const IncarnationKeys& keys,
                                                const std::vector<Seal>& seals) {
  SealsByCollection checkpoints;
  for (const Seal& seal : seals) {
    const FeedAuthor author{member, seal.collection, keys.number, keys.writer, {}};
    const FeedId feed = FeedIdOf(court.crypto, court.network, author);
    const Checkpoint checkpoint{feed, seal.len, seal.head, seal.author_signature};
    if (!IsSignedBy(court.crypto, court.network, checkpoint, keys.writer)) {
      return Void("a seal is not a checkpoint that its author signed");
    }
    checkpoints[seal.collection] = checkpoint;
  }
  return checkpoints;
}

// By the member's present writer key, over exactly this list, and not used before.
absl::Status RequireSealConsent(const RosterCourt& court, const RosterState& state, const MemberRecord& member,
                                const SealList& list) {
  const Statement& consent = *list.consent;
  if (!member.is_live()) return Void("nobody consents for a member that has ended");
  if (consent.signer != member.present().writer ||
      !IsSigned(court.crypto, court.network, StatementType::kConsent, consent)) {
    return Void("the consent is not by the member's present writer key");
  }
  absl::StatusOr<SealList> consented = DecodeSealConsent(consent.body);
  if (!consented.ok()) return Void(consented.status().message());
  if (consented->member != list.member || consented->incarnation != list.incarnation ||
      consented->seals != list.seals) {
    return Void("the consent is to something else");
  }
  if (state.consents_used.contains(court.crypto.Sha256(consent.body))) {
    return Void("the consent stood in a valid entry before");
  }
  return absl::OkStatus();
}

bool IsLastSecretariatNode(const RosterState& state, const MemberRecord& member) {
  if (member.kind != MemberKind::kSecretariat) return false;
  for (const auto& [number, other] : state.members) {
    if (other.kind == MemberKind::kSecretariat && other.is_live() && number != member.number) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<RosterChange> JudgeSealList(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                           const RosterPayload& payload) {
  absl::StatusOr<SealList> list = DecodeSealList(payload.body);
  if (!list.ok()) return Void(list.status().message());
  const MemberRecord* member = state.Find(list->member);
  if (member == nullptr) return Void("the member does not exist");
  const IncarnationKeys* keys = member->Find(list->incarnation);
  if (keys == nullptr || (member->is_live() && keys->number == member->present().number)) {
    return Void("the incarnation is not one that has ended");
  }
  IncarnationSealed change{list->member, list->incarnation, {}, std::nullopt};
  if (!list->consent) {
    HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
  } else {
    HANSA_RETURN_IF_ERROR(RequireSealConsent(court, state, *member, *list));
    change.consent = court.crypto.Sha256(list->consent->body);
  }
  absl::StatusOr<SealsByCollection> seals = CheckpointsOf(court, list->member, *keys, list->seals);
  HANSA_RETURN_IF_ERROR(seals.status());
  change.seals = *std::move(seals);
  return change;
}

absl::StatusOr<RosterChange> JudgeRevoke(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                         const RosterPayload& payload) {
  absl::StatusOr<Revoke> revoke = DecodeRevoke(payload.body);
  if (!revoke.ok()) return Void(revoke.status().message());
  const MemberRecord* member = state.Find(revoke->member);
  if (member == nullptr || !member->is_live()) return Void("the member does not exist or has ended");
  if (IsLastSecretariatNode(state, *member)) return Void("the last node of the secretariat cannot be revoked");
  HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
  absl::StatusOr<SealsByCollection> seals = CheckpointsOf(court, revoke->member, member->present(), revoke->seals);
  HANSA_RETURN_IF_ERROR(seals.status());
  const bool is_stolen = revoke->reason == RevokeReason::kCompromised;
  return MemberRevoked{revoke->member, is_stolen ? MemberState::kCompromised : MemberState::kRetired,
                       *std::move(seals)};
}

}  // namespace hansa::replication
