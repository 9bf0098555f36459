#include "node/membership/applicant.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/slug.h"
#include "node/domain/text.h"
#include "node/membership/endpoint.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::KeyRole;
using replication::MemberKind;

absl::Status Invalid(absl::string_view what) { return absl::InvalidArgumentError(what); }

// Secretariat nodes belong to no country; cities, authorities and their officers to exactly one.
absl::Status CheckCountryOf(const Identity& applicant) {
  const bool international = applicant.country == domain::kInternational;
  if (applicant.kind == MemberKind::kSecretariat && !international) {
    return Invalid("a node of the secretariat is of no one country; give INT as its country");
  }
  const bool of_one_country = applicant.kind == MemberKind::kCity || applicant.kind == MemberKind::kAuthority ||
                              applicant.key_role == KeyRole::kAuthorityOfficer;
  if (of_one_country && international) {
    return Invalid(absl::StrCat("the kind ", RoleName(applicant.kind, applicant.key_role),
                                " is of one country; give its three letters, such as KOR"));
  }
  return absl::OkStatus();
}

absl::Status CheckName(const std::string& name) {
  const absl::Status text = domain::CheckText(name, domain::Lines::kOne);
  if (!text.ok()) return Invalid(absl::StrCat("the name cannot be used: ", text.message()));
  if (name.empty()) return Invalid("the name is empty; give one");
  if (domain::CharacterCount(name) > kNameCharactersMax) {
    return Invalid(absl::StrCat("the name is longer than ", kNameCharactersMax, " characters; shorten it"));
  }
  return absl::OkStatus();
}

absl::Status CheckEndpoints(const Identity& applicant) {
  if (applicant.is_key_file() && !applicant.endpoints.empty()) {
    return Invalid("a key file runs no node, so it has no endpoint; leave the endpoint out");
  }
  if (applicant.endpoints.size() > kEndpointsMax) {
    return Invalid(absl::StrCat("more than ", kEndpointsMax, " endpoints; leave some out"));
  }
  std::set<std::string> seen;
  for (const std::string& endpoint : applicant.endpoints) {
    HANSA_RETURN_IF_ERROR(CheckEndpoint(endpoint));
    if (!seen.insert(endpoint).second) {
      return Invalid(absl::StrCat("the endpoint ", endpoint, " is given twice; give it once"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckApplicant(const Identity& applicant) {
  if (applicant.is_key_file() != (applicant.kind == MemberKind::kNotGiven)) {
    return Invalid("it is either a kind of member or a key that signs statements");
  }
  HANSA_RETURN_IF_ERROR(CheckCountryOf(applicant));
  HANSA_RETURN_IF_ERROR(domain::CheckSlugOf({applicant.slug, applicant.country}));
  HANSA_RETURN_IF_ERROR(CheckName(applicant.name));
  return CheckEndpoints(applicant);
}

absl::StatusOr<Identity> CleanApplicant(Identity applicant) {
  absl::StatusOr<std::string> name = domain::CleanText(applicant.name, domain::Lines::kOne);
  if (!name.ok()) {
    return Invalid(absl::StrCat("the name cannot be used: ", name.status().message()));
  }
  applicant.name = *std::move(name);
  HANSA_RETURN_IF_ERROR(CheckApplicant(applicant));
  return applicant;
}

}  // namespace hansa::node::membership
