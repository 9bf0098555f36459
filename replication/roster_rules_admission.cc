// MEMBER_ADD and KEY: who comes in, by whose word.
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/roster_rules_parts.h"

namespace hansa::replication {
namespace {

constexpr absl::string_view kInternational = "INT";

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
  if (!AreOf(add.possession, application.tls)) {
    return Void("the possession proofs are not by the keys applied with");
  }
  return RequireTlsKeys(court, state, add.number, add.application.body, add.possession);
}

}  // namespace

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

}  // namespace hansa::replication
