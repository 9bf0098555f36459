// The officers' approvals that one roster entry takes: gathered from files that they sent and from keys at hand, and
// put with its body into what the hub publishes. Whether so many are enough is judged again by the roster's law.
#ifndef HANSA_NODE_MEMBERSHIP_APPROVALS_H_
#define HANSA_NODE_MEMBERSHIP_APPROVALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/membership/proposal.h"
#include "replication/roster.h"

namespace hansa::node::membership {

struct ApprovalSources {
  std::vector<std::string> files = {};  // bytes of approval files
  // Paths; read only where approvals are missing.
  std::vector<std::string> officer_key_files = {};
};

// A roster entry ready for RunningNode::PublishRoster.
struct PreparedEntry {
  replication::Kind kind;
  replication::RecordId record;
  replication::Bytes payload;
  std::string words;  // what it does
  std::string slug;   // of whom
};

// One entry to be made.
struct EntryDraft {
  Proposal proposal;
  std::uint32_t approvals_needed = 0;
  std::string slug;   // of whom it is
  std::string doing;  // what it does to whom, as an error begins: "admitting gb-bristol as city"
};

// The entry with the approvals it needs: those of files first, then by officer keys at hand, no more than needed. A
// file binds it to the record id that it was given for.
//   FAILED_PRECONDITION  approvals are missing, are of another proposal, or are by nobody who is an officer; or the
//                        roster's law would find it void, and why
//   INVALID_ARGUMENT     a file is no approval
//   NOT_FOUND, FAILED_PRECONDITION, DATA_LOSS  an officer key that is needed cannot be read
absl::StatusOr<PreparedEntry> PrepareEntry(EntryDraft draft, const ApprovalSources& sources,
                                           const replication::Roster& roster);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_APPROVALS_H_
