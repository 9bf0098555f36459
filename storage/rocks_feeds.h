// Feeds in RocksDB. Headers, payloads and checkpoints lie apart, so that a payload can be erased alone and a run of
// headers is read without them. Keys and values: layout.h.
#ifndef HANSA_STORAGE_ROCKS_FEEDS_H_
#define HANSA_STORAGE_ROCKS_FEEDS_H_

#include <vector>

#include "replication/crypto.h"
#include "storage/feed_rules.h"
#include "storage/feed_store.h"
#include "storage/layout.h"
#include "storage/rocks_engine.h"

namespace hansa::storage {

class RocksFeeds final : public FeedStore {
 public:
  // Both outlive the feeds.
  RocksFeeds(Engine& engine, const replication::Crypto& crypto) : engine_(engine), crypto_(crypto) {}

  absl::Status Append(absl::Span<const replication::VerifiedUnit> units) override;
  absl::Status Drop(absl::Span<const replication::FeedId> feeds) override;
  absl::StatusOr<std::vector<HeldFeed>> Feeds() const override;
  absl::StatusOr<HeldFeed> Feed(const replication::FeedId& feed) const override;
  absl::StatusOr<replication::Bytes> ReadUnit(const replication::FeedId& feed,
                                              replication::Sequence from) const override;
  absl::StatusOr<std::vector<StoredEntry>> ReadEntries(const replication::FeedId& feed, replication::Sequence from,
                                                       std::size_t count_max) const override;
  absl::StatusOr<std::vector<replication::Checkpoint>> Checkpoints(const replication::FeedId& feed) const override;

 private:
  struct Growth;

  //   NOT_FOUND  not held · DATA_LOSS  the row cannot be read
  absl::StatusOr<FeedRow> Row(const replication::FeedId& feed) const;
  // Reads headers into `run` from run.from on, while `take` accepts them and up to the length of `row`.
  absl::Status ReadHeaders(const FeedRow& row, absl::FunctionRef<bool(const replication::EntryHeader&)> take,
                           StoredRun& run) const;
  // Completes the entries of `run` with their payloads.
  absl::Status ReadPayloads(const FeedRow& row, StoredRun& run) const;
  absl::StatusOr<std::vector<replication::Checkpoint>> ReadCheckpoints(const FeedRow& row, replication::Sequence from,
                                                                       replication::Sequence through) const;

  Engine& engine_;
  const replication::Crypto& crypto_;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_FEEDS_H_
