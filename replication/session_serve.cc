// Giving: units and payloads that were asked for, what is new here, proofs; all within the credit of the peer.
// Its own lost feeds come before others; what is live does not wait for what is old.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/planted.h"
#include "replication/session.h"
#include "replication/session_times.h"

namespace hansa::replication {
namespace {
constexpr absl::Duration kLinkIsFast = absl::Seconds(5);
constexpr absl::Duration kLinkIsSlow = absl::Seconds(20);
// A frame that carries payloads holds at most this much of them besides its first.
constexpr std::size_t kPayloadsFrameBytes = kUnitBytesMax;
}  // namespace

void Session::On(const Credit& credit) {
  const bool is_of_bulk = purse_.Grant(credit);
  if (is_of_bulk && bulk_sent_ != absl::InfinitePast()) {
    // How long a unit took until it was disposed of tells how large the next ones may be.
    const absl::Duration took = now_ - std::exchange(bulk_sent_, absl::InfinitePast());
    if (took < kLinkIsFast) unit_bytes_ = std::min(unit_bytes_ * 2, kUnitBytesMax);
    if (took > kLinkIsSlow) unit_bytes_ = std::max(unit_bytes_ / 2, kUnitBytesLeast);
  }
  TellWaiting();
  Serve();
}

bool Session::Spend(const Frame& frame) {
  const std::optional<FrameCost> cost = CostOf(frame);
  if (!cost) return true;
  if (!purse_.MaySend(*cost)) return false;
  purse_.Spend(*cost);
  return true;
}

void Session::Dispose(const FrameCost& cost) {
  if (Planted(Bug::kCreditNotReturned)) return;
  window_.Dispose(cost);
}

void Session::On(const Want& want) {
  if (!MayShare(want.feed)) return Say(WantNack{want.feed, want.from, NackReason::kNotInScope});
  if (state_.cutting.contains(want.feed)) return Say(WantNack{want.feed, want.from, NackReason::kBusy});
  const bool is_held = want.from.value() != 0 && want.from <= state_.feeds.Of(want.feed).durable.len;
  if (!is_held || state_.IsForked(want.feed)) {
    TellFork(want.feed);
    return Say(WantNack{want.feed, want.from, NackReason::kNotHeld});
  }
  Ask(want);
}

void Session::On(const WantPayload& want) {
  if (!MayShare(want.feed) || state_.IsAtRest(want.feed)) return;
  WantPayload servable{want.feed, {}};
  for (const Sequence seq : want.seqs) {
    const bool ascends = servable.seqs.empty() || servable.seqs.back() < seq;
    const bool is_there = seq.value() != 0 && seq <= state_.feeds.Of(want.feed).durable.len &&
                          state_.feeds.AbsentAt(want.feed, seq) == nullptr && !state_.IsHidden(want.feed, seq);
    if (ascends && is_there && servable.seqs.size() < kPayloadsWantedMax) servable.seqs.push_back(seq);
  }
  if (!servable.seqs.empty()) Ask(servable);
}

void Session::Ask(const Asked& asked) {
  const FeedId feed = std::visit([](const auto& what) { return what.feed; }, asked);
  if (asked_first_.size() + asked_.size() >= kAskedMax) {
    if (const auto* want = std::get_if<Want>(&asked)) Say(WantNack{want->feed, want->from, NackReason::kBusy});
    return;
  }
  const FeedAuthor* author = state_.roster.AuthorOf(feed);
  const bool is_theirs = author != nullptr && member() == author->member;
  (is_theirs ? asked_first_ : asked_).push_back(asked);
  Serve();
}

void Session::Serve() {
  while (!ready_.empty() && Spend(ready_.front())) {
    if (bulk_sent_ == absl::InfinitePast()) bulk_sent_ = now_;
    Say(std::move(ready_.front()));
    ready_.pop_front();
  }
  while (reads_open_ + ready_.size() < kReadsAheadMax) {
    if (asked_first_.empty() && asked_.empty()) {
      if (!ServeFile()) return;
      continue;
    }
    std::deque<Asked>& queue = asked_first_.empty() ? asked_ : asked_first_;
    const Asked asked = std::move(queue.front());
    queue.pop_front();
    ++reads_open_;
    if (const auto* want = std::get_if<Want>(&asked)) {
      effects_.push_back(ReadUnit{id_, want->feed, want->from, unit_bytes_});
    } else {
      const auto& payloads = std::get<WantPayload>(asked);
      effects_.push_back(ReadPayloads{id_, payloads.feed, payloads.seqs});
    }
  }
}

void Session::NoteStall() {
  const bool waits = !ready_.empty() || !haves_waiting_.empty();
  if (!waits) stalled_since_.reset();
  if (waits && !stalled_since_) stalled_since_ = now_;
}

void Session::SendBulk(Frame frame) {
  ready_.push_back(std::move(frame));
  Serve();
}

void Session::OnUnitReady(const UnitRead& read) {
  if (reads_open_ > 0) --reads_open_;
  if (read.unit.empty() || !MayShare(read.feed) || state_.IsAtRest(read.feed)) {
    Say(WantNack{read.feed, read.from, read.unit.empty() ? NackReason::kNotHeld : NackReason::kBusy});
    return Serve();
  }
  SendBulk(UnitFrame{state_.WithoutHidden(read.feed, read.unit)});
}

void Session::OnPayloadsReady(const PayloadsRead& read) {
  if (reads_open_ > 0) --reads_open_;
  Payloads frame{read.feed, {}};
  std::size_t bytes = 0;
  for (const Payloads::Item& item : read.items) {
    if (!MayShare(read.feed) || state_.IsHidden(read.feed, item.seq)) continue;
    bytes += item.payload.payload.size();
    if (bytes > kPayloadsFrameBytes && !frame.items.empty()) break;  // the rest is asked for again
    frame.items.push_back(item);
  }
  if (!frame.items.empty()) return SendBulk(std::move(frame));
  Serve();
}

void Session::TellAbout(const FeedId& feed, const Bytes& unit) {
  const FeedProgress& progress = state_.feeds.Of(feed);
  if (!progress.newest || state_.cutting.contains(feed)) return;
  if (state_.IsForked(feed)) return TellFork(feed);
  Have have{*progress.newest, unit};
  if (!unit.empty() && !purse_.MaySend(*CostOf(have))) have.unit.clear();
  if (Spend(have)) return Say(std::move(have));
  if (Planted(Bug::kUnboundedHaves)) return ready_.push_back(std::move(have));
  haves_waiting_.insert(feed);
  if (haves_waiting_.size() <= kHavesWaitingMax) return;
  haves_waiting_.clear();
  CompareSoon();
}

void Session::TellWaiting() {
  const std::set<FeedId> waiting = std::exchange(haves_waiting_, {});
  for (const FeedId& feed : waiting) {
    const auto held = holds_.find(feed);
    const bool is_known = held != holds_.end() && held->second >= state_.feeds.Of(feed).durable.len;
    if (!is_known && MayShare(feed)) TellAbout(feed, Bytes());
  }
}

// Both ends of a conversation about a feed that has two histories must hold the proof.
void Session::TellFork(const FeedId& feed) {
  const auto fork = state_.forks.find(feed);
  if (fork == state_.forks.end() || !MayShare(feed) || !forks_told_.insert(feed).second) return;
  SendBulk(fork->second);
}

void Session::On(const ForkWant& want) { TellFork(want.feed); }

void Session::On(const ForkProof& proof) {
  const FrameCost cost = *CostOf(proof);
  if (MayShare(proof.a.feed)) {
    forks_told_.insert(proof.a.feed);  // it has one itself
    if (!state_.TakeForkProof(proof, effects_)) {
      ++refusals_[Refusal::kBadSignature];
      last_error_ = "refused what it sent: a proof of two histories that proves nothing";
    }
  }
  Dispose(cost);
}

void Session::OnFeedGrew(const FeedGrew& grown) {
  const VerifiedUnit& unit = grown.commit.unit;
  const FeedId feed = unit.unit().feed;
  if (grown.commit.source && grown.commit.source->session == id_) {
    NoteHeld(feed, unit.end().len);
    Acknowledge(feed);
  } else if (hello_ && MayShare(feed)) {
    const auto held = holds_.find(feed);
    if (held == holds_.end() || held->second < unit.end().len) {
      const bool is_small = unit.counted_bytes() <= kInlineUnitBytesMax;
      TellAbout(feed, is_small ? state_.WithoutHidden(feed, EncodeUnit(unit.unit())) : Bytes());
    }
  }
  if (phase_ == Phase::kLive) CompareSoon();
  Pump();
}

}  // namespace hansa::replication
