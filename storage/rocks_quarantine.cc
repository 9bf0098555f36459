// What the end of a feed by the roster leaves behind: kept aside, counted, and destroyed when asked.
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "storage/rocks_feeds.h"

namespace hansa::storage {

using replication::Bytes;
using replication::BytesView;
using replication::Checkpoint;
using replication::EntryHeader;
using replication::FeedId;
using replication::Sequence;

namespace {

constexpr std::uint32_t kCutsMax = 0xFFFFFFFF;

Bytes QuarantineBegin(const FeedId& feed) { return QuarantineKey(feed, 0, Sequence(0)); }
Bytes QuarantineEnd(const FeedId& feed) { return QuarantineKey(feed, kCutsMax, Sequence(~std::uint64_t{0})); }

}  // namespace

absl::StatusOr<std::optional<HeldFeed>> RocksFeeds::CutFeed(const Checkpoint& seal) {
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  absl::StatusOr<FeedRow> row = Row(seal.feed);
  if (absl::IsNotFound(row.status())) return std::nullopt;
  HANSA_RETURN_IF_ERROR(row.status());
  const Sequence len = row->held.newest.len;
  Bytes at_seal;
  bool ends_at_seal = false;
  if (CheckHolds(row->held, seal.len).ok()) {
    const absl::StatusOr<StoredRun> run = ReadOneHeader(*row, seal.len);
    HANSA_RETURN_IF_ERROR(run.status());
    at_seal = run->entries.front().header;
    ends_at_seal = run->headers.front().end_of_feed;
  }
  const Sequence kept = LengthAfterCut(crypto_, len, at_seal, seal);
  if (kept == len) return Held(*row);

  Engine::Batch batch(engine_);
  Quarantine cut{seal.feed, 0, 0};
  HANSA_RETURN_IF_ERROR(SetAside(*row, kept, batch, cut));
  DeletePositions(batch, *row, Next(kept));
  if (kept == Sequence(0)) {
    batch.Delete(Family::kFeed, seal.feed.view());
  } else {
    row->held.newest = seal;
    row->held.ended = ends_at_seal;
    row->held.bytes -= cut.bytes;
    batch.Put(Family::kCheckpoint, PositionKey(row->handle, kept), EncodeCheckpoint(seal));
    batch.Put(Family::kFeed, seal.feed.view(), EncodeFeedRow(*row));
  }
  HANSA_RETURN_IF_ERROR(engine_.Commit(batch, Durability::kSynced));
  // It is cut whether there is room for this now or not.
  engine_.Scrub().IgnoreError();
  if (kept == Sequence(0)) return std::nullopt;
  return Held(*row);
}

absl::Status RocksFeeds::SetAside(const FeedRow& row, Sequence kept, Engine::Batch& batch, Quarantine& cut) const {
  StoredRun run{row.held.feed, Next(kept), {}, {}};
  HANSA_RETURN_IF_ERROR(ReadHeaders(
      row, [](const EntryHeader&) { return true; }, run));
  HANSA_RETURN_IF_ERROR(FillPayloads(row, run));
  const absl::StatusOr<std::vector<Checkpoint>> checkpoints = ReadCheckpoints(row, run.from, row.held.newest.len);
  HANSA_RETURN_IF_ERROR(checkpoints.status());
  const absl::StatusOr<std::uint32_t> cuts = CutsOf(run.feed);
  HANSA_RETURN_IF_ERROR(cuts.status());
  const std::uint32_t number = *cuts + 1;
  auto checkpoint = checkpoints->begin();
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    const Sequence seq(run.from.value() + i);
    QuarantinedEntry quarantined{std::move(run.entries[i]), std::nullopt};
    if (checkpoint != checkpoints->end() && checkpoint->len == seq) quarantined.checkpoint = *checkpoint++;
    batch.Put(Family::kQuarantine, QuarantineKey(run.feed, number, seq), EncodeQuarantined(quarantined));
    cut.bytes += replication::CountedBytes(run.headers[i]);
  }
  cut.entries = run.entries.size();
  batch.Put(Family::kQuarantine, QuarantineKey(run.feed, number, Sequence(0)), EncodeQuarantine(cut));
  return absl::OkStatus();
}

absl::Status RocksFeeds::VisitCuts(const Bytes& from, const Bytes& end,
                                   absl::FunctionRef<void(std::uint32_t cut, const Quarantine&)> visit) const {
  Bytes at = from;
  while (true) {
    std::optional<QuarantinePosition> position;
    std::optional<Quarantine> cut;
    bool any = false;
    HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kQuarantine, at, end, [&](BytesView key, BytesView value) {
      any = true;
      position = QuarantinePositionIn(key);
      if (position) cut = DecodeQuarantine(position->feed, value);
      return false;
    }));
    if (!any) return absl::OkStatus();
    if (!cut || position->seq != Sequence(0)) {
      return DamagedFeed(position ? position->feed : FeedId(), "what was cut off it cannot be read");
    }
    visit(position->cut, *cut);
    at = QuarantineKey(position->feed, position->cut + 1, Sequence(0));  // past its entries
  }
}

absl::StatusOr<std::uint32_t> RocksFeeds::CutsOf(const FeedId& feed) const {
  std::uint32_t cuts = 0;
  HANSA_RETURN_IF_ERROR(
      VisitCuts(QuarantineBegin(feed), QuarantineEnd(feed), [&](std::uint32_t cut, const Quarantine&) { cuts = cut; }));
  return cuts;
}

absl::StatusOr<Quarantine> RocksFeeds::Quarantined(const FeedId& feed) const {
  Quarantine all{feed, 0, 0};
  HANSA_RETURN_IF_ERROR(
      VisitCuts(QuarantineBegin(feed), QuarantineEnd(feed), [&](std::uint32_t, const Quarantine& cut) {
        all.entries += cut.entries;
        all.bytes += cut.bytes;
      }));
  return all;
}

absl::StatusOr<std::vector<Quarantine>> RocksFeeds::AllQuarantined() const {
  std::vector<Quarantine> feeds;
  HANSA_RETURN_IF_ERROR(VisitCuts("", "", [&](std::uint32_t, const Quarantine& cut) {
    if (feeds.empty() || feeds.back().feed != cut.feed) feeds.push_back({cut.feed, 0, 0});
    feeds.back().entries += cut.entries;
    feeds.back().bytes += cut.bytes;
  }));
  return feeds;
}

absl::Status RocksFeeds::DropQuarantine(const FeedId& feed) {
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  HANSA_RETURN_IF_ERROR(engine_.DropSetAside());  // as ErasePayloads
  const absl::StatusOr<std::uint32_t> cuts = CutsOf(feed);
  HANSA_RETURN_IF_ERROR(cuts.status());
  if (*cuts > 0) {
    Engine::Batch batch(engine_);
    batch.DeleteRange(Family::kQuarantine, QuarantineBegin(feed), QuarantineEnd(feed));
    batch.NoteScrub(Family::kQuarantine, QuarantineBegin(feed), QuarantineEnd(feed));
    HANSA_RETURN_IF_ERROR(engine_.Commit(batch, Durability::kSynced));
  }
  return engine_.ScrubLeftOver();
}

absl::Status RocksFeeds::BlankInQuarantine(const EntryHeader& header, std::uint32_t cuts, Engine::Batch& batch) const {
  for (std::uint32_t cut = 1; cut <= cuts; ++cut) {
    const Bytes key = QuarantineKey(header.feed, cut, header.seq);
    const absl::StatusOr<std::string> value = engine_.Get(Family::kQuarantine, key);
    if (absl::IsNotFound(value.status())) continue;
    HANSA_RETURN_IF_ERROR(value.status());
    std::optional<QuarantinedEntry> quarantined = DecodeQuarantined({header.feed, cut, header.seq}, *value);
    if (!quarantined) return DamagedFeed(header.feed, "what was cut off it cannot be read");
    if (!quarantined->entry.payload) continue;
    // At the same place in another history it is another payload, unless it was published again.
    if (PayloadCommit(crypto_, *quarantined->entry.payload) != header.payload_commit) continue;
    quarantined->entry.payload = std::nullopt;
    batch.Put(Family::kQuarantine, key, EncodeQuarantined(*quarantined));
    batch.NoteScrub(Family::kQuarantine, key, QuarantineKey(header.feed, cut, Next(header.seq)));
  }
  return absl::OkStatus();
}

}  // namespace hansa::storage
