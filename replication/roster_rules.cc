#include "replication/roster_rules.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::replication {
namespace {

constexpr std::uint16_t kSchemaKnown = 1;
constexpr absl::string_view kInternational = "INT";

absl::Status Void(absl::string_view why) { return absl::FailedPreconditionError(why); }

// k approvals by k different officers of the judging root document.
absl::Status RequireApprovals(const RosterCourt& court, const RosterCase& entry, const RosterPayload& payload,
                              std::uint32_t needed) {
  const Bytes body = ApprovalBody(court.crypto, entry.kind, entry.record, payload.body);
  const std::set<PublicKey> officers(court.root.officer_keys.begin(), court.root.officer_keys.end());
  std::set<PublicKey> approved;
  for (const Approval& approval : payload.approvals) {
    const Statement statement{body, approval.officer, approval.signature};
    if (officers.contains(approval.officer) &&
        IsSigned(court.crypto, court.network, StatementType::kApproval, statement)) {
      approved.insert(approval.officer);
    }
  }
  if (approved.size() >= needed) return absl::OkStatus();
  return Void(absl::StrCat("needs ", needed, " officers' approvals and has ", approved.size()));
}

bool Holds(const std::vector<PublicKey>& keys, const PublicKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

absl::Status RequireFreshWriter(const RosterCourt& court, const RosterState& state, const PublicKey& writer) {
  if (!court.crypto.IsValidPoint(writer)) return Void("the writer key is not a valid Ed25519 point");
  const RootDocument& root = court.root;
  const bool is_of_root =
      writer == root.roster_writer || Holds(root.officer_keys, writer) || Holds(root.root_keys, writer);
  if (is_of_root || state.writers_used.contains(writer) || state.tls_owners.contains(writer)) {
    return Void("the writer key has been used before");
  }
  return absl::OkStatus();
}

// Every TLS key is valid, belongs to nobody else, and signed `body`.
absl::Status RequireTlsKeys(const RosterCourt& court, const RosterState& state, Member owner, BytesView body,
                            const std::vector<PossessionProof>& proofs) {
  if (proofs.empty() || proofs.size() > 2) return Void("needs possession proofs of one or two TLS keys");
  for (const PossessionProof& proof : proofs) {
    if (!court.crypto.IsValidPoint(proof.key)) return Void("a TLS key is not a valid Ed25519 point");
    const auto before = state.tls_owners.find(proof.key);
    if (before != state.tls_owners.end() && before->second != owner) {
      return Void("a TLS key has belonged to another member");
    }
    const Statement statement{Bytes(body), proof.key, proof.signature};
    if (!IsSigned(court.crypto, court.network, StatementType::kTlsPossession, statement)) {
      return Void("a proof of possession by a TLS key is missing or false");
    }
  }
  if (proofs.size() == 2 && proofs[0].key == proofs[1].key) return Void("a TLS key stands twice");
  return absl::OkStatus();
}

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

// Who may recommend for `country` by `key`: its authority's present writer key, or an officer that authority granted.
const MemberRecord* RecommenderOf(const RosterState& state, absl::string_view country, const PublicKey& key) {
  for (const auto& [number, member] : state.members) {
    const bool speaks = member.kind == MemberKind::kAuthority && member.state == MemberState::kMember;
    if (speaks && member.country == country && member.present().writer == key) return &member;
  }
  const auto granted = state.statement_keys.find(key);
  if (granted == state.statement_keys.end() || granted->second.role != KeyRole::kAuthorityOfficer ||
      granted->second.country != country || !granted->second.authority) {
    return nullptr;
  }
  const MemberRecord* authority = state.Find(*granted->second.authority);
  const bool speaks = authority != nullptr && authority->state == MemberState::kMember &&
                      authority->present().number == granted->second.granted_by;
  return speaks ? authority : nullptr;
}

absl::StatusOr<Member> JudgeRecommendation(const RosterCourt& court, const RosterState& state,
                                           const Application& application, const MemberAdd& add) {
  if (!add.recommendation) return Void("a city needs the recommendation of its country's national authority");
  absl::StatusOr<Recommendation> recommendation = DecodeRecommendation(add.recommendation->body);
  if (!recommendation.ok()) return Void(recommendation.status().message());
  if (recommendation->application_hash != court.crypto.Sha256(add.application.body)) {
    return Void("the recommendation is of another application");
  }
  const MemberRecord* authority = RecommenderOf(state, application.country, add.recommendation->signer);
  if (authority == nullptr || recommendation->country != application.country) {
    return Void(absl::StrCat("the recommendation is not by the national authority of ", application.country));
  }
  if (!IsSigned(court.crypto, court.network, StatementType::kRecommendation, *add.recommendation)) {
    return Void("the recommendation's signature is false");
  }
  return authority->number;
}

// The proofs must be by the keys that the application names, in its order.
bool NamesTheSameKeys(const Application& application, const std::vector<PossessionProof>& proofs) {
  if (application.tls.size() != proofs.size()) return false;
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    if (application.tls[i] != proofs[i].key) return false;
  }
  return true;
}

absl::Status JudgeApplicant(const RosterCourt& court, const RosterState& state, const Application& application,
                            const MemberAdd& add) {
  if (application.kind == MemberKind::kNotGiven) return Void("the application is not for a kind of member");
  if (add.application.signer != application.writer ||
      !IsSigned(court.crypto, court.network, StatementType::kApplication, add.application)) {
    return Void("the application is not signed by its writer key");
  }
  if (add.number != state.NextNumber(application.kind)) {
    return Void(absl::StrCat("number ", add.number.value(), " is not the lowest free one, ",
                             state.NextNumber(application.kind).value()));
  }
  if (application.kind == MemberKind::kSecretariat && add.number > kLastSecretariat) {
    return Void("the secretariat has at most 9 nodes");
  }
  if (state.slugs_used.contains(application.slug)) return Void("the slug has been used before");
  HANSA_RETURN_IF_ERROR(RequireFreshWriter(court, state, application.writer));
  if (!NamesTheSameKeys(application, add.possession))
    return Void("the possession proofs are not by the keys applied with");
  return RequireTlsKeys(court, state, add.number, add.application.body, add.possession);
}

absl::StatusOr<RosterChange> JudgeMemberAdd(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                            const RosterPayload& payload) {
  absl::StatusOr<MemberAdd> add = DecodeMemberAdd(payload.body);
  if (!add.ok()) return Void(add.status().message());
  absl::StatusOr<Application> application = DecodeApplication(add->application.body);
  if (!application.ok()) return Void(application.status().message());
  HANSA_RETURN_IF_ERROR(JudgeApplicant(court, state, *application, *add));
  MemberRecord member{
      add->number,          application->slug, application->name,      application->names,   application->kind,
      application->country, add->region,       application->endpoints, MemberState::kMember, {},
      std::nullopt,         entry.seq};
  member.incarnations.push_back({Incarnation(1), application->writer, application->tls});
  const bool is_founder = application->kind == MemberKind::kSecretariat && state.members.empty();
  switch (application->kind) {
    case MemberKind::kCity: {
      absl::StatusOr<Member> authority = JudgeRecommendation(court, state, *application, *add);
      HANSA_RETURN_IF_ERROR(authority.status());
      member.recommended_by = *authority;
      break;
    }
    case MemberKind::kAuthority:
      if (application->country == kInternational) return Void("an authority is of one country");
      HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
      break;
    case MemberKind::kSecretariat:
      if (!is_founder) HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
      break;
    case MemberKind::kPartner:
    case MemberKind::kNotGiven:
      break;
  }
  return MemberAdded{std::move(member)};
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
  if (!fresh->consent) {
    HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, court.root.approvals));
  } else if (!IsSigned(court.crypto, court.network, StatementType::kConsent,
                       {fresh->body, member->present().writer, *fresh->consent})) {
    return Void("the consent is not by the member's present writer key");
  }
  return IncarnationBegun{body->member, std::move(keys)};
}

absl::StatusOr<RosterChange> JudgeKey(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                      const RosterPayload& payload) {
  absl::StatusOr<KeyGrant> grant = DecodeKeyGrant(payload.body);
  if (!grant.ok()) return Void(grant.status().message());
  absl::StatusOr<Application> application = DecodeApplication(grant->application.body);
  if (!application.ok()) return Void(application.status().message());
  if (application->key_role != grant->role || grant->role == KeyRole::kNotGiven) {
    return Void("the key did not apply for this role");
  }
  if (state.slugs_used.contains(application->slug)) return Void("the slug has been used before");
  if (grant->application.signer != application->writer ||
      !IsSigned(court.crypto, court.network, StatementType::kApplication, grant->application)) {
    return Void("the application is not signed by its key");
  }
  HANSA_RETURN_IF_ERROR(RequireFreshWriter(court, state, application->writer));
  StatementKey key{application->writer, grant->role, application->slug, application->country, std::nullopt, {}};
  if (grant->role != KeyRole::kAuthorityOfficer) {
    HANSA_RETURN_IF_ERROR(RequireApprovals(court, entry, payload, 1));
    return KeyGranted{std::move(key)};
  }
  if (!grant->grant) return Void("an authority's officer needs that authority's grant");
  absl::StatusOr<KeyConsent> consent = DecodeKeyConsent(grant->grant->body);
  if (!consent.ok()) return Void(consent.status().message());
  const MemberRecord* authority = state.Find(consent->authority);
  if (authority == nullptr || authority->kind != MemberKind::kAuthority || authority->state != MemberState::kMember ||
      authority->country != application->country || grant->grant->signer != authority->present().writer ||
      consent->application_hash != court.crypto.Sha256(grant->application.body) ||
      !IsSigned(court.crypto, court.network, StatementType::kConsent, *grant->grant)) {
    return Void("the grant is not by the authority of the officer's country over this application");
  }
  key.authority = consent->authority;
  key.granted_by = authority->present().number;
  return KeyGranted{std::move(key)};
}

absl::StatusOr<RosterChange> JudgeByKind(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                         const RosterPayload& payload) {
  if (entry.kind == roster_kind::kPolicy) return JudgePolicy(court, state, entry, payload);
  if (entry.kind == roster_kind::kMemberAdd) return JudgeMemberAdd(court, state, entry, payload);
  if (entry.kind == roster_kind::kIncarnation) return JudgeIncarnation(court, state, entry, payload);
  if (entry.kind == roster_kind::kKey) return JudgeKey(court, state, entry, payload);
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

bool IsKnownCritical(Kind kind) {
  return kind == roster_kind::kPolicy || kind == roster_kind::kMemberAdd || kind == roster_kind::kIncarnation ||
         kind == roster_kind::kKey;
}

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
void Merge(const IncarnationBegun& change, RosterState& state) {
  state.writers_used.insert(change.keys.writer);
  for (const PublicKey& key : change.keys.tls) state.tls_owners[key] = change.member;
  state.members.at(change.member).incarnations.push_back(change.keys);
}
void Merge(const KeyGranted& change, RosterState& state) {
  state.slugs_used.insert(change.key.code);
  state.writers_used.insert(change.key.key);
  state.statement_keys[change.key.key] = change.key;
}
void Merge(const FrameworkChanged& change, RosterState& state) { state.framework = change.framework; }
void Merge(const NetworkInfoChanged& change, RosterState& state) { state.network_info = change.info; }
void Merge(const NothingKnown&, RosterState&) {}

}  // namespace

void Apply(const RosterCase& entry, const RosterChange& change, RosterState& state) {
  std::visit([&state](const auto& made) { Merge(made, state); }, change);
  // A kind that may be skipped may be judged differently by another version: it spends nothing.
  if (entry.kind < roster_kind::kFirstSkippable) state.nonces_used.insert(entry.record);
}

}  // namespace hansa::replication
