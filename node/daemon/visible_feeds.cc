#include "node/daemon/visible_feeds.h"

#include "replication/check.h"

namespace hansa::node {
namespace {
absl::Status ReadOnly() { return absl::FailedPreconditionError("what a node shows is not written to"); }
}  // namespace

void VisibleFeeds::Hide(const replication::FeedId& feed, const std::vector<replication::Sequence>& hidden) {
  absl::MutexLock lock(&mutex_);
  if (hidden.empty()) {
    hidden_.erase(feed);
  } else {
    hidden_[feed] = {hidden.begin(), hidden.end()};
  }
}

std::set<replication::Sequence> VisibleFeeds::HiddenIn(const replication::FeedId& feed) const {
  absl::MutexLock lock(&mutex_);
  const auto found = hidden_.find(feed);
  return found == hidden_.end() ? std::set<replication::Sequence>() : found->second;
}

absl::Status VisibleFeeds::Append(absl::Span<const replication::VerifiedUnit>) { return ReadOnly(); }
absl::Status VisibleFeeds::Drop(absl::Span<const replication::FeedId>) { return ReadOnly(); }
absl::Status VisibleFeeds::WritePayloads(const replication::FeedId&, absl::Span<const replication::Payloads::Item>) {
  return ReadOnly();
}
absl::Status VisibleFeeds::ErasePayloads(const replication::FeedId&, absl::Span<const replication::Sequence>) {
  return ReadOnly();
}
absl::StatusOr<std::optional<storage::HeldFeed>> VisibleFeeds::CutFeed(const replication::Checkpoint&) {
  return ReadOnly();
}
absl::Status VisibleFeeds::DropQuarantine(const replication::FeedId&) { return ReadOnly(); }

absl::StatusOr<replication::Bytes> VisibleFeeds::ReadUnit(const replication::FeedId& feed, replication::Sequence from,
                                                          std::size_t bytes_max) const {
  absl::StatusOr<replication::Bytes> bytes = feeds_.ReadUnit(feed, from, bytes_max);
  const std::set<replication::Sequence> hidden = HiddenIn(feed);
  if (!bytes.ok() || hidden.empty()) return bytes;
  absl::StatusOr<replication::TransferUnit> unit = replication::DecodeUnit(*bytes);
  HANSA_RETURN_IF_ERROR(unit.status());
  for (const replication::Sequence seq : hidden) {
    const bool is_in = seq >= unit->from && seq <= unit->end.len;
    if (is_in) unit->entries[seq.value() - unit->from.value()].payload.reset();
  }
  return replication::EncodeUnit(*unit);
}

absl::StatusOr<std::vector<storage::StoredEntry>> VisibleFeeds::ReadEntries(const replication::FeedId& feed,
                                                                            replication::Sequence from,
                                                                            std::size_t count_max) const {
  absl::StatusOr<std::vector<storage::StoredEntry>> entries = feeds_.ReadEntries(feed, from, count_max);
  const std::set<replication::Sequence> hidden = HiddenIn(feed);
  if (!entries.ok() || hidden.empty()) return entries;
  for (storage::StoredEntry& stored : *entries) {
    if (hidden.contains(stored.seq)) stored.entry.payload.reset();
  }
  return entries;
}

absl::StatusOr<std::vector<replication::Payloads::Item>> VisibleFeeds::ReadPayloads(
    const replication::FeedId& feed, absl::Span<const replication::Sequence> seqs) const {
  const std::set<replication::Sequence> hidden = HiddenIn(feed);
  std::vector<replication::Sequence> visible;
  for (const replication::Sequence seq : seqs) {
    if (!hidden.contains(seq)) visible.push_back(seq);
  }
  return feeds_.ReadPayloads(feed, visible);
}

}  // namespace hansa::node
