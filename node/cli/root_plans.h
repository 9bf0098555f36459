// A change of the root document as it is asked for on the command line, and the keys made for it. Keys are made and
// used here alone: the node is told public keys and signatures.
#ifndef HANSA_NODE_CLI_ROOT_PLANS_H_
#define HANSA_NODE_CLI_ROOT_PLANS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/cli/invocation.h"
#include "node/membership/key_files.h"
#include "node/membership/root_change.h"

namespace hansa::node::cli {

// What is to be otherwise. The keys are in no file before WriteNewKeys.
struct RootChange {
  membership::RootPlan plan = {};
  std::vector<membership::KeyFile> root_keys = {};
  std::vector<membership::KeyFile> officer_keys = {};
  std::vector<membership::KeyFile> roster_key = {};  // one, or none

  std::vector<membership::KeyFile> keys() const;
};

// How many keys there are now.
struct KeyCounts {
  std::uint32_t root_keys = 0;
  std::uint32_t officers = 0;
};

// By --root-keys, --threshold, --officers, --approvals; by --root and --officers; by --roster-key.
//   INVALID_ARGUMENT  no folder for new keys is named
absl::StatusOr<RootChange> PlanToStrengthen(const Invocation& invocation, const KeyCounts& now);
absl::StatusOr<RootChange> PlanToRotate(const Invocation& invocation, const KeyCounts& now);
// Also NOT_FOUND, FAILED_PRECONDITION, DATA_LOSS as ReadKey.
absl::StatusOr<RootChange> PlanToTakeOver(const Invocation& invocation, const KeyCounts& now);

// An approval of `proposal` by each new root key, as a file holds it.
absl::StatusOr<std::vector<std::string>> ApprovalsByNewKeys(const RootChange& change,
                                                            const membership::RootProposal& proposal);
// The same by the root keys at hand: those named with --key; else those that a founding left beside the hub's folder,
// and those in --out.
//   FAILED_PRECONDITION  one that was named is no root key; the others are passed over where they are none
//   Others as ReadKey.
absl::StatusOr<std::vector<std::string>> ApprovalsByKeysAtHand(const Invocation& invocation,
                                                               const membership::RootProposal& proposal);

// Makes the files, and the folder of --out where it is not there; all, or none.
absl::Status WriteNewKeys(const Invocation& invocation, const RootChange& change);
void RemoveNewKeys(const RootChange& change);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_ROOT_PLANS_H_
