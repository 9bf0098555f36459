#include "replication/tree_walk.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::replication {
namespace {

absl::Status BrokenBy(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("comparing by digests: ", what));
}

// Rows under `path`, in frames of kRowsFrameMax; one empty frame where there are none.
void AppendRows(const ScopeTree& tree, const RowOf& row_of, const ScopeId& scope, const Bytes& path,
                std::vector<Frame>& frames) {
  const std::vector<FeedId> feeds = tree.FeedsUnder(path);
  std::size_t begin = 0;
  do {
    const std::size_t end = std::min(feeds.size(), begin + kRowsFrameMax);
    Rows frame{scope, path, {}, end == feeds.size()};
    for (std::size_t i = begin; i < end; ++i) frame.rows.push_back(row_of(feeds[i]));
    frames.push_back(std::move(frame));
    begin = end;
  } while (begin < feeds.size());
}

absl::Status JudgeQuery(const TreeQuery& query) {
  if (query.paths.empty() || query.paths.size() > kQueryPathsMax) return BrokenBy("1 to 64 paths make a question");
  for (std::size_t i = 0; i < query.paths.size(); ++i) {
    const Bytes& path = query.paths[i];
    if (!IsTreePath(path)) return BrokenBy("a path is up to 32 nibbles");
    if (i == 0) continue;
    // Nothing is asked for twice, so an answer is never longer than the scope.
    const Bytes& before = query.paths[i - 1];
    if (path <= before || absl::StartsWith(path, before)) return BrokenBy("paths must ascend, none under another");
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<TreeQuery> TreeWalk::Start(const ScopeTree& tree) {
  HANSA_CHECK(phase_ == Phase::kIdle);
  if (tree.size() <= kFlatScopeFeedsMax) return AskForRows({Bytes()});
  phase_ = Phase::kDigests;
  waiting_ = {Bytes()};
  return AskMore();
}

absl::StatusOr<std::vector<TreeQuery>> TreeWalk::OnReply(const ScopeTree& tree, const TreeReply& reply) {
  if (phase_ != Phase::kDigests) return Fail(BrokenBy("digests that were not asked for"));
  if (reply.nodes.empty()) return Fail(BrokenBy("an answer without digests"));
  for (const TreeReply::Node& node : reply.nodes) {
    if (absl::Status status = TakeNode(tree, node); !status.ok()) return Fail(std::move(status));
  }
  return asked_.empty() && waiting_.empty() ? Descend(tree) : AskMore();
}

absl::Status TreeWalk::TakeNode(const ScopeTree& tree, const TreeReply::Node& node) {
  if (asked_.erase(node.path) == 0) return BrokenBy("digests that were not asked for");
  if (node.children.size() != kTreeRadix) return BrokenBy("an inner node has 16 children");
  for (std::size_t nibble = 0; nibble < kTreeRadix; ++nibble) {
    Bytes path = node.path + static_cast<char>(nibble);
    if (node.children[nibble] == tree.DigestAt(path)) {
      equal_paths_.push_back(std::move(path));
    } else {
      (tree.IsBucket(path) ? buckets_ : inner_).insert(std::move(path));
    }
  }
  return absl::OkStatus();
}

std::vector<TreeQuery> TreeWalk::Descend(const ScopeTree& tree) {
  if (IsFlatCheaper(tree)) {
    equal_paths_.clear();
    return AskForRows({Bytes()});
  }
  if (inner_.empty()) return AskForRows(std::exchange(buckets_, {}));
  waiting_ = std::exchange(inner_, {});
  return AskMore();
}

bool TreeWalk::IsFlatCheaper(const ScopeTree& tree) const {
  std::size_t under_buckets = 0;
  for (const Bytes& path : buckets_) under_buckets += tree.CountUnder(path);
  if (under_buckets > tree.size() / 4) return true;
  // Inner nodes tell little of how many rows differ under them, unless nearly all of very many do that stand right
  // above buckets. With a quarter of all buckets differing, (3/4)^16 of such nodes, one in 100, are still equal.
  constexpr std::size_t kNodesMin = 100;
  constexpr std::size_t kAboveBucketsMax = 16 * 16;
  std::size_t under_inner = 0;
  for (const Bytes& path : inner_) {
    const std::size_t count = tree.CountUnder(path);
    if (count <= kAboveBucketsMax) under_inner += count;
  }
  return inner_.size() >= kNodesMin && under_inner + under_buckets > tree.size() / 100 * 99;
}

std::vector<TreeQuery> TreeWalk::AskForRows(std::set<Bytes> paths) {
  inner_.clear();
  buckets_.clear();
  phase_ = paths.empty() ? Phase::kDone : Phase::kRows;
  waiting_ = std::move(paths);
  return AskMore();
}

std::vector<TreeQuery> TreeWalk::AskMore() {
  std::vector<TreeQuery> queries;
  while (!waiting_.empty() && asked_.size() + kQueryPathsMax <= kPathsOutMax) {
    TreeQuery query{scope_, phase_ == Phase::kRows, {}};
    while (!waiting_.empty() && query.paths.size() < kQueryPathsMax) {
      query.paths.push_back(*waiting_.begin());
      asked_.insert(waiting_.extract(waiting_.begin()));
    }
    queries.push_back(std::move(query));
  }
  return queries;
}

absl::Status TreeWalk::JudgeRows(const ScopeTree& tree, const Rows& rows) const {
  if (phase_ != Phase::kRows || asked_.count(rows.path) == 0) return BrokenBy("rows that were not asked for");
  if (rows.rows.size() > kRowsFrameMax) return BrokenBy("more than 900 rows in a frame");
  if (rows.rows.empty() && !rows.last) return BrokenBy("no rows in a frame that is not the last");
  const auto reached = reached_.find(rows.path);
  const FeedId* before = reached == reached_.end() ? nullptr : &reached->second.last;
  for (const FeedRow& row : rows.rows) {
    if (before != nullptr && row.feed <= *before) return BrokenBy("rows do not ascend");
    if (!IsUnder(row.feed, rows.path)) return BrokenBy("a row that is not under its path");
    if (!tree.Contains(row.feed)) return BrokenBy("a row of a feed outside the scope");
    before = &row.feed;
  }
  // Both sides have the same feeds: fewer rows would hide a difference.
  const std::size_t count = (reached == reached_.end() ? 0 : reached->second.rows) + rows.rows.size();
  if (rows.last && count != tree.CountUnder(rows.path)) return BrokenBy("rows of some feeds are left out");
  return absl::OkStatus();
}

absl::StatusOr<std::vector<TreeQuery>> TreeWalk::OnRows(const ScopeTree& tree, const Rows& rows) {
  if (absl::Status status = JudgeRows(tree, rows); !status.ok()) return Fail(std::move(status));
  for (const FeedRow& row : rows.rows) rows_[row.feed] = row;
  if (!rows.last) {
    Reached& reached = reached_[rows.path];
    reached.rows += rows.rows.size();
    reached.last = rows.rows.back().feed;
    return std::vector<TreeQuery>();
  }
  reached_.erase(rows.path);
  asked_.erase(rows.path);
  if (asked_.empty() && waiting_.empty()) phase_ = Phase::kDone;
  return AskMore();
}

absl::Status TreeWalk::Fail(absl::Status why) {
  phase_ = Phase::kFailed;
  return why;
}

absl::StatusOr<std::vector<Frame>> AnswerQuery(const ScopeTree& tree, const RowOf& row_of, const TreeQuery& query) {
  HANSA_RETURN_IF_ERROR(JudgeQuery(query));
  std::vector<Frame> frames;
  TreeReply reply{query.scope, {}};
  for (const Bytes& path : query.paths) {
    if (query.flat || tree.IsBucket(path)) continue;
    reply.nodes.push_back({path, tree.At(path).children});
  }
  if (!reply.nodes.empty()) frames.push_back(std::move(reply));
  for (const Bytes& path : query.paths) {
    if (query.flat || tree.IsBucket(path)) AppendRows(tree, row_of, query.scope, path, frames);
  }
  return frames;
}

}  // namespace hansa::replication
