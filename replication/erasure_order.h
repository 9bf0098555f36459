// An erasure order: an entry of collection 1 that names one entry of another feed, whose payload and salt are to be
// destroyed. Here: its form and its officers' approvals. Who may order what, and when it takes effect, is in
// erasure_book.h.
#ifndef HANSA_REPLICATION_ERASURE_ORDER_H_
#define HANSA_REPLICATION_ERASURE_ORDER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "replication/crypto.h"
#include "replication/entry.h"

namespace hansa::replication {

inline constexpr std::uint16_t kErasureOrderItem = 2;
inline constexpr std::uint16_t kOrderApprovalsItem = 3;
inline constexpr std::size_t kOrderApprovalsMax = 8;

// Others are kept and shown as numbers; they order like the first four.
enum class ErasureReason : std::uint16_t {
  kPersonalData = 1,
  kLaw = 2,
  kMistake = 3,
  kRights = 4,
  kLost = 5,  // nobody holds the payload any more: excuses its absence, and orders nothing
};

// One entry as it was signed: where it stands, and its hash.
struct ErasureTarget {
  FeedId feed;
  Sequence seq;
  Hash entry;
  friend auto operator<=>(const ErasureTarget&, const ErasureTarget&) = default;
};

struct OrderApproval {
  PublicKey officer;
  Signature signature;
};

struct ErasureOrder {
  ErasureTarget target;
  ErasureReason reason = ErasureReason::kPersonalData;
  // What approvals are over.
  Kind kind;
  RecordId record;
  Bytes item;  // the value of the order's item
  std::vector<OrderApproval> approvals;
};

// The order that an entry of collection 1 gives; nullopt for one that gives none: without the item or with one of
// another form, with a payload, or withdrawing a record. Approvals of another form count for nothing.
std::optional<ErasureOrder> OrderIn(const EntryHeader& header);

// What to put into an entry's extensions, in this order.
ExtItem OrderItem(const ErasureTarget& target, ErasureReason reason);
ExtItem ApprovalsItem(absl::Span<const OrderApproval> approvals);

// How many different keys of `officers` have approved the order.
std::size_t ApprovalsOf(const Crypto& crypto, const NetworkId& network, absl::Span<const PublicKey> officers,
                        const ErasureOrder& order);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ERASURE_ORDER_H_
