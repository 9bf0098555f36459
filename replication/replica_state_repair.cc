// What does not go on as it should: histories that do not go together, seals, payloads that are not there.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/fork_proof.h"
#include "replication/note.h"
#include "replication/planted.h"
#include "replication/replica_state.h"

namespace hansa::replication {

void ReplicaState::NoteOwnAhead(const FeedAuthor& author, const Checkpoint& shown) {
  newly_ahead.push_back(author.writer);
  const FeedTail& mine = feeds.Of(shown.feed).durable;
  if (shown.len > mine.len) shown_ahead.push_back(shown);
}

absl::Status ReplicaState::WeighRefusal(const FeedAuthor& author, const TransferUnit& unit, const absl::Status& why,
                                        Effects& effects) {
  const Refusal reason = RefusalOf(why);
  if (reason != Refusal::kBadChain && reason != Refusal::kOtherBranch) return why;
  const FeedProgress& progress = feeds.Of(unit.feed);
  // Only what is on the disk is evidence against somebody.
  if (!progress.newest || progress.accepted != progress.durable) return why;
  const std::optional<ForkProof> proof = ProveFork(crypto, roster.network(), author, *progress.newest, unit);
  if (!proof) return why;
  if (author.seal && !IsOwn(author)) {
    // One of the two branches does not lead to the seal. If it is ours, it gives way; if it is theirs, the seal will
    // say.
    if (unit.end.len <= author.seal->len) CutAll(unit.feed, effects);
    return RefusedFor(Refusal::kOtherBranch,
                      "two histories of a sealed feed; the one that leads to the seal is fetched");
  }
  TakeForkProof(*proof, effects);
  return RefusedFor(Refusal::kForked, absl::StrCat("member ", author.member.value(), " signed two histories of ",
                                                   "collection ", author.collection.value()));
}

void ReplicaState::WeighCheckpoint(const FeedAuthor& author, const Checkpoint& theirs, Effects& effects) {
  const FeedProgress& progress = feeds.Of(theirs.feed);
  if (!progress.newest || progress.newest->len != theirs.len || progress.newest->head == theirs.head) return;
  if (author.seal && !IsOwn(author)) return;  // its seal decides
  TakeForkProof({*progress.newest, theirs, {}}, effects);
}

bool ReplicaState::TakeForkProof(const ForkProof& proof, Effects& effects) {
  const FeedId feed = proof.a.feed;
  const FeedAuthor* author = roster.AuthorOf(feed);
  if (author == nullptr || IsForked(feed)) return true;
  if (author->seal && !IsOwn(*author)) return true;
  if (!CheckForkProof(crypto, roster.network(), *author, proof).ok()) return false;
  if (IsOwn(*author)) NoteOwnAhead(*author, proof.b);
  if (author->seal) return true;
  if (!Planted(Bug::kDropForkProof)) {
    forks.emplace(feed, proof);
    KeepNote(ForkNoteKey(feed), EncodeForkProof(proof), effects);
    newly_forked.push_back(feed);
  }
  fetched_by.erase(feed);
  feeds.Touch(feed);
  return true;
}

void ReplicaState::CutAll(const FeedId& feed, Effects& effects) {
  cutting.insert(feed);
  effects.push_back(CutFeed{Checkpoint{feed, Sequence(), Hash(), Signature()}});
}

void ReplicaState::FollowSeals(Effects& effects) {
  for (auto fork = forks.begin(); fork != forks.end();) {
    const FeedAuthor* author = roster.AuthorOf(fork->first);
    if (author == nullptr || !author->seal) {
      ++fork;
      continue;
    }
    KeepNote(ForkNoteKey(fork->first), Bytes(), effects);
    feeds.Touch(fork->first);
    fork = forks.erase(fork);
  }
  if (Planted(Bug::kServeBeyondSeal) || Planted(Bug::kIgnoreSeal)) return;
  for (const auto& [feed, progress] : feeds.feeds()) {
    const FeedAuthor* author = roster.AuthorOf(feed);
    if (author == nullptr || !author->seal || cutting.contains(feed)) continue;
    const Checkpoint& seal = *author->seal;
    const bool differs = progress.accepted.len == seal.len && progress.accepted.head != seal.head;
    if (progress.accepted.len <= seal.len && !differs) continue;
    cutting.insert(feed);
    effects.push_back(CutFeed{{feed, seal.len, seal.head, seal.signature}});
  }
}

void ReplicaState::TakeCut(const FeedWasCut& cut) {
  cutting.erase(cut.feed);
  for (auto& [id, commit] : pending) {
    if (commit.unit.unit().feed == cut.feed) commit.dropped = true;
  }
  fetched_by.erase(cut.feed);
  const Sequence left = cut.left ? cut.left->newest.len : Sequence();
  files.EndIf([&](const WantedFile& file) { return file.feed == cut.feed && file.seq > left; });
  feeds.Cut(cut.feed, cut.left);
}

ErasureLaw ReplicaState::Law() const {
  const RootDocument& root = roster.root().newest();
  return {roster.network(), roster.feeds(), root.officer_keys, root.approvals};
}

void ReplicaState::ActOn(const ErasureTarget& target, Effects& effects) {
  if (std::optional<Note> note = orders.ActOn(target)) KeepNote(std::move(note->key), std::move(note->value), effects);
}

bool ReplicaState::IsExcused(const FeedId& feed, Sequence seq, const Hash& entry_hash) const {
  return Planted(Bug::kEraseWithoutOrder) || orders.Excuses(feed, seq, entry_hash);
}

bool ReplicaState::IsHidden(const FeedId& feed, Sequence seq) const { return orders.IsHidden(feed, seq); }

Bytes ReplicaState::WithoutHidden(const FeedId& feed, const Bytes& unit) const {
  const std::vector<Sequence> hidden = orders.HiddenIn(feed);
  if (hidden.empty()) return unit;
  absl::StatusOr<TransferUnit> open = DecodeUnit(unit);
  if (!open.ok()) return unit;  // the peer will say so
  for (const Sequence seq : hidden) {
    if (seq >= open->from && seq <= open->end.len) open->entries[seq.value() - open->from.value()].payload.reset();
  }
  return EncodeUnit(*open);
}

void ReplicaState::CountMissing() {
  std::set<ErasureBook::Place> moved = feeds.TakeAbsenceMoved();
  moved.merge(orders.TakeExcusesMoved());
  for (const auto& [feed, seq] : moved) {
    const AbsentPayload* absent = feeds.AbsentAt(feed, seq);
    const bool is_missing = absent != nullptr && !IsExcused(feed, seq, absent->entry_hash);
    if (is_missing) {
      missing_count_ += missing_[feed].insert(seq).second ? 1 : 0;
    } else if (const auto found = missing_.find(feed); found != missing_.end()) {
      missing_count_ -= found->second.erase(seq);
      if (found->second.empty()) missing_.erase(found);
    }
  }
}

std::vector<Sequence> ReplicaState::MissingOf(const FeedId& feed, Sequence after, std::size_t count_max) {
  CountMissing();
  std::vector<Sequence> missing;
  const auto found = missing_.find(feed);
  if (found == missing_.end()) return missing;
  for (auto next = found->second.upper_bound(after); next != found->second.end() && missing.size() < count_max;
       ++next) {
    missing.push_back(*next);
  }
  return missing;
}

std::vector<FeedId> ReplicaState::FeedsWithMissing() {
  CountMissing();
  std::vector<FeedId> lacking;
  for (const auto& [feed, missing] : missing_) lacking.push_back(feed);
  return lacking;
}

std::uint64_t ReplicaState::MissingInAll() const { return Planted(Bug::kMissingCountedInSync) ? 0 : missing_count_; }

Sequence ReplicaState::HeldThrough(const FeedId& feed) {
  const std::vector<Sequence> missing = MissingOf(feed, Sequence(), 1);
  if (missing.empty()) return feeds.Of(feed).durable.len;
  return Sequence(missing.front().value() - 1);
}

ReplicaState::PayloadsTaken ReplicaState::TakePayloads(const Payloads& payloads, Effects& effects) {
  WritePayloads write{payloads.feed, {}};
  PayloadsTaken taken;
  std::map<Sequence, std::size_t>& writing = payloads_writing_[payloads.feed];
  for (const Payloads::Item& item : payloads.items) {
    const AbsentPayload* absent = feeds.AbsentAt(payloads.feed, item.seq);
    if (absent == nullptr || IsExcused(payloads.feed, item.seq, absent->entry_hash)) continue;
    const bool may_wait = !disk_refuses && payloads_writing_bytes_ <= kPendingBytesMax;
    if (!may_wait || writing.contains(item.seq)) continue;
    const std::size_t bytes = item.payload.payload.size();
    if (bytes != absent->len || PayloadCommit(crypto, item.payload) != absent->commit) {
      taken.all_true = false;
      continue;
    }
    if (!write.items.empty() && item.seq < write.items.back().seq) continue;
    write.items.push_back(item);
    writing.emplace(item.seq, bytes);
    payloads_writing_bytes_ += bytes;
  }
  if (writing.empty()) payloads_writing_.erase(payloads.feed);
  if (write.items.empty()) return taken;
  taken.last = write.items.back().seq;
  effects.push_back(std::move(write));
  return taken;
}

void ReplicaState::NotePayloadsWritten(const PayloadsWritten& written) {
  if (const auto writing = payloads_writing_.find(written.feed); writing != payloads_writing_.end()) {
    for (const std::vector<Sequence>* answered : {&written.seqs, &written.not_written}) {
      for (const Sequence seq : *answered) {
        const auto found = writing->second.find(seq);
        if (found == writing->second.end()) continue;
        payloads_writing_bytes_ -= found->second;
        writing->second.erase(found);
      }
    }
    if (writing->second.empty()) payloads_writing_.erase(writing);
  }
  feeds.FillPayloads(written.feed, written.seqs);
  for (const Sequence seq : written.seqs) orders.PayloadCame(written.feed, seq);
}

}  // namespace hansa::replication
