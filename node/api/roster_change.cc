#include "node/api/roster_change.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

using membership::EntryDraft;
using replication::Roster;

// Those of `files` that are of this entry. Where it is the only one, all are meant for it.
absl::StatusOr<std::vector<std::string>> ApprovalsOf(const EntryDraft& draft, std::size_t drafts,
                                                     const std::vector<std::string>& files) {
  if (drafts == 1 || files.empty()) return files;
  std::vector<std::string> own;
  for (const std::string& bytes : files) {
    const absl::StatusOr<membership::ApprovalFile> file = membership::DecodeApproval(bytes);
    HANSA_RETURN_IF_ERROR(file.status());
    if (file->body_hash == replication::SodiumCrypto().Sha256(draft.proposal.body)) own.push_back(bytes);
  }
  return own;
}

absl::Status Propose(const std::vector<EntryDraft>& drafts, const ChangeAsked& asked, v1::RosterChangeReply& reply) {
  const auto needs = [](const EntryDraft& draft) { return draft.approvals_needed > 0; };
  const auto first = std::find_if(drafts.begin(), drafts.end(), needs);
  const EntryDraft& draft = first == drafts.end() ? drafts.front() : *first;
  membership::Proposal proposal = draft.proposal;
  const absl::StatusOr<std::vector<std::string>> files = ApprovalsOf(draft, drafts.size(), asked.approvals);
  HANSA_RETURN_IF_ERROR(files.status());
  if (!files->empty()) {
    const absl::StatusOr<membership::ApprovalFile> approval = membership::DecodeApproval(files->front());
    HANSA_RETURN_IF_ERROR(approval.status());
    proposal.record = approval->record;
  }
  reply.set_approvals_needed(draft.approvals_needed);
  reply.set_proposal(membership::EncodeProposal(proposal));
  reply.set_words(membership::InWords(proposal.kind, proposal.body));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Roster>> RosterToWrite(const NodeView& view) {
  if (view.is_hub && view.roster != nullptr) return view.roster;
  return absl::PermissionDeniedError(
      "this node does not hold the roster key; ask on the hub, with --data naming its folder");
}

absl::Status Change(RunningNode& node, const std::vector<EntryDraft>& drafts, const ChangeAsked& asked,
                    v1::RosterChangeReply& reply) {
  HANSA_CHECK(!drafts.empty());
  reply.set_slug(drafts.front().slug);
  if (asked.step == Step::kPropose) return Propose(drafts, asked, reply);
  const NodeView view = node.View();
  std::vector<membership::PreparedEntry> entries;
  for (const EntryDraft& draft : drafts) {
    const absl::StatusOr<std::vector<std::string>> files = ApprovalsOf(draft, drafts.size(), asked.approvals);
    HANSA_RETURN_IF_ERROR(files.status());
    absl::StatusOr<membership::PreparedEntry> entry = membership::PrepareEntry(draft, {.files = *files}, *view.roster);
    HANSA_RETURN_IF_ERROR(entry.status());
    entries.push_back(*std::move(entry));
  }
  for (const membership::PreparedEntry& entry : entries) {
    const absl::StatusOr<replication::Sequence> sequence = node.PublishRoster(entry.kind, entry.record, entry.payload);
    HANSA_RETURN_IF_ERROR(sequence.status());
    reply.set_sequence(sequence->value());
    reply.set_words(reply.words().empty() ? entry.words : absl::StrCat(reply.words(), "; ", entry.words));
  }
  return absl::OkStatus();
}

absl::Status Already(const absl::Status& drafted, v1::RosterChangeReply& reply) {
  if (!absl::IsAlreadyExists(drafted)) return drafted;
  reply.set_already(true);
  reply.set_words(std::string(drafted.message()));
  return absl::OkStatus();
}

}  // namespace hansa::node::api
