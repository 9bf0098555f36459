#include "node/membership/admission.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/membership/application.h"
#include "node/membership/candidate.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::membership {
namespace {

using replication::Application;
using replication::Approval;
using replication::Bytes;
using replication::KeyRole;
using replication::MemberKind;
using replication::PublicKey;
using replication::RootDocument;
using replication::Roster;
using replication::Statement;
namespace roster_kind = replication::roster_kind;

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

// The officers in force for the entry that comes next.
const RootDocument& JudgeOfNext(const Roster& roster) {
  return roster.root().JudgeOf(replication::Sequence(roster.position().len.value() + 1));
}

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

// Approvals gathered for one proposal, each by another officer of the network.
class Approvals {
 public:
  Approvals(const RootDocument& judge, std::uint32_t needed) : officers_(judge.officer_keys), needed_(needed) {}

  bool enough() const { return approvals_.size() >= needed_; }
  std::uint32_t needed() const { return needed_; }
  const std::vector<Approval>& all() const { return approvals_; }

  bool IsOfficer(const PublicKey& key) const {
    return std::find(officers_.begin(), officers_.end(), key) != officers_.end();
  }
  // A second one by the same officer changes nothing.
  void Add(const Approval& approval) {
    for (const Approval& before : approvals_) {
      if (before.officer == approval.officer) return;
    }
    approvals_.push_back(approval);
  }

  // A key that was given and is no officer's; for the message when approvals are missing.
  void NoteStranger(const std::string& path) {
    absl::StrAppend(&strangers_, "; the key ", path, " is no officer's of this network");
  }
  const std::string& strangers() const { return strangers_; }

 private:
  const std::vector<PublicKey>& officers_;
  const std::uint32_t needed_;
  std::vector<Approval> approvals_;
  std::string strangers_;
};

// Approvals that came as files. They bind the entry to the record id they were given for.
absl::Status TakeFiles(const std::vector<std::string>& files, Proposal& proposal, Approvals& approvals) {
  for (const std::string& bytes : files) {
    const absl::StatusOr<ApprovalFile> file = DecodeApproval(bytes);
    HANSA_RETURN_IF_ERROR(file.status());
    if (&bytes == &files.front()) proposal.record = file->record;
    HANSA_RETURN_IF_ERROR(CheckApproval(proposal, *file));
    if (!approvals.IsOfficer(file->approval.officer)) {
      return Refused("an approval is by a key that is no officer's of this network: ask an officer in office");
    }
    approvals.Add(file->approval);
  }
  return absl::OkStatus();
}

// Approvals by keys at hand, as far as they are still missing. Passes over keys of nobody in office.
absl::Status SignWithKeys(const std::vector<std::string>& key_files, const Proposal& proposal, Approvals& approvals) {
  for (const std::string& path : key_files) {
    if (approvals.enough()) break;
    const absl::StatusOr<replication::Seed> seed = ReadKey(path);
    HANSA_RETURN_IF_ERROR(seed.status());
    const std::unique_ptr<replication::Signer> officer = replication::SodiumSigner(*seed);
    if (approvals.IsOfficer(officer->public_key())) {
      approvals.Add(Approve(proposal, *officer));
    } else {
      approvals.NoteStranger(path);
    }
  }
  return absl::OkStatus();
}

absl::Status MissingApprovals(const Draft& draft, const Approvals& approvals) {
  const std::string needed = approvals.needed() == 1 ? std::string("one officer's approval")
                                                     : absl::StrCat(approvals.needed(), " officers' approvals");
  const std::string line = absl::StrCat(
      "admitting ", draft.application.slug, " as ", RoleOf(draft.application), " needs ", needed, " and has ",
      approvals.all().size(),
      ": write a proposal with -o FILE, have it approved with `hansa approve`, then give the approvals with "
      "--approval FILE");
  return Refused(absl::StrCat(line, approvals.strangers()));
}

}  // namespace

absl::StatusOr<Proposal> ProposeAdmission(const AdmitRequest& request, const Roster& roster) {
  absl::StatusOr<Draft> draft = MakeDraft(request, roster);
  HANSA_RETURN_IF_ERROR(draft.status());
  return std::move(draft->proposal);
}

absl::StatusOr<PreparedAdmission> PrepareAdmission(const AdmitRequest& request, const Roster& roster) {
  absl::StatusOr<Draft> draft = MakeDraft(request, roster);
  HANSA_RETURN_IF_ERROR(draft.status());
  Proposal& proposal = draft->proposal;
  const RootDocument& judge = JudgeOfNext(roster);
  Approvals approvals(judge, ApprovalsNeeded(draft->application, judge.approvals));
  HANSA_RETURN_IF_ERROR(TakeFiles(request.approvals, proposal, approvals));
  HANSA_RETURN_IF_ERROR(SignWithKeys(request.officer_key_files, proposal, approvals));
  if (!approvals.enough()) return MissingApprovals(*draft, approvals);

  PreparedAdmission admission{proposal.kind, proposal.record,
                              Encode(replication::RosterPayload{proposal.body, approvals.all()}),
                              InWords(proposal.kind, proposal.body), draft->application.slug};
  const absl::Status judged = roster.WouldAccept(admission.kind, admission.record, admission.payload);
  if (judged.code() == absl::StatusCode::kFailedPrecondition) {
    return Refused(absl::StrCat("the roster would not take ", admission.slug, ": ", judged.message()));
  }
  HANSA_RETURN_IF_ERROR(judged);
  return admission;
}

std::vector<std::string> OfficerKeysBeside(const std::string& data_folder) {
  std::error_code error;
  const std::filesystem::path beside = std::filesystem::absolute(data_folder, error) / "..";
  std::vector<std::string> paths;
  for (std::filesystem::directory_iterator file(beside, error), end; !error && file != end; file.increment(error)) {
    const std::string name = file->path().filename().string();
    const bool is_officers = name == "officer.key" || absl::StartsWith(name, "officer-");
    if (is_officers && absl::EndsWith(name, ".key")) paths.push_back(file->path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace hansa::node::membership
