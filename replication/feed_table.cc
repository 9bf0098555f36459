#include "replication/feed_table.h"

namespace hansa::replication {
namespace {
bool IsPending(const FeedProgress& progress) { return progress.accepted.len > progress.durable.len; }
}  // namespace

void FeedTable::Count(const FeedProgress& before, const FeedProgress& after) {
  if (IsPending(before)) --pending_;
  if (IsPending(after)) ++pending_;
}

void FeedTable::Restore(const Checkpoint& newest, bool ended, std::uint64_t bytes) {
  const FeedTail tail{newest.len, newest.head, ended};
  feeds_[newest.feed] = {tail, tail, newest, bytes};
  ++version_;
}

const FeedProgress& FeedTable::Of(const FeedId& feed) const {
  static const FeedProgress kEmpty;
  const auto found = feeds_.find(feed);
  return found == feeds_.end() ? kEmpty : found->second;
}

void FeedTable::Accept(const FeedId& feed, const FeedTail& tail) {
  FeedProgress& progress = feeds_[feed];
  const FeedProgress before = progress;
  progress.accepted = tail;
  Count(before, progress);
}

void FeedTable::MakeDurable(const FeedId& feed, const Checkpoint& newest, bool ended, std::uint64_t bytes) {
  FeedProgress& progress = feeds_[feed];
  const FeedProgress before = progress;
  progress.durable = {newest.len, newest.head, ended};
  progress.newest = newest;
  progress.entries_bytes += bytes;
  if (progress.accepted.len < progress.durable.len) progress.accepted = progress.durable;
  Count(before, progress);
  ++version_;
}

void FeedTable::Drop(const FeedId& feed) {
  const auto found = feeds_.find(feed);
  if (found == feeds_.end()) return;
  Count(found->second, FeedProgress());
  feeds_.erase(found);
  ++version_;
}

void FeedTable::Forget(const FeedId& feed) {
  FeedProgress& progress = feeds_[feed];
  const FeedProgress before = progress;
  progress.accepted = progress.durable;
  Count(before, progress);
}

}  // namespace hansa::replication
