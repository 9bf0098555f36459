// A run of entries that ends at a checkpoint: what travels, and what is written at once.
// A VerifiedUnit is the only thing a store accepts, and verifying or signing is the only way to make one (P3).
#ifndef HANSA_REPLICATION_TRANSFER_UNIT_H_
#define HANSA_REPLICATION_TRANSFER_UNIT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "replication/entry.h"
#include "replication/feed.h"

namespace hansa::replication {

inline constexpr std::size_t kUnitBytesMax = 512 * 1024;
inline constexpr std::size_t kUnitEntriesMax = 4096;

struct TransferUnit {
  FeedId feed;
  Sequence from;               // sequence of the first entry
  std::vector<Entry> entries;  // at least one
  Checkpoint end;              // of the last entry

  friend bool operator==(const TransferUnit&, const TransferUnit&) = default;
};

Bytes EncodeUnit(const TransferUnit& unit);
// Checks the layout only; VerifiedUnit::Verify judges the content.
//   INVALID_ARGUMENT  cut short, trailing bytes, over a limit, no entries
absl::StatusOr<TransferUnit> DecodeUnit(BytesView bytes);

// Why a unit was not accepted. The first group is the sender's fault; the second is not.
enum class Refusal {
  kMalformed,       // not a unit, or a header that everyone refuses
  kBadChain,        // an entry does not follow the one before it
  kBadPayload,      // a payload does not match its commitment
  kBadSignature,    // the checkpoint is not the author's
  kAfterEnd,        // an entry after end_of_feed
  kNotContiguous,   // does not begin where our copy ends
  kUnknownFeed,     // our roster does not name this feed (it may lag)
  kBeyondLimit,     // longer than the policy we know allows
  kPayloadMissing,  // a payload is absent where it can never be erased: in the roster and in erasure feeds
  kOwnFeed,         // this node's own feed, which it alone continues
  kBeyondSeal,      // the roster has ended the feed before (their roster may lag)
  kOtherBranch,     // signed by its author, and not what the seal names
  kForked,          // two histories of this feed are proven: nothing more of it is taken until it is sealed
};
// One lower-case word or two, for counters and logs.
const char* RefusalName(Refusal refusal);
bool IsSendersFault(Refusal refusal);

// A status that says why; and the reason of such a status.
absl::Status RefusedFor(Refusal refusal, absl::string_view detail);
Refusal RefusalOf(const absl::Status& status);

struct NewEntry {
  Kind kind;
  std::uint16_t schema_ver = 1;
  RecordId record;
  bool retract = false;
  bool end_of_feed = false;
  std::uint64_t claimed_time_ms = 0;
  std::vector<ExtItem> ext;
  std::optional<SaltedPayload> payload;
};

class VerifiedUnit {
 public:
  // Judges `unit` by its author and the end of our copy: contiguity, header rules, chain, payload commitments, limit,
  // seal, and the one signature at the end, which vouches for every entry. A payload may be absent, but in the roster
  // and in erasure feeds: whether that is lawful is asked elsewhere.
  //   FAILED_PRECONDITION  refused; RefusalOf() tells why, the message names feed and sequence
  static absl::StatusOr<VerifiedUnit> Verify(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                                             const FeedTail& tail, TransferUnit unit);

  // Chains and signs `entries` (one batch) after `tail` as their author.
  //   INVALID_ARGUMENT     no entries, a payload too large or empty, extensions too long, more than one unit holds
  //   RESOURCE_EXHAUSTED   the feed would be longer than the policy allows
  static absl::StatusOr<VerifiedUnit> Sign(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                                           const Signer& signer, const FeedTail& tail,
                                           absl::Span<const NewEntry> entries);

  // Leaves out the payload of the entry at `seq`, which is in the unit: an order has erased it. The signature holds.
  void LeaveOutPayload(Sequence seq);

  const TransferUnit& unit() const { return unit_; }
  const FeedAuthor& author() const { return author_; }
  const Checkpoint& end() const { return unit_.end; }
  FeedTail tail() const { return {unit_.end.len, unit_.end.head, headers_.back().end_of_feed}; }
  // One header for each entry, in order.
  const std::vector<EntryHeader>& headers() const { return headers_; }
  // Σ CountedBytes over the entries.
  std::size_t counted_bytes() const { return counted_bytes_; }

 private:
  VerifiedUnit(const FeedAuthor& author, TransferUnit unit, std::vector<EntryHeader> headers);

  FeedAuthor author_;
  TransferUnit unit_;
  std::vector<EntryHeader> headers_;
  std::size_t counted_bytes_ = 0;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_TRANSFER_UNIT_H_
