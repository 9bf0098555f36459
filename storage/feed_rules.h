// What every feed store must hold to, whatever it stores in. Pure.
#ifndef HANSA_STORAGE_FEED_RULES_H_
#define HANSA_STORAGE_FEED_RULES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "replication/crypto.h"
#include "replication/transfer_unit.h"
#include "storage/feed_store.h"

namespace hansa::storage {

// "feed 3f2a…" for messages.
std::string FeedName(const replication::FeedId& feed);

// DATA_LOSS about one entry, and what to do.
absl::Status DamagedEntry(const replication::FeedId& feed, std::uint64_t seq, absl::string_view what);

// INV-1: a feed is contiguous from 1 and chained.
//   FAILED_PRECONDITION  `unit` does not begin where `held` stops, or `held` has ended for good
absl::Status CheckFollows(const std::optional<HeldFeed>& held, const replication::VerifiedUnit& unit);

// That `held` has an entry `seq`.
//   NOT_FOUND  it has not
absl::Status CheckHolds(const HeldFeed& held, replication::Sequence seq);

// `held` after `unit`, which follows it.
HeldFeed Grown(const std::optional<HeldFeed>& held, const replication::VerifiedUnit& unit);

// Counts a run of entries against the limits of a transfer unit, and against what was asked for.
class UnitMeasure {
 public:
  explicit UnitMeasure(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Counts one entry in. False if the unit would be too large; then nothing changes. Before MayEnd, `bytes_max` does
  // not count: the shortest unit is given whatever its size.
  [[nodiscard]] bool Take(const replication::EntryHeader& header);
  // The run could end with what was taken last: a checkpoint stands there.
  void MayEnd() { may_end_ = true; }

 private:
  const std::size_t bytes_max_;
  bool may_end_ = false;
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
};

// That `payload` is the one that the entry with `header` commits to.
//   FAILED_PRECONDITION  it is not
absl::Status CheckPayload(const replication::Crypto& crypto, const replication::EntryHeader& header,
                          const replication::SaltedPayload& payload);

// What WritePayloads says of an entry that is `not_held`.
absl::Status NothingToFill(const absl::Status& not_held);

// How many entries of a feed of `len` stay when the roster ends it at `seal`. `at_seal` is the header at seal.len,
// with its extensions; not looked at when the feed is shorter.
replication::Sequence LengthAfterCut(const replication::Crypto& crypto, replication::Sequence len,
                                     replication::BytesView at_seal, const replication::Checkpoint& seal);

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
