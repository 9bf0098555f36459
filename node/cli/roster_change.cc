#include "node/cli/roster_change.h"

#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/exit_code.h"
#include "node/cli/json_of.h"
#include "node/cli/text_width.h"
#include "node/membership/admission.h"
#include "node/membership/proposal.h"
#include "node/node_folder.h"
#include "replication/crypto.h"

namespace hansa::node::cli {
namespace {

// Whether the key in `file` is not one of `officers`, public keys in hex. One that cannot be read may well be theirs.
bool IsNobodys(const std::string& file, const std::set<std::string>& officers) {
  const absl::StatusOr<replication::Seed> seed = ReadKey(file);
  return seed.ok() && !officers.contains(replication::SodiumSigner(*seed)->public_key().hex());
}

// Of the keys that lie beside the hub's folder, those of the officers in force: one that was an officer's once, or
// another network's, approves nothing.
absl::StatusOr<std::vector<std::string>> OfficersBeside(const Invocation& invocation) {
  const std::optional<std::string> folder = invocation.DataFolderIfNamed();
  if (!folder) return std::vector<std::string>();
  std::vector<std::string> keys = membership::OfficerKeysBeside(*folder);
  if (keys.empty()) return keys;
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetRootReply root;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::GetRootRequest(), root));
  if (root.versions().empty()) return keys;
  const auto& in_force = root.versions(root.versions_size() - 1).officer_keys();
  const std::set<std::string> officers(in_force.begin(), in_force.end());
  std::erase_if(keys, [&](const std::string& file) { return IsNobodys(file, officers); });
  return keys;
}

}  // namespace

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
  if (keys.empty()) {
    absl::StatusOr<std::vector<std::string>> beside = OfficersBeside(invocation);
    HANSA_RETURN_IF_ERROR(beside.status());
    keys = *std::move(beside);
  }
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
