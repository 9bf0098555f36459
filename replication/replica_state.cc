#include "replication/replica_state.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/planted.h"

namespace hansa::replication {

absl::Status ReplicaState::Accept(TransferUnit unit, const Source& source, Effects& effects) {
  const FeedAuthor* author = roster.AuthorOf(unit.feed);
  if (author == nullptr) return RefusedFor(Refusal::kUnknownFeed, "our roster does not name it (yet)");
  if (cutting.contains(unit.feed)) return RefusedFor(Refusal::kNotContiguous, "the feed is being cut at its seal");
  if (IsForked(unit.feed)) {
    return RefusedFor(Refusal::kForked, absl::StrCat("member ", author->member.value(), " signed two histories of ",
                                                     "collection ", author->collection.value()));
  }
  const FeedTail tail = feeds.Of(unit.feed).accepted;
  absl::StatusOr<VerifiedUnit> verified = VerifiedUnit::Verify(crypto, roster.network(), *author, tail, unit);
  if (!verified.ok()) return WeighRefusal(*author, unit, verified.status(), effects);
  if (IsOwn(*author) && !ComesBack(verified->end())) {
    NoteOwnAhead(*author, verified->end());
    return RefusedFor(Refusal::kOwnFeed, absl::StrCat("a peer holds entries of our own collection ",
                                                      author->collection.value(), " that we do not"));
  }
  // What an order has erased is not taken up again.
  for (std::size_t i = 0; i < verified->headers().size(); ++i) {
    const Sequence seq = verified->headers()[i].seq;
    if (!verified->headers()[i].has_payload) continue;
    const Hash hash = EntryHash(crypto, unit.entries[i].header);
    if (!IsExcused(unit.feed, seq, hash)) continue;
    ActOn({unit.feed, seq, hash}, effects);
    verified->LeaveOutPayload(seq);
  }
  Enqueue({*std::move(verified), source, std::nullopt}, false, effects);
  return absl::OkStatus();
}

void ReplicaState::AcceptOwn(VerifiedUnit unit, PublishId publish, Effects& effects) {
  Enqueue({std::move(unit), std::nullopt, publish}, true, effects);
}

void ReplicaState::Enqueue(PendingCommit commit, bool own, Effects& effects) {
  const CommitId id(next_commit++);
  feeds.Accept(commit.unit.unit().feed, commit.unit.tail());
  pending_bytes += commit.unit.counted_bytes();
  effects.push_back(Commit{id, commit.unit, own});
  pending.emplace(id, std::move(commit));
}

KeepId ReplicaState::KeepNote(Bytes key, Bytes value, Effects& effects) {
  const KeepId id(next_keep++);
  effects.push_back(Keep{id, std::move(key), std::move(value)});
  return id;
}

bool ReplicaState::HasRoomFor(const FeedAuthor& author) const {
  if (has_room || author.collection == kRosterCollection || author.collection == kErasures) return true;
  return author.member == own_member();
}

Incarnation ReplicaState::own_incarnation() const {
  const std::optional<Member> own = own_member();
  if (!own) return Incarnation();
  const std::vector<IncarnationKeys>& all = roster.state().Find(*own)->incarnations;
  const auto held = std::find_if(all.rbegin(), all.rend(), [&](const auto& keys) { return keys.writer == own_writer; });
  return held == all.rend() ? Incarnation() : held->number;
}

bool ReplicaState::SettleInterest() {
  Interest settled = chosen;
  if (!chosen.everything) {
    std::map<Collection, std::set<Member>> kept;
    for (const InterestRow& row : chosen.rows) kept[row.collection].insert(row.members.begin(), row.members.end());
    const std::optional<Member> own = own_member();
    // What this member may write, also in collections that only newer versions have a name for.
    for (const auto& [right, limit] : roster.state().rights) {
      const auto& [kind, collection] = right;
      if (own && limit.value() > 0 && kind == roster.state().Find(*own)->kind) kept[collection].insert(*own);
    }
    settled = InterestIn(own.value_or(kMemberUnknown), kept);
  }
  if (settled == interest) return false;
  interest = std::move(settled);
  return true;
}

void ReplicaState::DropUncovered(Effects& effects) {
  DropFeeds drop;
  const std::optional<Member> own = own_member();
  // While our own number is unknown (a new TLS key that our roster does not list yet), feeds of our own earlier
  // incarnations look like others': nothing is dropped then.
  if (!own) return;
  for (const auto& [feed, progress] : feeds.feeds()) {
    const FeedAuthor* author = roster.AuthorOf(feed);
    // What the roster does not name (yet) is nobody's to judge.
    if (author == nullptr || IsOwn(*author) || author->member == own || Covers(interest, *author)) continue;
    if (cutting.contains(feed)) continue;  // what is left of it is looked at again
    drop.feeds.push_back(feed);
  }
  for (const FeedId& feed : drop.feeds) {
    feeds.Drop(feed);
    orders.EntriesGone(feed, Sequence());
  }
  for (auto& [id, commit] : pending) {
    if (std::binary_search(drop.feeds.begin(), drop.feeds.end(), commit.unit.unit().feed)) commit.dropped = true;
  }
  if (drop.feeds.empty()) return;
  files.EndIf(
      [&](const WantedFile& file) { return std::binary_search(drop.feeds.begin(), drop.feeds.end(), file.feed); });
  effects.push_back(std::move(drop));
}

void ReplicaState::Refresh() {
  if (!tree_of_everything_) tree_of_everything_.emplace(crypto);
  ScopeTree& tree = *tree_of_everything_;
  const std::set<FeedId> changed = feeds.TakeChanged();
  if (tree_position_ != roster.position()) {
    // The roster only ever adds feeds, but for what an older root document had judged otherwise.
    if (tree.size() > roster.feeds().size()) tree = ScopeTree(crypto);
    for (const auto& [feed, author] : roster.feeds()) {
      if (!tree.Contains(feed)) tree.Set(feed, LeafOf(feed));
    }
    if (tree.size() != roster.feeds().size()) {
      tree = ScopeTree(crypto);
      for (const auto& [feed, author] : roster.feeds()) tree.Set(feed, LeafOf(feed));
    }
    tree_position_ = roster.position();
  }
  for (const FeedId& feed : changed) {
    if (tree.Contains(feed)) tree.Set(feed, LeafOf(feed));
  }
}

const ScopeTree& ReplicaState::TreeWith(const Interest& theirs, std::optional<PartialScope>& partial) {
  if (interest.everything && theirs.everything) {
    Refresh();
    return *tree_of_everything_;
  }
  const bool is_fresh = partial && partial->version == feeds.version() && partial->position == roster.position() &&
                        partial->mine == interest && partial->theirs == theirs;
  if (!is_fresh) {
    partial.emplace(PartialScope{ScopeTree(crypto), roster.position(), feeds.version(), interest, theirs});
    for (const FeedId& feed : ScopeOf(roster, interest, theirs)) partial->tree.Set(feed, LeafOf(feed));
  }
  return partial->tree;
}

TreeDigest ReplicaState::LeafOf(const FeedId& feed) const {
  if (IsForked(feed)) return ForkedLeafDigest(crypto, feed);
  FeedRow row = RowOf(feed);
  if (Planted(Bug::kPayloadStateInLeaf) && feeds.absent().contains(feed)) row.head = Hash();
  return LeafDigest(crypto, row);
}

FeedRow ReplicaState::RowOf(const FeedId& feed) const {
  if (IsForked(feed)) return {feed, kForkedLength, Hash()};
  const FeedTail& tail = feeds.Of(feed).durable;
  return {feed, tail.len, tail.head};
}

}  // namespace hansa::replication
