// What is read of feeds: nothing leaves here that does not chain, or whose payload its header does not commit to.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "storage/rocks_feeds.h"

namespace hansa::storage {

using replication::Bytes;
using replication::BytesView;
using replication::Checkpoint;
using replication::EntryHeader;
using replication::FeedId;
using replication::Hash;
using replication::Payloads;
using replication::Sequence;

absl::StatusOr<HeldFeed> RocksFeeds::Held(const FeedRow& row) const {
  HeldFeed held = row.held;
  const Bytes end = PositionKey(row.handle, Next(held.newest.len));
  HANSA_RETURN_IF_ERROR(
      engine_.Visit(Family::kAbsent, PositionKey(row.handle, Sequence(0)), end, [&](BytesView key, BytesView) {
        held.absent.push_back({PositionIn(key), {}});
        return true;
      }));
  for (AbsentPayload& absent : held.absent) {
    absl::StatusOr<StoredRun> run = ReadOneHeader(row, absent.seq);
    HANSA_RETURN_IF_ERROR(run.status());
    absent.header = std::move(run->entries.front().header);
  }
  return held;
}

absl::StatusOr<std::vector<HeldFeed>> RocksFeeds::Feeds() const {
  const absl::StatusOr<std::vector<FeedRow>> rows = Rows();
  HANSA_RETURN_IF_ERROR(rows.status());
  std::vector<HeldFeed> feeds;
  feeds.reserve(rows->size());
  for (const FeedRow& row : *rows) {
    absl::StatusOr<HeldFeed> held = Feed(row.held.feed);
    if (absl::IsNotFound(held.status())) continue;  // dropped meanwhile
    HANSA_RETURN_IF_ERROR(held.status());
    feeds.push_back(*std::move(held));
  }
  return feeds;
}

absl::StatusOr<HeldFeed> RocksFeeds::Feed(const FeedId& feed) const {
  return Reading<HeldFeed>(feed, [&](const FeedRow& row) { return Held(row); });
}

absl::StatusOr<StoredRun> RocksFeeds::ReadOneHeader(const FeedRow& row, Sequence seq) const {
  StoredRun run{row.held.feed, seq, {}, {}};
  HANSA_RETURN_IF_ERROR(ReadHeaders(
      row, [&](const EntryHeader&) { return run.headers.empty(); }, run));
  if (run.headers.empty() || run.headers.front().seq != seq) {
    return DamagedFeed(run.feed, absl::StrCat("entry ", seq.value(), " is missing"));
  }
  return run;
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
                                          damage = DamagedFeed(
                                              run.feed, absl::StrCat("entry ", run.from.value() + run.headers.size(),
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
    return DamagedFeed(run.feed, absl::StrCat("of ", len.value(), " entries some are missing"));
  }
  return absl::OkStatus();
}

absl::Status RocksFeeds::FillPayloads(const FeedRow& row, StoredRun& run) const {
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
      return DamagedFeed(run.feed, absl::StrCat("the payload of entry ", run.from.value() + i, " is missing"));
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
                                          damage = DamagedFeed(
                                              feed, absl::StrCat("the checkpoint at ", len.value(), " cannot be read"));
                                          return false;
                                        }
                                        checkpoints.push_back(*checkpoint);
                                        return true;
                                      }));
  HANSA_RETURN_IF_ERROR(damage);
  return checkpoints;
}

absl::StatusOr<Sequence> RocksFeeds::FirstCheckpoint(const FeedRow& row, Sequence from) const {
  Sequence first;
  HANSA_RETURN_IF_ERROR(engine_.Visit(Family::kCheckpoint, PositionKey(row.handle, from),
                                      PositionKey(row.handle, Next(row.held.newest.len)),
                                      [&](BytesView key, BytesView) {
                                        first = PositionIn(key);
                                        return false;
                                      }));
  if (first >= from) return first;
  return DamagedFeed(row.held.feed, absl::StrCat("no checkpoint vouches for entry ", from.value()));
}

absl::StatusOr<Bytes> RocksFeeds::ReadUnit(const FeedId& feed, Sequence from, std::size_t bytes_max) const {
  return Reading<Bytes>(feed, [&](const FeedRow& row) { return UnitOf(row, from, bytes_max); });
}

absl::StatusOr<Bytes> RocksFeeds::UnitOf(const FeedRow& row, Sequence from, std::size_t bytes_max) const {
  HANSA_RETURN_IF_ERROR(CheckHolds(row.held, from));
  const absl::StatusOr<Sequence> first = FirstCheckpoint(row, from);
  HANSA_RETURN_IF_ERROR(first.status());
  StoredRun run{row.held.feed, from, {}, {}};
  UnitMeasure measure(bytes_max);
  const auto take = [&](const EntryHeader& header) {
    if (!measure.Take(header)) return false;
    if (from.value() + run.headers.size() == first->value()) measure.MayEnd();
    return true;
  };
  HANSA_RETURN_IF_ERROR(ReadHeaders(row, take, run));
  const Sequence last(from.value() + run.entries.size() - 1);
  const absl::StatusOr<std::vector<Checkpoint>> checkpoints = ReadCheckpoints(row, from, last);
  HANSA_RETURN_IF_ERROR(checkpoints.status());
  if (checkpoints->empty()) {
    return DamagedFeed(run.feed, absl::StrCat("no checkpoint vouches for entry ", from.value()));
  }
  const Checkpoint& end = checkpoints->back();
  run.entries.resize(end.len.value() - from.value() + 1);
  run.headers.resize(run.entries.size());
  HANSA_RETURN_IF_ERROR(FillPayloads(row, run));
  return EncodeRun(crypto_, std::move(run), end);
}

absl::StatusOr<std::vector<StoredEntry>> RocksFeeds::ReadEntries(const FeedId& feed, Sequence from,
                                                                 std::size_t count_max) const {
  using Entries = std::vector<StoredEntry>;
  return Reading<Entries>(feed, [&](const FeedRow& row) -> absl::StatusOr<Entries> {
    Entries read;
    StoredRun run{feed, std::max(from, Sequence(1)), {}, {}};
    if (run.from > row.held.newest.len || count_max == 0) return read;
    HANSA_RETURN_IF_ERROR(ReadHeaders(
        row, [&](const EntryHeader&) { return run.headers.size() < count_max; }, run));
    HANSA_RETURN_IF_ERROR(FillPayloads(row, run));
    HANSA_RETURN_IF_ERROR(CheckRun(crypto_, run).status());
    std::uint64_t seq = run.from.value();
    for (replication::Entry& entry : run.entries) read.push_back({Sequence(seq++), std::move(entry)});
    return read;
  });
}

absl::StatusOr<std::vector<Payloads::Item>> RocksFeeds::ReadPayloads(const FeedId& feed,
                                                                     absl::Span<const Sequence> seqs) const {
  using Items = std::vector<Payloads::Item>;
  return Reading<Items>(feed, [&](const FeedRow& row) -> absl::StatusOr<Items> {
    Items items;
    for (const Sequence seq : seqs) {
      if (!CheckHolds(row.held, seq).ok()) continue;
      absl::StatusOr<StoredRun> run = ReadOneHeader(row, seq);
      HANSA_RETURN_IF_ERROR(run.status());
      HANSA_RETURN_IF_ERROR(FillPayloads(row, *run));
      HANSA_RETURN_IF_ERROR(CheckRun(crypto_, *run).status());
      replication::Entry& entry = run->entries.front();
      if (entry.payload) items.push_back({seq, *std::move(entry.payload)});
    }
    return items;
  });
}

absl::StatusOr<Bytes> RocksFeeds::ReadHeader(const FeedId& feed, Sequence seq) const {
  return Reading<Bytes>(feed, [&](const FeedRow& row) -> absl::StatusOr<Bytes> {
    HANSA_RETURN_IF_ERROR(CheckHolds(row.held, seq));
    // The entry after it, or the checkpoint, vouches for it.
    StoredRun run{feed, seq, {}, {}};
    HANSA_RETURN_IF_ERROR(ReadHeaders(
        row, [&](const EntryHeader&) { return run.headers.size() < 2; }, run));
    HANSA_RETURN_IF_ERROR(seq == row.held.newest.len ? CheckHeaders(row, run) : CheckRun(crypto_, run).status());
    return std::move(run.entries.front().header);
  });
}

absl::Status RocksFeeds::CheckHeaders(const FeedRow& row, const StoredRun& run) const {
  const absl::StatusOr<Hash> head = CheckRun(crypto_, run);
  HANSA_RETURN_IF_ERROR(head.status());
  const bool is_end = run.from.value() + run.headers.size() == row.held.newest.len.value() + 1;
  if (!is_end || *head == row.held.newest.head) return absl::OkStatus();
  return DamagedEntry(run.feed, row.held.newest.len.value(), "is not the one the checkpoint vouches for");
}

absl::StatusOr<std::vector<StoredHeader>> RocksFeeds::ErasureHeaders() const {
  const absl::StatusOr<std::vector<FeedRow>> rows = Rows();
  HANSA_RETURN_IF_ERROR(rows.status());
  std::vector<StoredHeader> headers;
  for (const FeedRow& listed : *rows) {
    if (listed.held.author.collection != replication::kErasures) continue;
    const auto read = [&](const FeedRow& row) -> absl::StatusOr<StoredRun> {
      StoredRun run{row.held.feed, Sequence(1), {}, {}};
      HANSA_RETURN_IF_ERROR(ReadHeaders(
          row, [](const EntryHeader&) { return true; }, run));
      HANSA_RETURN_IF_ERROR(CheckHeaders(row, run));
      return run;
    };
    absl::StatusOr<StoredRun> run = Reading<StoredRun>(listed.held.feed, read);
    if (absl::IsNotFound(run.status())) continue;
    HANSA_RETURN_IF_ERROR(run.status());
    for (replication::Entry& entry : run->entries) headers.push_back({run->feed, std::move(entry.header)});
  }
  return headers;
}

absl::StatusOr<std::vector<Checkpoint>> RocksFeeds::Checkpoints(const FeedId& feed) const {
  return Reading<std::vector<Checkpoint>>(
      feed, [&](const FeedRow& row) { return ReadCheckpoints(row, Sequence(1), row.held.newest.len); });
}

}  // namespace hansa::storage
