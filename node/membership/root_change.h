// How the root document goes on: drawn up from what should change, and made whole from the signatures of those who
// hold root keys. Judged here in words for people, and again at every node that reads it. Pure.
// Promise: a change drawn up before the roster grew takes away the effect of no entry that has one.
#ifndef HANSA_NODE_MEMBERSHIP_ROOT_CHANGE_H_
#define HANSA_NODE_MEMBERSHIP_ROOT_CHANGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/membership/root_proposal.h"
#include "replication/feed.h"
#include "replication/roster.h"

namespace hansa::node::membership {

// What is to be otherwise in the next version; all else stays.
struct RootPlan {
  std::vector<replication::PublicKey> root_keys = {};
  std::optional<std::uint32_t> threshold = {};
  std::vector<replication::PublicKey> officer_keys = {};
  std::optional<std::uint32_t> approvals = {};
  // A takeover: this key begins a new incarnation of the roster.
  std::optional<replication::PublicKey> roster_key = {};
};

// The next version, which judges what the roster gets from here on. `roster_end` is the newest checkpoint held of the
// roster, where a takeover seals it.
//   INVALID_ARGUMENT     nothing would change, or numbers that cannot be
//   FAILED_PRECONDITION  fewer keys would have to act together than now; the new roster key was used before; or there
//                        is no roster to take over
absl::StatusOr<RootProposal> ProposeRoot(const RootPlan& plan, const replication::Roster& roster,
                                         const std::optional<replication::Checkpoint>& roster_end);

// A root document ready for RunningNode::TakeRoot.
struct PreparedRoot {
  replication::SignedRoot root;
  replication::RootDocument document;
  std::string words;  // what it changes
};

// The version that was signed, with every signature in `files` (bytes of files as SignRoot makes them).
//   INVALID_ARGUMENT     a file is not what it should be
//   ALREADY_EXISTS       it is in force
//   FAILED_PRECONDITION  signatures are missing, false, of several documents or of another network; it is not the next
//                        version; or an entry written since it was drawn up would lose its effect
//   UNIMPLEMENTED        the roster's law does not know such a change
absl::StatusOr<PreparedRoot> PrepareRoot(const std::vector<std::string>& files, const replication::Roster& roster);

// Whether `next` lets another key write the roster.
bool IsTakeover(const replication::RootDocument& before, const replication::RootDocument& next);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_ROOT_CHANGE_H_
