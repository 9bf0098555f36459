#include "replication/replica_state.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::replication {

absl::Status ReplicaState::Accept(TransferUnit unit, SessionId source, Effects& effects) {
  const FeedAuthor* author = roster.AuthorOf(unit.feed);
  if (author == nullptr) return RefusedFor(Refusal::kUnknownFeed, "our roster does not name it (yet)");
  const FeedTail tail = feeds.Of(unit.feed).accepted;
  absl::StatusOr<VerifiedUnit> verified =
      VerifiedUnit::Verify(crypto, roster.network(), *author, tail, std::move(unit));
  HANSA_RETURN_IF_ERROR(verified.status());
  if (IsOwn(*author)) {
    own_feed_ahead = true;
    effects.push_back(MarkOwnFeed{verified->end()});
    return RefusedFor(Refusal::kOwnFeed, absl::StrCat("a peer holds entries of our own collection ",
                                                      author->collection.value(), " that we do not"));
  }
  Enqueue({*std::move(verified), source, std::nullopt}, false, effects);
  return absl::OkStatus();
}

void ReplicaState::AcceptOwn(VerifiedUnit unit, PublishId publish, Effects& effects) {
  Enqueue({std::move(unit), std::nullopt, publish}, true, effects);
}

void ReplicaState::Enqueue(PendingCommit commit, bool own, Effects& effects) {
  const CommitId id(next_commit++);
  feeds.Accept(commit.unit.unit().feed, commit.unit.tail());
  pending_bytes += commit.unit.counted_bytes();
  effects.push_back(Commit{id, commit.unit, own});
  pending.emplace(id, std::move(commit));
}

bool ReplicaState::SettleInterest() {
  Interest settled = chosen;
  if (!chosen.everything) {
    std::map<Collection, std::set<Member>> kept;
    for (const InterestRow& row : chosen.rows) kept[row.collection].insert(row.members.begin(), row.members.end());
    settled = InterestIn(own_member().value_or(kMemberUnknown), kept);
  }
  if (settled == interest) return false;
  interest = std::move(settled);
  return true;
}

void ReplicaState::DropUncovered(Effects& effects) {
  DropFeeds drop;
  const std::optional<Member> own = own_member();
  for (const auto& [feed, progress] : feeds.feeds()) {
    const FeedAuthor* author = roster.AuthorOf(feed);
    // What the roster does not name (yet) is nobody's to judge.
    if (author == nullptr || IsOwn(*author) || author->member == own || Covers(interest, *author)) continue;
    drop.feeds.push_back(feed);
  }
  for (const FeedId& feed : drop.feeds) feeds.Drop(feed);
  for (auto& [id, commit] : pending) {
    if (std::binary_search(drop.feeds.begin(), drop.feeds.end(), commit.unit.unit().feed)) commit.dropped = true;
  }
  if (!drop.feeds.empty()) effects.push_back(std::move(drop));
}

const std::set<FeedId>& ReplicaState::ScopeWith(const Interest& theirs) {
  if (!interest.everything || !theirs.everything) {
    scope_partial_ = ScopeOf(roster, interest, theirs);
    return scope_partial_;
  }
  if (scope_position_ != roster.position()) {
    scope_of_everything_ = ScopeOf(roster, interest, theirs);
    scope_position_ = roster.position();
    root_of_everything_.reset();
  }
  return scope_of_everything_;
}

TreeDigest ReplicaState::RootOf(const std::set<FeedId>& scope, bool is_everything) {
  if (!is_everything) return RootDigest(crypto, RowsOf(scope));
  if (!root_of_everything_ || root_version_ != feeds.version()) {
    root_of_everything_ = RootDigest(crypto, RowsOf(scope));
    root_version_ = feeds.version();
  }
  return *root_of_everything_;
}

std::vector<FeedRow> ReplicaState::RowsOf(const std::set<FeedId>& scope) const {
  std::vector<FeedRow> rows;
  rows.reserve(scope.size());
  for (const FeedId& feed : scope) {
    const FeedTail& tail = feeds.Of(feed).durable;
    rows.push_back({feed, tail.len, tail.head});
  }
  return rows;
}

}  // namespace hansa::replication
