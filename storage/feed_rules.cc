#include "storage/feed_rules.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::storage {

using replication::Bytes;
using replication::BytesView;
using replication::Checkpoint;
using replication::Crypto;
using replication::EntryHeader;
using replication::FeedId;
using replication::FeedTail;
using replication::Hash;
using replication::SaltedPayload;
using replication::Sequence;
using replication::TransferUnit;
using replication::VerifiedUnit;

absl::Status DamagedEntry(const FeedId& feed, std::uint64_t seq, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat(FeedName(feed), ", entry ", seq, ": ", what,
                   "; the store is damaged: stop the node, check the disk, and fetch the feed anew from a peer"));
}

std::string FeedName(const FeedId& feed) { return absl::StrCat("feed ", feed.hex()); }

absl::Status CheckFollows(const std::optional<HeldFeed>& held, const VerifiedUnit& unit) {
  const FeedTail tail = held ? held->tail() : FeedTail{};
  if (tail.ended) {
    return absl::FailedPreconditionError(absl::StrCat(FeedName(unit.unit().feed), " has ended at ", tail.len.value(),
                                                      "; nothing follows and nothing was written"));
  }
  const EntryHeader& first = unit.headers().front();
  if (first.seq.value() == tail.len.value() + 1 && first.prev == tail.head) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(FeedName(unit.unit().feed), ": the unit of entries ", first.seq.value(), " to ",
                   unit.end().len.value(), " does not follow what is stored, which ends at ", tail.len.value(),
                   first.seq.value() == tail.len.value() + 1 ? " in another history" : "", "; nothing was written"));
}

absl::Status CheckHolds(const HeldFeed& held, Sequence seq) {
  const Sequence len = held.newest.len;
  if (seq.value() != 0 && seq <= len) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat(FeedName(held.feed), " has entries 1 to ", len.value(), ", none at ", seq.value()));
}

HeldFeed Grown(const std::optional<HeldFeed>& held, const VerifiedUnit& unit) {
  HeldFeed grown = held.value_or(HeldFeed{unit.unit().feed, unit.author(), {}, 0});
  grown.author.seal = std::nullopt;  // the roster's to say, and it may say it at any time
  grown.newest = unit.end();
  grown.ended = unit.headers().back().end_of_feed;
  grown.bytes += unit.counted_bytes();
  const std::vector<replication::Entry>& entries = unit.unit().entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const EntryHeader& header = unit.headers()[i];
    if (header.has_payload && !entries[i].payload) grown.absent.push_back({header.seq, entries[i].header});
  }
  return grown;
}

bool UnitMeasure::Take(const EntryHeader& header) {
  const std::size_t bytes = bytes_ + replication::CountedBytes(header);
  if (entries_ + 1 > replication::kUnitEntriesMax || bytes > replication::kUnitBytesMax) return false;
  if (may_end_ && bytes > bytes_max_) return false;
  ++entries_;
  bytes_ = bytes;
  return true;
}

absl::Status CheckPayload(const Crypto& crypto, const EntryHeader& header, const SaltedPayload& payload) {
  if (header.has_payload && payload.payload.size() == header.payload_len &&
      PayloadCommit(crypto, payload) == header.payload_commit) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat(FeedName(header.feed), " takes no such payload at entry ",
                                                    header.seq.value(),
                                                    ": the header commits to another; nothing was written"));
}

absl::Status NothingToFill(const absl::Status& not_held) {
  return absl::FailedPreconditionError(absl::StrCat(not_held.message(), "; nothing was written"));
}

Sequence LengthAfterCut(const Crypto& crypto, Sequence len, BytesView at_seal, const Checkpoint& seal) {
  if (seal.len > len) return len;
  if (seal.len.value() == 0 || EntryHash(crypto, at_seal) != seal.head) return Sequence(0);
  return seal.len;
}

absl::StatusOr<Hash> CheckRun(const Crypto& crypto, const StoredRun& run) {
  HANSA_CHECK(run.entries.size() == run.headers.size() && !run.entries.empty());
  Hash before;
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    const std::uint64_t seq = run.from.value() + i;
    const EntryHeader& header = run.headers[i];
    const replication::Entry& entry = run.entries[i];
    if (header.feed != run.feed || header.seq.value() != seq) {
      return DamagedEntry(run.feed, seq, "another entry stands in its place");
    }
    if (i > 0 && header.prev != before) return DamagedEntry(run.feed, seq, "does not follow the one before it");
    if (entry.payload && (!header.has_payload || PayloadCommit(crypto, *entry.payload) != header.payload_commit)) {
      return DamagedEntry(run.feed, seq, "the payload is not what the header commits to");
    }
    before = EntryHash(crypto, entry.header);
  }
  return before;
}

absl::StatusOr<Bytes> EncodeRun(const Crypto& crypto, StoredRun run, const Checkpoint& end) {
  const absl::StatusOr<Hash> head = CheckRun(crypto, run);
  HANSA_RETURN_IF_ERROR(head.status());
  if (*head != end.head) {
    return DamagedEntry(run.feed, end.len.value(), "is not the one the checkpoint vouches for");
  }
  return EncodeUnit(TransferUnit{run.feed, run.from, std::move(run.entries), end});
}

}  // namespace hansa::storage
