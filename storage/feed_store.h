// Where feeds rest: an interface in our words. RocksDB stands behind one implementation, memory behind the other; both
// pass the same tests. Promise P1: what Append acknowledged survives kill -9 and a power cut.
#ifndef HANSA_STORAGE_FEED_STORE_H_
#define HANSA_STORAGE_FEED_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "replication/transfer_unit.h"

namespace hansa::storage {

// One feed as held: how long, what its newest checkpoint says, who writes it.
struct HeldFeed {
  replication::FeedId feed;
  replication::FeedAuthor author;  // as it was when the feed was first stored; length_max is not kept up to date
  replication::Checkpoint newest;  // its len and head are the feed's
  std::uint64_t bytes = 0;         // Σ counted bytes of its entries (headers, extensions, salts, payloads)

  bool ended = false;  // its last entry carries end_of_feed

  replication::FeedTail tail() const { return {newest.len, newest.head, ended}; }
  friend bool operator==(const HeldFeed&, const HeldFeed&) = default;
};

struct StoredEntry {
  replication::Sequence seq;
  replication::Entry entry;
};

// Thread-safe. Every method may block on disk: never call one from a gRPC reaction or from the replication thread.
class FeedStore {
 public:
  virtual ~FeedStore() = default;

  // Appends all units or none, in one synced write. Units of one feed follow each other. When this returns OK they
  // survive a power cut.
  //   FAILED_PRECONDITION  a unit does not follow what is stored; nothing was written
  //   RESOURCE_EXHAUSTED   the disk is full; nothing was written
  //   DATA_LOSS            the store is damaged; do not retry
  virtual absl::Status Append(absl::Span<const replication::VerifiedUnit> units) = 0;

  // Removes these feeds, all of each, in one synced write; those not held are left out. Afterwards they are as if they
  // had never been here, and may come again from their first entry on.
  //   RESOURCE_EXHAUSTED, DATA_LOSS  as Append
  virtual absl::Status Drop(absl::Span<const replication::FeedId> feeds) = 0;

  // Every feed with at least one entry, ascending by feed id.
  virtual absl::StatusOr<std::vector<HeldFeed>> Feeds() const = 0;
  //   NOT_FOUND  no entry of it is held
  virtual absl::StatusOr<HeldFeed> Feed(const replication::FeedId& feed) const = 0;

  // The longest unit that begins at `from`, ends at a stored checkpoint and keeps to the limits of a transfer unit,
  // encoded as it travels.
  //   NOT_FOUND   the feed is shorter than `from`, or unknown
  //   DATA_LOSS   what is stored does not chain
  virtual absl::StatusOr<replication::Bytes> ReadUnit(const replication::FeedId& feed,
                                                      replication::Sequence from) const = 0;

  // Up to `count_max` entries from `from` on, in order; empty at the end. Also NOT_FOUND for an unknown feed.
  virtual absl::StatusOr<std::vector<StoredEntry>> ReadEntries(const replication::FeedId& feed,
                                                               replication::Sequence from,
                                                               std::size_t count_max) const = 0;

  // All checkpoints kept of a feed, ascending by length.
  virtual absl::StatusOr<std::vector<replication::Checkpoint>> Checkpoints(const replication::FeedId& feed) const = 0;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_FEED_STORE_H_
