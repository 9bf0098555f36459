// Payloads that come later than their headers, and those that go before them.
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "storage/kill_point.h"
#include "storage/rocks_feeds.h"

namespace hansa::storage {

using replication::Bytes;
using replication::BytesView;
using replication::EntryHeader;
using replication::FeedId;
using replication::Payloads;
using replication::Sequence;

absl::Status RocksFeeds::IndexAbsents() {
  absl::MutexLock lock(&engine_.write_mutex());
  const absl::StatusOr<std::string> indexed = engine_.Get(Family::kMeta, kMetaAbsents);
  if (!absl::IsNotFound(indexed.status())) return indexed.status();
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  Engine::Batch batch(engine_);
  HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kPayload, "", "", [&](BytesView key, BytesView value) {
    if (value.empty()) batch.Put(Family::kAbsent, key, "");
    return true;
  }));
  batch.Put(Family::kMeta, kMetaAbsents, "");
  return engine_.Commit(batch, Durability::kSynced);
}

absl::StatusOr<bool> RocksFeeds::IsAbsent(const FeedRow& row, Sequence seq) const {
  const absl::StatusOr<std::string> absent = engine_.Get(Family::kAbsent, PositionKey(row.handle, seq));
  if (absl::IsNotFound(absent.status())) return false;
  HANSA_RETURN_IF_ERROR(absent.status());
  return true;
}

absl::Status RocksFeeds::WritePayloads(const FeedId& feed, absl::Span<const Payloads::Item> items) {
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  const absl::StatusOr<FeedRow> row = Row(feed);
  if (absl::IsNotFound(row.status())) return NothingToFill(row.status());
  HANSA_RETURN_IF_ERROR(row.status());
  Engine::Batch batch(engine_);
  for (const Payloads::Item& item : items) {
    if (const absl::Status held = CheckHolds(row->held, item.seq); !held.ok()) return NothingToFill(held);
    const absl::StatusOr<StoredRun> run = ReadOneHeader(*row, item.seq);
    HANSA_RETURN_IF_ERROR(run.status());
    HANSA_RETURN_IF_ERROR(CheckPayload(crypto_, run->headers.front(), item.payload));
    const absl::StatusOr<bool> is_absent = IsAbsent(*row, item.seq);
    HANSA_RETURN_IF_ERROR(is_absent.status());
    if (!*is_absent) continue;
    const Bytes key = PositionKey(row->handle, item.seq);
    batch.Put(Family::kPayload, key, EncodePayload(item.payload));
    batch.Delete(Family::kAbsent, key);
  }
  return engine_.Commit(batch, Durability::kSynced);
}

absl::Status RocksFeeds::ErasePayloads(const FeedId& feed, absl::Span<const Sequence> seqs) {
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  // They hold what was published before the damage, in pieces that nobody can look through.
  HANSA_RETURN_IF_ERROR(engine_.DropSetAside());
  const absl::StatusOr<FeedRow> row = Row(feed);
  if (absl::IsNotFound(row.status())) return engine_.ScrubLeftOver();
  HANSA_RETURN_IF_ERROR(row.status());
  const absl::StatusOr<std::uint32_t> cuts = CutsOf(feed);
  HANSA_RETURN_IF_ERROR(cuts.status());
  Engine::Batch batch(engine_);
  std::optional<Sequence> first;
  Sequence last;
  for (const Sequence seq : seqs) {
    if (!CheckHolds(row->held, seq).ok()) continue;
    const absl::StatusOr<StoredRun> run = ReadOneHeader(*row, seq);
    HANSA_RETURN_IF_ERROR(run.status());
    const EntryHeader& header = run->headers.front();
    if (!header.has_payload) continue;
    HANSA_RETURN_IF_ERROR(BlankInQuarantine(header, *cuts, batch));
    const absl::StatusOr<bool> is_absent = IsAbsent(*row, seq);
    HANSA_RETURN_IF_ERROR(is_absent.status());
    if (*is_absent) continue;
    batch.Put(Family::kPayload, PositionKey(row->handle, seq), EncodePayload(std::nullopt));
    batch.Put(Family::kAbsent, PositionKey(row->handle, seq), "");
    first = std::min(first.value_or(seq), seq);
    last = std::max(last, seq);
  }
  if (first) {
    // One range within the feed: many would rewrite the same files again and again.
    batch.NoteScrub(Family::kPayload, PositionKey(row->handle, *first), PositionKey(row->handle, Next(last)));
    // What it was drafted as, or waited as, may lie there still, although it was removed.
    batch.NoteScrubOfAll(Family::kDrafts);
    batch.NoteScrubOfAll(Family::kSettings);
  }
  HANSA_RETURN_IF_ERROR(engine_.Commit(batch, Durability::kSynced));
  KillPoint("in-erase");
  return engine_.ScrubLeftOver();
}

}  // namespace hansa::storage
