// The desk for erasing: orders that what a record holds be destroyed at every node, each of its revisions. By the node
// that wrote it, or by one of the secretariat. Promise: an order names an entry by its hash and says nothing of what
// was in it; asking twice orders once.
#ifndef HANSA_NODE_DESK_ERASURE_DESK_H_
#define HANSA_NODE_DESK_ERASURE_DESK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/membership/erasure_item.h"
#include "node/membership/proposal.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

struct EraseRequest {
  std::string id;  // 6 to 32 hex digits
  replication::ErasureReason reason = replication::ErasureReason::kPersonalData;
  std::vector<std::string> approvals = {};  // bytes of approval files, for any of its entries
};

// One entry of the record that was published with something in it; where the reason is that it is lost, one of which
// that is not here.
struct EntryToErase {
  std::uint64_t revision = 0;  // from 1
  replication::Sequence seq;   // in the author's feed
  membership::ErasureItem item;
  membership::Proposal proposal;                 // what officers may approve
  std::vector<replication::Approval> approvals;  // valid ones that were given, by different officers
  bool already = false;                          // ordered before by this member
  absl::Duration hold;                           // zero: destroyed at once wherever the order arrives
  std::optional<replication::Sequence> order;    // in this member's feed, once it is signed
};

struct Erasure {
  projection::RecordKey record;
  std::string member;  // slug of the author
  replication::ErasureReason reason = replication::ErasureReason::kPersonalData;
  std::vector<EntryToErase> entries;   // ascending by revision, at least one
  std::uint32_t approvals_needed = 0;  // of one entry, for which it is destroyed at once
  std::vector<std::string> held_by;    // slugs of others known to hold the orders
  bool queued = false;                 // not signed yet: they wait until this node may sign
};

// Not thread-safe; made for one act. Calls block on disk and on the node.
class ErasureDesk {
 public:
  // All must outlive the desk.
  ErasureDesk(RunningNode& node, const projection::Views& views) : node_(node), views_(views) {}

  // What would be ordered; nothing is signed.
  //   INVALID_ARGUMENT     the id is not 6 to 32 hex digits, or several records begin so; an approval cannot be read
  //   NOT_FOUND            no record begins so
  //   FAILED_PRECONDITION  it is another member's and this is no node of the secretariat; nothing of it can be
  //                        erased; it is an order itself; this node may not sign; an approval is of something else
  absl::StatusOr<Erasure> Propose(const EraseRequest& request) const;
  // Signs what is not ordered yet, or is approved now, as one batch. Errors also as RunningNode::Publish.
  absl::StatusOr<Erasure> Order(const EraseRequest& request);

 private:
  RunningNode& node_;
  const projection::Views& views_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_ERASURE_DESK_H_
