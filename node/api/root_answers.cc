#include <optional>
#include <string>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/membership/root_change.h"
#include "node/membership/root_proposal.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

using replication::PublicKey;
using replication::RootDocument;
using replication::Roster;
using replication::SignedRoot;
using Keys = google::protobuf::RepeatedPtrField<std::string>;

absl::Status Put(const SignedRoot& root, v1::RootVersion& out) {
  const absl::StatusOr<RootDocument> document = replication::DecodeRootBody(root.body);
  HANSA_RETURN_IF_ERROR(document.status());
  out.set_version(document->version);
  for (const PublicKey& key : document->root_keys) out.add_root_keys(key.hex());
  out.set_threshold(document->threshold);
  for (const PublicKey& key : document->officer_keys) out.add_officer_keys(key.hex());
  out.set_approvals(document->approvals);
  out.set_roster_incarnation(document->roster_incarnation.value());
  out.set_roster_key(document->roster_writer.hex());
  out.set_from_length(document->from_len.value());
  if (document->previous_roster) {
    out.set_previous_roster_length(document->previous_roster->len.value());
    out.set_previous_roster_head(document->previous_roster->head.hex());
  }
  out.set_document(EncodeSignedRoot(root));
  return absl::OkStatus();
}

absl::StatusOr<PublicKey> KeyOf(const std::string& hex) {
  const std::optional<PublicKey> key = PublicKey::FromHexText(hex);
  if (key) return *key;
  return absl::InvalidArgumentError("a public key is not 64 hex digits");
}

absl::StatusOr<std::vector<PublicKey>> KeysOf(const Keys& texts) {
  std::vector<PublicKey> keys;
  for (const std::string& text : texts) {
    const absl::StatusOr<PublicKey> key = KeyOf(text);
    HANSA_RETURN_IF_ERROR(key.status());
    keys.push_back(*key);
  }
  return keys;
}

absl::StatusOr<membership::RootPlan> PlanOf(const v1::ProposeRootRequest& request) {
  membership::RootPlan plan;
  absl::StatusOr<std::vector<PublicKey>> root_keys = KeysOf(request.root_keys());
  HANSA_RETURN_IF_ERROR(root_keys.status());
  absl::StatusOr<std::vector<PublicKey>> officer_keys = KeysOf(request.officer_keys());
  HANSA_RETURN_IF_ERROR(officer_keys.status());
  plan.root_keys = *std::move(root_keys);
  plan.officer_keys = *std::move(officer_keys);
  if (request.threshold() != 0) plan.threshold = request.threshold();
  if (request.approvals() != 0) plan.approvals = request.approvals();
  if (request.roster_key().empty()) return plan;
  const absl::StatusOr<PublicKey> roster_key = KeyOf(request.roster_key());
  HANSA_RETURN_IF_ERROR(roster_key.status());
  plan.roster_key = *roster_key;
  return plan;
}

// The roster's newest checkpoint on the disk; nullopt while nothing of it is held.
absl::StatusOr<std::optional<replication::Checkpoint>> EndOf(const RunningNode& node, const Roster& roster) {
  const absl::StatusOr<storage::HeldFeed> held = node.feeds().Feed(roster.feed());
  if (absl::IsNotFound(held.status())) return std::optional<replication::Checkpoint>();
  HANSA_RETURN_IF_ERROR(held.status());
  return std::optional<replication::Checkpoint>(held->newest);
}

absl::Status CheckThere(const NodeView& view) {
  if (view.roster != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError("the list of members has not arrived yet");
}

// A root document says from which entry on it counts, so that one over a list whose end is still to come would undo
// that.
absl::Status CheckIsBack(const NodeView& view) {
  if (!view.list_signed_to) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("this node's disk has lost the end of the list of members: ", view.roster->position().len.value(),
                   " of ", *view.list_signed_to,
                   " entries are here; wait until the rest is back, as hansa status says, or take "
                   "over at another node of the secretariat"));
}

// Whose officers judge which entry is for the node to say that writes the entries; only a takeover does without it.
absl::Status CheckWritesRoster(const NodeView& view) {
  if (view.is_hub) return absl::OkStatus();
  return absl::PermissionDeniedError(
      "this node does not hold the roster key; ask on the hub, with --data naming its folder");
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::GetRootRequest&, v1::GetRootReply& reply) {
  const NodeView view = parts.node.View();
  HANSA_RETURN_IF_ERROR(CheckThere(view));
  reply.set_network_id(view.roster->network().hex());
  reply.set_network(view.network);
  reply.set_roster_length(view.roster->position().len.value());
  reply.set_is_hub(view.is_hub);
  for (const SignedRoot& root : membership::VersionsOf(view.roster->root())) {
    HANSA_RETURN_IF_ERROR(Put(root, *reply.add_versions()));
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ProposeRootRequest& request, v1::ProposeRootReply& reply) {
  const NodeView view = parts.node.View();
  HANSA_RETURN_IF_ERROR(CheckThere(view));
  HANSA_RETURN_IF_ERROR(CheckIsBack(view));
  const absl::StatusOr<membership::RootPlan> plan = PlanOf(request);
  HANSA_RETURN_IF_ERROR(plan.status());
  if (!plan->roster_key) HANSA_RETURN_IF_ERROR(CheckWritesRoster(view));
  const auto end = EndOf(parts.node, *view.roster);
  HANSA_RETURN_IF_ERROR(end.status());
  const absl::StatusOr<membership::RootProposal> proposal = membership::ProposeRoot(*plan, *view.roster, *end);
  HANSA_RETURN_IF_ERROR(proposal.status());
  reply.set_proposal(EncodeRootProposal(*proposal));
  reply.set_words(InWords(*proposal));
  reply.set_version(proposal->next.version);
  reply.set_signatures_now(proposal->chain.newest().threshold);
  reply.set_signatures_next(proposal->next.threshold);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::TakeRootRequest& request, v1::TakeRootReply& reply) {
  const NodeView view = parts.node.View();
  HANSA_RETURN_IF_ERROR(CheckThere(view));
  HANSA_RETURN_IF_ERROR(CheckIsBack(view));
  const std::vector<std::string> files(request.approvals().begin(), request.approvals().end());
  const absl::StatusOr<membership::PreparedRoot> root = membership::PrepareRoot(files, *view.roster);
  if (absl::IsAlreadyExists(root.status())) {
    reply.set_version(membership::DecodeRootSignatures(files.front())->document.version);
    reply.set_already(true);
    return absl::OkStatus();
  }
  HANSA_RETURN_IF_ERROR(root.status());
  if (!membership::IsTakeover(view.roster->root().newest(), root->document)) {
    HANSA_RETURN_IF_ERROR(CheckWritesRoster(view));
  }
  reply.set_version(root->document.version);
  reply.set_words(root->words);
  return request.judge_only() ? absl::OkStatus() : parts.node.TakeRoot(root->root);
}

}  // namespace hansa::node::api
