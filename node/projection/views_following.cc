// How the views come to follow somebody: from then on what they read goes into the journal of news, and what they had
// read before goes in at once.
#include <algorithm>
#include <tuple>
#include <vector>

#include "node/projection/pending_writes.h"
#include "node/projection/views.h"
#include "replication/check.h"
#include "replication/entry.h"

namespace hansa::node::projection {
namespace {

using replication::FeedAuthor;
using replication::FeedId;
using replication::Sequence;

constexpr std::size_t kEntriesPerRead = 256;

// The feeds of `following` that `roster` names, of every incarnation: by member, collection and incarnation.
std::vector<std::pair<FeedAuthor, FeedId>> FeedsOf(const replication::Roster& roster,
                                                   const FollowedCollections& following) {
  std::vector<std::pair<FeedAuthor, FeedId>> feeds;
  for (const auto& [feed, author] : roster.feeds()) {
    if (following.contains({author.member, author.collection})) feeds.emplace_back(author, feed);
  }
  const auto place = [](const FeedAuthor& author) {
    return std::tie(author.member, author.collection, author.incarnation);
  };
  std::sort(feeds.begin(), feeds.end(), [&](const auto& a, const auto& b) { return place(a.first) < place(b.first); });
  return feeds;
}

}  // namespace

absl::Status Views::TakeReadEntries(const FeedAuthor& author, const FeedId& feed, PendingWrites& pending) const {
  const absl::StatusOr<Sequence> cursor = CursorOf(feed);
  HANSA_RETURN_IF_ERROR(cursor.status());
  const absl::StatusOr<Sequence> mark = journal_->Mark(feed, pending);
  HANSA_RETURN_IF_ERROR(mark.status());
  std::uint64_t at = mark->value();
  while (at < cursor->value()) {
    const auto entries = feeds_.ReadEntries(feed, Sequence(at + 1), kEntriesPerRead);
    if (absl::IsNotFound(entries.status())) return absl::OkStatus();  // let go meanwhile
    HANSA_RETURN_IF_ERROR(entries.status());
    if (entries->empty()) return absl::OkStatus();
    for (const storage::StoredEntry& stored : *entries) {
      if (stored.seq > *cursor) return absl::OkStatus();
      const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.entry.header);
      HANSA_RETURN_IF_ERROR(header.status());
      const RecordKey record{author.member, author.collection, header->record};
      const Position position{author.incarnation, stored.seq, feed};
      HANSA_RETURN_IF_ERROR(journal_->Take(record, position, Arrival::kWasHere, pending));
      at = stored.seq.value();
    }
  }
  return absl::OkStatus();
}

absl::Status Views::SetFollowing(const replication::Roster& roster, const FollowedCollections& following) {
  // Before the lock: a node that starts while much is read must not wait for it.
  if (following == journal_->following()) return absl::OkStatus();
  absl::MutexLock lock(&reading_);
  PendingWrites pending(tables_);
  for (const auto& [author, feed] : FeedsOf(roster, following)) {
    HANSA_RETURN_IF_ERROR(TakeReadEntries(author, feed, pending));
  }
  journal_->PutFollowing(following, pending);
  const absl::StatusOr<std::vector<storage::Write>> writes = pending.TakeWrites();
  HANSA_RETURN_IF_ERROR(writes.status());
  HANSA_RETURN_IF_ERROR(tables_.Apply(*writes, storage::Durability::kSynced));
  return journal_->Announce();
}

absl::Status Views::SetTopics(const std::string& topics, IsOnTopic is_on_topic) {
  absl::MutexLock lock(&reading_);
  const absl::StatusOr<std::vector<storage::HeldFeed>> held = feeds_.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  PendingWrites pending(tables_);
  for (const storage::HeldFeed& feed : *held) {
    const absl::StatusOr<Sequence> cursor = CursorOf(feed.feed);
    HANSA_RETURN_IF_ERROR(cursor.status());
    if (*cursor > Sequence(0)) HANSA_RETURN_IF_ERROR(journal_->PassOnTopic(feed.feed, *cursor, pending));
  }
  journal_->PutTopics(topics, pending);
  const absl::StatusOr<std::vector<storage::Write>> writes = pending.TakeWrites();
  HANSA_RETURN_IF_ERROR(writes.status());
  HANSA_RETURN_IF_ERROR(tables_.Apply(*writes, storage::Durability::kSynced));
  is_on_topic_ = std::move(is_on_topic);
  return absl::OkStatus();
}

void Views::ResumeTopics(IsOnTopic is_on_topic) {
  absl::MutexLock lock(&reading_);
  is_on_topic_ = std::move(is_on_topic);
}

}  // namespace hansa::node::projection
