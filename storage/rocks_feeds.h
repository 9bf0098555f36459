// Feeds in RocksDB. Headers, payloads and checkpoints lie apart, so that a payload can be erased alone and a run of
// headers is read without them. Keys and values: layout.h. Split by what is done: rocks_feeds.cc grows and drops feeds,
// rocks_reading.cc reads them, rocks_payloads.cc fills in and erases, rocks_quarantine.cc cuts.
#ifndef HANSA_STORAGE_ROCKS_FEEDS_H_
#define HANSA_STORAGE_ROCKS_FEEDS_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "replication/check.h"
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

  // Once after each opening, before anything else: a database that was written before absent payloads had an index
  // gets one.
  absl::Status IndexAbsents();

  absl::Status Append(absl::Span<const replication::VerifiedUnit> units) override;
  absl::Status Drop(absl::Span<const replication::FeedId> feeds) override;
  absl::Status WritePayloads(const replication::FeedId& feed,
                             absl::Span<const replication::Payloads::Item> items) override;
  absl::Status ErasePayloads(const replication::FeedId& feed, absl::Span<const replication::Sequence> seqs) override;
  absl::StatusOr<std::optional<HeldFeed>> CutFeed(const replication::Checkpoint& seal) override;
  absl::StatusOr<Quarantine> Quarantined(const replication::FeedId& feed) const override;
  absl::StatusOr<std::vector<Quarantine>> AllQuarantined() const override;
  absl::Status DropQuarantine(const replication::FeedId& feed) override;

  absl::StatusOr<std::vector<HeldFeed>> Feeds() const override;
  absl::StatusOr<HeldFeed> Feed(const replication::FeedId& feed) const override;
  using FeedStore::ReadUnit;
  absl::StatusOr<replication::Bytes> ReadUnit(const replication::FeedId& feed, replication::Sequence from,
                                              std::size_t bytes_max) const override;
  absl::StatusOr<std::vector<StoredEntry>> ReadEntries(const replication::FeedId& feed, replication::Sequence from,
                                                       std::size_t count_max) const override;
  absl::StatusOr<std::vector<replication::Payloads::Item>> ReadPayloads(
      const replication::FeedId& feed, absl::Span<const replication::Sequence> seqs) const override;
  absl::StatusOr<replication::Bytes> ReadHeader(const replication::FeedId& feed,
                                                replication::Sequence seq) const override;
  absl::StatusOr<std::vector<StoredHeader>> ErasureHeaders() const override;
  absl::StatusOr<std::vector<replication::Checkpoint>> Checkpoints(const replication::FeedId& feed) const override;

 private:
  struct Growth;

  // Deletes everything of `row` from `from` on, but the row itself.
  static void DeletePositions(Engine::Batch& batch, const FeedRow& row, replication::Sequence from);
  // Every row, without absent payloads.
  absl::StatusOr<std::vector<FeedRow>> Rows() const;
  //   NOT_FOUND  not held · DATA_LOSS  the row cannot be read
  absl::StatusOr<FeedRow> Row(const replication::FeedId& feed) const;
  // What `read` makes of the feed's row. Where it finds damage because the feed was cut or dropped meanwhile, it reads
  // anew.
  template <typename Result>
  absl::StatusOr<Result> Reading(const replication::FeedId& feed,
                                 absl::FunctionRef<absl::StatusOr<Result>(const FeedRow&)> read) const;
  // `row` with its absent payloads.
  absl::StatusOr<HeldFeed> Held(const FeedRow& row) const;

  //   DATA_LOSS  not there, or not a header
  absl::StatusOr<StoredRun> ReadOneHeader(const FeedRow& row, replication::Sequence seq) const;
  // Reads headers into `run` from run.from on, while `take` accepts them and up to the length of `row`.
  absl::Status ReadHeaders(const FeedRow& row, absl::FunctionRef<bool(const replication::EntryHeader&)> take,
                           StoredRun& run) const;
  // Completes the entries of `run` with their payloads.
  absl::Status FillPayloads(const FeedRow& row, StoredRun& run) const;
  absl::StatusOr<std::vector<replication::Checkpoint>> ReadCheckpoints(const FeedRow& row, replication::Sequence from,
                                                                       replication::Sequence through) const;
  // Where the first one at `from` or later stands.
  absl::StatusOr<replication::Sequence> FirstCheckpoint(const FeedRow& row, replication::Sequence from) const;
  // CheckRun of headers alone, and that a run up to the end of the feed ends in its head.
  absl::Status CheckHeaders(const FeedRow& row, const StoredRun& run) const;
  absl::StatusOr<replication::Bytes> UnitOf(const FeedRow& row, replication::Sequence from,
                                            std::size_t bytes_max) const;

  absl::StatusOr<bool> IsAbsent(const FeedRow& row, replication::Sequence seq) const;
  // Blanks what is in quarantine of the entry with `header` where it is the same payload.
  absl::Status BlankInQuarantine(const replication::EntryHeader& header, std::uint32_t cuts,
                                 Engine::Batch& batch) const;
  // What each cut came to, ascending, of the feeds whose quarantine begins at `from` or later and before `end`.
  absl::Status VisitCuts(const replication::Bytes& from, const replication::Bytes& end,
                         absl::FunctionRef<void(std::uint32_t cut, const Quarantine&)> visit) const;
  absl::StatusOr<std::uint32_t> CutsOf(const replication::FeedId& feed) const;
  // Moves what is in `row` after `kept` to quarantine.
  absl::Status SetAside(const FeedRow& row, replication::Sequence kept, Engine::Batch& batch, Quarantine& cut) const;

  Engine& engine_;
  const replication::Crypto& crypto_;
};

// For rows and entries that cannot be what was written.
absl::Status DamagedFeed(const replication::FeedId& feed, absl::string_view what);

inline replication::Sequence Next(replication::Sequence seq) { return replication::Sequence(seq.value() + 1); }

template <typename Result>
absl::StatusOr<Result> RocksFeeds::Reading(const replication::FeedId& feed,
                                           absl::FunctionRef<absl::StatusOr<Result>(const FeedRow&)> read) const {
  while (true) {
    const absl::StatusOr<FeedRow> row = Row(feed);
    HANSA_RETURN_IF_ERROR(row.status());
    absl::StatusOr<Result> result = read(*row);
    if (!absl::IsDataLoss(result.status())) return result;
    const absl::StatusOr<FeedRow> after = Row(feed);
    HANSA_RETURN_IF_ERROR(after.status());
    const bool is_cut = after->handle != row->handle || after->held.newest.len < row->held.newest.len;
    if (!is_cut) return engine_.TellOfRead(result.status());
  }
}

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_FEEDS_H_
