#include "node/cli/root_plans.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/membership/init_node.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

using membership::KeyFile;
using membership::RootProposal;
using replication::PublicKey;
using replication::Seed;

constexpr char kRosterKeyFile[] = "roster.key";

PublicKey PublicKeyOf(const Seed& seed) { return replication::SodiumSigner(seed)->public_key(); }

std::vector<PublicKey> PublicKeysOf(const std::vector<KeyFile>& files) {
  std::vector<PublicKey> keys;
  keys.reserve(files.size());
  for (const KeyFile& file : files) keys.push_back(PublicKeyOf(file.seed));
  return keys;
}

// `count` keys that did not exist before, to be called `what`.
absl::StatusOr<std::vector<KeyFile>> NewKeys(const Invocation& invocation, const char* what, std::uint32_t count) {
  const std::string folder = invocation.values().Text("--out");
  if (folder.empty()) {
    return absl::InvalidArgumentError("new keys need a folder of their own; name it with --out DIR");
  }
  std::vector<Seed> seeds;
  for (std::uint32_t i = 0; i < count; ++i) seeds.push_back(RandomSeed());
  return membership::KeyFilesIn(folder, what, seeds);
}

absl::Status RenewRootKeys(const Invocation& invocation, std::uint32_t count, RootChange& change) {
  absl::StatusOr<std::vector<KeyFile>> keys = NewKeys(invocation, membership::kRootKeyFile, count);
  HANSA_RETURN_IF_ERROR(keys.status());
  change.root_keys = *std::move(keys);
  change.plan.root_keys = PublicKeysOf(change.root_keys);
  return absl::OkStatus();
}

absl::Status RenewOfficers(const Invocation& invocation, std::uint32_t count, RootChange& change) {
  absl::StatusOr<std::vector<KeyFile>> keys = NewKeys(invocation, membership::kOfficerKeyFile, count);
  HANSA_RETURN_IF_ERROR(keys.status());
  change.officer_keys = *std::move(keys);
  change.plan.officer_keys = PublicKeysOf(change.officer_keys);
  return absl::OkStatus();
}

// Where the key that is to write the roster goes: the folder of this node, unless another is named.
absl::StatusOr<std::string> RosterKeyPath(const Invocation& invocation) {
  if (invocation.values().Has("--out")) return absl::StrCat(invocation.values().Text("--out"), "/", kRosterKeyFile);
  const std::optional<std::string> folder = invocation.DataFolderIfNamed();
  if (folder) return NodePaths(*folder).roster_key;
  return absl::InvalidArgumentError(
      "the folder of the node is not known by its socket: name it with --data DIR, or another folder with --out DIR");
}

// Every key that was named must be a root key.
absl::StatusOr<std::vector<std::string>> ApprovalsBy(const std::vector<std::string>& named,
                                                     const RootProposal& proposal) {
  std::vector<std::string> approvals;
  for (const std::string& path : named) {
    absl::StatusOr<std::string> approval = membership::SignRootFile({EncodeRootProposal(proposal), path});
    if (!approval.ok()) return About(path, approval.status());
    approvals.push_back(*std::move(approval));
  }
  return approvals;
}

// Keys that lie where root keys may lie; those that are none are passed over.
absl::StatusOr<std::vector<std::string>> ApprovalsByKeysFound(const Invocation& invocation,
                                                              const RootProposal& proposal) {
  std::vector<std::string> found;
  if (const auto folder = invocation.DataFolderIfNamed()) {
    found = membership::KeysBeside(*folder, membership::kRootKeyFile);
  }
  if (invocation.values().Has("--out")) {
    const std::vector<std::string> made =
        membership::KeysIn(invocation.values().Text("--out"), membership::kRootKeyFile);
    found.insert(found.end(), made.begin(), made.end());
  }
  std::vector<std::string> approvals;
  for (const std::string& path : found) {
    const absl::StatusOr<Seed> seed = ReadKey(path);
    HANSA_RETURN_IF_ERROR(seed.status());
    const std::unique_ptr<replication::Signer> key = replication::SodiumSigner(*seed);
    if (!MaySign(proposal, key->public_key())) continue;
    absl::StatusOr<std::string> approval = SignRoot(proposal, *key);
    HANSA_RETURN_IF_ERROR(approval.status());
    approvals.push_back(*std::move(approval));
  }
  return approvals;
}

}  // namespace

std::vector<KeyFile> RootChange::keys() const {
  std::vector<KeyFile> all = root_keys;
  all.insert(all.end(), officer_keys.begin(), officer_keys.end());
  all.insert(all.end(), roster_key.begin(), roster_key.end());
  return all;
}

absl::StatusOr<RootChange> PlanToStrengthen(const Invocation& invocation, const KeyCounts&) {
  const Values& values = invocation.values();
  RootChange change;
  change.plan.threshold = values.Number("--threshold");
  change.plan.approvals = values.Number("--approvals");
  if (const auto count = values.Number("--root-keys")) {
    HANSA_RETURN_IF_ERROR(RenewRootKeys(invocation, *count, change));
  }
  if (const auto count = values.Number("--officers")) {
    HANSA_RETURN_IF_ERROR(RenewOfficers(invocation, *count, change));
  }
  return change;
}

absl::StatusOr<RootChange> PlanToRotate(const Invocation& invocation, const KeyCounts& now) {
  const Values& values = invocation.values();
  const bool both = !values.Has("--root") && !values.Has("--officers");
  RootChange change;
  if (both || values.Has("--root")) {
    HANSA_RETURN_IF_ERROR(RenewRootKeys(invocation, now.root_keys, change));
  }
  if (both || values.Has("--officers")) {
    HANSA_RETURN_IF_ERROR(RenewOfficers(invocation, now.officers, change));
  }
  return change;
}

absl::StatusOr<RootChange> PlanToTakeOver(const Invocation& invocation, const KeyCounts&) {
  const Values& values = invocation.values();
  RootChange change;
  if (values.Has("--roster-key")) {
    if (values.Has("--out")) {
      return absl::InvalidArgumentError("--roster-key and --out do not go together; give one of them");
    }
    const absl::StatusOr<replication::Seed> seed = ReadKey(values.Text("--roster-key"));
    HANSA_RETURN_IF_ERROR(seed.status());
    change.plan.roster_key = PublicKeyOf(*seed);
    return change;
  }
  const absl::StatusOr<std::string> path = RosterKeyPath(invocation);
  HANSA_RETURN_IF_ERROR(path.status());
  change.roster_key = {{*path, RandomSeed()}};
  change.plan.roster_key = PublicKeyOf(change.roster_key.front().seed);
  return change;
}

absl::StatusOr<std::vector<std::string>> ApprovalsByNewKeys(const RootChange& change, const RootProposal& proposal) {
  std::vector<std::string> approvals;
  for (const KeyFile& file : change.root_keys) {
    absl::StatusOr<std::string> approval = SignRoot(proposal, *replication::SodiumSigner(file.seed));
    HANSA_RETURN_IF_ERROR(approval.status());
    approvals.push_back(*std::move(approval));
  }
  return approvals;
}

absl::StatusOr<std::vector<std::string>> ApprovalsByKeysAtHand(const Invocation& invocation,
                                                               const RootProposal& proposal) {
  const std::vector<std::string> named = invocation.values().Texts("--key");
  return named.empty() ? ApprovalsByKeysFound(invocation, proposal) : ApprovalsBy(named, proposal);
}

absl::Status WriteNewKeys(const Invocation& invocation, const RootChange& change) {
  if (!change.keys().empty() && invocation.values().Has("--out")) {
    HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(invocation.values().Text("--out")));
  }
  return membership::WriteKeys(change.keys());
}

void RemoveNewKeys(const RootChange& change) {
  std::error_code ignored;
  for (const KeyFile& key : change.keys()) std::filesystem::remove(key.path, ignored);
}

}  // namespace hansa::node::cli
