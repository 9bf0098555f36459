// The store's contract in memory, for tests and simulation: the same answers, nothing kept after the process.
#ifndef HANSA_STORAGE_MEMORY_STORE_H_
#define HANSA_STORAGE_MEMORY_STORE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "replication/crypto.h"
#include "storage/feed_rules.h"
#include "storage/feed_store.h"
#include "storage/tables.h"

namespace hansa::storage {

class MemoryFeedStore final : public FeedStore {
 public:
  // `crypto` outlives the store.
  explicit MemoryFeedStore(const replication::Crypto& crypto = replication::SodiumCrypto()) : crypto_(crypto) {}

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
  struct Content {
    HeldFeed held;
    std::vector<replication::Entry> entries;  // [i] is entry i + 1
    std::vector<replication::EntryHeader> headers;
    std::map<replication::Sequence, replication::Checkpoint> checkpoints;  // by length
  };

  static void FindAbsents(Content& content);
  absl::StatusOr<const Content*> Find(const replication::FeedId& feed) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const replication::Crypto& crypto_;
  mutable absl::Mutex mutex_;
  std::map<replication::FeedId, Content> feeds_ ABSL_GUARDED_BY(mutex_);
  std::map<replication::FeedId, Quarantine> quarantine_ ABSL_GUARDED_BY(mutex_);  // what it comes to; nobody reads it
};

class MemoryTables final : public Tables {
 public:
  absl::StatusOr<std::string> Get(Table table, absl::string_view key) const override;
  absl::Status Apply(absl::Span<const Write> writes, Durability durability) override;
  absl::StatusOr<std::vector<KeyValue>> Scan(Table table, absl::string_view prefix, absl::string_view from,
                                             std::size_t count_max) const override;
  absl::Status Clear(Table table) override;
  absl::Status Erase(Table table, absl::string_view prefix) override;

 private:
  mutable absl::Mutex mutex_;
  std::map<Table, std::map<std::string, std::string>> tables_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_MEMORY_STORE_H_
