// What every feed store must hold to, whatever it stores in. Pure.
#ifndef HANSA_STORAGE_FEED_RULES_H_
#define HANSA_STORAGE_FEED_RULES_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "replication/crypto.h"
#include "replication/transfer_unit.h"
#include "storage/feed_store.h"

namespace hansa::storage {

// "feed 3f2a…" for messages.
std::string FeedName(const replication::FeedId& feed);

// INV-1: a feed is contiguous from 1 and chained.
//   FAILED_PRECONDITION  `unit` does not begin where `held` stops, or `held` has ended for good
absl::Status CheckFollows(const std::optional<HeldFeed>& held, const replication::VerifiedUnit& unit);

// `held` after `unit`, which follows it.
HeldFeed Grown(const std::optional<HeldFeed>& held, const replication::VerifiedUnit& unit);

// Counts a run of entries against the limits of a transfer unit.
class UnitMeasure {
 public:
  // Counts one entry in. False if the unit would be too large; then nothing changes.
  [[nodiscard]] bool Take(const replication::EntryHeader& header);

 private:
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
};

// A run of one feed as read back; one header for each entry.
struct StoredRun {
  replication::FeedId feed;
  replication::Sequence from;
  std::vector<replication::Entry> entries;
  std::vector<replication::EntryHeader> headers;
};

// That what was read back is what was verified once: numbered from `run.from`, chained, payloads as committed.
// Returns the hash of the last entry.
//   DATA_LOSS  it is not
absl::StatusOr<replication::Hash> CheckRun(const replication::Crypto& crypto, const StoredRun& run);

// The run as a transfer unit that ends at `end`, encoded, after CheckRun and a comparison of heads.
//   DATA_LOSS  what is stored does not chain
absl::StatusOr<replication::Bytes> EncodeRun(const replication::Crypto& crypto, StoredRun run,
                                             const replication::Checkpoint& end);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_FEED_RULES_H_
