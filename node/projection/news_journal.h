// What came to this node of those that it follows, and when. That is a fact of this node which no feed tells, so the
// journal is not rebuilt with the views, and nothing in it is written twice: an entry that comes again (after the views
// were built anew, or after the node had let go of a feed) is no news.
#ifndef HANSA_NODE_PROJECTION_NEWS_JOURNAL_H_
#define HANSA_NODE_PROJECTION_NEWS_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/projection/record_rows.h"
#include "node/timed_condition.h"
#include "storage/tables.h"

namespace hansa::node::projection {

class PendingWrites;

// Which collections of which members are followed.
using FollowedCollections = std::set<std::pair<replication::Member, replication::Collection>>;

// Unix milliseconds by this node's clock. May be called from any thread.
using ClockMs = std::function<std::uint64_t()>;

// So many rows are kept; the oldest go.
inline constexpr std::uint64_t kNewsRowsMax = 100'000;

// How an entry came into the journal.
enum class Arrival : std::uint8_t {
  kNew = 0,      // it came while its author was followed
  kWasHere = 1,  // it was here when its author was followed from then on
  kOwn = 2,      // this node's own member published it: no news here, and told to hooks that ask for it
};

// One entry of a followed member, about a followed topic, or of this node's own member.
struct NewsRow {
  std::uint64_t number = 0;  // from 1, in the order in which they came
  std::uint64_t at_ms = 0;   // when; of what was here before, when its author was followed. 0: no clock was given
  Arrival arrival = Arrival::kNew;
  RecordKey record;
  Position position;
  friend bool operator==(const NewsRow&, const NewsRow&) = default;
};

// Keys of Table::kNews, integers big-endian:
//   'n' number u64   -> at u64, arrival u8, member u32, collection u16, record id, incarnation u32, sequence u64, feed
//   id 'm' feed id      -> sequence u64: the feed's entries up to this one are, or were, in the journal "end" -> number
//   u64 of the last row, number u64 of the last row that was new "following"      -> (member u32, collection u16) of
//   each, ascending "listed"         -> number u64 up to which was listed as new
//   't' feed id  -> sequence u64: what of the feed is about a topic was looked through up to this one
//   "topics"     -> the followed topics, as whoever set them wrote them
//
// Thread-safe. What blocks on disk: everything but end, Follows, Wake and wakings.
class NewsJournal {
 public:
  // `tables` must outlive it. Without a clock no time is known.
  //   DATA_LOSS  a row cannot be read
  static absl::StatusOr<std::unique_ptr<NewsJournal>> Open(storage::Tables& tables, ClockMs now_ms);

  // Number of the last row; 0 if there is none.
  std::uint64_t end() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Rows after number `after`, in order.
  absl::StatusOr<std::vector<NewsRow>> Rows(std::uint64_t after, std::size_t count_max) const;

  // The last row that somebody was told of as new.
  absl::StatusOr<std::uint64_t> Listed() const;
  // Survives a power cut when this returns OK.
  absl::Status SetListed(std::uint64_t number);

  // Returns when a new entry has a number greater than `after`, when Wake was called after `wakings` was read, or when
  // `patience` is over.
  void Await(std::uint64_t after, std::uint64_t wakings, absl::Duration patience) const ABSL_LOCKS_EXCLUDED(mutex_);
  std::uint64_t wakings() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Ends every Await.
  void Wake() ABSL_LOCKS_EXCLUDED(mutex_);

  bool Follows(replication::Member member, replication::Collection collection) const ABSL_LOCKS_EXCLUDED(mutex_);
  FollowedCollections following() const ABSL_LOCKS_EXCLUDED(mutex_);

  // For the views, one at a time, so that the journal changes in one write with the rows that an entry makes:

  // The last entry of `feed` that is, or was, in the journal.
  absl::StatusOr<replication::Sequence> Mark(const replication::FeedId& feed, const PendingWrites& pending) const;
  // Adds an entry of a followed feed to `pending`, unless it is at or before the feed's mark.
  absl::Status Take(const RecordKey& record, const Position& position, Arrival arrival, PendingWrites& pending) const;
  void PutFollowing(const FollowedCollections& following, PendingWrites& pending) const;
  // As Take, of an entry of this node's own member; while the views are `rebuilding`, a feed of which nothing is in the
  // journal yet is passed over.
  absl::Status TakeOwn(const RecordKey& record, const Position& position, bool rebuilding,
                       PendingWrites& pending) const;
  // As Take, of an entry that is about a topic while its author is not followed.
  absl::Status TakeOnTopic(const RecordKey& record, const Position& position, PendingWrites& pending) const;
  // What of `feed` stands up to `seq` is no news about any topic.
  absl::Status PassOnTopic(const replication::FeedId& feed, replication::Sequence seq, PendingWrites& pending) const;
  void PutTopics(const std::string& topics, PendingWrites& pending) const;
  // As they were put; empty: none.
  absl::StatusOr<std::string> Topics() const;
  // What was pending is written: tells those who wait.
  absl::Status Announce() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct End {
    std::uint64_t last = 0;
    std::uint64_t last_new = 0;
  };

  NewsJournal(storage::Tables& tables, ClockMs now_ms) : tables_(tables), now_ms_(std::move(now_ms)) {}

  absl::StatusOr<End> EndIn(const PendingWrites& pending) const;
  absl::StatusOr<replication::Sequence> MarkAt(const replication::Bytes& key, const PendingWrites& pending) const;
  absl::Status TakeUnder(const replication::Bytes& mark_key, const RecordKey& record, const Position& position,
                         Arrival arrival, PendingWrites& pending) const;

  storage::Tables& tables_;
  const ClockMs now_ms_;
  mutable absl::Mutex mutex_;
  mutable TimedCondition changed_;   // what Await waits for may have come
  End end_ ABSL_GUARDED_BY(mutex_);  // as written
  FollowedCollections following_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t wakings_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_NEWS_JOURNAL_H_
