// The feeds as this node shows them: without the payloads that erasure orders have hidden, though they may still be on
// the disk until their hold is over. For everybody but the disk thread. Writes are not for here.
#ifndef HANSA_NODE_DAEMON_VISIBLE_FEEDS_H_
#define HANSA_NODE_DAEMON_VISIBLE_FEEDS_H_

#include <map>
#include <set>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "storage/feed_store.h"

namespace hansa::node {

// Thread-safe. `feeds` must outlive it.
class VisibleFeeds final : public storage::FeedStore {
 public:
  explicit VisibleFeeds(storage::FeedStore& feeds) : feeds_(feeds) {}

  // These, and no others, are hidden of this feed from now on.
  void Hide(const replication::FeedId& feed, const std::vector<replication::Sequence>& hidden)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Nothing is written by this way: FAILED_PRECONDITION.
  absl::Status Append(absl::Span<const replication::VerifiedUnit> units) override;
  absl::Status Drop(absl::Span<const replication::FeedId> feeds) override;
  absl::Status WritePayloads(const replication::FeedId& feed,
                             absl::Span<const replication::Payloads::Item> items) override;
  absl::Status ErasePayloads(const replication::FeedId& feed, absl::Span<const replication::Sequence> seqs) override;
  absl::StatusOr<std::optional<storage::HeldFeed>> CutFeed(const replication::Checkpoint& seal) override;
  absl::Status DropQuarantine(const replication::FeedId& feed) override;

  absl::StatusOr<storage::Quarantine> Quarantined(const replication::FeedId& feed) const override {
    return feeds_.Quarantined(feed);
  }
  absl::StatusOr<std::vector<storage::Quarantine>> AllQuarantined() const override { return feeds_.AllQuarantined(); }
  absl::StatusOr<std::vector<storage::HeldFeed>> Feeds() const override { return feeds_.Feeds(); }
  absl::StatusOr<storage::HeldFeed> Feed(const replication::FeedId& feed) const override { return feeds_.Feed(feed); }
  absl::StatusOr<replication::Bytes> ReadUnit(const replication::FeedId& feed, replication::Sequence from,
                                              std::size_t bytes_max) const override;
  absl::StatusOr<std::vector<storage::StoredEntry>> ReadEntries(const replication::FeedId& feed,
                                                                replication::Sequence from,
                                                                std::size_t count_max) const override;
  absl::StatusOr<std::vector<replication::Payloads::Item>> ReadPayloads(
      const replication::FeedId& feed, absl::Span<const replication::Sequence> seqs) const override;
  absl::StatusOr<replication::Bytes> ReadHeader(const replication::FeedId& feed,
                                                replication::Sequence seq) const override {
    return feeds_.ReadHeader(feed, seq);
  }
  absl::StatusOr<std::vector<storage::StoredHeader>> ErasureHeaders() const override { return feeds_.ErasureHeaders(); }
  absl::StatusOr<std::vector<replication::Checkpoint>> Checkpoints(const replication::FeedId& feed) const override {
    return feeds_.Checkpoints(feed);
  }

 private:
  std::set<replication::Sequence> HiddenIn(const replication::FeedId& feed) const ABSL_LOCKS_EXCLUDED(mutex_);

  storage::FeedStore& feeds_;
  mutable absl::Mutex mutex_;
  std::map<replication::FeedId, std::set<replication::Sequence>> hidden_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_VISIBLE_FEEDS_H_
