// MEMBER_UPDATE, INCARNATION, SUSPEND and RESUME: what becomes of a member.
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/planted.h"
#include "replication/roster_rules_parts.h"

namespace hansa::replication {
namespace {

// New TLS keys come by the word of the member's present writer key, and prove themselves.
absl::Status RequireTlsConsent(const RosterCourt& court, const RosterState& state, const MemberRecord& member,
                               const MemberUpdate& update) {
  if (!update.consent) return Void("new TLS keys need the consent of the member's writer key");
  absl::StatusOr<Consent> consent = DecodeConsent(update.consent->body);
  if (!consent.ok()) return Void(consent.status().message());
  const PublicKey& writer = member.present().writer;
  if (update.consent->signer != writer ||
      !IsSigned(court.crypto, court.network, StatementType::kConsent, *update.consent)) {
    return Void("the consent is not by the member's present writer key");
  }
  const bool is_to_this = consent->member == member.number && consent->incarnation.value() == 0 &&
                          consent->writer == writer && consent->pins_hash == PinsHash(court.crypto, update.tls);
  if (!is_to_this) return Void("the consent is to something else");
  if (state.consents_used.contains(court.crypto.Sha256(update.consent->body))) {
    return Void("the consent stood in a valid entry before");
  }
  if (!AreOf(update.possession, update.tls)) return Void("the possession proofs are not by the new TLS keys");
  return RequireTlsKeys(court, state, member.number, update.consent->body, update.possession);
}

}  // namespace

absl::StatusOr<RosterChange> JudgeMemberUpdate(const RosterCourt& court, const RosterState& state,
                                               const RosterPayload& payload) {
  absl::StatusOr<MemberUpdate> update = DecodeMemberUpdate(payload.body);
  if (!update.ok()) return Void(update.status().message());
  const MemberRecord* before = state.Find(update->member);
  if (before == nullptr || !before->is_live()) return Void("the member does not exist or has ended");
  MemberUpdated change{*before, std::nullopt};
  MemberRecord& member = change.member;
  if (!update->name.empty()) member.name = update->name;
  if (!update->names.empty()) member.names = update->names;
  if (!update->region.empty()) member.region = update->region;
  if (update->endpoints) member.endpoints = *update->endpoints;
  if (!update->tls.empty()) {
    HANSA_RETURN_IF_ERROR(RequireTlsConsent(court, state, *before, *update));
    member.incarnations.back().tls = update->tls;
    change.consent = court.crypto.Sha256(update->consent->body);
  } else if (update->consent || !update->possession.empty()) {
    return Void("it holds a consent or proofs and no TLS keys");
  }
  return change;
}

absl::StatusOr<RosterChange> JudgeIncarnation(const RosterCourt& court, const RosterState& state,
                                              const RosterCase& entry, const RosterPayload& payload) {
  absl::StatusOr<NewIncarnation> fresh = DecodeNewIncarnation(payload.body);
  if (!fresh.ok()) return Void(fresh.status().message());
  absl::StatusOr<Consent> body = DecodeConsent(fresh->body);
  if (!body.ok()) return Void(body.status().message());
  const MemberRecord* member = state.Find(body->member);
  if (member == nullptr || !member->is_live()) return Void("the member does not exist or has ended");
  if (body->incarnation.value() != member->present().number.value() + 1) {
    return Void("an incarnation is exactly the one before plus one");
  }
  HANSA_RETURN_IF_ERROR(RequireFreshWriter(court, state, body->writer));
  HANSA_RETURN_IF_ERROR(RequireTlsKeys(court, state, body->member, fresh->body, fresh->possession));
  IncarnationKeys keys{body->incarnation, body->writer, {}};
  for (const PossessionProof& proof : fresh->possession) keys.tls.push_back(proof.key);
  if (PinsHash(court.crypto, keys.tls) != body->pins_hash) return Void("the TLS keys are not those consented to");
  const Statement by_new{fresh->body, body->writer, fresh->writer_possession};
  if (!IsSigned(court.crypto, court.network, StatementType::kWriterPossession, by_new)) {
    return Void("the proof of possession by the new writer key is missing or false");
  }
  if (Planted(Bug::kIncarnationNoConsent)) return IncarnationBegun{body->member, std::move(keys)};
  if (!fresh->consent) {
    HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
  } else if (!IsSigned(court.crypto, court.network, StatementType::kConsent,
                       {fresh->body, member->present().writer, *fresh->consent})) {
    return Void("the consent is not by the member's present writer key");
  }
  return IncarnationBegun{body->member, std::move(keys)};
}

absl::StatusOr<RosterChange> JudgeStanding(const RosterState& state, const RosterCase& entry,
                                           const RosterPayload& payload) {
  absl::StatusOr<Standing> standing = DecodeStanding(payload.body);
  if (!standing.ok()) return Void(standing.status().message());
  const MemberRecord* member = state.Find(standing->member);
  if (member == nullptr || !member->is_live()) return Void("the member does not exist or has ended");
  const bool suspends = entry.kind == roster_kind::kSuspend;
  const MemberState after = suspends ? MemberState::kSuspended : MemberState::kMember;
  if (member->state == after) return Void(suspends ? "the member is suspended already" : "the member is not suspended");
  return StandingChanged{standing->member, after, standing->note};
}

}  // namespace hansa::replication
