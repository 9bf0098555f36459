// Where feeds rest: an interface in our words. RocksDB stands behind one implementation, memory behind the other; both
// pass the same tests. Promises: P1, what Append acknowledged survives kill -9 and a power cut; P19, what was erased is
// in no file.
#ifndef HANSA_STORAGE_FEED_STORE_H_
#define HANSA_STORAGE_FEED_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "replication/frames.h"
#include "replication/transfer_unit.h"

namespace hansa::storage {

// An entry whose header has a payload that is not here: erased, or not come yet.
struct AbsentPayload {
  replication::Sequence seq;
  replication::Bytes header;  // with its extensions
  friend bool operator==(const AbsentPayload&, const AbsentPayload&) = default;
};

// One feed as held: how long, what its newest checkpoint says, who writes it.
struct HeldFeed {
  replication::FeedId feed;
  // As it was when the feed was first stored; length_max is not kept up to date, and the seal is not kept.
  replication::FeedAuthor author;
  replication::Checkpoint newest;  // its len and head are the feed's
  std::uint64_t bytes = 0;         // Σ counted bytes of its entries (headers, extensions, salts, payloads)

  bool ended = false;  // its last entry carries end_of_feed

  std::vector<AbsentPayload> absent = {};  // ascending

  replication::FeedTail tail() const { return {newest.len, newest.head, ended}; }
  friend bool operator==(const HeldFeed&, const HeldFeed&) = default;
};

struct StoredEntry {
  replication::Sequence seq;
  replication::Entry entry;
};

// A header without its payload, as received.
struct StoredHeader {
  replication::FeedId feed;
  replication::Bytes header;  // with its extensions
  friend bool operator==(const StoredHeader&, const StoredHeader&) = default;
};

// What was cut off a feed and is kept aside.
struct Quarantine {
  replication::FeedId feed;
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  // counted, as in HeldFeed
  friend bool operator==(const Quarantine&, const Quarantine&) = default;
};

// Thread-safe. Every method may block on disk: never call one from a gRPC reaction or from the replication thread.
// What writes gives RESOURCE_EXHAUSTED (the disk is full) and DATA_LOSS (the store is damaged; do not retry) with
// nothing written, unless it says more. What reads gives DATA_LOSS when what is stored does not chain, or a payload is
// not what its header commits to.
class FeedStore {
 public:
  virtual ~FeedStore() = default;

  // Appends all units or none, in one synced write. Units of one feed follow each other. When this returns OK they
  // survive a power cut. An entry may lack the payload that its header has: it is then absent.
  //   FAILED_PRECONDITION  a unit does not follow what is stored; nothing was written
  virtual absl::Status Append(absl::Span<const replication::VerifiedUnit> units) = 0;

  // Removes these feeds, all of each, in one synced write; those not held are left out. Afterwards they are as if they
  // had never been here, and may come again from their first entry on. Their quarantine stays.
  virtual absl::Status Drop(absl::Span<const replication::FeedId> feeds) = 0;

  // Fills in payloads that were absent, all or none, in one synced write. Those that are here already stay as they are.
  //   FAILED_PRECONDITION  an entry is not held, or the payload is not the one its header commits to; nothing was
  //                        written
  virtual absl::Status WritePayloads(const replication::FeedId& feed,
                                     absl::Span<const replication::Payloads::Item> items) = 0;

  // Destroys salt and payload of these entries, also of those in quarantine; headers and chain stay, and the payloads
  // are absent from then on. When this returns their bytes are in no file, unless there was no room to rewrite
  // those that held them: that is done later (Database::FinishErasing, or the next opening). What is not held, or has
  // no payload, is left out.
  virtual absl::Status ErasePayloads(const replication::FeedId& feed, absl::Span<const replication::Sequence> seqs) = 0;

  // The roster has ended a feed at `seal`. Where the entry at seal.len has the head seal.head, the entries after it go
  // to quarantine and `seal` is the newest checkpoint; where it has another, or seal.len is 0, all entries go there and
  // the feed is as if it had never been here. A feed that is shorter stays as it is. One synced write.
  // Returns what is left; nullopt for nothing.
  virtual absl::StatusOr<std::optional<HeldFeed>> CutFeed(const replication::Checkpoint& seal) = 0;

  // What is in quarantine: of one feed, and of all feeds that have something there, ascending by feed id.
  virtual absl::StatusOr<Quarantine> Quarantined(const replication::FeedId& feed) const = 0;
  virtual absl::StatusOr<std::vector<Quarantine>> AllQuarantined() const = 0;
  // Destroys what is in quarantine of a feed; its bytes leave the files as with ErasePayloads.
  virtual absl::Status DropQuarantine(const replication::FeedId& feed) = 0;

  // Every feed with at least one entry, ascending by feed id.
  virtual absl::StatusOr<std::vector<HeldFeed>> Feeds() const = 0;
  //   NOT_FOUND  no entry of it is held
  virtual absl::StatusOr<HeldFeed> Feed(const replication::FeedId& feed) const = 0;

  // The longest unit that begins at `from`, ends at a stored checkpoint, counts at most `bytes_max` and keeps to the
  // limits of a transfer unit, encoded as it travels. If the shortest one counts more than `bytes_max`, that one.
  //   NOT_FOUND   the feed is shorter than `from`, or unknown
  virtual absl::StatusOr<replication::Bytes> ReadUnit(const replication::FeedId& feed, replication::Sequence from,
                                                      std::size_t bytes_max) const = 0;
  absl::StatusOr<replication::Bytes> ReadUnit(const replication::FeedId& feed, replication::Sequence from) const {
    return ReadUnit(feed, from, replication::kUnitBytesMax);
  }

  // Up to `count_max` entries from `from` on, in order; empty at the end. Also NOT_FOUND for an unknown feed.
  virtual absl::StatusOr<std::vector<StoredEntry>> ReadEntries(const replication::FeedId& feed,
                                                               replication::Sequence from,
                                                               std::size_t count_max) const = 0;

  // Of these payloads those that are here, in the order asked for. Also NOT_FOUND for an unknown feed.
  virtual absl::StatusOr<std::vector<replication::Payloads::Item>> ReadPayloads(
      const replication::FeedId& feed, absl::Span<const replication::Sequence> seqs) const = 0;

  // The header of one entry with its extensions.
  //   NOT_FOUND  not held
  virtual absl::StatusOr<replication::Bytes> ReadHeader(const replication::FeedId& feed,
                                                        replication::Sequence seq) const = 0;

  // All headers of the feeds of collection 1, feed by feed, each in order.
  virtual absl::StatusOr<std::vector<StoredHeader>> ErasureHeaders() const = 0;

  // All checkpoints kept of a feed, ascending by length.
  virtual absl::StatusOr<std::vector<replication::Checkpoint>> Checkpoints(const replication::FeedId& feed) const = 0;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_FEED_STORE_H_
