// Whom this node follows, and what it is told of them. Promises: the list stays on this node; news is told in the order
// in which it came here, each piece once as new; whoever waits for it is woken by it, not by a clock.
#ifndef HANSA_NODE_DESK_FOLLOWING_DESK_H_
#define HANSA_NODE_DESK_FOLLOWING_DESK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/followed_topics.h"
#include "node/projection/news_journal.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

// One wait for news takes this long at the most, and so many may wait at once.
inline constexpr absl::Duration kPatienceMax = absl::Seconds(30);
inline constexpr int kWaitingMax = 8;
// The newest so many pieces of news are listed.
inline constexpr std::size_t kNewsListedMax = 5000;

struct FollowedMember {
  std::string member;                    // slug
  std::vector<std::string> collections;  // names, in their numbers' order
  friend bool operator==(const FollowedMember&, const FollowedMember&) = default;
};

struct FollowReport {
  FollowedMember followed;  // as it stands now
  bool already = false;     // it was followed like this before
  std::string warning;      // a sentence; may be empty
};

struct UnfollowReport {
  bool was_followed = false;
  std::string words;  // what happens to the copies on this node
};

struct KeepReport {
  Keep keep = Keep::kAll;
  bool already = false;             // it was so before
  std::uint64_t feeds_removed = 0;  // of others, from this node's disk
};

// Something that a followed member published.
struct NewsPiece {
  std::uint64_t at_ms = 0;  // when it came, by this node's clock; for what was here before: when it was followed
  std::string member;       // slug
  replication::Collection collection;
  std::string
      kind;  // practice, translation, offer, reply, acceptance, …, indicator set; of what was taken back: what it was
  replication::RecordId id;
  std::string title;           // or a few words where a record has none, such as '31 values for 2025'
  std::uint64_t revision = 0;  // from 1
  bool withdrawn = false;
  replication::Sequence sequence;
  replication::FeedId feed;           // of which this is the entry at `sequence`
  std::vector<FollowedTopic> topics;  // followed ones that it is about
  bool is_own = false;                // this node's own member published it: for hooks alone
  std::uint64_t entries = 1;          // of its record that came in the time that was asked for; this is the newest
  bool was_here = false;              // before its author was followed: when it came is not known
};

struct News {
  std::vector<NewsPiece> pieces;  // in the order in which they came here
  std::uint64_t position = 0;     // where to go on
};

// The collections called so, ascending; all that may be followed, where none is named.
//   INVALID_ARGUMENT  no such collection, or one that nobody follows
absl::StatusOr<std::vector<replication::Collection>> CollectionsNamed(const std::vector<std::string>& names);

// Which news is listed.
enum class Listing {
  kAll,
  kNew,  // only what was not listed so before; it is remembered that it was
};

// For how long somebody waits, and for what.
struct NewsWait {
  std::optional<std::uint64_t> after;  // a position; absent: only what comes from now on
  absl::Duration patience;             // at most kPatienceMax counts
  std::function<bool()> is_gone;       // whether nobody waits for the answer any more; looked at now and then
};

// Thread-safe. Calls block on disk; Follow, Unfollow and SetKeep also on the node, AwaitNews as it says.
class FollowingDesk {
 public:
  // All must outlive the desk. The views learn whom and what the node follows.
  FollowingDesk(RunningNode& node, const catalogue::Catalogue& catalogue, projection::Views& views);

  // Follows `slug` from now on, for the collections named; without any, for all that members publish. Replaces what was
  // followed of this member before. What is here of it already is listed as news, and not as new.
  //   NOT_FOUND            no such member
  //   INVALID_ARGUMENT     no such collection; names those there are
  //   FAILED_PRECONDITION  this node's own member
  absl::StatusOr<FollowReport> Follow(absl::string_view slug, const std::vector<std::string>& collections);
  //   NOT_FOUND  no such member
  absl::StatusOr<UnfollowReport> Unfollow(absl::string_view slug);
  // By slug.
  std::vector<FollowedMember> Following() const;

  // What any member publishes about `topic` is news from now on. Returns whether it was followed before. The topic is
  // one that a search takes.
  //   INVALID_ARGUMENT     it asks for nothing
  //   FAILED_PRECONDITION  kTopicsMax are followed already
  absl::StatusOr<bool> FollowTopic(FollowedTopic topic);
  // Returns whether it was followed.
  absl::StatusOr<bool> UnfollowTopic(const FollowedTopic& topic);
  // In their order.
  absl::StatusOr<std::vector<FollowedTopic>> Topics() const;

  // `keep` is 'all' or 'followed'.
  //   INVALID_ARGUMENT     neither
  //   FAILED_PRECONDITION  as RunningNode::SetKeep
  absl::StatusOr<KeepReport> SetKeep(const std::string& keep);

  // What came after `since_ms` (Unix milliseconds; 0: everything) of those that are followed now, of the newest
  // kNewsListedMax entries: of each record the newest piece. What is not held any more is left out.
  //   INVALID_ARGUMENT  a time, and only what is new: one of both
  absl::StatusOr<News> ListNews(std::uint64_t since_ms, Listing listing);

  // Returns as soon as there is news, when patience ends, when nobody waits any more, or at StopWaiting; then without
  // news.
  //   RESOURCE_EXHAUSTED  kWaitingMax wait already
  absl::StatusOr<News> AwaitNews(const NewsWait& wait) ABSL_LOCKS_EXCLUDED(waiting_mutex_);
  // For who tells others: the first piece behind position `after` that came while it was followed, and where it stands
  // as the position; without a piece, where to go on, which is `after` at the end. What was taken back meanwhile is
  // left out; that it was taken back is a piece of its own.
  absl::StatusOr<News> NextNews(std::uint64_t after) const;
  // Ends every wait, and those that come.
  void StopWaiting() ABSL_LOCKS_EXCLUDED(waiting_mutex_);

 private:
  absl::Status Change(const NodeView& view, const std::vector<Followed>& following)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(changing_);
  FollowedMember Shown(const NodeView& view, const Followed& followed) const;
  absl::Status ChangeTopics(const std::vector<FollowedTopic>& topics) ABSL_EXCLUSIVE_LOCKS_REQUIRED(changing_);
  projection::Views::IsOnTopic FilterOf(std::vector<FollowedTopic> topics) const;
  absl::StatusOr<std::optional<NewsPiece>> PieceOf(const NodeView& view, const projection::NewsRow& row,
                                                   const std::vector<FollowedTopic>& topics) const;
  absl::StatusOr<std::optional<NewsPiece>> PieceToTell(const projection::NewsRow& row,
                                                       const std::vector<FollowedTopic>& topics) const;
  using PieceMaker = std::function<absl::StatusOr<std::optional<NewsPiece>>(const projection::NewsRow&,
                                                                            const std::vector<FollowedTopic>&)>;
  absl::StatusOr<News> ReadOn(std::uint64_t after, std::size_t rows_max, std::size_t pieces_max,
                              const PieceMaker& piece_of) const;
  absl::StatusOr<News> NewsAfter(std::uint64_t after) const;
  absl::StatusOr<News> WaitFor(const NewsWait& wait) const ABSL_LOCKS_EXCLUDED(waiting_mutex_);
  bool is_stopped() const ABSL_LOCKS_EXCLUDED(waiting_mutex_);

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  projection::Views& views_;
  absl::Mutex changing_;  // one change of the list at a time
  absl::Mutex listing_;   // one list of what is new at a time
  mutable absl::Mutex waiting_mutex_;
  int waiting_ ABSL_GUARDED_BY(waiting_mutex_) = 0;
  bool stopped_ ABSL_GUARDED_BY(waiting_mutex_) = false;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_FOLLOWING_DESK_H_
