// What all changes of the roster on the hub have in common: the roster to write to, the proposal, the entry. No gRPC.
#ifndef HANSA_NODE_API_ROSTER_CHANGE_H_
#define HANSA_NODE_API_ROSTER_CHANGE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/membership/approvals.h"
#include "node/running_node.h"

namespace hansa::v1 {
class RosterChangeReply;
}

namespace hansa::node::api {

// The roster, where this node may write to it.
//   PERMISSION_DENIED  this node does not hold the roster key
absl::StatusOr<std::shared_ptr<const replication::Roster>> RosterToWrite(const NodeView& view);

enum class Step { kPropose, kMake };

// How a change is asked for.
struct ChangeAsked {
  std::vector<std::string> approvals;  // bytes of approval files
  Step step = Step::kMake;
};

// Makes the entries one after the other, or proposes the first that needs approvals. Approvals go to the entry that
// they are of. Errors as membership::PrepareEntry and RunningNode::PublishRoster.
absl::Status Change(RunningNode& node, const std::vector<membership::EntryDraft>& drafts, const ChangeAsked& asked,
                    v1::RosterChangeReply& reply);

// Where `drafted` says that it was so before, the reply says so, and all is well.
absl::Status Already(const absl::Status& drafted, v1::RosterChangeReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_ROSTER_CHANGE_H_
