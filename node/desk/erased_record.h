// Who had what a record said destroyed, when and why: for people who meet a record without content. An order names an
// entry and never what was in it, so that much stays to be told.
#ifndef HANSA_NODE_DESK_ERASED_RECORD_H_
#define HANSA_NODE_DESK_ERASED_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "node/projection/views.h"
#include "replication/erasure_order.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

struct ErasedBy {
  std::string member;                 // slug of whose order it is
  std::string name;                   // of that member
  std::uint64_t claimed_time_ms = 0;  // Unix milliseconds by that member's clock
  replication::ErasureReason reason = replication::ErasureReason::kPersonalData;
  friend bool operator==(const ErasedBy&, const ErasedBy&) = default;
};

// The first order that counts for this revision of a record of `author`: by the author or by the secretariat. One that
// excuses what is lost is told only where there is no other. nullopt: it is gone for another reason, or has not come.
absl::StatusOr<std::optional<ErasedBy>> WhoErased(const storage::FeedStore& feeds, const replication::Roster& roster,
                                                  replication::Member author, const projection::Revision& revision);

// "erased by order of the hub (int-uil) on 2026-05-01 09:12 UTC: it held personal data"
std::string InWords(const ErasedBy& erased);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_ERASED_RECORD_H_
