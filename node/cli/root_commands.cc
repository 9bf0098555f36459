// Who speaks for the network, and how that changes. Keys are made and used here; the node sees public keys and
// signatures only.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/root_plans.h"
#include "node/cli/root_texts.h"
#include "node/cli/text_width.h"
#include "node/membership/key_files.h"
#include "node/membership/root_change.h"
#include "node/membership/root_proposal.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

using membership::KeyFile;
using membership::RootProposal;

constexpr std::uint32_t kKeysMax = replication::kRootKeysMax;

using Plan = absl::StatusOr<RootChange> (*)(const Invocation& invocation, const KeyCounts& now);

std::vector<std::string> PathsOf(const std::vector<KeyFile>& files) {
  std::vector<std::string> paths;
  paths.reserve(files.size());
  for (const KeyFile& file : files) paths.push_back(file.path);
  return paths;
}

NewKeyFiles FilesOf(const RootChange& change) {
  return {PathsOf(change.root_keys), PathsOf(change.officer_keys),
          change.roster_key.empty() ? "" : change.roster_key.front().path};
}

v1::ProposeRootRequest RequestOf(const membership::RootPlan& plan) {
  v1::ProposeRootRequest request;
  for (const replication::PublicKey& key : plan.root_keys) request.add_root_keys(key.hex());
  for (const replication::PublicKey& key : plan.officer_keys) request.add_officer_keys(key.hex());
  request.set_threshold(plan.threshold.value_or(0));
  request.set_approvals(plan.approvals.value_or(0));
  if (plan.roster_key) request.set_roster_key(plan.roster_key->hex());
  return request;
}

// What to do with the keys that were made.
std::string KeySentences(const NewKeyFiles& keys, const words::Words& words) {
  std::string text;
  if (!keys.root_keys.empty()) {
    absl::StrAppend(&text, "  ", words("move away and keep safe: {0}", absl::StrJoin(keys.root_keys, ", ")), "\n");
  }
  if (!keys.officer_keys.empty()) {
    absl::StrAppend(&text, "  ", words("for the officers: {0}", absl::StrJoin(keys.officer_keys, ", ")), "\n");
  }
  if (!keys.roster_key.empty()) absl::StrAppend(&text, "  ", words("writes the roster: {0}", keys.roster_key), "\n");
  return text;
}

absl::StatusOr<int> Done(Invocation& invocation, const v1::TakeRootReply& reply, const NewKeyFiles& keys) {
  const words::Words words = invocation.words();
  const std::string sentence =
      reply.already()
          ? words("version {0} of the root document is in force already; nothing was changed", reply.version())
          : words("done: {0}", Printable(words.Translated(reply.words())));
  invocation.Report(JsonOf(reply, keys), absl::StrCat(sentence, "\n", KeySentences(keys, words)));
  return kDone;
}

// The node has said no, so the version before is in force still.
bool IsRefusal(const absl::Status& status) {
  return absl::IsFailedPrecondition(status) || absl::IsInvalidArgument(status) || absl::IsUnauthenticated(status) ||
         absl::IsPermissionDenied(status) || absl::IsUnimplemented(status);
}

absl::StatusOr<int> WriteProposal(Invocation& invocation, const v1::ProposeRootReply& proposed,
                                  const RootChange& change) {
  const std::string& path = invocation.values().Text("-o");
  HANSA_RETURN_IF_ERROR(WriteNewKeys(invocation, change));
  const absl::Status written = invocation.Write(path, proposed.proposal());
  if (!written.ok()) {
    RemoveNewKeys(change);
    return written;
  }
  const words::Words words = invocation.words();
  const NewKeyFiles keys = FilesOf(change);
  invocation.Report(
      JsonOf(WrittenRootProposal{path, proposed.words(), keys}),
      absl::StrCat(
          words("wrote the proposal {0}: {1}", path, Printable(words.Translated(proposed.words()))), "\n",
          KeySentences(keys, words),
          words("it needs {0} signatures by root keys of version {1}, and {2} by those of version {3}",
                proposed.signatures_now(), proposed.version() - 1, proposed.signatures_next(), proposed.version()),
          "\n", words("nothing was changed"), "\n"));
  return kDone;
}

absl::Status AddApprovals(const absl::StatusOr<std::vector<std::string>>& approvals, v1::TakeRootRequest& request) {
  HANSA_RETURN_IF_ERROR(approvals.status());
  for (const std::string& approval : *approvals) request.add_approvals(approval);
  return absl::OkStatus();
}

// First judged, then the keys are written, then it is put in force: a refusal leaves no file, and no key of a version
// in force is ever lost.
absl::StatusOr<int> PutInForce(Invocation& invocation, NodeClient& node, v1::TakeRootRequest& request,
                               const RootChange& change) {
  v1::TakeRootReply reply;
  request.set_judge_only(true);
  HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
  HANSA_RETURN_IF_ERROR(WriteNewKeys(invocation, change));
  request.set_judge_only(false);
  const absl::Status taken = node.Ask(request, reply);
  if (taken.ok()) return Done(invocation, reply, FilesOf(change));
  if (IsRefusal(taken)) RemoveNewKeys(change);
  if (IsRefusal(taken) || change.keys().empty()) return taken;
  return absl::Status(taken.code(), absl::StrCat(taken.message(),
                                                 "; keep the new keys until `hansa root show` says "
                                                 "which version is in force"));
}

absl::StatusOr<v1::GetRootReply> AskRoot(NodeClient& node) {
  v1::GetRootReply root;
  HANSA_RETURN_IF_ERROR(node.Ask(v1::GetRootRequest(), root));
  if (root.versions().empty()) return absl::InternalError("the node knows no root document; start it again");
  return root;
}

absl::StatusOr<int> Begin(Invocation& invocation, Plan plan) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const absl::StatusOr<v1::GetRootReply> root = AskRoot(*node);
  HANSA_RETURN_IF_ERROR(root.status());
  const v1::RootVersion& now = *root->versions().rbegin();
  const absl::StatusOr<RootChange> change = plan(invocation, {static_cast<std::uint32_t>(now.root_keys_size()),
                                                              static_cast<std::uint32_t>(now.officer_keys_size())});
  HANSA_RETURN_IF_ERROR(change.status());
  HANSA_RETURN_IF_ERROR(membership::CheckNoneThere(change->keys()));
  v1::ProposeRootReply proposed;
  HANSA_RETURN_IF_ERROR(node->Ask(RequestOf(change->plan), proposed));
  if (invocation.values().Has("-o")) return WriteProposal(invocation, proposed, *change);
  const absl::StatusOr<RootProposal> proposal = membership::DecodeRootProposal(proposed.proposal());
  HANSA_RETURN_IF_ERROR(proposal.status());
  v1::TakeRootRequest request;
  HANSA_RETURN_IF_ERROR(AddApprovals(ApprovalsByNewKeys(*change, *proposal), request));
  HANSA_RETURN_IF_ERROR(AddApprovals(ApprovalsByKeysAtHand(invocation, *proposal), request));
  return PutInForce(invocation, *node, request, *change);
}

absl::StatusOr<replication::RootChain> ChainOf(const v1::GetRootReply& root) {
  std::vector<replication::SignedRoot> documents;
  for (const v1::RootVersion& version : root.versions()) {
    absl::StatusOr<replication::SignedRoot> document = replication::DecodeSignedRoot(version.document());
    HANSA_RETURN_IF_ERROR(document.status());
    documents.push_back(*std::move(document));
  }
  absl::StatusOr<replication::RootChain> chain =
      replication::RootChain::Begin(replication::SodiumCrypto(), std::move(documents.front()));
  HANSA_RETURN_IF_ERROR(chain.status());
  for (std::size_t i = 1; i < documents.size(); ++i) {
    HANSA_RETURN_IF_ERROR(chain->Append(replication::SodiumCrypto(), std::move(documents[i])));
  }
  return chain;
}

enum class Roster { kStays, kTakenOver };

// The command is the one that the approvals are for.
absl::Status CheckAsked(const Values& values, Roster roster, const RootProposal& proposal) {
  const replication::RootDocument& next = proposal.next;
  const bool is_takeover = membership::IsTakeover(proposal.chain.newest(), next);
  if (is_takeover && roster == Roster::kStays) {
    return absl::InvalidArgumentError("the approvals are for `hansa root takeover`");
  }
  if (!is_takeover && roster == Roster::kTakenOver) {
    return absl::InvalidArgumentError("the approvals are for `hansa root strengthen` or `hansa root rotate`");
  }
  const struct {
    const char* option;
    std::size_t signed_for;
  } numbers[] = {{"--root-keys", next.root_keys.size()},
                 {"--threshold", next.threshold},
                 {"--officers", next.officer_keys.size()},
                 {"--approvals", next.approvals}};
  for (const auto& number : numbers) {
    const auto asked = values.Number(number.option);
    if (!asked || *asked == number.signed_for) continue;
    return absl::InvalidArgumentError(absl::StrCat(number.option, " is ", *asked, ", and ", number.signed_for,
                                                   " was approved; leave it out, or draw up another proposal"));
  }
  return absl::OkStatus();
}

// With approvals the document is there already: they hold it.
absl::StatusOr<int> Complete(Invocation& invocation, Roster roster) {
  const Values& values = invocation.values();
  if (values.Has("-o")) {
    return absl::InvalidArgumentError("-o and --approval do not go together; give one of them");
  }
  v1::TakeRootRequest request;
  std::vector<membership::RootSignatures> files;
  for (const std::string& file : values.Texts("--approval")) {
    const absl::StatusOr<std::string> bytes = invocation.Read(file);
    HANSA_RETURN_IF_ERROR(bytes.status());
    absl::StatusOr<membership::RootSignatures> approval = membership::DecodeRootSignatures(*bytes);
    if (!approval.ok()) return About(NameOf(file), approval.status());
    files.push_back(*std::move(approval));
    request.add_approvals(*bytes);
  }
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const absl::StatusOr<v1::GetRootReply> root = AskRoot(*node);
  HANSA_RETURN_IF_ERROR(root.status());
  absl::StatusOr<replication::RootChain> chain = ChainOf(*root);
  HANSA_RETURN_IF_ERROR(chain.status());
  // Where it does not follow, the node says why.
  if (const auto proposal = membership::RootProposalOf(*std::move(chain), files.front().body); proposal.ok()) {
    HANSA_RETURN_IF_ERROR(CheckAsked(values, roster, *proposal));
    HANSA_RETURN_IF_ERROR(AddApprovals(ApprovalsByKeysAtHand(invocation, *proposal), request));
  }
  return PutInForce(invocation, *node, request, {});
}

absl::StatusOr<int> Strengthen(Invocation& invocation) {
  return invocation.values().Has("--approval") ? Complete(invocation, Roster::kStays)
                                               : Begin(invocation, PlanToStrengthen);
}

absl::StatusOr<int> Rotate(Invocation& invocation) {
  return invocation.values().Has("--approval") ? Complete(invocation, Roster::kStays) : Begin(invocation, PlanToRotate);
}

absl::StatusOr<int> TakeOver(Invocation& invocation) {
  return invocation.values().Has("--approval") ? Complete(invocation, Roster::kTakenOver)
                                               : Begin(invocation, PlanToTakeOver);
}

absl::StatusOr<int> Show(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const absl::StatusOr<v1::GetRootReply> root = AskRoot(*node);
  HANSA_RETURN_IF_ERROR(root.status());
  invocation.Show(JsonOf(*root), TextOf(*root, invocation.layout()));
  return kDone;
}

Option KeyCount(const char* name, const char* help) {
  return {.name = name, .value = "N", .help = help, .number = NumberRange{1, kKeysMax}};
}

// What every change can be given, after `own`.
std::vector<Option> WithApprovals(std::vector<Option> own) {
  own.push_back({.name = "--key",
                 .value = "FILE",
                 .help = "a root key to sign with; read here, not by the node",
                 .repeated = true});
  own.push_back({.name = "--approval", .value = "FILE", .help = "a root key's approval", .repeated = true});
  own.push_back({.name = "-o", .value = "PROPOSAL", .help = "write a proposal to approve, and change nothing"});
  return own;
}

}  // namespace

std::vector<Command> RootCommands() {
  return {
      {.name = "root show",
       .summary = "who speaks for the network: root keys, officers, and the key that writes the roster",
       .example = "hansa root show --json",
       .run = Show},
      {.name = "root strengthen",
       .summary = "let more keys speak for the network together (the secretariat, on the hub)",
       .details = "Makes new root keys and new officers' keys in DIR, in place of those there are; what is not named "
                  "stays. The root keys in force sign it, and so do the new ones: with all at hand (named, beside the "
                  "hub's folder, or just made) it is one command. Otherwise write a proposal with -o, have it approved "
                  "by `hansa approve`, and give the same command the approvals.",
       .example = "hansa root strengthen --root-keys 3 --threshold 2 --officers 3 --approvals 2 --out new-keys",
       .options = WithApprovals({KeyCount("--root-keys", "new root keys to make"),
                                 KeyCount("--threshold", "root keys that must sign together"),
                                 KeyCount("--officers", "new officers' keys to make"),
                                 KeyCount("--approvals", "officers who must approve together"),
                                 {.name = "--out", .value = "DIR", .help = "folder to make the new keys in"}}),
       .run = Strengthen},
      {.name = "root rotate",
       .summary = "replace the root keys or the officers' keys by as many new ones (the secretariat, on the hub)",
       .details =
           "Without --root and --officers it replaces both. It is signed and approved as `hansa root strengthen` "
           "says.",
       .example = "hansa root rotate --officers --out new-keys --key root.key",
       .options = WithApprovals({{.name = "--root", .help = "replace the root keys"},
                                 {.name = "--officers", .help = "replace the officers' keys"},
                                 {.name = "--out", .value = "DIR", .help = "folder to make the new keys in"}}),
       .run = Rotate},
      {.name = "root takeover",
       .summary = "let this node write the roster from now on, where the hub or its key is lost",
       .details = "Makes a new roster key in this node's folder and ends the old roster where this node holds it: what "
                  "the old key wrote beyond that is void, so wait until the node is up to date. It is signed and "
                  "approved as `hansa root strengthen` says. The node must be started again to use the key.",
       .example = "hansa root takeover --key root.key --data second-hub",
       .options = WithApprovals(
           {{.name = "--roster-key", .value = "FILE", .help = "a new roster key that is there already"},
            {.name = "--out", .value = "DIR", .help = "folder to make the roster key in, instead of the node's own"}}),
       .run = TakeOver},
  };
}

}  // namespace hansa::node::cli
