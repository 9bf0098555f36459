#include "replication/replica.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::replication {

Replica::Replica(const Crypto& crypto, ReplicaStart start)
    : state_(crypto, std::move(start.roster)),
      writer_(std::move(start.writer)),
      roster_writer_(std::move(start.roster_writer)) {
  state_.own_pin = start.own_pin;
  state_.own_writer = writer_->public_key();
  if (roster_writer_ != nullptr) state_.own_roster_writer = roster_writer_->public_key();
  state_.boot = start.boot;
  for (const FeedHeld& held : start.feeds) state_.feeds.Restore(held.newest, held.ended, held.bytes);
  state_.chosen = std::move(start.kept);
  state_.SettleInterest();
}

Effects Replica::Step(absl::Time now, const Event& event) {
  now_ = now;
  effects_.clear();
  std::visit([this](const auto& happened) { On(happened); }, event);
  return std::move(effects_);
}

absl::Time Replica::deadline() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [id, session] : sessions_) next = std::min(next, session->deadline());
  return next;
}

void Replica::StepSession(Session& session, const SessionEvent& event) {
  Effects made = session.Step(now_, event);
  for (Effect& effect : made) effects_.push_back(std::move(effect));
  Learn(session);
}

void Replica::StepAll(const SessionEvent& event) {
  for (const auto& [id, session] : sessions_) StepSession(*session, event);
}

void Replica::Learn(const Session& session) {
  const std::optional<Member> member = session.member();
  if (!member) return;
  if (session.newest_comparison_equal() && *member <= kLastSecretariat) seen_equal_with_hub_ = true;
  for (const FeedId& feed : own_feeds_) {
    const auto found = session.holds().find(feed);
    if (found == session.holds().end()) continue;
    Sequence& held = holders_[feed][*member];
    held = std::max(held, std::min(found->second, state_.feeds.Of(feed).durable.len));
  }
}

void Replica::On(const Connected& connected) {
  auto session = std::make_unique<Session>(connected.session, connected.peer, connected.dialled_by_us, state_);
  Session& started = *session;
  HANSA_CHECK(sessions_.emplace(connected.session, std::move(session)).second);
  StepSession(started, Started{});
}

void Replica::On(const Received& received) {
  const auto found = sessions_.find(received.session);
  if (found == sessions_.end()) return;
  Session& session = *found->second;
  StepSession(session, FrameArrived{received.frame});
  const bool is_milestone =
      std::holds_alternative<Hello>(received.frame) || std::holds_alternative<Ping>(received.frame);
  if (is_milestone) SettleDuplicates(session);
}

// The same dialler's newer session wins; otherwise the one dialled by the lower pin, once it has passed a Ping.
void Replica::SettleDuplicates(const Session& met) {
  for (const auto& [id, other] : sessions_) {
    const bool is_pair = other->id() != met.id() && other->peer() == met.peer() && other->heard_hello() &&
                         met.heard_hello() && other->phase() != Phase::kClosed && met.phase() != Phase::kClosed;
    if (!is_pair) continue;
    Session* loser = nullptr;
    if (other->dialled_by_us() == met.dialled_by_us()) {
      loser = other->id() < met.id() ? other.get() : sessions_.at(met.id()).get();
    } else {
      const bool we_are_lower = state_.own_pin < met.peer();
      const bool met_is_by_lower = met.dialled_by_us() == we_are_lower;
      Session& keeper = met_is_by_lower ? *sessions_.at(met.id()) : *other;
      if (!keeper.passed_a_ping()) {
        StepSession(keeper, Nudged{});
        continue;
      }
      loser = met_is_by_lower ? other.get() : sessions_.at(met.id()).get();
    }
    StepSession(*loser, FrameArrived{CloseFrame{CloseCode::kDuplicate, "another stream of this pair goes on", 0}});
    return;
  }
}

void Replica::On(const Disconnected& gone) {
  sessions_.erase(gone.session);
  for (auto fetched = state_.fetched_by.begin(); fetched != state_.fetched_by.end();) {
    fetched = fetched->second == gone.session ? state_.fetched_by.erase(fetched) : std::next(fetched);
  }
  StepAll(TimePassed{});  // others go on with what it was fetching
}

void Replica::On(const UnitRead& read) {
  const auto found = sessions_.find(read.session);
  if (found != sessions_.end()) StepSession(*found->second, UnitReady{read});
}

void Replica::On(const Committed& committed) {
  const auto found = state_.pending.find(committed.commit);
  HANSA_CHECK(found != state_.pending.end());
  const PendingCommit commit = std::move(found->second);
  state_.pending.erase(found);
  state_.pending_bytes -= commit.unit.counted_bytes();
  if (commit.dropped) return;  // and removed again meanwhile
  const bool ended = commit.unit.tail().ended;
  state_.feeds.MakeDurable(commit.unit.unit().feed, commit.unit.end(), ended, commit.unit.counted_bytes());
  const bool is_roster = commit.unit.author().collection == kRosterCollection;
  if (is_roster) FoldRoster(commit);
  StepAll(FeedGrew{commit});
  if (is_roster) StepAll(RosterMoved{});
  if (commit.publish) effects_.push_back(PublishDone{*commit.publish, commit.unit});
}

void Replica::FoldRoster(const PendingCommit& commit) {
  for (const Entry& entry : commit.unit.unit().entries) state_.roster.Fold(entry);
  effects_.push_back(RosterGrew{});
  FollowInterest();  // this member's number may be new
}

void Replica::On(const InterestChosen& chosen) {
  state_.chosen = chosen.kept;
  FollowInterest();
  state_.DropUncovered(effects_);
}

void Replica::FollowInterest() {
  if (state_.SettleInterest()) StepAll(InterestMoved{});
}

void Replica::On(const CommitFailed& failed) {
  const auto found = state_.pending.find(failed.commit);
  HANSA_CHECK(found != state_.pending.end());
  const PendingCommit commit = std::move(found->second);
  state_.pending.erase(found);
  state_.pending_bytes -= commit.unit.counted_bytes();
  const bool is_conflict = failed.why.code() == absl::StatusCode::kFailedPrecondition;
  if (!is_conflict) state_.disk_refuses = true;
  // Later commits of the feed do not follow any more; the driver fails them too.
  if (!commit.dropped) state_.feeds.Forget(commit.unit.unit().feed);
  if (commit.publish) effects_.push_back(PublishRefused{*commit.publish, failed.why});
}

void Replica::On(const WriteFailed&) { state_.disk_refuses = true; }

absl::StatusOr<VerifiedUnit> Replica::SignBatch(const PublishAsked& asked) const {
  if (asked.to_roster && roster_writer_ == nullptr) {
    return absl::PermissionDeniedError("this node does not hold the roster key; ask the secretariat's hub");
  }
  const std::optional<Member> member = asked.to_roster ? kRosterWriter : state_.own_member();
  if (!member) return absl::FailedPreconditionError("this node is not a member yet; apply and wait for admission");
  if (state_.own_feed_ahead) {
    return absl::FailedPreconditionError(
        "peers hold entries signed by this node that it does not hold itself; it signs nothing until it is recovered");
  }
  if (state_.disk_refuses) {
    return absl::FailedPreconditionError("the disk refused a write; make room and start the node again");
  }
  if (is_superseded()) return absl::FailedPreconditionError("this member goes on under a newer key on another node");
  const std::optional<FeedAuthor> author = state_.roster.PresentFeed(*member, asked.collection);
  if (!author) {
    return absl::FailedPreconditionError(
        absl::StrCat("the network's policy does not let this kind of member write ", CollectionName(asked.collection)));
  }
  for (const NewEntry& entry : asked.entries) {
    if (CollectionOf(entry.kind) != asked.collection) {
      return absl::InvalidArgumentError("publishing: a kind of another collection");
    }
  }
  const FeedId feed = FeedIdOf(state_.crypto, state_.roster.network(), *author);
  if (asked.to_roster) HANSA_RETURN_IF_ERROR(JudgeForRoster(asked, feed));
  const Signer& signer = asked.to_roster ? *roster_writer_ : *writer_;
  return VerifiedUnit::Sign(state_.crypto, state_.roster.network(), *author, signer, state_.feeds.Of(feed).accepted,
                            asked.entries);
}

absl::Status Replica::JudgeForRoster(const PublishAsked& asked, const FeedId& feed) const {
  const FeedProgress& progress = state_.feeds.Of(feed);
  if (asked.entries.size() != 1 || !asked.entries.front().payload) {
    return absl::InvalidArgumentError("publishing: the roster takes one entry with a payload at a time");
  }
  if (progress.accepted.len != progress.durable.len) {
    return absl::UnavailableError("another roster entry is being written; try again");
  }
  const NewEntry& entry = asked.entries.front();
  return state_.roster.WouldAccept(entry.kind, entry.record, entry.payload->payload);
}

void Replica::On(const PublishAsked& asked) {
  absl::StatusOr<VerifiedUnit> unit = SignBatch(asked);
  if (!unit.ok()) {
    effects_.push_back(PublishRefused{asked.publish, unit.status()});
    return;
  }
  own_feeds_.insert(unit->end().feed);
  state_.AcceptOwn(*std::move(unit), asked.publish, effects_);
}

void Replica::On(const DeadlineReached&) {
  for (const auto& [id, session] : sessions_) {
    if (now_ >= session->deadline()) StepSession(*session, TimePassed{});
  }
}

bool Replica::is_superseded() const {
  const std::optional<Member> member = state_.own_member();
  return member && state_.roster.state().Find(*member)->present().writer != state_.own_writer;
}

std::vector<SessionView> Replica::Sessions() const {
  std::vector<SessionView> views;
  for (const auto& [id, session] : sessions_) {
    views.push_back({id, session->peer(), session->member(), session->dialled_by_us(), session->phase(),
                     session->is_fetching(), session->behind_entries(), session->last_equal(),
                     session->newest_comparison_equal(), session->last_error()});
  }
  return views;
}

std::vector<Member> Replica::HoldersOf(const FeedId& feed, Sequence len) const {
  std::vector<Member> members;
  const auto found = holders_.find(feed);
  if (found == holders_.end()) return members;
  for (const auto& [member, held] : found->second) {
    if (held >= len) members.push_back(member);
  }
  return members;
}

}  // namespace hansa::replication
