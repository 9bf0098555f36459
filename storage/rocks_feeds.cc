#include "storage/rocks_feeds.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::storage {

using replication::Bytes;
using replication::BytesView;
using replication::FeedId;
using replication::Sequence;
using replication::VerifiedUnit;

namespace {

void PutUnit(Engine::Batch& batch, Handle handle, const VerifiedUnit& unit) {
  std::uint64_t seq = unit.unit().from.value();
  std::size_t i = 0;
  for (const replication::Entry& entry : unit.unit().entries) {
    const Bytes key = PositionKey(handle, Sequence(seq++));
    batch.Put(Family::kHeader, key, entry.header);
    if (!unit.headers()[i++].has_payload) continue;
    batch.Put(Family::kPayload, key, EncodePayload(entry.payload));
    if (!entry.payload) batch.Put(Family::kAbsent, key, "");
  }
  batch.Put(Family::kCheckpoint, PositionKey(handle, unit.end().len), EncodeCheckpoint(unit.end()));
}

}  // namespace

absl::Status DamagedFeed(const FeedId& feed, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(FeedName(feed), ": ", what,
                                          "; the store is damaged: stop the node, check the disk, and fetch the "
                                          "feed anew from a peer"));
}

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
          if (!next.ok() || !DecodeU32(*next)) return DamagedFeed(feed, "no number for a new feed can be read");
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
    DeletePositions(batch, *row, Sequence(0));
  }
  if (!any) return absl::OkStatus();
  HANSA_RETURN_IF_ERROR(engine_.Commit(batch, Durability::kSynced));
  // The feeds are gone whether there is room for this now or not.
  engine_.Scrub().IgnoreError();
  return absl::OkStatus();
}

void RocksFeeds::DeletePositions(Engine::Batch& batch, const FeedRow& row, Sequence from) {
  const Bytes begin = PositionKey(row.handle, from);
  const Bytes end = PositionKey(row.handle, Next(row.held.newest.len));
  for (const Family family : {Family::kHeader, Family::kPayload, Family::kAbsent, Family::kCheckpoint}) {
    batch.DeleteRange(family, begin, end);
  }
  // Should the feed come again and one of its payloads be erased, the bytes must not rest under this handle.
  batch.NoteScrub(Family::kPayload, begin, end);
  batch.NoteScrub(Family::kHeader, begin, end);
}

absl::StatusOr<std::vector<FeedRow>> RocksFeeds::Rows() const {
  std::vector<FeedRow> rows;
  absl::Status damage;
  HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kFeed, "", "", [&](BytesView key, BytesView value) {
    const std::optional<FeedId> feed = FeedId::From(key);
    std::optional<FeedRow> row = feed ? DecodeFeedRow(*feed, value) : std::nullopt;
    if (!row) {
      damage = DamagedFeed(feed.value_or(FeedId()), "its row cannot be read");
      return false;
    }
    rows.push_back(*std::move(row));
    return true;
  }));
  HANSA_RETURN_IF_ERROR(engine_.TellOfRead(damage));
  return rows;
}

absl::StatusOr<FeedRow> RocksFeeds::Row(const FeedId& feed) const {
  const absl::StatusOr<std::string> value = engine_.Get(Family::kFeed, feed.view());
  if (absl::IsNotFound(value.status())) {
    return absl::NotFoundError(absl::StrCat(FeedName(feed), " is not held"));
  }
  HANSA_RETURN_IF_ERROR(value.status());
  const std::optional<FeedRow> row = DecodeFeedRow(feed, *value);
  if (!row) return engine_.TellOfRead(DamagedFeed(feed, "its row cannot be read"));
  return *row;
}

}  // namespace hansa::storage
