// Finding what differs between two digest trees over the same feeds: the questions of the side that drives, and the
// answers of the other. Pure: frames in, frames out; who sends them, and how long to wait, is the session's affair.
// Promise: when a walk is done, every feed whose leaf differed from the peer's has the peer's row, or the walk failed
// and said why. What a peer can make it hold is bounded by this side's own tree.
#ifndef HANSA_REPLICATION_TREE_WALK_H_
#define HANSA_REPLICATION_TREE_WALK_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/frames.h"
#include "replication/scope_tree.h"

namespace hansa::replication {

inline constexpr std::size_t kQueryPathsMax = 64;
inline constexpr std::size_t kRowsFrameMax = 900;      // rows; about 60 KiB, below what a frame may be
inline constexpr std::size_t kPathsOutMax = 1024;      // asked and not answered yet: answers of about a MiB
inline constexpr std::size_t kFlatScopeFeedsMax = 64;  // a scope this small is asked for whole

// The driving side of one comparison. Goes down level by level: the next level is asked when all questions of
// one are answered. Not thread-safe.
//
// The tree given to each call is this side's for the scope. Leaves may change meanwhile; its set of feeds may not: a
// roster that grew makes another scope and another walk.
class TreeWalk {
 public:
  explicit TreeWalk(const ScopeId& scope) : scope_(scope) {}

  // The first question: for the digests under the root, or for all rows of a small scope.
  std::vector<TreeQuery> Start(const ScopeTree& tree);

  // Take one answer; give what to ask next, nothing while answers are missing or when done. The scope of the
  // answer is scope().
  //   INVALID_ARGUMENT  the peer broke the rules: a path that was not asked or was answered before, not 16 children,
  //                     rows of another path or feed, out of order, too many or too few. The walk is over.
  absl::StatusOr<std::vector<TreeQuery>> OnReply(const ScopeTree& tree, const TreeReply& reply);
  absl::StatusOr<std::vector<TreeQuery>> OnRows(const ScopeTree& tree, const Rows& rows);

  const ScopeId& scope() const { return scope_; }
  bool done() const { return phase_ == Phase::kDone; }
  // The peer's rows under everything that differed, equal ones among them.
  const std::map<FeedId, FeedRow>& rows() const { return rows_; }
  // Paths whose digest was the same on both sides; none of them lies under another, none has a row in `rows`.
  const std::vector<Bytes>& equal_paths() const { return equal_paths_; }

 private:
  enum class Phase { kIdle, kDigests, kRows, kDone, kFailed };
  // How far the rows of one path have come.
  struct Reached {
    std::size_t rows = 0;
    FeedId last;
  };

  absl::Status TakeNode(const ScopeTree& tree, const TreeReply::Node& node);
  absl::Status JudgeRows(const ScopeTree& tree, const Rows& rows) const;
  std::vector<TreeQuery> Descend(const ScopeTree& tree);
  std::vector<TreeQuery> AskForRows(std::set<Bytes> paths);
  std::vector<TreeQuery> AskMore();
  // Whether the rows to ask for are so many of the scope that one list of all costs less.
  bool IsFlatCheaper(const ScopeTree& tree) const;
  absl::Status Fail(absl::Status why);

  ScopeId scope_;
  Phase phase_ = Phase::kIdle;
  std::set<Bytes> waiting_;           // to be asked once there is room
  std::set<Bytes> asked_;             // not answered, or not to the end
  std::map<Bytes, Reached> reached_;  // of those in `asked_` whose rows have begun
  std::set<Bytes> inner_;             // differ on the level that is being answered, and are no buckets
  std::set<Bytes> buckets_;           // differ, on any level so far
  std::vector<Bytes> equal_paths_;
  std::map<FeedId, FeedRow> rows_;
};

// What this side holds of one feed of the scope.
using RowOf = std::function<FeedRow(const FeedId&)>;

// The answer to a query in the scope of `tree`: one TreeReply for the inner nodes asked, and Rows for each bucket and
// each path of a flat query, the last frame of each path marked.
//   INVALID_ARGUMENT  none or more than 64 paths, what is no path, paths that do not ascend or lie under one another
absl::StatusOr<std::vector<Frame>> AnswerQuery(const ScopeTree& tree, const RowOf& row_of, const TreeQuery& query);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_TREE_WALK_H_
