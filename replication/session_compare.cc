// Comparing roots and, where they differ, the rows under them.
#include <algorithm>

#include "replication/session.h"
#include "replication/session_times.h"

namespace hansa::replication {

Session::Standing Session::Stand() {
  Standing standing;
  if (!member() || !state_.own_member()) return standing;
  const Interest theirs = their_interest_.value_or(InterestInEverything());
  const std::set<FeedId>& scope = state_.ScopeWith(theirs);
  const Hash mine_hash = InterestHash(state_.crypto, state_.interest);
  const Hash their_hash = InterestHash(state_.crypto, theirs);
  const bool mine_is_lower = state_.own_pin < peer_;
  standing.scope = ScopeIdOf(state_.crypto, state_.roster.position(), mine_is_lower ? mine_hash : their_hash,
                             mine_is_lower ? their_hash : mine_hash);
  standing.root = state_.RootOf(scope, state_.interest.everything && theirs.everything);
  standing.is_live = true;
  return standing;
}

void Session::CompareSoon() { compare_at_ = std::min(compare_at_, now_ + kSettle); }

void Session::CompareAfterBackoff() {
  // What lasts (a feed refused, a history that differs) is looked at again, but not in a loop.
  constexpr int kDoublingsMax = 8;
  const absl::Duration pause = kSettle * (1 << std::min(unequal_runs_, kDoublingsMax));
  compare_at_ = std::min(compare_at_, now_ + std::min(pause, kPingEvery));
}

void Session::SendPing() {
  // While something is on its way, equal roots cannot be expected: look again when it has settled.
  if (state_.feeds.HasPending() || !in_flight_.empty() || diff_running_) {
    compare_at_ = now_ + kSettle;
    return;
  }
  const Standing standing = Stand();
  Say(Ping{next_nonce_++, false, state_.roster.position(), standing.scope, standing.root});
  compare_at_ = now_ + kPingEvery;
  answer_by_ = std::min(answer_by_, now_ + kAnswerWithin);
}

void Session::On(const Ping& ping) {
  if (ping.answer) {
    answer_by_ = absl::InfiniteFuture();
    passed_a_ping_ = true;
  } else {
    const Standing standing = Stand();
    Say(Ping{ping.nonce, true, state_.roster.position(), standing.scope, standing.root});
  }
  MeetRoster(ping.roster);
  if (phase_ != Phase::kLive) return;
  if (ping.roster == state_.roster.position()) return Compare(ping.scope, ping.root);
  compared_equal_ = false;
  CompareAfterBackoff();
}

void Session::On(const ScopeRoot& root) {
  if (phase_ != Phase::kLive) {
    // We lag with the roster, or do not know their interest: they learn where we stand and wait.
    Say(WrongScope{state_.roster.position(), InterestHash(state_.crypto, state_.interest)});
    return;
  }
  Compare(root.scope, root.root);
}

void Session::On(const WrongScope& wrong) {
  diff_running_ = false;
  diff_deadline_ = absl::InfiniteFuture();
  diff_rows_.clear();
  MeetRoster(wrong.roster);
  CompareSoon();
}

void Session::Compare(const ScopeId& scope, const TreeDigest& root) {
  const Standing standing = Stand();
  if (!standing.is_live) return;
  if (scope != standing.scope) {
    // One of the two has not heard yet what the other stores now.
    compared_equal_ = false;
    ++unequal_runs_;
    return CompareAfterBackoff();
  }
  compared_equal_ = root == standing.root;
  if (compared_equal_) {
    last_equal_ = now_;
    unequal_runs_ = 0;
    for (const FeedId& feed : state_.ScopeWith(*their_interest_)) NoteHeld(feed, state_.feeds.Of(feed).durable.len);
    return;
  }
  const bool busy = state_.feeds.HasPending() || !in_flight_.empty() || diff_running_;
  if (busy) return CompareSoon();
  ++unequal_runs_;
  // The lower pin drives.
  if (state_.own_pin < peer_) {
    diff_running_ = true;
    diff_rows_.clear();
    diff_deadline_ = now_ + kDiffWithin;
    Say(TreeQuery{standing.scope, true, {Bytes()}});
  } else {
    CompareAfterBackoff();
  }
}

void Session::On(const TreeQuery& query) {
  const Standing standing = Stand();
  if (!standing.is_live || query.scope != standing.scope || !HasInterest()) {
    return Say(WrongScope{state_.roster.position(), InterestHash(state_.crypto, state_.interest)});
  }
  if (!query.flat || query.paths.size() != 1 || !query.paths.front().empty()) {
    return Close(CloseCode::kUnsupported, "this version compares flat lists from the root only");
  }
  const std::vector<FeedRow> rows = state_.RowsOf(state_.ScopeWith(*their_interest_));
  std::size_t begin = 0;
  do {
    const std::size_t end = std::min(rows.size(), begin + kRowsPerFrame);
    Rows frame{query.scope,
               Bytes(),
               {rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.begin() + static_cast<std::ptrdiff_t>(end)},
               end == rows.size()};
    Say(std::move(frame));
    begin = end;
  } while (begin < rows.size());
}

void Session::On(const Rows& rows) {
  if (!diff_running_) return;
  if (rows.scope != Stand().scope) {
    // The roster has grown since the question: ask again in the scope of now.
    diff_running_ = false;
    diff_rows_.clear();
    diff_deadline_ = absl::InfiniteFuture();
    return CompareSoon();
  }
  for (const FeedRow& row : rows.rows) {
    if (MayShare(row.feed)) diff_rows_[row.feed] = row;
  }
  diff_deadline_ = now_ + kDiffWithin;
  if (rows.last) FinishDiff();
}

void Session::FinishDiff() {
  diff_running_ = false;
  diff_deadline_ = absl::InfiniteFuture();
  const std::set<FeedId> scope = state_.ScopeWith(*their_interest_);
  for (const FeedId& feed : scope) {
    const auto found = diff_rows_.find(feed);
    const FeedRow theirs = found == diff_rows_.end() ? FeedRow{feed, Sequence(), Hash()} : found->second;
    const FeedTail& mine = state_.feeds.Of(feed).durable;
    if (theirs.len > mine.len) {
      WantThrough(feed, theirs.len);
    } else if (theirs.len < mine.len) {
      TellAbout(feed, Bytes());
    } else if (theirs.head != mine.head) {
      last_error_ = "holds another history of a feed than we do";
    }
  }
  diff_rows_.clear();
  Pump();
  CompareAfterBackoff();
}

}  // namespace hansa::replication
