#include "replication/feed_table.h"

#include "replication/check.h"

namespace hansa::replication {
namespace {
bool IsPending(const FeedProgress& progress) { return progress.accepted.len > progress.durable.len; }
}  // namespace

void FeedTable::Count(const FeedProgress& before, const FeedProgress& after) {
  if (IsPending(before)) --pending_;
  if (IsPending(after)) ++pending_;
}

void FeedTable::Restore(const FeedHeld& held) {
  const FeedTail tail{held.newest.len, held.newest.head, held.ended};
  feeds_[held.newest.feed] = {tail, tail, held.newest, held.bytes};
  for (const FeedHeld::Absent& absent : held.absent) NoteAbsent(held.newest.feed, absent.seq, absent.header);
  Touch(held.newest.feed);
}

void FeedTable::NoteAbsent(const FeedId& feed, Sequence seq, BytesView header) {
  const absl::StatusOr<EntryHeader> fields = DecodeHeader(header);
  HANSA_CHECK(fields.ok() && fields->has_payload);
  absent_[feed][seq] = {EntryHash(crypto_, header), fields->payload_commit, fields->payload_len};
  absence_moved_.insert({feed, seq});
}

const AbsentPayload* FeedTable::AbsentAt(const FeedId& feed, Sequence seq) const {
  const auto of_feed = absent_.find(feed);
  if (of_feed == absent_.end()) return nullptr;
  const auto found = of_feed->second.find(seq);
  return found == of_feed->second.end() ? nullptr : &found->second;
}

const FeedProgress& FeedTable::Of(const FeedId& feed) const {
  static const FeedProgress kEmpty;
  const auto found = feeds_.find(feed);
  return found == feeds_.end() ? kEmpty : found->second;
}

void FeedTable::Accept(const FeedId& feed, const FeedTail& tail) {
  FeedProgress& progress = feeds_[feed];
  const FeedProgress before = progress;
  progress.accepted = tail;
  Count(before, progress);
}

void FeedTable::MakeDurable(const VerifiedUnit& unit) {
  const FeedId feed = unit.unit().feed;
  FeedProgress& progress = feeds_[feed];
  const FeedProgress before = progress;
  progress.durable = unit.tail();
  progress.newest = unit.end();
  progress.entries_bytes += unit.counted_bytes();
  if (progress.accepted.len < progress.durable.len) progress.accepted = progress.durable;
  Count(before, progress);
  for (std::size_t i = 0; i < unit.headers().size(); ++i) {
    const EntryHeader& header = unit.headers()[i];
    const Entry& entry = unit.unit().entries[i];
    if (header.has_payload && !entry.payload) NoteAbsent(feed, header.seq, entry.header);
  }
  Touch(feed);
}

void FeedTable::Cut(const FeedId& feed, const std::optional<FeedHeld>& left) {
  Drop(feed);
  if (left) Restore(*left);
}

void FeedTable::FillPayloads(const FeedId& feed, const std::vector<Sequence>& seqs) {
  const auto of_feed = absent_.find(feed);
  if (of_feed == absent_.end()) return;
  for (const Sequence seq : seqs) {
    if (of_feed->second.erase(seq) > 0) absence_moved_.insert({feed, seq});
  }
  if (of_feed->second.empty()) absent_.erase(of_feed);
}

void FeedTable::Drop(const FeedId& feed) {
  if (const auto absent = absent_.find(feed); absent != absent_.end()) {
    for (const auto& [seq, payload] : absent->second) absence_moved_.insert({feed, seq});
    absent_.erase(absent);
  }
  const auto found = feeds_.find(feed);
  if (found == feeds_.end()) return;
  Count(found->second, FeedProgress());
  feeds_.erase(found);
  Touch(feed);
}

void FeedTable::Forget(const FeedId& feed) {
  FeedProgress& progress = feeds_[feed];
  const FeedProgress before = progress;
  progress.accepted = progress.durable;
  Count(before, progress);
}

}  // namespace hansa::replication
