#include "node/membership/approvals.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::Approval;
using replication::PublicKey;
using replication::RootDocument;
using replication::Roster;

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

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

absl::Status MissingApprovals(const EntryDraft& draft, const Approvals& approvals) {
  const std::string needed = approvals.needed() == 1 ? std::string("one officer's approval")
                                                     : absl::StrCat(approvals.needed(), " officers' approvals");
  const std::string line = absl::StrCat(
      draft.doing, " needs ", needed, " and has ", approvals.all().size(),
      ": write a proposal with -o FILE, have it approved with `hansa approve`, then give the approvals with "
      "--approval FILE");
  return Refused(absl::StrCat(line, approvals.strangers()));
}

}  // namespace

absl::StatusOr<PreparedEntry> PrepareEntry(EntryDraft draft, const ApprovalSources& sources, const Roster& roster) {
  Proposal& proposal = draft.proposal;
  Approvals approvals(roster.JudgeOfNext(), draft.approvals_needed);
  HANSA_RETURN_IF_ERROR(TakeFiles(sources.files, proposal, approvals));
  HANSA_RETURN_IF_ERROR(SignWithKeys(sources.officer_key_files, proposal, approvals));
  if (!approvals.enough()) return MissingApprovals(draft, approvals);

  PreparedEntry entry{proposal.kind, proposal.record,
                      Encode(replication::RosterPayload{proposal.body, approvals.all()}),
                      InWords(proposal.kind, proposal.body), std::move(draft.slug)};
  const absl::Status judged = roster.WouldAccept(entry.kind, entry.record, entry.payload);
  if (judged.code() == absl::StatusCode::kFailedPrecondition) {
    return Refused(absl::StrCat(draft.doing, ": the roster's law forbids it: ", judged.message()));
  }
  HANSA_RETURN_IF_ERROR(judged);
  return entry;
}

}  // namespace hansa::node::membership
