// A change of the roster as commands make it on the hub: proposed, approved by officers' keys at hand or by files,
// made; or written as a proposal for officers elsewhere. No officer's key ever reaches the node.
#ifndef HANSA_NODE_CLI_ROSTER_CHANGE_H_
#define HANSA_NODE_CLI_ROSTER_CHANGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/cli/command.h"
#include "node/cli/invocation.h"
#include "replication/check.h"

namespace hansa::node::cli {

// --approval, --officer-key and -o, which every such command has.
std::vector<Option> ApprovalOptions();
std::vector<Option> WithApprovalOptions(std::vector<Option> own);

// What the hub proposes.
struct ProposedChange {
  std::string proposal;  // bytes of the file
  std::uint32_t approvals_needed = 0;
  std::string words;
};

// Contents of the files that --approval names.
absl::StatusOr<std::vector<std::string>> ApprovalsNamed(const Invocation& invocation);
// Approvals by the officers' keys at hand, as many as `given` do not suffice: by those that --officer-key names, else
// by those of officers in force that lie beside the hub's folder, where a founding leaves them.
absl::StatusOr<std::vector<std::string>> ApprovalsAtHand(const Invocation& invocation, const ProposedChange& change,
                                                         std::size_t given);
// Writes the proposal to the file that -o names, and says so.
absl::StatusOr<int> WriteProposal(Invocation& invocation, const ProposedChange& change);

// Asks for the change in the steps that it takes. `Request` has approvals and propose_only, `Reply` what a proposal is;
// `done` says what came of it and gives the exit code.
template <typename Reply, typename Request, typename Done>
absl::StatusOr<int> MakeChange(Invocation& invocation, Request request, Done done) {
  const absl::StatusOr<std::vector<std::string>> named = ApprovalsNamed(invocation);
  HANSA_RETURN_IF_ERROR(named.status());
  for (const std::string& approval : *named) request.add_approvals(approval);
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  request.set_propose_only(true);
  Reply proposed;
  HANSA_RETURN_IF_ERROR(node->Ask(request, proposed));
  if (proposed.already()) return done(invocation, proposed);
  const ProposedChange change{proposed.proposal(), proposed.approvals_needed(), proposed.words()};
  if (invocation.values().Has("-o")) return WriteProposal(invocation, change);
  const absl::StatusOr<std::vector<std::string>> approvals = ApprovalsAtHand(invocation, change, named->size());
  HANSA_RETURN_IF_ERROR(approvals.status());
  for (const std::string& approval : *approvals) request.add_approvals(approval);
  request.set_propose_only(false);
  Reply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  return done(invocation, reply);
}

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_ROSTER_CHANGE_H_
