#include "replication/roster_rules.h"

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/roster_rules_parts.h"

namespace hansa::replication {
namespace {

constexpr std::uint16_t kSchemaKnown = 1;

absl::StatusOr<RosterChange> JudgePolicy(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                         const RosterPayload& payload) {
  absl::StatusOr<Policy> policy = DecodePolicy(payload.body);
  if (!policy.ok()) return Void(policy.status().message());
  HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
  std::map<std::pair<MemberKind, Collection>, Sequence> next;
  for (const WriteRight& right : policy->rights) {
    if ((right.kind == MemberKind::kNotGiven) != (right.collection == kRosterCollection)) {
      return Void("the roster is written by member 0, and member 0 writes nothing else");
    }
    if (!next.insert({{right.kind, right.collection}, right.entries_max}).second) {
      return Void("a policy names a pair of kind and collection twice");
    }
  }
  for (const auto& [pair, limit] : state.rights) {
    const auto found = next.find(pair);
    if (found == next.end() || found->second < limit)
      return Void("a policy may not lower a limit or take back a right");
  }
  return PolicyChanged{*std::move(policy)};
}

absl::StatusOr<RosterChange> JudgeSchema(const RosterCourt& court, const RosterCase& entry,
                                         const RosterPayload& payload) {
  absl::StatusOr<SchemaInfo> schema = DecodeSchemaInfo(payload.body);
  if (!schema.ok()) return Void(schema.status().message());
  HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
  return SchemaGiven{*std::move(schema)};
}

absl::StatusOr<RosterChange> JudgeByKind(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                         const RosterPayload& payload) {
  if (entry.kind == roster_kind::kPolicy) return JudgePolicy(court, state, entry, payload);
  if (entry.kind == roster_kind::kMemberAdd) return JudgeMemberAdd(court, state, entry, payload);
  if (entry.kind == roster_kind::kMemberUpdate) return JudgeMemberUpdate(court, state, payload);
  if (entry.kind == roster_kind::kIncarnation) return JudgeIncarnation(court, state, entry, payload);
  if (entry.kind == roster_kind::kSeal) return JudgeSealList(court, state, entry, payload);
  if (entry.kind == roster_kind::kRevoke) return JudgeRevoke(court, state, entry, payload);
  if (entry.kind == roster_kind::kSuspend || entry.kind == roster_kind::kResume) {
    return JudgeStanding(state, entry, payload);
  }
  if (entry.kind == roster_kind::kKey) return JudgeKey(court, state, entry, payload);
  if (entry.kind == roster_kind::kSchema) return JudgeSchema(court, entry, payload);
  if (entry.kind == roster_kind::kFramework) {
    absl::StatusOr<Framework> framework = DecodeFramework(payload.body);
    if (!framework.ok()) return Void(framework.status().message());
    return FrameworkChanged{*std::move(framework)};
  }
  if (entry.kind == roster_kind::kNetworkInfo) {
    absl::StatusOr<NetworkInfo> info = DecodeNetworkInfo(payload.body);
    if (!info.ok()) return Void(info.status().message());
    return NetworkInfoChanged{*std::move(info)};
  }
  return NothingKnown{};
}

bool IsKnownCritical(Kind kind) { return kind >= roster_kind::kPolicy && kind <= roster_kind::kKey; }

}  // namespace

absl::StatusOr<RosterChange> Judge(const RosterCourt& court, const RosterState& state, const RosterCase& entry) {
  if (entry.kind < roster_kind::kFirstSkippable && (!IsKnownCritical(entry.kind) || entry.schema_ver > kSchemaKnown)) {
    return absl::UnimplementedError(absl::StrCat("the roster holds an entry of kind ", entry.kind.value(), ", version ",
                                                 entry.schema_ver,
                                                 ", which this version of Hansa does not know; upgrade it"));
  }
  if (entry.schema_ver > kSchemaKnown) return NothingKnown{};
  if (entry.payload.empty()) return Void("has no payload");
  const bool is_critical = entry.kind < roster_kind::kFirstSkippable;
  if (is_critical && state.nonces_used.contains(entry.record))
    return Void("its record id stood in a valid entry before");
  if (!state.has_policy && entry.kind == roster_kind::kMemberAdd) return Void("no policy stands before it");
  absl::StatusOr<RosterPayload> payload = DecodeRosterPayload(entry.payload);
  if (!payload.ok()) return Void(payload.status().message());
  return JudgeByKind(court, state, entry, *payload);
}

namespace {

void Merge(const PolicyChanged& change, RosterState& state) {
  state.has_policy = true;
  for (const WriteRight& right : change.policy.rights) state.rights[{right.kind, right.collection}] = right.entries_max;
}
void Merge(const MemberAdded& change, RosterState& state) {
  const MemberRecord& member = change.member;
  state.slugs_used.insert(member.slug);
  state.writers_used.insert(member.present().writer);
  for (const PublicKey& key : member.present().tls) state.tls_owners[key] = member.number;
  state.members[member.number] = member;
}
void Merge(const MemberUpdated& change, RosterState& state) {
  for (const PublicKey& key : change.member.present().tls) state.tls_owners[key] = change.member.number;
  if (change.consent) state.consents_used.insert(*change.consent);
  state.members.at(change.member.number) = change.member;
}
void Merge(const IncarnationBegun& change, RosterState& state) {
  state.writers_used.insert(change.keys.writer);
  for (const PublicKey& key : change.keys.tls) state.tls_owners[key] = change.member;
  state.members.at(change.member).incarnations.push_back(change.keys);
}
void Merge(const IncarnationSealed& change, RosterState& state) {
  if (change.consent) state.consents_used.insert(*change.consent);
  state.seals[{change.member, change.incarnation}] = change.seals;
}
void Merge(const MemberRevoked& change, RosterState& state) {
  MemberRecord& member = state.members.at(change.member);
  member.state = change.after;
  state.seals[{change.member, member.present().number}] = change.seals;
}
void Merge(const StandingChanged& change, RosterState& state) {
  MemberRecord& member = state.members.at(change.member);
  member.state = change.after;
  member.standing_note = change.note;
}
void Merge(const KeyGranted& change, RosterState& state) {
  state.slugs_used.insert(change.key.code);
  state.writers_used.insert(change.key.key);
  state.statement_keys[change.key.key] = change.key;
}
void Merge(const FrameworkChanged& change, RosterState& state) { state.framework = change.framework; }
void Merge(const NetworkInfoChanged& change, RosterState& state) { state.network_info = change.info; }
void Merge(const SchemaGiven& change, RosterState& state) {
  state.schemas[{change.schema.kind, change.schema.schema_ver}] = change.schema;
}
void Merge(const NothingKnown&, RosterState&) {}

}  // namespace

void Apply(const RosterCase& entry, const RosterChange& change, RosterState& state) {
  std::visit([&state](const auto& made) { Merge(made, state); }, change);
  // A kind that may be skipped may be judged differently by another version: it spends nothing.
  if (entry.kind < roster_kind::kFirstSkippable) state.nonces_used.insert(entry.record);
}

}  // namespace hansa::replication
