// The writer's fence and the hub's witness within a node: what sessions have shown goes to both, and what they ask for
// goes out.
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/replica.h"

namespace hansa::replication {
namespace {

constexpr char kRosterLacks[] =
    "publishing waits until the end of the list of members, which this node's disk has lost, has come back from others";

PeerWord WordOf(const Session& session) {
  if (session.stores_ours() == Session::StoresOurs::kNo) return PeerWord::kStoresNone;
  return session.compared_own() ? PeerWord::kAgrees : PeerWord::kNone;
}

}  // namespace

// The answer to a claim goes out once the note of it is on the disk.
void Replica::OnClaim(const Session& session, const Claim& claim) {
  const std::optional<Member> member = session.member();
  // A peer claims as the incarnation that it knows of itself. Our roster may have left it behind already; or not
  // reached it yet, and then we cannot judge.
  const Incarnation present = member ? state_.roster.state().Find(*member)->present().number : Incarnation();
  // Programs that do not name it yet mean the present one.
  const Incarnation claimed = claim.incarnation.value() > 0 ? claim.incarnation : present;
  if (!member || claimed > present || session.phase() != Phase::kLive) {
    effects_.push_back(Send{session.id(), ClaimReply{claim.next, ClaimAnswer::kNotAWitness}});
    return;
  }
  MeetLife(session, claimed);
  ClaimVerdict verdict = witness_.On(*member, claimed, session.hello()->boot, claim);
  if (!verdict.reply) return;
  if (verdict.reply->answer == ClaimAnswer::kNotAWitness) {
    turned_away_.insert_or_assign(session.id(), claim);
  } else {
    turned_away_.erase(session.id());
  }
  Send reply{session.id(), *verdict.reply};
  if (!verdict.keep_first) {
    effects_.push_back(std::move(reply));
    return;
  }
  KeepFor({*verdict.keep_first, std::move(reply)});
}

// The next Ping, at which a claimant asks again by itself, may be a minute away.
void Replica::AnswerTurnedAway() {
  if (!witness_.MayWitness()) return;
  for (const auto& [id, claim] : std::exchange(turned_away_, {})) {
    const auto found = sessions_.find(id);
    if (found != sessions_.end() && found->second->phase() == Phase::kLive) OnClaim(*found->second, claim);
  }
}

void Replica::KeepFor(PendingNote pending) {
  const KeepId id = state_.KeepNote(pending.note.key, pending.note.value, effects_);
  notes_pending_.emplace(id, std::move(pending));
}

void Replica::On(const Kept& kept) {
  const auto found = notes_pending_.find(kept.keep);
  if (found == notes_pending_.end()) return;
  const PendingNote pending = std::move(found->second);
  notes_pending_.erase(found);
  if (pending.then && sessions_.contains(pending.then->session)) effects_.push_back(*pending.then);
  if (!pending.then) fence_.Kept(pending.note);
}

void Replica::On(const FeedConfirmed& confirmed) {
  if (lost_roster_) return;  // what is to come back is not confirmed by its beginning
  const FeedTail& mine = state_.feeds.Of(confirmed.end.feed).durable;
  if (mine.len == confirmed.end.len && mine.head == confirmed.end.head) fence_.ConfirmedByPerson();
}

// One life of a writer: known by its Hello, or, where it joined with an old roster that did not list its key, by its
// first claim. A second one under one key shows when the older stream still answers.
void Replica::MeetLife(const Session& session, Incarnation lived) {
  if (!session.hello() || !session.member() || lived.value() == 0 || witness_.HasGreeted(session.id())) return;
  for (const SessionId doubted : witness_.Greeted(session.id(), *session.member(), lived, session.hello()->boot)) {
    const auto found = sessions_.find(doubted);
    if (found == sessions_.end()) continue;
    witness_.Doubt(doubted, found->second->next_nonce());
    StepSession(*found->second, Nudged{});
  }
}

void Replica::WatchLives(const Session& session, const Frame& frame) {
  if (session.hello()) MeetLife(session, session.hello()->incarnation);
  const auto* ping = std::get_if<Ping>(&frame);
  if (ping == nullptr) return;
  fence_.AskAgain(session.id());  // a hub that was no witness may be one by now
  if (!ping->answer) return;
  for (const SessionId doubled : witness_.ProvedAlive(session.id(), ping->nonce)) {
    effects_.push_back(Send{doubled, ClaimReply{ClaimToken(), ClaimAnswer::kClone}});
  }
}

OwnStanding Replica::StandingNow() const {
  OwnStanding standing;
  standing.member = state_.own_member();
  if (!standing.member) return standing;
  const MemberRecord& own = *state_.roster.state().Find(*standing.member);
  standing.incarnation = own.present().number;
  standing.holds_present_key = own.present().writer == state_.own_writer;
  standing.older_sealed = state_.roster.IsPastSealed(*standing.member);
  standing.roster_is_whole = !lost_roster_;
  return standing;
}

// Counted anew only when the roster has moved.
std::size_t Replica::OthersListed(const OwnStanding& standing) {
  if (others_counted_at_ == state_.roster.position()) return others_listed_;
  others_counted_at_ = state_.roster.position();
  others_listed_ = 0;
  for (const auto& [number, member] : state_.roster.state().members) {
    others_listed_ += member.is_live() && number != standing.member ? 1 : 0;
  }
  return others_listed_;
}

void Replica::SettleFence() {
  const OwnStanding standing = StandingNow();
  fence_.Know(standing);
  for (const PublicKey& key : std::exchange(state_.newly_ahead, {})) fence_.OwnAhead(key);
  if (state_.disk_refuses) fence_.DiskRefused();
  // Only what was stepped can have changed what it says.
  for (const SessionId id : std::exchange(stepped_, {})) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) continue;
    const Session* session = found->second.get();
    const std::optional<Member> member = session->member();
    if (!member || !session->heard_hello() || session->phase() == Phase::kClosed) {
      fence_.Lose(id);
      witness_.Lost(id);
      continue;
    }
    fence_.Meet(id, {*member, WordOf(*session), session->hello()->boot});
    witness_.Met(*member);
    if (session->newest_comparison_equal()) witness_.FoundEqual(*member);
  }
  for (const FenceStep& step : fence_.TakeSteps()) {
    if (const auto* claim = std::get_if<SendClaim>(&step)) {
      effects_.push_back(Send{claim->session, claim->claim});
    } else {
      KeepFor({std::get<Note>(step), std::nullopt});
    }
  }
  for (const Checkpoint& shown : std::exchange(state_.shown_ahead, {})) effects_.push_back(MarkOwnFeed{shown});
  const Fence now = fence_.fence();
  witness_.Know({standing.member, standing.incarnation, now, OthersListed(standing)});
  AnswerTurnedAway();
  if (now == fence_told_) return;
  fence_told_ = now;
  effects_.push_back(FenceMoved{now});
}

absl::Status Replica::RequireFence() const {
  switch (fence_.fence()) {
    case Fence::kOpen:
    case Fence::kUnconfirmed:
      return absl::OkStatus();
    case Fence::kLocked:
      if (lost_roster_) return absl::UnavailableError(kRosterLacks);
      return absl::UnavailableError(
          "publishing waits until the hub, or enough members, have confirmed that nothing is missing here");
    case Fence::kRecover:
      return absl::FailedPreconditionError(
          "this node is behind what it has published before, or peers hold what it signed and does not hold itself; it "
          "signs nothing until it is recovered");
    case Fence::kReadonly:
      return absl::FailedPreconditionError("the disk refused a write; make room and start the node again");
    case Fence::kSuperseded:
      return absl::FailedPreconditionError("this member goes on under a newer key on another node");
  }
  return absl::InternalError("fence");
}

std::set<Member> Replica::clones_met() const {
  std::set<Member> met;
  for (const auto& [member, incarnation] : witness_.alarms()) {
    const MemberRecord* record = state_.roster.state().Find(member);
    if (record != nullptr && record->is_live() && record->present().number == incarnation) met.insert(member);
  }
  return met;
}

void Replica::SeeWhetherRosterIsBack() {
  if (!lost_roster_) return;
  const Checkpoint& to = lost_roster_->signed_to;
  const bool is_ended = state_.roster.feed() != to.feed;  // a root document has begun another roster
  if (!is_ended && state_.feeds.Of(to.feed).durable.len < to.len) return;
  lost_roster_.reset();
  state_.roster_signed_to.reset();
}

}  // namespace hansa::replication
