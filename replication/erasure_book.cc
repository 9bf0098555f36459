#include "replication/erasure_book.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/planted.h"

namespace hansa::replication {
namespace {

// "order/" ‖ erasure feed ‖ u64 seq ‖ first bytes of the order's entry hash: u64 milliseconds run when it came.
constexpr char kOrderKey[] = "order/";
constexpr std::size_t kHashPrefixBytes = 8;
// "erased/" ‖ feed ‖ u64 seq: entry hash.
constexpr char kErasedKey[] = "erased/";

Bytes OrderKey(const FeedId& feed, Sequence seq, const Hash& hash) {
  return ByteWriter()
      .Raw(kOrderKey)
      .Raw(feed.view())
      .U64(seq.value())
      .Raw(hash.view().substr(0, kHashPrefixBytes))
      .bytes();
}
Bytes ErasedKey(const ErasureTarget& target) {
  return ByteWriter().Raw(kErasedKey).Raw(target.feed.view()).U64(target.seq.value()).bytes();
}
Bytes EncodeDuration(absl::Duration ran) {
  return ByteWriter().U64(static_cast<std::uint64_t>(absl::ToInt64Milliseconds(ran))).bytes();
}

bool IsSecretariat(Member member) { return member >= kFirstSecretariat && member <= kLastSecretariat; }

}  // namespace

ErasureBook::ErasureBook(const Crypto& crypto, const Notes& notes) : crypto_(crypto) {
  for (const auto& [key, value] : notes) {
    ByteReader reader(value);
    if (absl::StartsWith(key, kOrderKey)) {
      const absl::Duration ran = absl::Milliseconds(static_cast<std::int64_t>(reader.U64()));
      if (reader.at_end() && ran >= absl::ZeroDuration()) received_[key] = ran;
    } else if (absl::StartsWith(key, kErasedKey)) {
      ByteReader name(BytesView(key).substr(sizeof(kErasedKey) - 1));
      const FeedId feed = name.Take<FeedId>();
      const Sequence seq(name.U64());
      const Hash entry = reader.Take<Hash>();
      if (name.at_end() && reader.at_end()) acted_[{feed, seq}] = entry;
    }
  }
}

absl::Duration ErasureBook::newest_received() const {
  absl::Duration newest;
  for (const auto& [order, ran] : received_) newest = std::max(newest, ran);
  return newest;
}

std::optional<Note> ErasureBook::Add(const ErasureLaw& law, BytesView header, absl::Duration ran) {
  const absl::StatusOr<EntryHeader> decoded = DecodeHeader(header);
  HANSA_CHECK(decoded.ok());
  const Place place{decoded->feed, decoded->seq};
  if (orders_.contains(place)) return std::nullopt;
  std::optional<ErasureOrder> order = OrderIn(*decoded);
  if (!order) return std::nullopt;
  Held held{*std::move(order), EntryHash(crypto_, header), ran, Side::kUndecided, Member(), false};
  const Bytes key = OrderKey(place.first, place.second, held.hash);
  const auto noted = received_.find(key);
  const bool is_new = noted == received_.end();
  if (!is_new) held.received = noted->second;
  Held& kept = orders_.emplace(place, std::move(held)).first->second;
  JudgeOne(law, place, kept);
  if (!is_new || kept.side == Side::kVoid) return std::nullopt;
  received_[key] = ran;
  return Note{key, EncodeDuration(ran)};
}

void ErasureBook::Judge(const ErasureLaw& law) {
  const bool same_officers = law.officers == officers_ && law.approvals == approvals_;
  officers_ = law.officers;
  approvals_ = law.approvals;
  for (auto& [place, held] : orders_) {
    const bool is_open = held.side == Side::kUndecided || (!same_officers && !held.order.approvals.empty());
    if (is_open) JudgeOne(law, place, held);
  }
}

void ErasureBook::JudgeOne(const ErasureLaw& law, const Place& place, Held& held) {
  held.side = SideOf(law, place, held);
  held.is_approved = ApprovalsOf(crypto_, law.network, law.officers, held.order) >= law.approvals;
  if (held.side == Side::kUndecided || held.side == Side::kVoid) return;
  by_target_[held.order.target].insert(place);
  Restand(held.order.target);
}

ErasureBook::Side ErasureBook::SideOf(const ErasureLaw& law, const Place& place, Held& held) const {
  const auto issuer = law.feeds.find(place.first);
  const auto target = law.feeds.find(held.order.target.feed);
  if (issuer == law.feeds.end() || target == law.feeds.end()) return Side::kUndecided;
  held.by = issuer->second.member;
  const Collection collection = target->second.collection;
  const bool is_law = collection == kRosterCollection || collection == kErasures;
  if (is_law && !Planted(Bug::kOrderNamesRoster)) return Side::kVoid;
  if (held.order.reason == ErasureReason::kLost) return IsSecretariat(held.by) ? Side::kLost : Side::kVoid;
  // A hub that orders about its own entry is their author and nobody else: one key is one side.
  if (held.by == target->second.member) return Side::kAuthor;
  return IsSecretariat(held.by) ? Side::kSecretariat : Side::kVoid;
}

std::vector<Note> ErasureBook::Rebuild(const FeedId& erasures, Sequence left) {
  std::vector<Note> forgotten;
  for (auto found = orders_.upper_bound({erasures, left}); found != orders_.end() && found->first.first == erasures;) {
    const auto& [place, held] = *found;
    const Bytes key = OrderKey(place.first, place.second, held.hash);
    if (received_.erase(key) > 0) forgotten.push_back({key, ""});
    const ErasureTarget target = held.order.target;
    const auto counted = by_target_.find(target);
    if (counted != by_target_.end() && counted->second.erase(place) > 0 && counted->second.empty()) {
      by_target_.erase(counted);
    }
    found = orders_.erase(found);
    Restand(target);
  }
  return forgotten;
}

void ErasureBook::Restand(const ErasureTarget& target) {
  const Place place{target.feed, target.seq};
  const Standing* const before = Find(target);
  const bool did_order = before != nullptr && before->orders();
  std::optional<ErasureSchedule::Ordered> ordered;
  if (const auto found = by_target_.find(target); found == by_target_.end()) {
    standings_.erase(target);
  } else {
    const Standing& standing = standings_[target] = StandingOf(found->second);
    if (standing.orders()) ordered = {standing.author, standing.secretariat, standing.is_at_once()};
  }
  if (ordered && !did_order) ++ordering_[place];
  if (!ordered && did_order && --ordering_[place] == 0) ordering_.erase(place);
  schedule_.Set(target, ordered);
  schedule_.Await(target, IsAwaited(target));
  restood_.insert(target.feed);
  excuses_moved_.insert(place);
  Refresh(place);
}

ErasureBook::Standing ErasureBook::StandingOf(const std::set<Place>& places) const {
  Standing standing;
  for (const Place& place : places) {
    const Held& held = orders_.at(place);
    if (held.side == Side::kLost) {
      standing.is_lost = true;
      continue;
    }
    if (!standing.orders()) standing.reason = held.order.reason;
    standing.is_approved = standing.is_approved || held.is_approved;
    const bool is_first_of_author = !standing.author || held.received < standing.author->received;
    if (held.side == Side::kAuthor && is_first_of_author) standing.author = {held.by, held.received, place};
    if (held.side == Side::kSecretariat) {
      standing.secretariat = std::min(standing.secretariat.value_or(held.received), held.received);
    }
  }
  return standing;
}

bool ErasureBook::IsAwaited(const ErasureTarget& target) const {
  const Place place{target.feed, target.seq};
  const auto held = entries_.find(place);
  return held != entries_.end() && held->second == target.entry && !gone_.contains(place);
}

// Of all that is ordered of a place only what names the entry that is held there can be awaited.
void ErasureBook::Await(const Place& place) {
  const auto held = entries_.find(place);
  if (held == entries_.end()) return;
  const ErasureTarget target{place.first, place.second, held->second};
  schedule_.Await(target, IsAwaited(target));
}

void ErasureBook::Refresh(const Place& place) {
  const auto& [feed, seq] = place;
  const auto held = entries_.find(place);
  const bool is_held = held != entries_.end();
  if (is_held || !ordering_.contains(place)) {
    unverified_.erase(place);
    to_verify_.erase(place);
  } else if (unverified_.insert(place).second) {
    to_verify_.insert(place);
  }
  const Standing* const standing = is_held ? Find({feed, seq, held->second}) : nullptr;
  if (standing != nullptr && standing->orders()) {
    hidden_[feed].insert(seq);
  } else if (const auto hidden = hidden_.find(feed); hidden != hidden_.end()) {
    hidden->second.erase(seq);
    if (hidden->second.empty()) hidden_.erase(hidden);
  }
}

void ErasureBook::EntryIs(const FeedId& feed, Sequence seq, const Hash& entry) {
  const auto named = standings_.lower_bound({feed, seq, Hash()});
  const bool is_named = named != standings_.end() && named->first.feed == feed && named->first.seq == seq;
  if (!is_named) return;
  const Place place{feed, seq};
  if (const auto held = entries_.find(place); held != entries_.end()) schedule_.Await({feed, seq, held->second}, false);
  entries_[place] = entry;
  restood_.insert(feed);
  Await(place);
  Refresh(place);
}

void ErasureBook::EntriesGone(const FeedId& feed, Sequence left) {
  restood_.insert(feed);
  for (auto held = entries_.upper_bound({feed, left}); held != entries_.end() && held->first.first == feed;) {
    const Place place = held->first;
    schedule_.Await({feed, place.second, held->second}, false);
    held = entries_.erase(held);
    Refresh(place);
  }
  for (auto gone = gone_.upper_bound({feed, left}); gone != gone_.end() && gone->first == feed;) {
    gone = gone_.erase(gone);
  }
  // What is left may have been asked for while the feed was at rest.
  const auto first = unverified_.lower_bound({feed, Sequence()});
  const auto last = unverified_.upper_bound({feed, left});
  to_verify_.insert(first, last);
}

void ErasureBook::PayloadGone(const FeedId& feed, Sequence seq) {
  gone_.insert({feed, seq});
  Await({feed, seq});
}

void ErasureBook::PayloadCame(const FeedId& feed, Sequence seq) {
  if (gone_.erase({feed, seq}) > 0) Await({feed, seq});
}

std::vector<Sequence> ErasureBook::UnverifiedIn(const FeedId& feed, Sequence from, Sequence to) const {
  std::vector<Sequence> seqs;
  for (auto named = unverified_.lower_bound({feed, from});
       named != unverified_.end() && named->first == feed && named->second <= to; ++named) {
    seqs.push_back(named->second);
  }
  return seqs;
}

const ErasureBook::Standing* ErasureBook::Find(const ErasureTarget& target) const {
  const auto found = standings_.find(target);
  return found == standings_.end() ? nullptr : &found->second;
}

bool ErasureBook::IsHidden(const FeedId& feed, Sequence seq) const {
  const auto hidden = hidden_.find(feed);
  return hidden != hidden_.end() && hidden->second.contains(seq);
}

std::vector<Sequence> ErasureBook::HiddenIn(const FeedId& feed) const {
  const auto hidden = hidden_.find(feed);
  if (hidden == hidden_.end()) return {};
  return {hidden->second.begin(), hidden->second.end()};
}

bool ErasureBook::Excuses(const FeedId& feed, Sequence seq, const Hash& entry) const {
  const auto acted = acted_.find({feed, seq});
  return (acted != acted_.end() && acted->second == entry) || Find({feed, seq, entry}) != nullptr;
}

std::optional<Note> ErasureBook::ActOn(const ErasureTarget& target) {
  const auto [acted, is_new] = acted_.emplace(Place(target.feed, target.seq), target.entry);
  if (!is_new && acted->second == target.entry) return std::nullopt;
  acted->second = target.entry;
  excuses_moved_.insert({target.feed, target.seq});
  return Note{ErasedKey(target), target.entry.str()};
}

bool ErasureBook::IsOpen(const ErasureTarget& target, const Standing& standing, absl::Duration ran) const {
  if (!standing.orders()) return false;
  const std::optional<absl::Duration> due_after = schedule_.DueAfter(target);
  return !due_after || *due_after > ran;
}

bool ErasureBook::HasOpenIn(const FeedId& feed, absl::Duration ran) const {
  for (auto named = standings_.lower_bound({feed, Sequence(), Hash()});
       named != standings_.end() && named->first.feed == feed; ++named) {
    if (IsOpen(named->first, named->second, ran)) return true;
  }
  return false;
}

std::vector<OpenErasure> ErasureBook::OpenOrders(absl::Duration ran) const {
  std::vector<OpenErasure> open;
  for (const auto& [target, standing] : standings_) {
    if (!IsOpen(target, standing, ran)) continue;
    const auto held = entries_.find({target.feed, target.seq});
    OpenErasure shown;
    shown.target = target;
    shown.reason = standing.reason;
    shown.by_author = standing.author.has_value();
    shown.by_secretariat = standing.secretariat.has_value();
    shown.is_verified = held != entries_.end() && held->second == target.entry;
    shown.waits_for_secretariat = schedule_.WaitsForSecretariat(target);
    shown.due_after = schedule_.DueAfter(target);
    open.push_back(shown);
  }
  return open;
}

ErasureCoverage ErasureBook::coverage() const {
  ErasureCoverage coverage;
  for (const auto& [target, standing] : standings_) {
    if (!standing.orders()) {
      ++coverage.lost;
      continue;
    }
    ++coverage.ordered;
    const Place place{target.feed, target.seq};
    const auto held = entries_.find(place);
    if (held == entries_.end()) ++coverage.unverified;
    if (held != entries_.end() && held->second == target.entry && gone_.contains(place)) ++coverage.erased;
  }
  for (const auto& [place, held] : orders_) {
    if (held.side == Side::kUndecided) ++coverage.undecided;
    if (held.side == Side::kVoid) ++coverage.void_orders;
  }
  return coverage;
}

}  // namespace hansa::replication
