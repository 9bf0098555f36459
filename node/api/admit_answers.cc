#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/membership/admission.h"
#include "node/membership/application.h"
#include "node/membership/candidate.h"
#include "node/membership/proposal.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

using replication::Roster;

membership::AdmitRequest FilesOf(const v1::AdmitRequest& request) {
  membership::AdmitRequest files;
  files.application = request.application();
  if (!request.recommendation().empty()) files.recommendation = request.recommendation();
  files.approvals.assign(request.approvals().begin(), request.approvals().end());
  return files;  // officers' keys stay with the officers
}

// Who applies, and its number if it has one.
absl::Status PutApplicant(const v1::AdmitRequest& request, const Roster& roster, v1::AdmitReply& reply) {
  const auto file = membership::ReadApplication(request.application(), roster.network());
  HANSA_RETURN_IF_ERROR(file.status());
  reply.set_slug(file->application.slug);
  reply.set_kind(RoleName(file->application.kind, file->application.key_role));
  const replication::MemberRecord* member = roster.state().Find(absl::string_view(file->application.slug));
  if (member != nullptr) reply.set_number(member->number.value());
  return absl::OkStatus();
}

absl::Status Propose(const v1::AdmitRequest& request, const Roster& roster, v1::AdmitReply& reply) {
  const membership::AdmitRequest files = FilesOf(request);
  absl::StatusOr<membership::Proposal> proposal = membership::ProposeAdmission(files, roster);
  HANSA_RETURN_IF_ERROR(proposal.status());
  if (!files.approvals.empty()) {
    const auto approval = membership::DecodeApproval(files.approvals.front());
    HANSA_RETURN_IF_ERROR(approval.status());
    proposal->record = approval->record;
  }
  const auto file = membership::ReadApplication(files.application, roster.network());
  HANSA_RETURN_IF_ERROR(file.status());
  reply.set_approvals_needed(membership::ApprovalsNeeded(file->application, roster.JudgeOfNext().approvals));
  reply.set_proposal(membership::EncodeProposal(*proposal));
  reply.set_words(membership::InWords(proposal->kind, proposal->body));
  return absl::OkStatus();
}

absl::Status Admit(RunningNode& node, const v1::AdmitRequest& request, const Roster& roster, v1::AdmitReply& reply) {
  const auto admission = membership::PrepareAdmission(FilesOf(request), roster);
  HANSA_RETURN_IF_ERROR(admission.status());
  const absl::StatusOr<replication::Sequence> sequence =
      node.PublishRoster(admission->kind, admission->record, admission->payload);
  HANSA_RETURN_IF_ERROR(sequence.status());
  reply.set_sequence(sequence->value());
  reply.set_words(admission->words);
  const NodeView after = node.View();
  return PutApplicant(request, after.roster != nullptr ? *after.roster : roster, reply);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::AdmitRequest& request, v1::AdmitReply& reply) {
  const NodeView view = parts.node.View();
  if (!view.is_hub || view.roster == nullptr) {
    return absl::PermissionDeniedError(
        "this node does not hold the roster key; ask on the hub, with --data naming its folder");
  }
  const Roster& roster = *view.roster;
  HANSA_RETURN_IF_ERROR(PutApplicant(request, roster, reply));
  const absl::Status done =
      request.propose_only() ? Propose(request, roster, reply) : Admit(parts.node, request, roster, reply);
  if (!absl::IsAlreadyExists(done)) return done;
  reply.set_already(true);
  reply.set_words(std::string(done.message()));
  return absl::OkStatus();
}

}  // namespace hansa::node::api
