// Orders to erase, as people name them and officers approve them. Their form is the core's (erasure_order.h); who may
// order what, and when it takes effect, is the protocol's to decide.
#ifndef HANSA_NODE_MEMBERSHIP_ERASURE_ITEM_H_
#define HANSA_NODE_MEMBERSHIP_ERASURE_ITEM_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/erasure_order.h"
#include "replication/roster_messages.h"

namespace hansa::node::membership {

// "personal-data", "law", "mistake", "rights", "lost"; the number for another.
std::string ErasureReasonName(replication::ErasureReason reason);
// nullopt for anything else.
std::optional<replication::ErasureReason> ErasureReasonNamed(absl::string_view name);

// One entry whose payload and salt are to be destroyed, and why.
struct ErasureItem {
  replication::ErasureTarget target;
  replication::ErasureReason reason = replication::ErasureReason::kPersonalData;
  friend bool operator==(const ErasureItem&, const ErasureItem&) = default;
};

// The value of the order's extension: what approvals are over.
replication::Bytes Encode(const ErasureItem& item);
//   INVALID_ARGUMENT  not that
absl::StatusOr<ErasureItem> DecodeErasureItem(replication::BytesView value);

// The extensions of an entry that orders `item`; at most kOrderApprovalsMax approvals.
std::vector<replication::ExtItem> ErasureExtensions(const ErasureItem& item,
                                                    const std::vector<replication::Approval>& approvals);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_ERASURE_ITEM_H_
