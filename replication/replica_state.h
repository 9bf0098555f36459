// What all sessions of one node share: the roster, how far each feed has come, who fetches what, what is on its way to
// the disk. Owned by the Replica; sessions read it and act on it through these few doors.
#ifndef HANSA_REPLICATION_REPLICA_STATE_H_
#define HANSA_REPLICATION_REPLICA_STATE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "replication/credit_window.h"
#include "replication/erasure_book.h"
#include "replication/events.h"
#include "replication/feed_table.h"
#include "replication/file_table.h"
#include "replication/roster.h"
#include "replication/scope.h"
#include "replication/scope_tree.h"

namespace hansa::replication {

// Bytes accepted and not yet durable, beyond which nothing more is asked for.
inline constexpr std::size_t kPendingBytesMax = 16 * 1024 * 1024;

// The session that something came by, and what it cost the sender.
struct Source {
  SessionId session;
  FrameCost cost;
};

struct PendingCommit {
  VerifiedUnit unit;
  std::optional<Source> source;
  std::optional<PublishId> publish;  // the call it belongs to
  bool dropped = false;              // its feed is removed from the disk after it
};

// Not thread-safe: one owner.
struct ReplicaState {
  ReplicaState(const Crypto& crypto_in, Roster roster_in, const Notes& notes)
      : crypto(crypto_in), roster(std::move(roster_in)), feeds(crypto_in), orders(crypto_in, notes) {}

  const Crypto& crypto;
  Roster roster;
  FeedTable feeds;
  ErasureBook orders;
  FileTable files;
  bool files_moved = false;  // others may ask for what was asked of one that does not give
  absl::Duration ran;        // how long this node has run in all its lives
  Pin own_pin;
  PublicKey own_writer;
  std::optional<PublicKey> own_roster_writer;  // on the hub that holds the roster key
  // Our own roster was signed so far, and the disk has lost its end: up to there it may come back. Signature not looked
  // at.
  std::optional<Checkpoint> roster_signed_to;
  BootId boot;
  Interest interest = InterestInEverything();  // what is stored here and served
  Interest chosen = InterestInEverything();    // as somebody chose it; without this member's own feeds
  std::map<CommitId, PendingCommit> pending;
  std::size_t pending_bytes = 0;
  std::uint64_t next_commit = 1;
  std::uint64_t next_keep = 1;
  // One source for each feed.
  std::map<FeedId, SessionId> fetched_by;
  // Proofs that an author signed two histories, of feeds that are not sealed; at most one for each.
  std::map<FeedId, ForkProof> forks;
  // Since they were last looked at: feeds proven to have two histories; whether a root document was taken.
  std::vector<FeedId> newly_forked;
  bool roots_moved = false;
  std::vector<Checkpoint> shown_ahead;  // what they showed; marked once it is noted that nothing may be signed
  std::vector<PublicKey> newly_ahead;   // keys of ours under which a peer showed what we do not hold
  // Feeds that are being cut: nothing of them is taken, served or told until that is done.
  std::set<FeedId> cutting;
  // The disk refused a write for a reason of its own: nothing more is asked for or signed until the next start.
  bool disk_refuses = false;
  bool has_room = true;  // for what others publish

  std::optional<Member> own_member() const { return roster.LiveMemberOf(own_pin); }
  // The incarnation whose writer key this node holds; 0 while the roster lists none.
  Incarnation own_incarnation() const;
  bool IsOwn(const FeedAuthor& author) const {
    return author.writer == own_writer || author.writer == own_roster_writer;
  }
  // Whether what ends at `end` is an own feed's that we do not hold although we never signed beyond, and wait for.
  bool ComesBack(const Checkpoint& end) const {
    if (!roster_signed_to || end.feed != roster_signed_to->feed) return false;
    return end.len < roster_signed_to->len || (end.len == roster_signed_to->len && end.head == roster_signed_to->head);
  }
  bool IsForked(const FeedId& feed) const { return forks.contains(feed); }
  // Whether it is fetched now: on a disk that is nearly full only what says who may publish, what must go, and what is
  // this member's own.
  bool HasRoomFor(const FeedAuthor& author) const;
  // Nothing of it is taken or given now: forked, or being cut.
  bool IsAtRest(const FeedId& feed) const { return IsForked(feed) || cutting.contains(feed); }

  // Verifies the unit against what is accepted and sends it to the disk.
  //   FAILED_PRECONDITION  refused, as VerifiedUnit::Verify
  absl::Status Accept(TransferUnit unit, const Source& source, Effects& effects);
  // Puts a unit that this node signed on its way to the disk.
  void AcceptOwn(VerifiedUnit unit, PublishId publish, Effects& effects);

  // Two checkpoints of one feed that the author signed and that do not go together: `theirs` against our newest.
  void WeighCheckpoint(const FeedAuthor& author, const Checkpoint& theirs, Effects& effects);
  // A proof from somewhere. False if it proves nothing; a proof that is already held, or of a sealed feed, is fine.
  bool TakeForkProof(const ForkProof& proof, Effects& effects);
  // Somebody signed under our key what we do not hold.
  void NoteOwnAhead(const FeedAuthor& author, const Checkpoint& shown);

  // Cuts what goes beyond the seals of the roster of now, and forgets the proofs that a seal has settled.
  void FollowSeals(Effects& effects);
  // A feed was cut.
  void TakeCut(const FeedWasCut& cut);

  // How far a feed is held with all its payloads, but those that are lawfully erased.
  Sequence HeldThrough(const FeedId& feed);
  // Payloads that are neither held nor excused: of one feed beyond `after`, ascending, at most `count_max`; the feeds
  // that lack any; of all feeds together, as of the last step.
  std::vector<Sequence> MissingOf(const FeedId& feed, Sequence after, std::size_t count_max);
  std::vector<FeedId> FeedsWithMissing();
  std::uint64_t MissingInAll() const;
  // Works in what has come, gone or been excused.
  void CountMissing();
  ErasureLaw Law() const;
  // What an order was acted on for stays excused: the note of it goes to the disk before.
  void ActOn(const ErasureTarget& target, Effects& effects);
  bool IsExcused(const FeedId& feed, Sequence seq, const Hash& entry_hash) const;
  bool IsHidden(const FeedId& feed, Sequence seq) const;
  // The unit as it may be passed on: without what orders have hidden.
  Bytes WithoutHidden(const FeedId& feed, const Bytes& unit) const;
  // Takes those that were missing and are what their entries commit to, and are not on their way to the disk already.
  // Nothing is taken while that much waits for the disk that nothing would be asked for, nor once it refuses.
  struct PayloadsTaken {
    bool all_true = true;          // no missing one came as something else
    std::optional<Sequence> last;  // of those taken; absent if none was
  };
  PayloadsTaken TakePayloads(const Payloads& payloads, Effects& effects);
  // The disk has answered.
  void NotePayloadsWritten(const PayloadsWritten& written);

  // Makes `interest` what was chosen and this member's own feeds, whose number may be new. True if it changed.
  bool SettleInterest();
  // Forgets the feeds of others that the interest does not cover, and what is on its way to the disk of them.
  void DropUncovered(Effects& effects);

  // The digests of what is shared with a peer of this interest. What everybody shares who stores everything is kept up
  // to date here; a partial scope is kept by whoever asks, and made again when something has changed.
  struct PartialScope {
    ScopeTree tree;
    RosterPosition position;
    std::uint64_t version = 0;
    Interest mine;
    Interest theirs;
  };
  const ScopeTree& TreeWith(const Interest& theirs, std::optional<PartialScope>& partial);
  FeedRow RowOf(const FeedId& feed) const;
  TreeDigest LeafOf(const FeedId& feed) const;

  KeepId KeepNote(Bytes key, Bytes value, Effects& effects);

 private:
  void Enqueue(PendingCommit commit, bool own, Effects& effects);
  absl::Status WeighRefusal(const FeedAuthor& author, const TransferUnit& unit, const absl::Status& why,
                            Effects& effects);
  void CutAll(const FeedId& feed, Effects& effects);

  void Refresh();  // the tree of everything

  std::map<FeedId, std::set<Sequence>> missing_;  // none is empty
  std::uint64_t missing_count_ = 0;
  std::map<FeedId, std::map<Sequence, std::size_t>> payloads_writing_;  // on their way to the disk, and their bytes
  std::size_t payloads_writing_bytes_ = 0;

  std::optional<ScopeTree> tree_of_everything_;
  std::optional<RosterPosition> tree_position_;  // at which its feeds were taken
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_REPLICA_STATE_H_
