#include "node/membership/admission.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/membership/application.h"
#include "node/membership/candidate.h"
#include "node/membership/key_files.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::membership {
namespace {

using replication::Application;
using replication::Bytes;
using replication::KeyRole;
using replication::MemberKind;
using replication::Roster;
using replication::Statement;
namespace roster_kind = replication::roster_kind;

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

std::string RegionOf(const Application& application) {
  const catalogue::Country* country = catalogue::KnownCountries().FindByIso3(application.country);
  return country == nullptr ? "" : country->region;
}

absl::StatusOr<Bytes> KeyBody(const ApplicationFile& file, const AdmitRequest& request, const Roster& roster) {
  replication::KeyGrant grant{file.application.key_role, file.statement, std::nullopt};
  if (grant.role == KeyRole::kAuthorityOfficer) {
    absl::StatusOr<Statement> statement = GrantFor(file, request.recommendation, roster);
    HANSA_RETURN_IF_ERROR(statement.status());
    grant.grant = *std::move(statement);
  }
  return Encode(grant);
}

absl::StatusOr<Bytes> MemberBody(const ApplicationFile& file, const AdmitRequest& request, const Roster& roster) {
  const Application& application = file.application;
  replication::MemberAdd add{roster.state().NextNumber(application.kind), RegionOf(application), file.statement,
                             file.possession, std::nullopt};
  if (application.kind == MemberKind::kSecretariat && add.number > replication::kLastSecretariat) {
    return Refused("the secretariat has nine nodes already, and no more are allowed");
  }
  if (application.kind == MemberKind::kCity) {
    absl::StatusOr<Statement> statement = RecommendationFor(file, request.recommendation, roster);
    HANSA_RETURN_IF_ERROR(statement.status());
    add.recommendation = *std::move(statement);
  }
  return Encode(add);
}

absl::Status CheckRecommendationHasAPlace(const Application& application, const AdmitRequest& request) {
  const bool has_a_place = application.kind == MemberKind::kCity || application.key_role == KeyRole::kAuthorityOfficer;
  if (has_a_place || !request.recommendation) return absl::OkStatus();
  return Refused(absl::StrCat(application.slug, " applies as ", RoleOf(application),
                              ", which needs no recommendation: leave the recommendation out"));
}

// An applicant with the entry that would admit it.
struct Draft {
  Application application;
  Proposal proposal;
};

absl::StatusOr<Draft> MakeDraft(const AdmitRequest& request, const Roster& roster) {
  const absl::StatusOr<ApplicationFile> file = ReadApplication(request.application, roster.network());
  HANSA_RETURN_IF_ERROR(file.status());
  const Application& application = file->application;
  HANSA_RETURN_IF_ERROR(CheckUnused(application, roster.state()));
  HANSA_RETURN_IF_ERROR(CheckRecommendationHasAPlace(application, request));
  const bool is_key = application.key_role != KeyRole::kNotGiven;
  absl::StatusOr<Bytes> body = is_key ? KeyBody(*file, request, roster) : MemberBody(*file, request, roster);
  HANSA_RETURN_IF_ERROR(body.status());
  return Draft{
      application,
      {roster.network(), is_key ? roster_kind::kKey : roster_kind::kMemberAdd, RandomRecordId(), *std::move(body)}};
}

}  // namespace

absl::StatusOr<Proposal> ProposeAdmission(const AdmitRequest& request, const Roster& roster) {
  absl::StatusOr<Draft> draft = MakeDraft(request, roster);
  HANSA_RETURN_IF_ERROR(draft.status());
  return std::move(draft->proposal);
}

absl::StatusOr<PreparedEntry> PrepareAdmission(const AdmitRequest& request, const Roster& roster) {
  absl::StatusOr<Draft> draft = MakeDraft(request, roster);
  HANSA_RETURN_IF_ERROR(draft.status());
  const Application& application = draft->application;
  EntryDraft entry{std::move(draft->proposal), ApprovalsNeeded(application, roster.JudgeOfNext().approvals),
                   application.slug, absl::StrCat("admitting ", application.slug, " as ", RoleOf(application))};
  return PrepareEntry(std::move(entry), {.files = request.approvals, .officer_key_files = request.officer_key_files},
                      roster);
}

std::vector<std::string> OfficerKeysBeside(const std::string& data_folder) {
  return KeysBeside(data_folder, kOfficerKeyFile);
}

}  // namespace hansa::node::membership
