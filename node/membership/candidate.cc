#include "node/membership/candidate.h"

#include "absl/strings/str_cat.h"
#include "node/membership/grant.h"
#include "node/membership/recommendation.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::Application;
using replication::KeyRole;
using replication::MemberKind;
using replication::MemberRecord;
using replication::MemberState;
using replication::PublicKey;
using replication::Roster;
using replication::RosterState;
using replication::Statement;
using replication::StatementKey;

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

const MemberRecord* AuthorityOf(const RosterState& state, absl::string_view country) {
  for (const auto& [number, member] : state.members) {
    if (member.kind == MemberKind::kAuthority && member.state == MemberState::kMember && member.country == country) {
      return &member;
    }
  }
  return nullptr;
}

// The country for which `key` may recommend, with the slug of the authority; nullptr for nobody.
const MemberRecord* RecommenderWith(const RosterState& state, const PublicKey& key) {
  for (const auto& [number, member] : state.members) {
    if (member.kind == MemberKind::kAuthority && member.state == MemberState::kMember &&
        member.present().writer == key) {
      return &member;
    }
  }
  const auto granted = state.statement_keys.find(key);
  if (granted == state.statement_keys.end() || !granted->second.authority) return nullptr;
  const MemberRecord* authority = state.Find(*granted->second.authority);
  return authority != nullptr && authority->state == MemberState::kMember ? authority : nullptr;
}

absl::Status NeedsRecommendation(const Application& city, const RosterState& state) {
  const MemberRecord* authority = AuthorityOf(state, city.country);
  if (authority == nullptr) {
    return Refused(absl::StrCat("the city ", city.slug, " needs the recommendation of the national authority of ",
                                city.country, ", which is no member yet: admit the authority first"));
  }
  return Refused(absl::StrCat("the city ", city.slug, " needs the recommendation of the national authority of ",
                              city.country, ": ask ", authority->slug, " to run `hansa recommend`"));
}

absl::Status TakenForEver(absl::string_view slug) {
  return Refused(
      absl::StrCat("the member name ", slug, " has been used and is never given again: apply with another name"));
}

}  // namespace

absl::Status CheckUnused(const Application& application, const RosterState& state) {
  if (const MemberRecord* member = state.Find(application.slug)) {
    for (const replication::IncarnationKeys& keys : member->incarnations) {
      if (!member->is_live()) break;
      if (keys.writer == application.writer && member->kind == application.kind) {
        return absl::AlreadyExistsError(
            absl::StrCat(application.slug, " is a member already, number ", member->number.value()));
      }
    }
    return TakenForEver(application.slug);
  }
  const auto granted = state.statement_keys.find(application.writer);
  if (granted != state.statement_keys.end() && granted->second.code == application.slug &&
      granted->second.role == application.key_role) {
    return absl::AlreadyExistsError(absl::StrCat("the key of ", application.slug, " is accepted already"));
  }
  if (state.slugs_used.contains(application.slug)) return TakenForEver(application.slug);
  bool key_used = state.writers_used.contains(application.writer);
  for (const PublicKey& key : application.tls) key_used |= state.tls_owners.contains(key);
  if (!key_used) return absl::OkStatus();
  return Refused(absl::StrCat("a key of ", application.slug,
                              " has been used by another member: set up a new folder with `hansa "
                              "init` and apply again"));
}

absl::StatusOr<Statement> RecommendationFor(const ApplicationFile& city, const std::optional<std::string>& file,
                                            const Roster& roster) {
  const Application& application = city.application;
  if (!file) return NeedsRecommendation(application, roster.state());
  absl::StatusOr<RecommendationFile> recommendation = ReadRecommendation(*file, roster.network());
  HANSA_RETURN_IF_ERROR(recommendation.status());
  const replication::Recommendation& says = recommendation->recommendation;
  if (says.application_hash != HashOf(city)) {
    return Refused(absl::StrCat("the recommendation is of another application (of ", says.slug,
                                ") than the one given; each `hansa apply` makes another: use the "
                                "pair that belongs together"));
  }
  const MemberRecord* authority = RecommenderWith(roster.state(), recommendation->statement.signer);
  if (authority == nullptr) {
    return Refused(absl::StrCat("the recommendation of ", application.slug,
                                " is not signed by a national authority of this network: ask that "
                                "of ",
                                application.country));
  }
  if (authority->country != application.country || says.country != application.country) {
    return Refused(absl::StrCat("the recommendation is by ", authority->slug, ", the authority of ", authority->country,
                                ", and ", application.slug, " is a city of ", application.country,
                                ": ask the authority of ", application.country));
  }
  return recommendation->statement;
}

absl::StatusOr<Statement> GrantFor(const ApplicationFile& officer, const std::optional<std::string>& file,
                                   const Roster& roster) {
  const Application& application = officer.application;
  if (!file) {
    return Refused(absl::StrCat("the key of ", application.slug, " needs the grant of the national authority of ",
                                application.country, ": ask it for one and give its file"));
  }
  absl::StatusOr<GrantFile> grant = ReadGrant(*file, roster.network());
  HANSA_RETURN_IF_ERROR(grant.status());
  if (grant->consent.application_hash != HashOf(officer)) {
    return Refused("the grant is of another application; use the pair that belongs together");
  }
  const MemberRecord* authority = roster.state().Find(grant->consent.authority);
  if (authority == nullptr || authority->kind != MemberKind::kAuthority || authority->country != application.country ||
      authority->present().writer != grant->statement.signer) {
    return Refused(
        absl::StrCat("the grant is not by the national authority of ", application.country, ": ask that one"));
  }
  return grant->statement;
}

std::uint32_t ApprovalsNeeded(const Application& application, std::uint32_t quorum) {
  switch (application.key_role) {
    case KeyRole::kExpert:
    case KeyRole::kSurveyAgency:
      return 1;
    case KeyRole::kAuthorityOfficer:
      return 0;
    case KeyRole::kNotGiven:
      break;
  }
  const bool free = application.kind == MemberKind::kCity || application.kind == MemberKind::kPartner;
  return free ? 0 : quorum;
}

}  // namespace hansa::node::membership
