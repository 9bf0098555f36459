// The whole of one node's replication as a pure state machine: roster, feeds, sessions, own publishing.
// Same state and same event give the same effects. The driver's duties, in this order for the effects of each step:
//   1. Commit: write all of a step's commits, and others waiting, in one synced group; for own units then the
//      high-water file; only then report Committed, in the order given.
//   2. Send and CloseSession to the session named; a frame for a session that has ended is dropped.
//   3. ReadUnit, ReadPayloads, ReadChunk, ReadHeader from the store, then report what was read, also when there is
//   nothing.
//   4. WritePayloads, WriteChunk, ErasePayloads, CutFeed, DropFeeds, DropQuarantine, Keep, KeepRoots in the order
//   given: after
//      every Commit before them and before every Commit after them.
// No promise of another node is needed for this one to stay correct.
#ifndef HANSA_REPLICATION_REPLICA_H_
#define HANSA_REPLICATION_REPLICA_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "replication/events.h"
#include "replication/session.h"
#include "replication/witness.h"
#include "replication/writer_fence.h"

namespace hansa::replication {

// The end of the list of members that its own writer's disk has lost. All that was ever signed of it is known, so that
// others may give it back: nothing else could be signed in its place.
struct LostRoster {
  Checkpoint signed_to;  // how far it was signed here; its signature is not looked at
  std::set<Pin> listed;  // who was ever in it, and may connect although the rest of it does not name them
};

// What this node is, and what it held when it started.
struct ReplicaStart {
  Pin own_pin;                                  // of its TLS key
  std::shared_ptr<const Signer> writer;         // signs its own feeds
  std::shared_ptr<const Signer> roster_writer;  // nullptr unless it is the hub that writes the roster
  BootId boot;                                  // random, new at each start
  Roster roster;                                // folded from what is held
  std::vector<FeedHeld> feeds;
  Interest kept = InterestInEverything();  // as InterestChosen
  Notes notes = {};                        // as Keep left them
  // The headers of all erasure feeds held, each feed in order.
  struct OrderHeader {
    FeedId feed;
    Bytes header;
  };
  std::vector<OrderHeader> orders = {};
  HighWaterFinding high_water = HighWaterFinding::kIntact;  // without what `lost_roster` tells
  std::optional<LostRoster> lost_roster = {};
  Seed chance = {};                  // random and secret, new at each start; claim tokens grow from it
  std::size_t sessions_in_max = 64;  // that others dialled
};

// One session as a person may want to see it.
struct SessionView {
  SessionId session;
  Pin peer;
  std::optional<Member> member;
  bool dialled_by_us = false;
  Phase phase = Phase::kHello;
  bool fetching = false;
  std::uint64_t behind_entries = 0;
  std::map<Collection, Session::Lag> behind = {};          // by collection; behind_entries is their sum
  std::optional<absl::Time> stalled_since = std::nullopt;  // waiting for the peer's credit
  std::size_t waiting = 0;                                 // frames that do
  std::map<Refusal, std::uint64_t> refusals = {};          // of what it sent
  std::optional<absl::Time> last_equal = std::nullopt;
  bool newest_comparison_equal = false;
  std::string last_error = "";
};

// That a member holds an own feed as far as was asked about.
struct Holding {
  Member member;
  absl::Time known_at;        // when that was last known
  bool acknowledged = false;  // it has said that all of it is on its disk; else its roots were found equal to the own
                              // ones: it has the headers, and payloads may still be on the way
};

// Not thread-safe: one driver owns it.
class Replica {
 public:
  Replica(const Crypto& crypto, ReplicaStart start);

  // Consumes one event that happened at `now`, which must not go backwards; returns what to do, in order.
  [[nodiscard]] Effects Step(absl::Time now, const Event& event);

  // When to step DeadlineReached; InfinitePast() before the first step.
  absl::Time deadline() const;

  const Roster& roster() const { return state_.roster; }
  const FeedTable& feeds() const { return state_.feeds; }
  std::optional<Member> own_member() const { return state_.own_member(); }

  // Whether this node may sign.
  Fence fence() const { return fence_.fence(); }
  // The hub whose word decides that at present; nullopt: the members in reach do.
  std::optional<Member> witness() const { return fence_.witness(); }
  // Members that were found to run twice, since the start, under the key that they have now, for people to look into.
  std::set<Member> clones_met() const;
  // A hub has said that another machine writes under this node's own key, as from a copied folder.
  bool told_clone() const { return fence_.told_clone(); }
  // While less of the list of members is held than was signed here of it; nullptr once it is back.
  const LostRoster* lost_roster() const { return lost_roster_ ? &*lost_roster_ : nullptr; }
  // The disk refused a write; nothing is asked for or signed until the next start.
  bool disk_refuses() const { return state_.disk_refuses; }

  std::vector<SessionView> Sessions() const;
  // nullopt for a session that is closed and gone, or never was.
  std::optional<SessionView> ViewOf(SessionId session) const;
  // Payloads of durable entries that are neither held nor lawfully erased.
  std::uint64_t missing() const { return state_.MissingInAll(); }
  // Files that are wanted and not whole, in the order wanted.
  std::vector<WantedFile> FilesWanted() const { return state_.files.All(); }
  // What is ordered to be erased and is not yet, and how far orders are carried out here.
  std::vector<OpenErasure> OpenErasures() const { return state_.orders.OpenOrders(state_.ran); }
  ErasureCoverage erasure_coverage() const { return state_.orders.coverage(); }
  // Feeds that are proven to have two histories, ascending.
  std::vector<FeedId> Forked() const;
  // Members known to hold `feed` through `len`, from their acknowledgements.
  std::vector<Member> HoldersOf(const FeedId& feed, Sequence len) const;
  // The same of an own feed, and also those whose roots were found equal, unless it is forked; ascending by member.
  // Forgotten is what was known of a member whose interest has no place for the feed any more, or that has begun a new
  // incarnation. Not unlearnt: that its disk has lost what it had acknowledged.
  std::vector<Holding> HoldingsOf(const FeedId& feed, Sequence len) const;

 private:
  void On(const Connected& connected);
  void On(const Received& received);
  void On(const Disconnected& gone);
  void On(const UnitRead& read);
  void On(const PayloadsRead& read);
  void On(const HeaderRead& read);
  void On(const ChunkRead& read);
  void On(const ChunkWritten& written);
  void On(const FileWanted& wanted);
  void On(const FileNotWanted& wanted);
  void On(const PayloadsWritten& written);
  void On(const FeedWasCut& cut);
  void On(const Kept& kept);
  void On(const WriteFailed& failed);
  void On(const RootGiven& given);
  void On(const FeedConfirmed& confirmed);
  void On(const Committed& committed);
  void On(const CommitFailed& failed);
  void On(const PublishAsked& asked);
  void On(const InterestChosen& chosen);
  void On(const RoomMoved& moved);
  void On(const DeadlineReached&);

  absl::StatusOr<VerifiedUnit> SignBatch(const PublishAsked& asked) const;
  // What would be void is never signed.
  absl::Status JudgeForRoster(const PublishAsked& asked, const FeedId& feed) const;
  void StepSession(Session& session, const SessionEvent& event);
  void StepAll(const SessionEvent& event);
  // Of two sessions with one peer, one goes on.
  void SettleDuplicates(const Session& met);
  void Learn(const Session& session);
  void FindOwnFeeds();
  void ForgetPastLives();
  void TakeNotes(const Notes& kept);
  bool IsFull() const;

  // Erasure.
  static absl::Duration RanBefore(const Notes& kept);
  void KeepRan();
  void BeginOrders();
  void TakeOrder(BytesView header);
  void WeighOrders(const VerifiedUnit& unit);
  void SettleOrders();
  void TellHidden();
  absl::Time OrdersDeadline() const;

  // What was cut is kept for a while, should the seal turn out wrong.
  void NoteQuarantine(const FeedId& feed);
  void EndQuarantines();

  // The fence and the witness.
  struct PendingNote {
    Note note;
    std::optional<Send> then;  // what goes out once it is kept; none: it is the fence's
  };
  WriterFence::Start FenceStart(const ReplicaStart& start) const;
  void OnClaim(const Session& session, const Claim& claim);
  void KeepFor(PendingNote pending);
  // Who was told that this node is no witness is answered once more, now that it has become one.
  void AnswerTurnedAway();
  void MeetLife(const Session& session, Incarnation lived);
  void WatchLives(const Session& session, const Frame& frame);
  OwnStanding StandingNow() const;
  std::size_t OthersListed(const OwnStanding& standing);
  void SettleFence();
  absl::Status RequireFence() const;

  void DisposeOf(const PendingCommit& commit);
  void LetGo(SessionId session);
  void FollowRoster();
  void SeeWhetherRosterIsBack();
  bool IsBeyondItsSeal(const Checkpoint& end) const;
  void FollowInterest();

  ReplicaState state_;
  std::optional<LostRoster> lost_roster_;
  std::shared_ptr<const Signer> writer_;
  std::shared_ptr<const Signer> roster_writer_;
  std::map<SessionId, std::unique_ptr<Session>> sessions_;
  // How far a member is known to hold one own feed, and since when that is known.
  struct Known {
    Incarnation life;  // of that member
    Sequence acknowledged, compared;
    absl::Time acknowledged_at, compared_at;
  };
  std::set<FeedId> own_feeds_;                         // of all lives of this member that the roster names
  std::map<FeedId, std::map<Member, Known>> holders_;  // of those, since the start
  std::map<SessionId, absl::Time> equal_seen_;         // the equal comparison of each session that was learnt from
  WriterFence fence_;
  Witness witness_;
  std::map<SessionId, Claim> turned_away_;  // asked while it was none; the last claim of each session
  std::map<KeepId, PendingNote> notes_pending_;
  Fence fence_told_ = Fence::kLocked;
  std::set<SessionId> stepped_;  // sessions that were, since the fence was settled
  std::optional<RosterPosition> others_counted_at_;
  std::size_t others_listed_ = 0;
  std::size_t sessions_in_max_ = 0;
  std::vector<ReplicaStart::OrderHeader> start_orders_;
  std::map<FeedId, std::size_t> headers_asked_;  // how many of each feed are being read, none 0
  std::set<FeedId> hidden_stale_;                // feeds of which it is to be told what is hidden
  std::map<FeedId, std::vector<Sequence>> hidden_told_;
  std::map<FeedId, absl::Duration> quarantined_at_;  // in running time
  absl::Duration ran_before_;
  absl::Time ran_note_due_ = absl::InfinitePast();
  absl::Time begun_at_;
  absl::Time files_told_at_ = absl::InfiniteFuture();  // when sessions hear that files have moved
  bool feeds_let_go_ = false;
  bool begun_ = false;

  // Valid during one Step.
  absl::Time now_;
  Effects effects_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_REPLICA_H_
