#include "storage/rocks_feeds.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::storage {

using replication::Bytes;
using replication::BytesView;
using replication::Checkpoint;
using replication::EntryHeader;
using replication::FeedId;
using replication::Sequence;
using replication::VerifiedUnit;

namespace {

absl::Status Damaged(const FeedId& feed, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(FeedName(feed), ": ", what,
                                          "; the store is damaged: stop the node, check the disk, and fetch the "
                                          "feed anew from a peer"));
}

void PutUnit(Engine::Batch& batch, Handle handle, const VerifiedUnit& unit) {
  std::uint64_t seq = unit.unit().from.value();
  std::size_t i = 0;
  for (const replication::Entry& entry : unit.unit().entries) {
    const Bytes key = PositionKey(handle, Sequence(seq++));
    batch.Put(Family::kHeader, key, entry.header);
    if (unit.headers()[i++].has_payload) batch.Put(Family::kPayload, key, EncodePayload(entry.payload));
  }
  batch.Put(Family::kCheckpoint, PositionKey(handle, unit.end().len), EncodeCheckpoint(unit.end()));
}

Sequence Next(Sequence seq) { return Sequence(seq.value() + 1); }

}  // namespace

// What an append makes of the feeds it touches.
struct RocksFeeds::Growth {
  std::map<FeedId, FeedRow> rows;
  Handle next_handle = 0;  // 0: no feed is new
};

absl::Status RocksFeeds::Append(absl::Span<const VerifiedUnit> units) {
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  if (units.empty()) return absl::OkStatus();
  Growth growth;
  Engine::Batch batch(engine_);
  for (const VerifiedUnit& unit : units) {
    const FeedId& feed = unit.unit().feed;
    auto row = growth.rows.find(feed);
    std::optional<HeldFeed> held;
    if (row == growth.rows.end()) {
      absl::StatusOr<FeedRow> stored = Row(feed);
      if (absl::IsNotFound(stored.status())) {
        if (growth.next_handle == 0) {
          const absl::StatusOr<std::string> next = engine_.Get(Family::kMeta, kMetaNextHandle);
          if (!next.ok() || !DecodeU32(*next)) return Damaged(feed, "no number for a new feed can be read");
          growth.next_handle = *DecodeU32(*next);
        }
        stored = FeedRow{growth.next_handle++, {}};
      } else {
        HANSA_RETURN_IF_ERROR(stored.status());
        held = stored->held;
      }
      row = growth.rows.emplace(feed, *std::move(stored)).first;
    } else {
      held = row->second.held;
    }
    HANSA_RETURN_IF_ERROR(CheckFollows(held, unit));
    row->second.held = Grown(held, unit);
    PutUnit(batch, row->second.handle, unit);
  }
  for (const auto& [feed, row] : growth.rows) batch.Put(Family::kFeed, feed.view(), EncodeFeedRow(row));
  if (growth.next_handle != 0) batch.Put(Family::kMeta, kMetaNextHandle, EncodeU32(growth.next_handle));
  // INV-12: one batch over all families; nothing else writes feeds.
  return engine_.Commit(batch, Durability::kSynced);
}

absl::Status RocksFeeds::Drop(absl::Span<const FeedId> feeds) {
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  Engine::Batch batch(engine_);
  bool any = false;
  for (const FeedId& feed : feeds) {
    const absl::StatusOr<FeedRow> row = Row(feed);
    if (absl::IsNotFound(row.status())) continue;
    HANSA_RETURN_IF_ERROR(row.status());
    any = true;
    batch.Delete(Family::kFeed, feed.view());
    // Its handle is never given again.
    const Bytes begin = PositionKey(row->handle, Sequence(0));
    const Bytes end = PositionKey(row->handle, Next(row->held.newest.len));
    for (const Family family : {Family::kHeader, Family::kPayload, Family::kCheckpoint}) {
      batch.DeleteRange(family, begin, end);
    }
  }
  return any ? engine_.Commit(batch, Durability::kSynced) : absl::OkStatus();
}

absl::StatusOr<std::vector<HeldFeed>> RocksFeeds::Feeds() const {
  std::vector<HeldFeed> feeds;
  absl::Status damage;
  HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kFeed, "", "", [&](BytesView key, BytesView value) {
    const std::optional<FeedId> feed = FeedId::From(key);
    const std::optional<FeedRow> row = feed ? DecodeFeedRow(*feed, value) : std::nullopt;
    if (!row) {
      damage = Damaged(feed.value_or(FeedId()), "its row cannot be read");
      return false;
    }
    feeds.push_back(row->held);
    return true;
  }));
  HANSA_RETURN_IF_ERROR(damage);
  return feeds;
}

absl::StatusOr<FeedRow> RocksFeeds::Row(const FeedId& feed) const {
  const absl::StatusOr<std::string> value = engine_.Get(Family::kFeed, feed.view());
  if (absl::IsNotFound(value.status())) {
    return absl::NotFoundError(absl::StrCat(FeedName(feed), " is not held"));
  }
  HANSA_RETURN_IF_ERROR(value.status());
  const std::optional<FeedRow> row = DecodeFeedRow(feed, *value);
  if (!row) return Damaged(feed, "its row cannot be read");
  return *row;
}

absl::StatusOr<HeldFeed> RocksFeeds::Feed(const FeedId& feed) const {
  absl::StatusOr<FeedRow> row = Row(feed);
  HANSA_RETURN_IF_ERROR(row.status());
  return row->held;
}

absl::Status RocksFeeds::ReadHeaders(const FeedRow& row, absl::FunctionRef<bool(const EntryHeader&)> take,
                                     StoredRun& run) const {
  const Sequence len = row.held.newest.len;
  absl::Status damage;
  bool full = false;
  HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kHeader, PositionKey(row.handle, run.from),
                                      PositionKey(row.handle, Next(len)), [&](BytesView, BytesView value) {
                                        absl::StatusOr<EntryHeader> header = replication::DecodeHeader(value);
                                        if (!header.ok()) {
                                          damage = Damaged(run.feed,
                                                           absl::StrCat("entry ", run.from.value() + run.headers.size(),
                                                                        ": ", header.status().message()));
                                          return false;
                                        }
                                        full = !take(*header);
                                        if (full) return false;
                                        run.headers.push_back(*std::move(header));
                                        run.entries.push_back({Bytes(value), std::nullopt});
                                        return true;
                                      }));
  HANSA_RETURN_IF_ERROR(damage);
  // That each is the one expected is CheckRun's business; that none is missing at the end is ours.
  if (!full && run.from.value() + run.headers.size() != len.value() + 1) {
    return Damaged(run.feed, absl::StrCat("of ", len.value(), " entries some are missing"));
  }
  return absl::OkStatus();
}

absl::Status RocksFeeds::ReadPayloads(const FeedRow& row, StoredRun& run) const {
  std::vector<bool> found(run.entries.size(), false);
  const Sequence end(run.from.value() + run.entries.size());
  HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kPayload, PositionKey(row.handle, run.from), PositionKey(row.handle, end),
                                      [&](BytesView key, BytesView value) {
                                        const std::uint64_t i = PositionIn(key).value() - run.from.value();
                                        found[i] = true;
                                        run.entries[i].payload = DecodePayload(value);
                                        return true;
                                      }));
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (run.headers[i].has_payload && !found[i]) {
      return Damaged(run.feed, absl::StrCat("the payload of entry ", run.from.value() + i, " is missing"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Checkpoint>> RocksFeeds::ReadCheckpoints(const FeedRow& row, Sequence from,
                                                                    Sequence through) const {
  std::vector<Checkpoint> checkpoints;
  absl::Status damage;
  const FeedId& feed = row.held.feed;
  HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kCheckpoint, PositionKey(row.handle, from),
                                      PositionKey(row.handle, Next(through)), [&](BytesView key, BytesView value) {
                                        const Sequence len = PositionIn(key);
                                        const std::optional<Checkpoint> checkpoint = DecodeCheckpoint(feed, len, value);
                                        if (!checkpoint) {
                                          damage = Damaged(
                                              feed, absl::StrCat("the checkpoint at ", len.value(), " cannot be read"));
                                          return false;
                                        }
                                        checkpoints.push_back(*checkpoint);
                                        return true;
                                      }));
  HANSA_RETURN_IF_ERROR(damage);
  return checkpoints;
}

absl::StatusOr<Bytes> RocksFeeds::ReadUnit(const FeedId& feed, Sequence from) const {
  const absl::StatusOr<FeedRow> row = Row(feed);
  HANSA_RETURN_IF_ERROR(row.status());
  const Sequence len = row->held.newest.len;
  if (from.value() == 0 || from > len) {
    return absl::NotFoundError(
        absl::StrCat(FeedName(feed), " has entries 1 to ", len.value(), ", none at ", from.value()));
  }
  StoredRun run{feed, from, {}, {}};
  UnitMeasure measure;
  HANSA_RETURN_IF_ERROR(ReadHeaders(
      *row, [&](const EntryHeader& header) { return measure.Take(header); }, run));
  const Sequence last(from.value() + run.entries.size() - 1);
  const absl::StatusOr<std::vector<Checkpoint>> checkpoints = ReadCheckpoints(*row, from, last);
  HANSA_RETURN_IF_ERROR(checkpoints.status());
  if (checkpoints->empty()) {
    return Damaged(feed, absl::StrCat("no checkpoint vouches for entry ", from.value()));
  }
  const Checkpoint& end = checkpoints->back();
  run.entries.resize(end.len.value() - from.value() + 1);
  run.headers.resize(run.entries.size());
  HANSA_RETURN_IF_ERROR(ReadPayloads(*row, run));
  return EncodeRun(crypto_, std::move(run), end);
}

absl::StatusOr<std::vector<StoredEntry>> RocksFeeds::ReadEntries(const FeedId& feed, Sequence from,
                                                                 std::size_t count_max) const {
  const absl::StatusOr<FeedRow> row = Row(feed);
  HANSA_RETURN_IF_ERROR(row.status());
  std::vector<StoredEntry> read;
  StoredRun run{feed, std::max(from, Sequence(1)), {}, {}};
  if (run.from > row->held.newest.len || count_max == 0) return read;
  HANSA_RETURN_IF_ERROR(ReadHeaders(
      *row, [&](const EntryHeader&) { return run.headers.size() < count_max; }, run));
  HANSA_RETURN_IF_ERROR(ReadPayloads(*row, run));
  HANSA_RETURN_IF_ERROR(CheckRun(crypto_, run).status());
  std::uint64_t seq = run.from.value();
  for (replication::Entry& entry : run.entries) read.push_back({Sequence(seq++), std::move(entry)});
  return read;
}

absl::StatusOr<std::vector<Checkpoint>> RocksFeeds::Checkpoints(const FeedId& feed) const {
  const absl::StatusOr<FeedRow> row = Row(feed);
  HANSA_RETURN_IF_ERROR(row.status());
  return ReadCheckpoints(*row, Sequence(1), row->held.newest.len);
}

}  // namespace hansa::storage
