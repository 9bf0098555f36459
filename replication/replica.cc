#include "replication/replica.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/fork_proof.h"
#include "replication/note.h"
#include "replication/planted.h"
#include "replication/session_times.h"

namespace hansa::replication {

WriterFence::Start Replica::FenceStart(const ReplicaStart& start) const {
  WriterFence::Start fence{start.high_water, start.chance, writer_->public_key(), std::nullopt, start.notes};
  if (roster_writer_ != nullptr) fence.roster_writer = roster_writer_->public_key();
  return fence;
}

Replica::Replica(const Crypto& crypto, ReplicaStart start)
    : state_(crypto, std::move(start.roster), start.notes),
      writer_(std::move(start.writer)),
      roster_writer_(std::move(start.roster_writer)),
      fence_(crypto, FenceStart(start)),
      witness_(start.lost_roster ? HighWaterFinding::kLost : start.high_water, start.notes) {
  state_.own_pin = start.own_pin;
  state_.own_writer = writer_->public_key();
  if (roster_writer_ != nullptr) state_.own_roster_writer = roster_writer_->public_key();
  lost_roster_ = std::move(start.lost_roster);
  if (lost_roster_) state_.roster_signed_to = lost_roster_->signed_to;
  state_.boot = start.boot;
  for (const FeedHeld& held : start.feeds) state_.feeds.Restore(held);
  state_.chosen = std::move(start.kept);
  state_.SettleInterest();
  sessions_in_max_ = start.sessions_in_max;
  TakeNotes(start.notes);
  start_orders_ = std::move(start.orders);
  // Were that note lost alone, holds would begin again at nought and end when this node is twice as old.
  ran_before_ = std::max(RanBefore(start.notes), state_.orders.newest_received());
  state_.CountMissing();
}

void Replica::TakeNotes(const Notes& kept) {
  for (const auto& [key, value] : kept) {
    if (absl::StartsWith(key, kQuarantineNotePrefix)) {
      const BytesView id = BytesView(key).substr(sizeof(kQuarantineNotePrefix) - 1);
      const std::optional<FeedId> feed = FeedId::From(id);
      if (feed) quarantined_at_[*feed] = absl::Seconds(static_cast<std::int64_t>(ByteReader(value).U64()));
    }
    if (!absl::StartsWith(key, kForkNotePrefix)) continue;
    const absl::StatusOr<ForkProof> proof = DecodeForkProof(value);
    if (proof.ok()) state_.forks.emplace(proof->a.feed, *proof);
  }
}

Effects Replica::Step(absl::Time now, const Event& event) {
  now_ = now;
  effects_.clear();
  if (!begun_) {
    begun_ = true;
    begun_at_ = now_;
    ran_note_due_ = now_ + kRanNoteEvery;
    state_.ran = ran_before_;
    BeginOrders();
    for (const Note& note : witness_.TakeForgotten()) state_.KeepNote(note.key, Bytes(), effects_);
    state_.DropUncovered(effects_);  // should it have ended before they were gone
    state_.FollowSeals(effects_);
    if (const std::optional<Member> own = state_.own_member()) {
      for (const auto& [feed, author] : state_.roster.feeds()) {
        if (author.member == *own && author.collection >= kErasures) own_feeds_.insert(feed);
      }
    }
    SettleFence();
  }
  state_.ran = ran_before_ + (now_ - begun_at_);
  std::visit([this](const auto& happened) { On(happened); }, event);
  if (std::exchange(state_.roots_moved, false)) FollowRoster();
  if (std::exchange(feeds_let_go_, false)) StepAll(TimePassed{});  // others go on with what was let go
  for (const FeedId& feed : std::exchange(state_.newly_forked, {})) StepAll(FeedTurned{feed});
  // Many may come at once: then all sessions look together.
  if (std::exchange(state_.files_moved, false)) files_told_at_ = std::min(files_told_at_, now_ + kSettle);
  SettleFence();
  SettleOrders();
  state_.CountMissing();
  return std::move(effects_);
}

absl::Time Replica::deadline() const {
  if (!begun_) return absl::InfinitePast();  // what it held when it started may ask for something
  absl::Time next = std::min({OrdersDeadline(), ran_note_due_, files_told_at_});
  for (const auto& [id, session] : sessions_) next = std::min(next, session->deadline());
  return next;
}

void Replica::StepSession(Session& session, const SessionEvent& event) {
  Effects made = session.Step(now_, event);
  for (Effect& effect : made) effects_.push_back(std::move(effect));
  stepped_.insert(session.id());
  Learn(session);
  if (session.phase() == Phase::kClosed) LetGo(session.id());  // Disconnected may never follow
}

// What a session that has ended was fetching is free for others.
void Replica::LetGo(SessionId session) {
  equal_seen_.erase(session);
  const std::size_t let_go =
      std::erase_if(state_.fetched_by, [session](const auto& fetched) { return fetched.second == session; });
  feeds_let_go_ = feeds_let_go_ || let_go > 0;
  if (state_.files.LetGo(session)) state_.files_moved = true;
}

void Replica::StepAll(const SessionEvent& event) {
  for (const auto& [id, session] : sessions_) StepSession(*session, event);
}

void Replica::FindOwnFeeds() {
  const std::optional<Member> own = state_.own_member();
  if (!own) return;
  for (std::uint16_t number = kErasures.value(); number <= kLastCollection.value(); ++number) {
    const std::optional<FeedAuthor> author = state_.roster.PresentFeed(*own, Collection(number));
    if (author) own_feeds_.insert(FeedIdOf(state_.crypto, state_.roster.network(), *author));
  }
}

// What another life of a member held, on another disk maybe, says nothing of this one.
void Replica::ForgetPastLives() {
  for (auto& [feed, members] : holders_) {
    std::erase_if(members, [this](const auto& row) {
      const MemberRecord* member = state_.roster.state().Find(row.first);
      return member == nullptr || member->present().number != row.second.life;
    });
  }
}

void Replica::Learn(const Session& session) {
  const std::optional<Member> member = session.member();
  const MemberRecord* record = member ? state_.roster.state().Find(*member) : nullptr;
  if (record == nullptr) return;
  const std::optional<absl::Time> equal = session.last_equal();
  const auto seen = equal_seen_.find(session.id());
  const bool is_equal_now = equal && *equal == now_ && session.newest_comparison_equal() &&
                            (seen == equal_seen_.end() || seen->second != *equal) &&
                            session.stores_ours() == Session::StoresOurs::kYes;
  if (is_equal_now) equal_seen_[session.id()] = *equal;
  for (const FeedId& feed : own_feeds_) {
    if (session.LeavesOut(feed)) {
      if (const auto known = holders_.find(feed); known != holders_.end()) known->second.erase(*member);
      continue;
    }
    const Sequence durable = state_.feeds.Of(feed).durable.len;
    const auto found = session.acknowledged().find(feed);
    if (found != session.acknowledged().end()) {
      Known& known = holders_[feed][*member];
      known.life = record->present().number;
      const Sequence acknowledged = std::min(found->second, durable);
      if (known.acknowledged < acknowledged) known.acknowledged_at = now_;
      known.acknowledged = std::max(known.acknowledged, acknowledged);
    }
    if (!is_equal_now || durable.value() == 0) continue;
    Known& known = holders_[feed][*member];
    known.life = record->present().number;
    known.compared = durable;
    known.compared_at = now_;
  }
}

bool Replica::IsFull() const {
  std::size_t dialled_by_others = 0;
  for (const auto& [id, session] : sessions_) {
    const bool takes_a_place = !session->dialled_by_us() && session->phase() != Phase::kClosed;
    dialled_by_others += takes_a_place ? 1 : 0;
  }
  return dialled_by_others >= sessions_in_max_;
}

void Replica::On(const Connected& connected) {
  if (!connected.dialled_by_us && IsFull()) {
    constexpr std::uint32_t kComeAgainInSeconds = 60;
    effects_.push_back(
        CloseSession{connected.session, {CloseCode::kBusy, "all places are taken", kComeAgainInSeconds}});
    return;
  }
  auto session = std::make_unique<Session>(connected.session, connected.peer, connected.dialled_by_us, state_);
  Session& started = *session;
  HANSA_CHECK(sessions_.emplace(connected.session, std::move(session)).second);
  StepSession(started, Started{});
}

void Replica::On(const Received& received) {
  const auto found = sessions_.find(received.session);
  if (found == sessions_.end()) return;
  Session& session = *found->second;
  if (const auto* claim = std::get_if<Claim>(&received.frame)) return OnClaim(session, *claim);
  if (const auto* reply = std::get_if<ClaimReply>(&received.frame)) return fence_.On(session.id(), *reply);
  StepSession(session, FrameArrived{received.frame});
  WatchLives(session, received.frame);
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
      // Of two lives the older one is asked whether it still lives: a second machine must show, and a dead one ends by
      // itself.
      if (other->hello()->boot != met.hello()->boot) continue;
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
  fence_.Lose(gone.session);
  witness_.Lost(gone.session);
  turned_away_.erase(gone.session);
  LetGo(gone.session);
}

void Replica::On(const UnitRead& read) {
  const auto found = sessions_.find(read.session);
  if (found != sessions_.end()) StepSession(*found->second, UnitReady{read});
}

void Replica::On(const PayloadsRead& read) {
  const auto found = sessions_.find(read.session);
  if (found != sessions_.end()) StepSession(*found->second, PayloadsReady{read});
}

void Replica::On(const ChunkRead& read) {
  const auto found = sessions_.find(read.session);
  if (found != sessions_.end()) StepSession(*found->second, ChunkReady{read});
}

void Replica::On(const ChunkWritten& written) {
  const std::optional<ChunkSource> source = state_.files.Written(written);
  if (!written.why.ok()) state_.disk_refuses = true;
  if (!source) return;
  const auto found = sessions_.find(source->session);
  if (found != sessions_.end()) StepSession(*found->second, Disposed{source->cost});
}

void Replica::On(const FileWanted& wanted) {
  if (state_.files.Want(wanted.file)) state_.files_moved = true;
}

void Replica::On(const FileNotWanted& wanted) { state_.files.End(wanted.file); }

void Replica::On(const PayloadsWritten& written) {
  state_.NotePayloadsWritten(written);
  if (!written.seqs.empty()) StepAll(PayloadsCame{written.feed});
}

void Replica::On(const FeedWasCut& cut) {
  state_.TakeCut(cut);
  NoteQuarantine(cut.feed);
  state_.DropUncovered(effects_);
  const Sequence left = cut.left ? cut.left->newest.len : Sequence();
  state_.orders.EntriesGone(cut.feed, left);
  const FeedAuthor* author = state_.roster.AuthorOf(cut.feed);
  if (author != nullptr && author->collection == kErasures) {
    for (Note& note : state_.orders.Rebuild(cut.feed, left)) {
      state_.KeepNote(std::move(note.key), std::move(note.value), effects_);
    }
  }
  StepAll(FeedTurned{cut.feed});
}

void Replica::On(const WriteFailed&) { state_.disk_refuses = true; }

// What came by a session is off its hands, whatever became of it.
void Replica::DisposeOf(const PendingCommit& commit) {
  if (!commit.source) return;
  const auto found = sessions_.find(commit.source->session);
  if (found != sessions_.end()) StepSession(*found->second, Disposed{commit.source->cost});
}

void Replica::On(const Committed& committed) {
  const auto found = state_.pending.find(committed.commit);
  HANSA_CHECK(found != state_.pending.end());
  PendingCommit commit = std::move(found->second);
  state_.pending.erase(found);
  state_.pending_bytes -= commit.unit.counted_bytes();
  DisposeOf(commit);
  if (commit.publish && IsBeyondItsSeal(commit.unit.end())) {
    // Written before the roster ended the feed: it goes to quarantine, and nobody will see it.
    effects_.push_back(PublishRefused{
        *commit.publish, absl::FailedPreconditionError("publishing: this feed has ended; nothing may follow")});
    commit.publish.reset();
  }
  if (commit.dropped) return;  // and removed again meanwhile
  state_.feeds.MakeDurable(commit.unit);
  WeighOrders(commit.unit);
  const bool is_roster = commit.unit.author().collection == kRosterCollection;
  if (is_roster) {
    for (const Entry& entry : commit.unit.unit().entries) state_.roster.Fold(entry);
    SeeWhetherRosterIsBack();
  }
  StepAll(FeedGrew{commit});
  if (is_roster) FollowRoster();
  if (commit.publish) effects_.push_back(PublishDone{*commit.publish, commit.unit});
}

bool Replica::IsBeyondItsSeal(const Checkpoint& end) const {
  const FeedAuthor* author = state_.roster.AuthorOf(end.feed);
  return author != nullptr && author->seal && end.len > author->seal->len;
}

// Members, keys, rights or ends of feeds have changed.
void Replica::FollowRoster() {
  SeeWhetherRosterIsBack();
  effects_.push_back(RosterGrew{});
  state_.orders.Judge(state_.Law());
  state_.FollowSeals(effects_);
  FollowInterest();  // this member's number may be new
  FindOwnFeeds();
  ForgetPastLives();
  StepAll(RosterMoved{});
}

void Replica::On(const RootGiven& given) {
  const absl::Status taken = state_.roster.AppendRoot(given.root);
  if (!taken.ok()) {
    effects_.push_back(PublishRefused{given.publish, taken});
    return;
  }
  effects_.push_back(KeepRoots{state_.roster.root().SignedFrom(1)});
  effects_.push_back(RootTaken{given.publish});
  state_.roots_moved = true;
}

void Replica::On(const InterestChosen& chosen) {
  state_.chosen = chosen.kept;
  FollowInterest();
  state_.DropUncovered(effects_);
}

void Replica::On(const RoomMoved& moved) {
  state_.has_room = moved.for_peers;
  if (state_.has_room) StepAll(RoomCame{});
}

void Replica::FollowInterest() {
  if (!state_.SettleInterest()) return;
  StepAll(InterestMoved{});
  state_.DropUncovered(effects_);  // this member's number may have been unknown before
}

void Replica::On(const CommitFailed& failed) {
  const auto found = state_.pending.find(failed.commit);
  HANSA_CHECK(found != state_.pending.end());
  const PendingCommit commit = std::move(found->second);
  state_.pending.erase(found);
  state_.pending_bytes -= commit.unit.counted_bytes();
  DisposeOf(commit);
  const bool is_conflict = failed.why.code() == absl::StatusCode::kFailedPrecondition;
  if (!is_conflict) state_.disk_refuses = true;
  // Later commits of the feed do not follow any more; the driver fails them too.
  if (!commit.dropped) state_.feeds.Forget(commit.unit.unit().feed);
  if (commit.publish) effects_.push_back(PublishRefused{*commit.publish, failed.why});
}

absl::StatusOr<VerifiedUnit> Replica::SignBatch(const PublishAsked& asked) const {
  if (asked.to_roster && state_.own_roster_writer != state_.roster.author().writer) {
    return absl::PermissionDeniedError("this node does not hold the roster key; ask the secretariat's hub");
  }
  const std::optional<Member> member = asked.to_roster ? kRosterWriter : state_.own_member();
  if (!member) return absl::FailedPreconditionError("this node is not a member yet; apply and wait for admission");
  HANSA_RETURN_IF_ERROR(RequireFence());
  std::optional<FeedAuthor> author = state_.roster.PresentFeed(*member, asked.collection);
  if (Planted(Bug::kRecoveredWriterSigns)) {
    for (const auto& [feed, each] : state_.roster.feeds()) {
      if (each.writer == state_.own_writer && each.collection == asked.collection) author = each;
    }
  }
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
  own_feeds_.insert(unit->end().feed);  // the roster's is not among them otherwise
  state_.AcceptOwn(*std::move(unit), asked.publish, effects_);
}

void Replica::On(const DeadlineReached&) {
  if (now_ >= files_told_at_) {
    files_told_at_ = absl::InfiniteFuture();
    StepAll(FilesMoved{});
  }
  for (const auto& [id, session] : sessions_) {
    if (now_ >= session->deadline()) StepSession(*session, TimePassed{});
  }
}

std::optional<SessionView> Replica::ViewOf(SessionId id) const {
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return std::nullopt;
  const Session& session = *found->second;
  SessionView view{
      id, session.peer(), session.member(), session.dialled_by_us(), session.phase(), session.is_fetching()};
  view.behind = session.Behind();
  for (const auto& [collection, lag] : view.behind) view.behind_entries += lag.entries;
  view.last_equal = session.last_equal();
  view.newest_comparison_equal = session.newest_comparison_equal();
  view.last_error = session.last_error();
  view.stalled_since = session.stalled_since();
  view.waiting = session.waiting();
  view.refusals = session.refusals();
  return view;
}

std::vector<SessionView> Replica::Sessions() const {
  std::vector<SessionView> views;
  for (const auto& [id, session] : sessions_) views.push_back(*ViewOf(id));
  return views;
}

std::vector<FeedId> Replica::Forked() const {
  std::vector<FeedId> forked;
  for (const auto& [feed, proof] : state_.forks) forked.push_back(feed);
  return forked;
}

std::vector<Member> Replica::HoldersOf(const FeedId& feed, Sequence len) const {
  std::vector<Member> members;
  const auto found = holders_.find(feed);
  if (found == holders_.end()) return members;
  for (const auto& [member, known] : found->second) {
    if (known.acknowledged >= len) members.push_back(member);
  }
  return members;
}

std::vector<Holding> Replica::HoldingsOf(const FeedId& feed, Sequence len) const {
  std::vector<Holding> holdings;
  const auto found = holders_.find(feed);
  if (found == holders_.end()) return holdings;
  for (const auto& [member, known] : found->second) {
    const bool acknowledged = known.acknowledged >= len;
    const bool compared = known.compared >= len && !state_.IsForked(feed);
    if (!acknowledged && !compared) continue;
    // A list that was found equal later confirms what was acknowledged.
    const absl::Time at = !acknowledged                                           ? known.compared_at
                          : compared && known.acknowledged_at < known.compared_at ? known.compared_at
                                                                                  : known.acknowledged_at;
    holdings.push_back({member, at, acknowledged});
  }
  return holdings;
}

}  // namespace hansa::replication
