// Moving units: one source for each feed, driven by the receiver; live pushes; acknowledgements after the disk.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
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
  if (len <= state_.feeds.Of(feed).accepted.len) return;
  Sequence& through = wanted_[feed];
  through = std::max(through, len);
}

void Session::Pump() {
  if (state_.disk_refuses || (phase_ != Phase::kLive && phase_ != Phase::kControl)) return;
  for (auto wanted = wanted_.begin(); wanted != wanted_.end();) {
    const FeedId feed = wanted->first;
    const FeedProgress& progress = state_.feeds.Of(feed);
    if (progress.accepted.len >= wanted->second) {
      wanted = wanted_.erase(wanted);
      continue;
    }
    ++wanted;
    if (in_flight_.contains(feed) || state_.fetched_by.contains(feed)) continue;
    const auto shunned = shunned_.find(feed);
    if (shunned != shunned_.end() && now_ < shunned->second) continue;
    if (in_flight_.size() >= kFeedsInFlightMax || state_.pending_bytes > kPendingBytesMax) break;
    const Sequence from(progress.accepted.len.value() + 1);
    in_flight_[feed] = {from, now_ + kProgressWithin};
    state_.fetched_by[feed] = id_;
    Say(Want{feed, from});
  }
}

void Session::StopFetching(const FeedId& feed) {
  wanted_.erase(feed);
  in_flight_.erase(feed);
  const auto fetched = state_.fetched_by.find(feed);
  if (fetched != state_.fetched_by.end() && fetched->second == id_) state_.fetched_by.erase(fetched);
}

void Session::On(const Want& want) {
  if (!MayShare(want.feed)) return Say(WantNack{want.feed, want.from, NackReason::kNotInScope});
  if (want.from.value() == 0 || want.from > state_.feeds.Of(want.feed).durable.len) {
    return Say(WantNack{want.feed, want.from, NackReason::kNotHeld});
  }
  if (reads_open_ >= kReadsOpenMax) return Say(WantNack{want.feed, want.from, NackReason::kBusy});
  ++reads_open_;
  effects_.push_back(ReadUnit{id_, want.feed, want.from});
}

void Session::OnUnitReady(const UnitRead& read) {
  if (reads_open_ > 0) --reads_open_;
  if (read.unit.empty()) return Say(WantNack{read.feed, read.from, NackReason::kNotHeld});
  Say(UnitFrame{read.unit});
}

void Session::On(const WantNack& nack) {
  const auto in_flight = in_flight_.find(nack.feed);
  if (in_flight == in_flight_.end()) return;
  shunned_[nack.feed] = now_ + (nack.reason == NackReason::kBusy ? kSettle : kShunFor);
  StopFetching(nack.feed);
  CompareSoon();
  Pump();
}

void Session::On(const UnitFrame& unit) { TakeUnit(unit.unit); }

void Session::TakeUnit(const Bytes& encoded) {
  absl::StatusOr<TransferUnit> unit = DecodeUnit(encoded);
  if (!unit.ok()) {
    ++refusals_[Refusal::kMalformed];
    return Close(CloseCode::kProtocol, absl::StrCat("a unit that cannot be read: ", unit.status().message()));
  }
  const FeedId feed = unit->feed;
  const Sequence end = unit->end.len;
  const bool was_asked = in_flight_.erase(feed) > 0;
  if (was_asked) state_.fetched_by.erase(feed);
  // One unit after another comes down the same stream: any of them is progress.
  for (auto& [other, in_flight] : in_flight_) in_flight.deadline = now_ + kProgressWithin;
  if (!MayShare(feed)) {
    // A feed that was shared when they sent it is no fault of theirs.
    if (state_.roster.AuthorOf(feed) == nullptr) ++refusals_[Refusal::kUnknownFeed];
    return CompareSoon();
  }
  if (end <= state_.feeds.Of(feed).accepted.len) {
    NoteHeld(feed, std::min(end, state_.feeds.Of(feed).durable.len));
    return Pump();  // a duplicate changes nothing
  }
  // What nobody asked for waits like everything else; the next comparison finds it again.
  if (!was_asked && state_.pending_bytes > kPendingBytesMax) return CompareSoon();
  const absl::Status accepted = state_.Accept(*std::move(unit), id_, effects_);
  if (!accepted.ok()) NoteRefusal(feed, accepted);
  Pump();
}

void Session::NoteRefusal(const FeedId& feed, const absl::Status& why) {
  const Refusal reason = RefusalOf(why);
  ++refusals_[reason];
  last_error_ = absl::StrCat("refused what it sent: ", std::string(why.message()));
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

void Session::TellAbout(const FeedId& feed, const Bytes& unit) {
  const FeedProgress& progress = state_.feeds.Of(feed);
  if (!progress.newest) return;
  Say(Have{*progress.newest, unit});
}

void Session::OnFeedGrew(const FeedGrew& grown) {
  const VerifiedUnit& unit = grown.commit.unit;
  const FeedId feed = unit.unit().feed;
  if (grown.commit.source && *grown.commit.source == id_) {
    NoteHeld(feed, unit.end().len);
    Say(Ack{feed, state_.feeds.Of(feed).durable.len});
  } else if (hello_ && MayShare(feed)) {
    const auto held = holds_.find(feed);
    if (held == holds_.end() || held->second < unit.end().len) {
      const bool is_small = unit.counted_bytes() <= kInlineUnitBytesMax;
      TellAbout(feed, is_small ? EncodeUnit(unit.unit()) : Bytes());
    }
  }
  if (phase_ == Phase::kLive) CompareSoon();
  Pump();
}

void Session::On(const Have& have) {
  const FeedId feed = have.checkpoint.feed;
  const FeedAuthor* author = state_.roster.AuthorOf(feed);
  if (author == nullptr || !MayShare(feed)) return CompareSoon();  // our roster may lag
  const FeedProgress& progress = state_.feeds.Of(feed);
  if (have.checkpoint.len <= progress.durable.len) {
    const bool same = progress.newest && have.checkpoint == *progress.newest;
    if (same) NoteHeld(feed, have.checkpoint.len);
    return;
  }
  if (!IsSignedBy(state_.crypto, state_.roster.network(), have.checkpoint, author->writer)) {
    ++refusals_[Refusal::kBadSignature];
    last_error_ = absl::StrCat("refused what it sent: a checkpoint of member ", author->member.value(), ", collection ",
                               author->collection.value(), ", sequence ", have.checkpoint.len.value(),
                               " that its author did not sign");
    return;
  }
  if (state_.IsOwn(*author)) {
    state_.own_feed_ahead = true;
    effects_.push_back(MarkOwnFeed{have.checkpoint});
    last_error_ = "holds more of our own feed than we do";
    return;
  }
  NoteHeld(feed, have.checkpoint.len);
  if (state_.disk_refuses) return;
  WantThrough(feed, have.checkpoint.len);
  if (!have.unit.empty() && !in_flight_.contains(feed)) return TakeUnit(have.unit);
  Pump();
  CompareSoon();
}

void Session::On(const Ack& ack) {
  if (!MayShare(ack.feed)) return;
  NoteHeld(ack.feed, std::min(ack.durable_through, state_.feeds.Of(ack.feed).durable.len));
  const RosterPosition mine = state_.roster.position();
  if (ack.feed == state_.roster.feed() && ack.durable_through == mine.len) MeetRoster(mine);
}

std::uint64_t Session::behind_entries() const {
  std::uint64_t behind = 0;
  for (const auto& [feed, len] : holds_) {
    const Sequence mine = state_.feeds.Of(feed).durable.len;
    if (len > mine) behind += len.value() - mine.value();
  }
  return behind;
}

}  // namespace hansa::replication
