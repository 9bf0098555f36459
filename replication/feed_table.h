// How far every feed has come here: verified and on its way to the disk (accepted), and on the disk (durable).
// Only what is durable is acknowledged, compared or passed on.
#ifndef HANSA_REPLICATION_FEED_TABLE_H_
#define HANSA_REPLICATION_FEED_TABLE_H_

#include <cstdint>
#include <map>
#include <optional>

#include "replication/feed.h"

namespace hansa::replication {

struct FeedProgress {
  FeedTail durable;
  FeedTail accepted;                 // never shorter than durable
  std::optional<Checkpoint> newest;  // of durable; absent while it is empty
  std::uint64_t entries_bytes = 0;   // counted bytes, durable
};

// Not thread-safe: one owner.
class FeedTable {
 public:
  // What was held when the node started.
  void Restore(const Checkpoint& newest, bool ended, std::uint64_t bytes);

  // An empty progress for a feed never met.
  const FeedProgress& Of(const FeedId& feed) const;
  void Accept(const FeedId& feed, const FeedTail& tail);
  void MakeDurable(const FeedId& feed, const Checkpoint& newest, bool ended, std::uint64_t bytes);
  // It is not held any more, nor what is on its way to the disk.
  void Drop(const FeedId& feed);
  // What was accepted and is not durable was not written.
  void Forget(const FeedId& feed);

  bool HasPending() const { return pending_ > 0; }
  // Grows with every change of what is durable.
  std::uint64_t version() const { return version_; }
  const std::map<FeedId, FeedProgress>& feeds() const { return feeds_; }

 private:
  void Count(const FeedProgress& before, const FeedProgress& after);

  std::map<FeedId, FeedProgress> feeds_;
  std::uint64_t version_ = 0;
  std::size_t pending_ = 0;  // feeds whose accepted is beyond their durable
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FEED_TABLE_H_
