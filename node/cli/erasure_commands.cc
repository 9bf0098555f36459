// Erasing what was published.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/member_life_texts.h"
#include "node/cli/roster_change.h"
#include "node/cli/text_width.h"
#include "node/membership/proposal.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

// The file of proposal `number` of `count`: "erase.json" is "erase-2.json" where there are several.
std::string PathOf(const std::string& path, std::size_t number, std::size_t count) {
  if (count == 1) return path;
  const std::size_t name = path.find_last_of('/') == std::string::npos ? 0 : path.find_last_of('/') + 1;
  const std::size_t dot = path.find_last_of('.');
  const std::size_t at = dot == std::string::npos || dot <= name ? path.size() : dot;
  return absl::StrCat(path.substr(0, at), "-", number, path.substr(at));
}

absl::StatusOr<int> WriteProposals(Invocation& invocation, const v1::EraseRecordReply& proposed) {
  const words::Words words = invocation.words();
  const auto count = static_cast<std::size_t>(proposed.entries_size());
  std::vector<std::string> paths;
  std::string text;
  for (const v1::ErasedEntry& entry : proposed.entries()) {
    paths.push_back(PathOf(invocation.values().Text("-o"), paths.size() + 1, count));
    HANSA_RETURN_IF_ERROR(invocation.Write(paths.back(), entry.proposal()));
    const absl::StatusOr<membership::Proposal> proposal = membership::DecodeProposal(entry.proposal());
    HANSA_RETURN_IF_ERROR(proposal.status());
    const std::string what = words.Translated(membership::InWords(proposal->kind, proposal->body));
    const std::uint32_t needed = proposed.approvals_needed();
    absl::StrAppend(&text,
                    words(needed == 1 ? "wrote the proposal {0}: {1}; {2} approval needed"
                                      : "wrote the proposal {0}: {1}; {2} approvals needed",
                          paths.back(), Printable(what), needed),
                    "\n");
  }
  absl::StrAppend(&text, words("nothing was changed"), "\n");
  invocation.Report(JsonOf(proposed, paths), text);
  return kDone;
}

// Approvals of every entry by the officers' keys that were named. Those that lie about are not used: a record that is
// destroyed at once cannot be brought back.
absl::Status ApproveWithKeys(const Invocation& invocation, const v1::EraseRecordReply& proposed,
                             v1::EraseRecordRequest& request) {
  for (const std::string& key : invocation.values().Texts("--officer-key")) {
    for (const v1::ErasedEntry& entry : proposed.entries()) {
      const absl::StatusOr<std::string> approval =
          membership::ApproveFile({.proposal = entry.proposal(), .officer_key_file = key});
      HANSA_RETURN_IF_ERROR(approval.status());
      request.add_approvals(*approval);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<int> Erase(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::EraseRecordRequest request;
  request.set_id(values.Text("ID"));
  request.set_reason(values.Text("--reason"));
  const absl::StatusOr<std::vector<std::string>> approvals = ApprovalsNamed(invocation);
  HANSA_RETURN_IF_ERROR(approvals.status());
  for (const std::string& approval : *approvals) request.add_approvals(approval);
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  if (values.Has("-o") || values.Has("--officer-key")) {
    request.set_propose_only(true);
    v1::EraseRecordReply proposed;
    HANSA_RETURN_IF_ERROR(node->Ask(request, proposed));
    if (values.Has("-o")) return WriteProposals(invocation, proposed);
    HANSA_RETURN_IF_ERROR(ApproveWithKeys(invocation, proposed, request));
    request.set_propose_only(false);
  }
  v1::EraseRecordReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Report(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> ErasureCommands() {
  return {
      {.name = "erase",
       .summary = "order that what a record holds be destroyed at every node, every revision of it",
       .details =
           "By the member that published it, or by the secretariat. It is hidden at once wherever the order arrives, "
           "and destroyed there after 14 days of running (by its author) or 72 hours (by the secretariat); at once "
           "when both have ordered it, or with officers' approvals. That there was such a record, and this order, "
           "stay to be seen. For the reason lost, which the secretariat alone gives, nothing is destroyed: nobody "
           "holds it any more. To correct a mistake others may read, revise or withdraw the record instead. With -o "
           "and several revisions each gets a proposal of its own, numbered.",
       .example = "hansa erase 8d1366908b71 --reason personal-data",
       .arguments = {{"ID", "record of any kind, or its first 6 digits and more"}},
       .options = WithApprovalOptions({{.name = "--reason",
                                        .value = "REASON",
                                        .help = "personal-data, law, mistake, rights or lost",
                                        .need = Need::kRequired}}),
       .run = Erase}};
}

}  // namespace hansa::node::cli
