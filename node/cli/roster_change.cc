#include "node/cli/roster_change.h"

#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/cli/exit_code.h"
#include "node/cli/json_of.h"
#include "node/cli/text_width.h"
#include "node/membership/admission.h"
#include "node/membership/proposal.h"

namespace hansa::node::cli {

std::vector<Option> ApprovalOptions() {
  return {{.name = "--approval", .value = "FILE", .help = "an officer's approval", .repeated = true},
          {.name = "--officer-key",
           .value = "FILE",
           .help = "an officer's key to approve with; read here, not by the node",
           .repeated = true},
          {.name = "-o", .value = "PROPOSAL", .help = "write a proposal to approve, and change nothing"}};
}

std::vector<Option> WithApprovalOptions(std::vector<Option> own) {
  std::vector<Option> more = ApprovalOptions();
  own.insert(own.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return own;
}

absl::StatusOr<std::vector<std::string>> ApprovalsNamed(const Invocation& invocation) {
  std::vector<std::string> approvals;
  for (const std::string& file : invocation.values().Texts("--approval")) {
    absl::StatusOr<std::string> approval = invocation.Read(file);
    HANSA_RETURN_IF_ERROR(approval.status());
    approvals.push_back(*std::move(approval));
  }
  return approvals;
}

absl::StatusOr<std::vector<std::string>> ApprovalsAtHand(const Invocation& invocation, const ProposedChange& change,
                                                         std::size_t given) {
  std::vector<std::string> keys = invocation.values().Texts("--officer-key");
  const std::optional<std::string> folder = invocation.DataFolderIfNamed();
  if (keys.empty() && folder) keys = membership::OfficerKeysBeside(*folder);
  std::vector<std::string> approvals;
  for (const std::string& key : keys) {
    if (given + approvals.size() >= change.approvals_needed) break;
    absl::StatusOr<std::string> approval =
        membership::ApproveFile({.proposal = change.proposal, .officer_key_file = key});
    HANSA_RETURN_IF_ERROR(approval.status());
    approvals.push_back(*std::move(approval));
  }
  return approvals;
}

absl::StatusOr<int> WriteProposal(Invocation& invocation, const ProposedChange& change) {
  const std::string& path = invocation.values().Text("-o");
  HANSA_RETURN_IF_ERROR(invocation.Write(path, change.proposal));
  const words::Words words = invocation.words();
  const std::string sentence = words(change.approvals_needed == 1 ? "wrote the proposal {0}: {1}; {2} approval needed"
                                                                  : "wrote the proposal {0}: {1}; {2} approvals needed",
                                     path, Printable(words.Translated(change.words)), Grouped(change.approvals_needed));
  invocation.Report(JsonOf(WrittenFile{.form = "proposal", .path = path, .words = change.words}),
                    absl::StrCat(sentence, "\n", words("nothing was changed"), "\n"));
  return kDone;
}

}  // namespace hansa::node::cli
