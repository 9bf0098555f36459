// A bundle: what was signed, in a file that somebody without a node can check with the charter alone. It holds frames
// of the protocol: root documents, the roster, then units of feeds, and is read by the same verifiers as a stream from
// a peer. Promise: what a bundle gives was signed by the members it names; nothing else in it has any effect.
#ifndef HANSA_NODE_BUNDLE_BUNDLE_H_
#define HANSA_NODE_BUNDLE_BUNDLE_H_

#include <memory>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/charter.h"
#include "replication/roster.h"
#include "storage/feed_store.h"
#include "storage/memory_store.h"

namespace hansa::v1 {
class VerifyPartnershipReply;
}

namespace hansa::node::bundle {

// Greatest size of a bundle, in bytes.
inline constexpr std::size_t kBundleBytesMax = 64 * 1024 * 1024;

// The whole roster and `feeds` as they are held.
//   RESOURCE_EXHAUSTED  it would be larger than kBundleBytesMax
//   DATA_LOSS           a feed is damaged
absl::StatusOr<std::string> WriteBundle(const storage::FeedStore& feeds, const replication::Roster& roster,
                                        const std::set<replication::FeedId>& wanted);

// What a bundle held, verified.
struct Bundle {
  replication::Roster roster;
  std::unique_ptr<storage::MemoryFeedStore> feeds;  // the roster's own feed is not among them
};

// Reads and verifies everything; the first fault ends it.
//   INVALID_ARGUMENT   it is no bundle, or cut, or too large
//   UNAUTHENTICATED    something in it was not signed as it says; of another network than the charter's
absl::StatusOr<Bundle> ReadBundle(const Charter& charter, absl::string_view bytes);

// Checks a partnership of a bundle. `id` is its beginning, 6 hex digits and more; empty: the only one there is.
//   NOT_FOUND  there is no such partnership in it
absl::Status VerifyBundledPartnership(const Charter& charter, absl::string_view bytes, absl::string_view id,
                                      v1::VerifyPartnershipReply& reply);

}  // namespace hansa::node::bundle

#endif  // HANSA_NODE_BUNDLE_BUNDLE_H_
