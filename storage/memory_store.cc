#include "storage/memory_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::storage {

using replication::Bytes;
using replication::BytesView;
using replication::Checkpoint;
using replication::FeedId;
using replication::Payloads;
using replication::SaltedPayload;
using replication::Sequence;
using replication::VerifiedUnit;

absl::Status MemoryFeedStore::Append(absl::Span<const VerifiedUnit> units) {
  absl::MutexLock lock(&mutex_);
  std::map<FeedId, HeldFeed> grown;  // as the feeds will be; nothing is touched until all units fit
  for (const VerifiedUnit& unit : units) {
    const FeedId& feed = unit.unit().feed;
    std::optional<HeldFeed> held;
    if (const auto before = grown.find(feed); before != grown.end()) {
      held = before->second;
    } else if (const auto stored = feeds_.find(feed); stored != feeds_.end()) {
      held = stored->second.held;
    }
    HANSA_RETURN_IF_ERROR(CheckFollows(held, unit));
    grown.insert_or_assign(feed, Grown(held, unit));
  }
  for (const VerifiedUnit& unit : units) {
    Content& content = feeds_[unit.unit().feed];
    content.held = grown.at(unit.unit().feed);
    const auto& entries = unit.unit().entries;
    content.entries.insert(content.entries.end(), entries.begin(), entries.end());
    content.headers.insert(content.headers.end(), unit.headers().begin(), unit.headers().end());
    content.checkpoints.emplace(unit.end().len, unit.end());
  }
  return absl::OkStatus();
}

absl::Status MemoryFeedStore::Drop(absl::Span<const FeedId> feeds) {
  absl::MutexLock lock(&mutex_);
  for (const FeedId& feed : feeds) feeds_.erase(feed);
  return absl::OkStatus();
}

void MemoryFeedStore::FindAbsents(Content& content) {
  content.held.absent.clear();
  for (std::size_t i = 0; i < content.entries.size(); ++i) {
    if (!content.headers[i].has_payload || content.entries[i].payload) continue;
    content.held.absent.push_back({content.headers[i].seq, content.entries[i].header});
  }
}

absl::Status MemoryFeedStore::WritePayloads(const FeedId& feed, absl::Span<const Payloads::Item> items) {
  absl::MutexLock lock(&mutex_);
  const auto found = feeds_.find(feed);
  if (found == feeds_.end()) return NothingToFill(Find(feed).status());
  Content& content = found->second;
  for (const Payloads::Item& item : items) {
    if (const absl::Status held = CheckHolds(content.held, item.seq); !held.ok()) return NothingToFill(held);
    HANSA_RETURN_IF_ERROR(CheckPayload(crypto_, content.headers[item.seq.value() - 1], item.payload));
  }
  for (const Payloads::Item& item : items) content.entries[item.seq.value() - 1].payload = item.payload;
  FindAbsents(content);
  return absl::OkStatus();
}

absl::Status MemoryFeedStore::ErasePayloads(const FeedId& feed, absl::Span<const Sequence> seqs) {
  absl::MutexLock lock(&mutex_);
  const auto found = feeds_.find(feed);
  if (found == feeds_.end()) return absl::OkStatus();
  Content& content = found->second;
  for (const Sequence seq : seqs) {
    if (CheckHolds(content.held, seq).ok()) content.entries[seq.value() - 1].payload = std::nullopt;
  }
  FindAbsents(content);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<HeldFeed>> MemoryFeedStore::CutFeed(const Checkpoint& seal) {
  absl::MutexLock lock(&mutex_);
  const auto found = feeds_.find(seal.feed);
  if (found == feeds_.end()) return std::nullopt;
  Content& content = found->second;
  const Sequence len = content.held.newest.len;
  const bool reaches = CheckHolds(content.held, seal.len).ok();
  const Sequence kept = LengthAfterCut(
      crypto_, len, reaches ? BytesView(content.entries[seal.len.value() - 1].header) : BytesView(), seal);
  if (kept == len) return content.held;
  Quarantine& aside = quarantine_.try_emplace(seal.feed, Quarantine{seal.feed, 0, 0}).first->second;
  for (std::uint64_t i = kept.value(); i < len.value(); ++i) {
    ++aside.entries;
    aside.bytes += replication::CountedBytes(content.headers[i]);
    content.held.bytes -= replication::CountedBytes(content.headers[i]);
  }
  if (kept == Sequence(0)) {
    feeds_.erase(found);
    return std::nullopt;
  }
  content.entries.resize(kept.value());
  content.headers.resize(kept.value());
  content.checkpoints.erase(content.checkpoints.lower_bound(kept), content.checkpoints.end());
  content.checkpoints.emplace(kept, seal);
  content.held.newest = seal;
  content.held.ended = content.headers.back().end_of_feed;
  FindAbsents(content);
  return content.held;
}

absl::StatusOr<Quarantine> MemoryFeedStore::Quarantined(const FeedId& feed) const {
  absl::MutexLock lock(&mutex_);
  const auto found = quarantine_.find(feed);
  return found == quarantine_.end() ? Quarantine{feed, 0, 0} : found->second;
}

absl::StatusOr<std::vector<Quarantine>> MemoryFeedStore::AllQuarantined() const {
  absl::MutexLock lock(&mutex_);
  std::vector<Quarantine> feeds;
  for (const auto& [feed, aside] : quarantine_) feeds.push_back(aside);
  return feeds;
}

absl::Status MemoryFeedStore::DropQuarantine(const FeedId& feed) {
  absl::MutexLock lock(&mutex_);
  quarantine_.erase(feed);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<HeldFeed>> MemoryFeedStore::Feeds() const {
  absl::MutexLock lock(&mutex_);
  std::vector<HeldFeed> held;
  for (const auto& [feed, content] : feeds_) held.push_back(content.held);
  return held;
}

absl::StatusOr<const MemoryFeedStore::Content*> MemoryFeedStore::Find(const FeedId& feed) const {
  const auto found = feeds_.find(feed);
  if (found == feeds_.end()) return absl::NotFoundError(absl::StrCat(FeedName(feed), " is not held"));
  return &found->second;
}

absl::StatusOr<HeldFeed> MemoryFeedStore::Feed(const FeedId& feed) const {
  absl::MutexLock lock(&mutex_);
  const absl::StatusOr<const Content*> content = Find(feed);
  HANSA_RETURN_IF_ERROR(content.status());
  return (*content)->held;
}

absl::StatusOr<Bytes> MemoryFeedStore::ReadUnit(const FeedId& feed, Sequence from, std::size_t bytes_max) const {
  absl::MutexLock lock(&mutex_);
  const absl::StatusOr<const Content*> found = Find(feed);
  HANSA_RETURN_IF_ERROR(found.status());
  const Content& content = **found;
  HANSA_RETURN_IF_ERROR(CheckHolds(content.held, from));
  UnitMeasure measure(bytes_max);
  const Checkpoint* end = nullptr;
  const std::uint64_t len = content.held.newest.len.value();
  for (std::uint64_t seq = from.value(); seq <= len && measure.Take(content.headers[seq - 1]); ++seq) {
    const auto checkpoint = content.checkpoints.find(Sequence(seq));
    if (checkpoint == content.checkpoints.end()) continue;
    end = &checkpoint->second;
    measure.MayEnd();
  }
  HANSA_CHECK(end != nullptr);  // every unit appended ended in a checkpoint and kept to the limits
  const auto first = static_cast<std::ptrdiff_t>(from.value() - 1);
  const auto last = static_cast<std::ptrdiff_t>(end->len.value());
  StoredRun run{feed, from, {}, {}};
  run.entries.assign(content.entries.begin() + first, content.entries.begin() + last);
  run.headers.assign(content.headers.begin() + first, content.headers.begin() + last);
  return EncodeRun(crypto_, std::move(run), *end);
}

absl::StatusOr<std::vector<StoredEntry>> MemoryFeedStore::ReadEntries(const FeedId& feed, Sequence from,
                                                                      std::size_t count_max) const {
  absl::MutexLock lock(&mutex_);
  const absl::StatusOr<const Content*> content = Find(feed);
  HANSA_RETURN_IF_ERROR(content.status());
  const std::vector<replication::Entry>& entries = (*content)->entries;
  std::vector<StoredEntry> read;
  for (std::uint64_t seq = std::max<std::uint64_t>(from.value(), 1); seq <= entries.size() && read.size() < count_max;
       ++seq) {
    read.push_back({Sequence(seq), entries[seq - 1]});
  }
  return read;
}

absl::StatusOr<std::vector<Payloads::Item>> MemoryFeedStore::ReadPayloads(const FeedId& feed,
                                                                          absl::Span<const Sequence> seqs) const {
  absl::MutexLock lock(&mutex_);
  const absl::StatusOr<const Content*> content = Find(feed);
  HANSA_RETURN_IF_ERROR(content.status());
  std::vector<Payloads::Item> items;
  for (const Sequence seq : seqs) {
    if (!CheckHolds((*content)->held, seq).ok()) continue;
    const std::optional<SaltedPayload>& payload = (*content)->entries[seq.value() - 1].payload;
    if (payload) items.push_back({seq, *payload});
  }
  return items;
}

absl::StatusOr<Bytes> MemoryFeedStore::ReadHeader(const FeedId& feed, Sequence seq) const {
  absl::MutexLock lock(&mutex_);
  const absl::StatusOr<const Content*> content = Find(feed);
  HANSA_RETURN_IF_ERROR(content.status());
  HANSA_RETURN_IF_ERROR(CheckHolds((*content)->held, seq));
  return (*content)->entries[seq.value() - 1].header;
}

absl::StatusOr<std::vector<StoredHeader>> MemoryFeedStore::ErasureHeaders() const {
  absl::MutexLock lock(&mutex_);
  std::vector<StoredHeader> headers;
  for (const auto& [feed, content] : feeds_) {
    if (content.held.author.collection != replication::kErasures) continue;
    for (const replication::Entry& entry : content.entries) headers.push_back({feed, entry.header});
  }
  return headers;
}

absl::StatusOr<std::vector<Checkpoint>> MemoryFeedStore::Checkpoints(const FeedId& feed) const {
  absl::MutexLock lock(&mutex_);
  const absl::StatusOr<const Content*> content = Find(feed);
  HANSA_RETURN_IF_ERROR(content.status());
  std::vector<Checkpoint> checkpoints;
  for (const auto& [len, checkpoint] : (*content)->checkpoints) checkpoints.push_back(checkpoint);
  return checkpoints;
}

absl::StatusOr<std::string> MemoryTables::Get(Table table, absl::string_view key) const {
  absl::MutexLock lock(&mutex_);
  const auto rows = tables_.find(table);
  if (rows != tables_.end()) {
    const auto row = rows->second.find(std::string(key));
    if (row != rows->second.end()) return row->second;
  }
  return absl::NotFoundError("no such key");
}

absl::Status MemoryTables::Apply(absl::Span<const Write> writes, Durability) {
  absl::MutexLock lock(&mutex_);
  for (const Write& write : writes) {
    if (write.value) {
      tables_[write.table].insert_or_assign(write.key, *write.value);
    } else {
      tables_[write.table].erase(write.key);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<KeyValue>> MemoryTables::Scan(Table table, absl::string_view prefix, absl::string_view from,
                                                         std::size_t count_max) const {
  absl::MutexLock lock(&mutex_);
  std::vector<KeyValue> pairs;
  const auto rows = tables_.find(table);
  if (rows == tables_.end()) return pairs;
  auto row = rows->second.lower_bound(std::string(std::max(prefix, from)));
  for (; row != rows->second.end() && pairs.size() < count_max; ++row) {
    if (!absl::StartsWith(row->first, prefix)) break;
    pairs.push_back({row->first, row->second});
  }
  return pairs;
}

absl::Status MemoryTables::Clear(Table table) {
  absl::MutexLock lock(&mutex_);
  tables_.erase(table);
  return absl::OkStatus();
}

absl::Status MemoryTables::Erase(Table table, absl::string_view prefix) {
  absl::MutexLock lock(&mutex_);
  std::erase_if(tables_[table], [&](const auto& row) { return absl::StartsWith(row.first, prefix); });
  return absl::OkStatus();
}

}  // namespace hansa::storage
