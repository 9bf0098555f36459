// Fetching: one source for each feed, driven by the receiver; payloads that are missing; acknowledgements after the
// disk. Giving is in session_serve.cc.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/planted.h"
#include "replication/session.h"
#include "replication/session_times.h"

namespace hansa::replication {

bool Session::MayShare(const FeedId& feed) const {
  const FeedAuthor* author = state_.roster.AuthorOf(feed);
  if (author == nullptr) return false;
  if (author->collection == kRosterCollection) return true;
  return phase_ == Phase::kLive && HasInterest() && Covers(state_.interest, *author) &&
         Covers(*their_interest_, *author);
}

void Session::WantThrough(const FeedId& feed, Sequence len) {
  if (state_.IsForked(feed) || len <= state_.feeds.Of(feed).accepted.len) return;
  const FeedAuthor* author = state_.roster.AuthorOf(feed);
  // Beyond the seal there is nothing to want.
  if (author != nullptr && author->seal) len = std::min(len, author->seal->len);
  Sequence& through = wanted_[feed];
  through = std::max(through, len);
}

void Session::Pump() {
  if (state_.disk_refuses || (phase_ != Phase::kLive && phase_ != Phase::kControl)) return;
  const std::size_t in_flight_max = stalls_ >= kStallsMax ? 1 : kFeedsInFlightMax;
  for (auto wanted = wanted_.begin(); wanted != wanted_.end();) {
    const FeedId feed = wanted->first;
    const FeedProgress& progress = state_.feeds.Of(feed);
    if (progress.accepted.len >= wanted->second || state_.IsForked(feed)) {
      wanted = wanted_.erase(wanted);
      continue;
    }
    ++wanted;
    if (in_flight_.contains(feed) || state_.fetched_by.contains(feed) || state_.cutting.contains(feed)) continue;
    const FeedAuthor* author = state_.roster.AuthorOf(feed);
    if (author != nullptr && !state_.HasRoomFor(*author)) continue;
    const auto shunned = shunned_.find(feed);
    if (shunned != shunned_.end() && now_ < shunned->second) continue;
    if (in_flight_.size() >= in_flight_max || state_.pending_bytes > kPendingBytesMax) break;
    Sequence from(progress.accepted.len.value() + 1);
    if (Planted(Bug::kResumeByPeerCursor)) from = Sequence(std::max(holds_[feed].value() + 1, from.value()));
    in_flight_[feed] = {from, next_order_++, now_ + kProgressWithin};
    state_.fetched_by[feed] = id_;
    Say(Want{feed, from});
  }
  PumpPayloads();
  PumpFiles();
}

// Every peer that shares the feed is asked for what is missing of it, some at a time and in turns: what nobody has any
// more keeps nothing waiting that stands behind it.
void Session::PumpPayloads() {
  for (const FeedId& feed : state_.FeedsWithMissing()) {
    const auto asked = payloads_asked_.find(feed);
    const bool is_first = asked == payloads_asked_.end();
    if ((!is_first && now_ < asked->second.again_at) || !MayAskPayloads(feed)) continue;
    const Sequence through = is_first ? Sequence() : asked->second.through;
    std::vector<Sequence> missing = state_.MissingOf(feed, through, kPayloadsWantedMax);
    if (missing.empty()) missing = state_.MissingOf(feed, Sequence(), kPayloadsWantedMax);
    AskPayloads(feed, std::move(missing));
  }
}

bool Session::MayAskPayloads(const FeedId& feed) const {
  return phase_ == Phase::kLive && state_.has_room && MayShare(feed) && !state_.IsAtRest(feed);
}

void Session::AskPayloads(const FeedId& feed, std::vector<Sequence> missing) {
  if (missing.empty()) return;
  payloads_asked_[feed] = {missing.back(), now_ + kShunFor};
  Say(WantPayload{feed, std::move(missing)});
}

void Session::StopFetching(const FeedId& feed) {
  wanted_.erase(feed);
  in_flight_.erase(feed);
  const auto fetched = state_.fetched_by.find(feed);
  if (fetched != state_.fetched_by.end() && fetched->second == id_) state_.fetched_by.erase(fetched);
}

void Session::On(const WantNack& nack) {
  const auto in_flight = in_flight_.find(nack.feed);
  if (in_flight == in_flight_.end()) return;
  shunned_[nack.feed] = now_ + (nack.reason == NackReason::kBusy ? kSettle : kShunFor);
  StopFetching(nack.feed);
  CompareSoon();
  Pump();
}

void Session::On(const UnitFrame& unit) {
  const FrameCost cost = *CostOf(unit);
  if (!TakeUnit(unit.unit, cost)) Dispose(cost);
}

// A peer serves in the order it was asked: what was asked after this feed has waited for it.
void Session::NoteProgress(const FeedId& feed) {
  const auto served = in_flight_.find(feed);
  if (served == in_flight_.end()) return;
  const std::uint64_t order = served->second.order;
  for (auto& [other, in_flight] : in_flight_) {
    if (in_flight.order >= order) in_flight.deadline = now_ + kProgressWithin;
  }
}

bool Session::TakeUnit(const Bytes& encoded, const FrameCost& cost) {
  absl::StatusOr<TransferUnit> unit = DecodeUnit(encoded);
  if (!unit.ok()) {
    ++refusals_[Refusal::kMalformed];
    Close(CloseCode::kProtocol, absl::StrCat("a unit that cannot be read: ", unit.status().message()));
    return false;
  }
  const FeedId feed = unit->feed;
  const Sequence end = unit->end.len;
  NoteProgress(feed);
  const bool was_asked = in_flight_.erase(feed) > 0;
  if (was_asked) state_.fetched_by.erase(feed);
  if (!MayShare(feed)) {
    // A feed that was shared when they sent it is no fault of theirs.
    if (state_.roster.AuthorOf(feed) == nullptr) ++refusals_[Refusal::kUnknownFeed];
    CompareSoon();
    return false;
  }
  if (end <= state_.feeds.Of(feed).accepted.len) {
    Pump();  // a duplicate changes nothing
    return false;
  }
  // What nobody asked for waits like everything else; the next comparison finds it again.
  if (!was_asked && state_.pending_bytes > kPendingBytesMax) {
    CompareSoon();
    return false;
  }
  const absl::Status accepted = state_.Accept(*std::move(unit), {id_, cost}, effects_);
  if (accepted.ok()) {
    stalls_ = 0;
    if (Planted(Bug::kAckBeforeSync)) Say(Ack{feed, end});
  } else {
    NoteRefusal(feed, accepted);
  }
  Pump();
  return accepted.ok();
}

void Session::NoteRefusal(const FeedId& feed, const absl::Status& why) {
  const Refusal reason = RefusalOf(why);
  ++refusals_[reason];
  last_error_ = absl::StrCat("refused what it sent: ", std::string(why.message()));
  if (Planted(Bug::kPoisonStopsPeer)) return Close(CloseCode::kProtocol, last_error_);
  if (reason == Refusal::kForked) return TellFork(feed);
  if (reason == Refusal::kNotContiguous) {
    // Something came by another way meanwhile; ask again from where we are, but not in a loop.
    shunned_[feed] = now_ + kSettle;
    return CompareSoon();
  }
  // One bad feed stops nothing else: it is asked for elsewhere, or here again later.
  shunned_[feed] = now_ + kShunFor;
  StopFetching(feed);
}

void Session::NoteHeld(const FeedId& feed, Sequence len) {
  if (len.value() == 0) return;
  Sequence& held = holds_[feed];
  held = std::max(held, len);
}

// Only what is held with its payloads is acknowledged.
void Session::Acknowledge(const FeedId& feed) {
  if (state_.cutting.contains(feed)) return;  // what has just become durable may be in quarantine by now
  Say(Ack{feed, state_.HeldThrough(feed)});
}

void Session::On(const Payloads& payloads) {
  const FrameCost cost = *CostOf(payloads);
  if (MayShare(payloads.feed)) {
    const ReplicaState::PayloadsTaken taken = state_.TakePayloads(payloads, effects_);
    if (!taken.all_true) {
      ++refusals_[Refusal::kBadPayload];
      last_error_ = "refused what it sent: a payload that is not what its entry commits to";
    }
    // It gives: then the next ones at once. What it has left out is asked for again in a minute.
    if (taken.last && MayAskPayloads(payloads.feed)) {
      AskPayloads(payloads.feed, state_.MissingOf(payloads.feed, *taken.last, kPayloadsWantedMax));
    }
  }
  Dispose(cost);  // what waits for the disk of it is bounded by itself
}

void Session::On(const Have& have) {
  const FrameCost cost = *CostOf(have);
  const FeedId feed = have.checkpoint.feed;
  const FeedAuthor* author = state_.roster.AuthorOf(feed);
  if (author == nullptr || !MayShare(feed)) {
    CompareSoon();  // our roster may lag
    return Dispose(cost);
  }
  // Beyond a seal there is nothing to have; their roster may lag.
  if (author->seal && have.checkpoint.len > author->seal->len && !Planted(Bug::kIgnoreSeal)) return Dispose(cost);
  const FeedProgress& progress = state_.feeds.Of(feed);
  const bool is_same = progress.newest && have.checkpoint == *progress.newest;
  const bool is_news = have.checkpoint.len > progress.durable.len ||
                       (progress.newest && have.checkpoint.len == progress.newest->len && !is_same);
  if (!is_news) {
    if (is_same) NoteHeld(feed, have.checkpoint.len);
    return Dispose(cost);
  }
  if (!IsSignedBy(state_.crypto, state_.roster.network(), have.checkpoint, author->writer)) {
    ++refusals_[Refusal::kBadSignature];
    last_error_ = absl::StrCat("refused what it sent: a checkpoint of member ", author->member.value(), ", collection ",
                               author->collection.value(), ", sequence ", have.checkpoint.len.value(),
                               " that its author did not sign");
    if (!Planted(Bug::kTrustUnsignedLength)) return Dispose(cost);
  }
  if (state_.IsOwn(*author) && !state_.ComesBack(have.checkpoint)) {
    NoteHeld(feed, have.checkpoint.len);
    state_.NoteOwnAhead(*author, have.checkpoint);
    last_error_ = "holds more of our own feed than we do";
    return Dispose(cost);
  }
  state_.WeighCheckpoint(*author, have.checkpoint, effects_);
  if (state_.IsForked(feed)) {
    TellFork(feed);
    return Dispose(cost);
  }
  NoteHeld(feed, have.checkpoint.len);
  if (state_.disk_refuses) return Dispose(cost);
  WantThrough(feed, have.checkpoint.len);
  if (have.unit.empty() || in_flight_.contains(feed) || !state_.HasRoomFor(*author)) {
    Dispose(cost);
  } else if (!TakeUnit(have.unit, cost)) {
    Dispose(cost);
  }
  Pump();
  CompareSoon();
}

void Session::On(const Ack& ack) {
  if (!MayShare(ack.feed)) return;
  const Sequence through = std::min(ack.durable_through, state_.feeds.Of(ack.feed).durable.len);
  NoteHeld(ack.feed, through);
  Sequence& acknowledged = acknowledged_[ack.feed];
  acknowledged = std::max(acknowledged, through);
  const RosterPosition mine = state_.roster.position();
  if (ack.feed == state_.roster.feed() && ack.durable_through == mine.len) MeetRoster(mine);
}

std::map<Collection, Session::Lag> Session::Behind() const {
  std::map<Collection, Lag> behind;
  for (const auto& [feed, len] : holds_) {
    const FeedProgress& progress = state_.feeds.Of(feed);
    const FeedAuthor* author = state_.roster.AuthorOf(feed);
    if (author == nullptr || state_.IsForked(feed)) continue;
    const std::uint64_t mine = progress.durable.len.value();
    // What it had beyond a seal is not to be had any more.
    const std::uint64_t theirs = (author->seal ? std::min(len, author->seal->len) : len).value();
    if (theirs <= mine) continue;
    Lag& lag = behind[author->collection];
    lag.entries += theirs - mine;
    if (mine > 0) lag.bytes += (theirs - mine) * (progress.entries_bytes / mine);
  }
  return behind;
}

}  // namespace hansa::replication
