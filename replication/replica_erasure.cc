// What goes for good, and when: erasure orders, read from erasure feeds, verified against what is held and carried out
// when they are due; and what was cut off feeds. Both count the time that this node runs.
#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/note.h"
#include "replication/replica.h"
#include "replication/session_times.h"

namespace hansa::replication {
namespace {

// How long this node has run in all its lives: kept, so that holds go on after a restart. What is lost of it by a crash
// only makes a hold longer.
constexpr char kRanNote[] = "ran";
constexpr absl::Duration kQuarantineFor = absl::Hours(24 * 30);

}  // namespace

absl::Duration Replica::RanBefore(const Notes& kept) {
  const auto ran = kept.find(kRanNote);
  return ran == kept.end() ? absl::ZeroDuration()
                           : absl::Seconds(static_cast<std::int64_t>(ByteReader(ran->second).U64()));
}

void Replica::NoteQuarantine(const FeedId& feed) {
  quarantined_at_[feed] = state_.ran;
  const auto seconds = static_cast<std::uint64_t>(absl::ToInt64Seconds(state_.ran));
  state_.KeepNote(QuarantineNoteKey(feed), ByteWriter().U64(seconds).bytes(), effects_);
}

// Not while the roster itself is forked: its seals are not settled then.
void Replica::EndQuarantines() {
  if (state_.IsForked(state_.roster.feed())) return;
  std::erase_if(quarantined_at_, [this](const auto& cut) {
    if (state_.ran - cut.second < kQuarantineFor) return false;
    effects_.push_back(DropQuarantine{cut.first});
    state_.KeepNote(QuarantineNoteKey(cut.first), Bytes(), effects_);
    return true;
  });
}

void Replica::KeepRan() {
  if (now_ < ran_note_due_) return;
  ran_note_due_ = now_ + kRanNoteEvery;
  const auto seconds = static_cast<std::uint64_t>(absl::ToInt64Seconds(state_.ran));
  state_.KeepNote(kRanNote, ByteWriter().U64(seconds).bytes(), effects_);
  EndQuarantines();
}

void Replica::BeginOrders() {
  for (const ReplicaStart::OrderHeader& order : std::exchange(start_orders_, {})) TakeOrder(order.header);
  for (const auto& [feed, absent] : state_.feeds.absent()) {
    for (const auto& [seq, payload] : absent) {
      state_.orders.PayloadGone(feed, seq);
      if (state_.orders.Excuses(feed, seq, payload.entry_hash)) state_.orders.EntryIs(feed, seq, payload.entry_hash);
    }
  }
}

void Replica::TakeOrder(BytesView header) {
  std::optional<Note> note = state_.orders.Add(state_.Law(), header, state_.ran);
  if (note) state_.KeepNote(std::move(note->key), std::move(note->value), effects_);
}

// A unit is on the disk: the orders it gives, and what earlier orders say of its entries.
void Replica::WeighOrders(const VerifiedUnit& unit) {
  const FeedId feed = unit.unit().feed;
  const bool gives_orders = unit.author().collection == kErasures;
  for (std::size_t i = 0; i < unit.headers().size(); ++i) {
    const Entry& entry = unit.unit().entries[i];
    const EntryHeader& header = unit.headers()[i];
    if (gives_orders) TakeOrder(entry.header);
    if (header.has_payload && !entry.payload) {
      const Hash hash = EntryHash(state_.crypto, entry.header);
      state_.orders.PayloadGone(feed, header.seq);
      if (state_.orders.Excuses(feed, header.seq, hash)) state_.ActOn({feed, header.seq, hash}, effects_);
    } else if (header.has_payload) {
      state_.orders.PayloadCame(feed, header.seq);
    }
  }
  for (const Sequence seq : state_.orders.UnverifiedIn(feed, unit.unit().from, unit.end().len)) {
    const Entry& entry = unit.unit().entries[seq.value() - unit.unit().from.value()];
    state_.orders.EntryIs(feed, seq, EntryHash(state_.crypto, entry.header));
  }
}

void Replica::On(const HeaderRead& read) {
  if (const auto asked = headers_asked_.find(read.feed); asked != headers_asked_.end() && --asked->second == 0) {
    headers_asked_.erase(asked);
  }
  // One that cannot be read, or is not held any more, is not asked for again: what takes its place is looked at when it
  // comes.
  if (read.header.empty() || read.seq > state_.feeds.Of(read.feed).durable.len) return;
  state_.orders.EntryIs(read.feed, read.seq, EntryHash(state_.crypto, read.header));
}

// What is named and held is looked at; what is due is destroyed; who shows entries hears which are hidden.
// Only what has changed is looked at: an author may give many orders.
void Replica::SettleOrders() {
  KeepRan();
  // What is not held is looked at when it comes; what is being cut, when that is done.
  for (const auto& [feed, seq] : state_.orders.TakeToVerify()) {
    const bool is_held = seq <= state_.feeds.Of(feed).durable.len && !state_.cutting.contains(feed);
    if (!is_held) continue;
    ++headers_asked_[feed];
    effects_.push_back(ReadHeader{feed, seq});
  }
  std::map<FeedId, std::vector<Sequence>> due;
  for (const ErasureTarget& target : state_.orders.Due(state_.ran)) {
    state_.ActOn(target, effects_);
    due[target.feed].push_back(target.seq);
  }
  for (auto& [feed, seqs] : due) {
    // Those too that never were open here: they were due as soon as their entries were looked at.
    hidden_told_.try_emplace(feed);
    hidden_stale_.insert(feed);
    for (const Sequence seq : seqs) state_.orders.PayloadGone(feed, seq);
    effects_.push_back(ErasePayloads{feed, std::move(seqs)});
  }
  hidden_stale_.merge(state_.orders.TakeRestood());
  TellHidden();
}

// Of a feed at once, when all that is asked for of it has been read: what is told is all that is hidden in it.
void Replica::TellHidden() {
  std::set<FeedId> later;
  for (const FeedId& feed : std::exchange(hidden_stale_, {})) {
    if (headers_asked_.contains(feed)) {
      later.insert(feed);
      continue;
    }
    if (!hidden_told_.contains(feed) && !state_.orders.HasOpenIn(feed, state_.ran)) continue;
    std::vector<Sequence> hidden = state_.orders.HiddenIn(feed);
    std::vector<Sequence>& told = hidden_told_[feed];
    if (told == hidden) continue;
    told = hidden;
    state_.files.EndIf([&](const WantedFile& file) { return file.feed == feed && state_.IsHidden(feed, file.seq); });
    effects_.push_back(HiddenMoved{feed, std::move(hidden)});
  }
  hidden_stale_ = std::move(later);
}

absl::Time Replica::OrdersDeadline() const {
  const absl::Duration due = state_.orders.NextDue();
  if (due == absl::InfiniteDuration()) return absl::InfiniteFuture();
  return now_ + (due - state_.ran);
}

}  // namespace hansa::replication
