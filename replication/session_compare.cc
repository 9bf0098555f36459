// Comparing roots and, where they differ, the rows under them.
#include <algorithm>

#include "replication/session.h"
#include "replication/session_times.h"
#include "replication/tree_walk.h"

namespace hansa::replication {

const ScopeTree& Session::Tree() { return state_.TreeWith(their_interest_.value_or(InterestInEverything()), partial_); }

Session::Standing Session::Stand() {
  Standing standing;
  if (state_.roster_signed_to || !state_.roster.is_whole() || !member() || !state_.own_member()) return standing;
  const Interest theirs = their_interest_.value_or(InterestInEverything());
  const Hash mine_hash = InterestHash(state_.crypto, state_.interest);
  const Hash their_hash = InterestHash(state_.crypto, theirs);
  const bool mine_is_lower = state_.own_pin < peer_;
  standing.scope = ScopeIdOf(state_.crypto, state_.roster.position(), mine_is_lower ? mine_hash : their_hash,
                             mine_is_lower ? their_hash : mine_hash);
  standing.root = Tree().Root();
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
  if (state_.feeds.HasPending() || !in_flight_.empty() || walk_) {
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
  EndWalk();
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
    compared_own_ = true;
    unequal_runs_ = 0;
    return;
  }
  const bool busy = state_.feeds.HasPending() || !in_flight_.empty() || walk_;
  if (busy) return CompareSoon();
  ++unequal_runs_;
  // The lower pin drives. The other one looks for itself where nothing else tells it whether its own feeds stand: the
  // roots of a node that must be recovered never become equal.
  constexpr int kRunsBeforeOwnWalk = 2;
  const bool looks_for_own = !compared_own_ && unequal_runs_ >= kRunsBeforeOwnWalk;
  if (!(state_.own_pin < peer_) && !looks_for_own) return CompareAfterBackoff();
  walk_.emplace(standing.scope);
  diff_deadline_ = now_ + kDiffWithin;
  for (TreeQuery& query : walk_->Start(Tree())) Say(std::move(query));
}

void Session::EndWalk() {
  walk_.reset();
  diff_deadline_ = absl::InfiniteFuture();
}

void Session::On(const TreeQuery& query) {
  const Standing standing = Stand();
  if (!standing.is_live || query.scope != standing.scope || !HasInterest() || phase_ != Phase::kLive) {
    return Say(WrongScope{state_.roster.position(), InterestHash(state_.crypto, state_.interest)});
  }
  absl::StatusOr<std::vector<Frame>> answers = AnswerQuery(
      Tree(), [this](const FeedId& feed) { return state_.RowOf(feed); }, query);
  if (!answers.ok()) return Close(CloseCode::kProtocol, std::string(answers.status().message()));
  for (Frame& frame : *answers) Say(std::move(frame));
}

void Session::On(const TreeReply& reply) { WalkOn(reply.scope, reply); }
void Session::On(const Rows& rows) { WalkOn(rows.scope, rows); }

template <typename Answer>
void Session::WalkOn(const ScopeId& scope, const Answer& answer) {
  if (!walk_) return;
  if (scope != Stand().scope) {
    // The roster has grown since the question: ask again in the scope of now.
    EndWalk();
    return CompareSoon();
  }
  absl::StatusOr<std::vector<TreeQuery>> more = absl::UnimplementedError("");
  if constexpr (std::is_same_v<Answer, Rows>) {
    more = walk_->OnRows(Tree(), answer);
  } else {
    more = walk_->OnReply(Tree(), answer);
  }
  if (!more.ok()) return Close(CloseCode::kProtocol, std::string(more.status().message()));
  diff_deadline_ = now_ + kDiffWithin;
  for (TreeQuery& query : *more) Say(std::move(query));
  if (walk_->done()) FinishWalk();
}

void Session::FinishWalk() {
  const std::map<FeedId, FeedRow> rows = walk_->rows();
  EndWalk();
  bool own_behind = false;
  for (const auto& [feed, theirs] : rows) {
    MeetRow(theirs);
    const FeedAuthor* author = state_.roster.AuthorOf(feed);
    const FeedRow mine = state_.RowOf(feed);
    const bool differs = theirs.len > mine.len || (theirs.len == mine.len && theirs.head != mine.head);
    own_behind = own_behind || (author != nullptr && state_.IsOwn(*author) && differs);
  }
  compared_own_ = compared_own_ || !own_behind;
  Pump();
  CompareAfterBackoff();
}

// What follows from where the peer is with one feed. A row is its word alone; what comes of it is verified.
void Session::MeetRow(const FeedRow& theirs) {
  const FeedId& feed = theirs.feed;
  if (!MayShare(feed) || state_.cutting.contains(feed)) return;
  const FeedRow mine = state_.RowOf(feed);
  if (theirs.len == mine.len && theirs.head == mine.head) return;
  if (mine.len == kForkedLength) return TellFork(feed);
  if (theirs.len == kForkedLength) return Say(ForkWant{feed});
  if (theirs.len > mine.len) {
    WantThrough(feed, theirs.len);
  } else {
    TellAbout(feed, Bytes());  // it lacks something; or, as long, it has another history and will prove it
  }
}

}  // namespace hansa::replication
