// One conversation with one peer, as a pure state machine. Events go in, effects come out; nothing here reads a clock,
// opens a socket or touches a disk. Symmetric whoever dialled.
// Promises: an entry is acknowledged only after the disk has it; nothing is passed on that was not verified; one bad
// feed never stops another.
#ifndef HANSA_REPLICATION_SESSION_H_
#define HANSA_REPLICATION_SESSION_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "replication/replica_state.h"
#include "replication/session_times.h"
#include "replication/tree_walk.h"

namespace hansa::replication {

// Feeds wanted of one peer at once; how much of them comes is bounded by credit.
inline constexpr std::size_t kFeedsInFlightMax = 32;
// A peer that let this many feeds wait in vain is asked for one at a time.
inline constexpr int kStallsMax = 3;
inline constexpr std::size_t kAskedMax = 64;      // of the peer's Wants, waiting to be served
inline constexpr std::size_t kReadsAheadMax = 2;  // of those, read from the disk or about to be, and not sent yet
inline constexpr std::size_t kInlineUnitBytesMax = 16 * 1024;
// Feeds whose growth the peer has no credit to hear of; when there are more, comparing will tell it.
inline constexpr std::size_t kHavesWaitingMax = 400;
// Changes of a peer's interest that are followed at once, and how often beyond that.
inline constexpr int kInterestsAtOnce = 20;
inline constexpr absl::Duration kInterestEvery = absl::Seconds(3);
inline constexpr absl::Duration kInterestsAhead = absl::Seconds(3 * (kInterestsAtOnce - 1));
inline constexpr std::size_t kPayloadsWantedMax = 64;  // of one feed at once
// Of root documents in one frame: what the wire takes in one of its kind, with room for what surrounds them.
inline constexpr std::size_t kRootDocsBytes = 48 * 1024;
// How much one unit holds for a peer whose link is not known yet, and at the least for a slow one.
inline constexpr std::size_t kUnitBytesFirst = 64 * 1024;
inline constexpr std::size_t kUnitBytesLeast = 16 * 1024;

// What happens to a session besides frames.
struct Started {};
struct FrameArrived {
  const Frame& frame;
};
struct ChunkReady {
  const ChunkRead& read;
};
// Files are wanted that were not, or chunks are free that others were asked for.
struct FilesMoved {};
struct UnitReady {
  const UnitRead& read;
};
struct PayloadsReady {
  const PayloadsRead& read;
};
// Something that this session brought is written, or refused by the disk: its sender may send as much again.
struct Disposed {
  FrameCost cost;
};
// Payloads of a feed that had been missing are on the disk.
struct PayloadsCame {
  FeedId feed;
};
// A feed was cut at its seal, or proven to have two histories.
struct FeedTurned {
  FeedId feed;
};
// A feed has grown on this node's disk, by whatever way.
struct FeedGrew {
  const PendingCommit& commit;
};
struct RosterMoved {};
// This node stores something else than before.
struct InterestMoved {};
// Another stream of this pair waits for this one to prove itself.
struct Nudged {};
// The disk has room again for what others publish.
struct RoomCame {};
struct TimePassed {};
using SessionEvent =
    std::variant<Started, FrameArrived, UnitReady, PayloadsReady, ChunkReady, FilesMoved, Disposed, PayloadsCame,
                 FeedTurned, FeedGrew, RosterMoved, InterestMoved, Nudged, RoomCame, TimePassed>;

enum class Phase {
  kHello,    // nothing heard yet
  kControl,  // root documents and roster only: one side lags, or the peer's key is no longer live
  kLive,     // compares, fetches, pushes
  kClosed,
};
const char* PhaseName(Phase phase);

// Not thread-safe: one owner. `state` must outlive it.
class Session {
 public:
  Session(SessionId id, Pin peer, bool dialled_by_us, ReplicaState& state);

  // Consumes one event that happened at `now`, which must not go backwards; returns what to do, in order. Never fails:
  // the worst a peer can cause is a CloseSession, after which further events yield nothing.
  [[nodiscard]] Effects Step(absl::Time now, const SessionEvent& event);

  // When to step TimePassed; InfiniteFuture() if nothing is awaited.
  absl::Time deadline() const;

  SessionId id() const { return id_; }
  const Pin& peer() const { return peer_; }
  bool dialled_by_us() const { return dialled_by_us_; }
  Phase phase() const { return phase_; }
  bool heard_hello() const { return hello_.has_value(); }
  bool passed_a_ping() const { return passed_a_ping_; }
  // Of the next Ping that goes out; they ascend.
  std::uint64_t next_nonce() const { return next_nonce_; }
  std::optional<Member> member() const { return state_.roster.LiveMemberOf(peer_); }

  // The last time both roots were found equal, and whether the newest comparison was.
  std::optional<absl::Time> last_equal() const { return last_equal_; }
  bool newest_comparison_equal() const { return compared_equal_; }
  // How far the peer is known to have each feed's headers, by its verified checkpoints and acknowledgements; and how
  // far it has said that it holds all of it.
  const std::map<FeedId, Sequence>& holds() const { return holds_; }
  const std::map<FeedId, Sequence>& acknowledged() const { return acknowledged_; }
  // Own feeds have been compared with the peer's in this session, and it showed nothing that is not held here.
  bool compared_own() const { return compared_own_; }
  // Whether the peer stores this node's own feeds, as far as its interest is known.
  enum class StoresOurs { kNotKnown, kYes, kNo };
  StoresOurs stores_ours() const;
  // The peer's interest is known, and has no place for this feed.
  bool LeavesOut(const FeedId& feed) const;
  const std::optional<Hello>& hello() const { return hello_; }
  // Entries that verified checkpoints of the peer name and this node lacks, by collection; and what they may count,
  // going by the mean of what is held of the same feed (nothing held: 0).
  struct Lag {
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
  };
  std::map<Collection, Lag> Behind() const;
  // Since when something waits for the peer's credit; nullopt if nothing does.
  std::optional<absl::Time> stalled_since() const { return stalled_since_; }
  // Frames that do; a push that may be told later without its entries counts as one.
  std::size_t waiting() const { return ready_.size() + haves_waiting_.size(); }
  bool is_fetching() const { return !wanted_.empty() || walk_.has_value(); }
  // What was refused, by reason, and the newest in words.
  const std::map<Refusal, std::uint64_t>& refusals() const { return refusals_; }
  const std::string& last_error() const { return last_error_; }

 private:
  struct InFlight {
    Sequence from;
    std::uint64_t order = 0;  // of asking: a peer serves in order
    absl::Time deadline;
  };

  void OnFrame(const Frame& frame);
  void On(const Hello& hello);
  void On(const RootWant& want);
  void On(const RootDocs& docs);
  void On(const Interest& interest);
  void On(const ScopeRoot& root);
  void On(const WrongScope& wrong);
  void On(const TreeQuery& query);
  void On(const TreeReply& reply);
  void On(const Rows& rows);
  void On(const Want& want);
  void On(const WantNack& nack);
  void On(const UnitFrame& unit);
  void On(const Have& have);
  void On(const Ack& ack);
  void On(const Credit& credit);
  void On(const WantPayload& want);
  void On(const Payloads& payloads);
  void On(const FileWant& want);
  void On(const FileChunk& chunk);
  void On(const ForkWant& want);
  void On(const ForkProof& proof);
  void On(const Ping& ping);
  void On(const CloseFrame& close);
  void On(const Claim&) {}       // the Replica's affair, as its answer
  void On(const ClaimReply&) {}  // likewise
  void OnUnitReady(const UnitRead& read);
  void OnPayloadsReady(const PayloadsRead& read);
  void OnFeedGrew(const FeedGrew& grown);
  void OnFeedTurned(const FeedId& feed);
  void OnRosterMoved();
  void OnInterestMoved();
  void OnTimePassed();

  // Who is where with the roster, and what follows from it.
  void SendHello();
  void Greeted();
  void MeetRoster(const RosterPosition& theirs);
  void EnterLive();
  void FollowTheirInterest();
  absl::Time InterestDeadline() const;
  bool HasInterest() const { return their_interest_.has_value(); }

  // Comparing.
  struct Standing {
    ScopeId scope;
    TreeDigest root;
    bool is_live = false;
  };
  Standing Stand();
  void Compare(const ScopeId& scope, const TreeDigest& root);
  void CompareSoon();
  void CompareAfterBackoff();
  void SendPing();
  const ScopeTree& Tree();
  template <typename Answer>
  void WalkOn(const ScopeId& scope, const Answer& answer);
  void FinishWalk();
  void EndWalk();
  void MeetRow(const FeedRow& theirs);

  // Fetching.
  bool MayShare(const FeedId& feed) const;
  void ForgetUnshared();
  void WantThrough(const FeedId& feed, Sequence len);
  void Pump();
  void PumpPayloads();
  bool MayAskPayloads(const FeedId& feed) const;
  void AskPayloads(const FeedId& feed, std::vector<Sequence> missing);
  void StopFetching(const FeedId& feed);
  // True if it went to the disk: then what it cost is disposed of later.
  bool TakeUnit(const Bytes& encoded, const FrameCost& cost);
  void NoteProgress(const FeedId& feed);
  void NoteRefusal(const FeedId& feed, const absl::Status& why);
  void NoteHeld(const FeedId& feed, Sequence len);
  void Acknowledge(const FeedId& feed);

  // Files, in session_files.cc.
  bool TalksFiles() const;
  bool MayShareFileOf(const FeedId& feed, Sequence seq) const;
  bool HoldsEntry(const FeedId& feed, Sequence seq) const;
  bool MayAskForFiles() const;
  bool HasRoomForChunks() const;
  bool MayGet(const WantedFile& file) const;
  bool AskFor(const WantedFile& file);
  bool AskForSkipped();
  void PumpFiles();
  bool BeginFilesRound();
  void OnFilesMoved();
  absl::Time FilesDeadline() const;
  void NoteBulkCame();
  void DropLateChunks();
  void RestFromFiles();
  bool ServeFile();
  void OnChunkReady(const ChunkRead& read);

  // Serving, within the peer's credit.
  using Asked = std::variant<Want, WantPayload>;
  void Ask(const Asked& asked);
  void Serve();
  void SendBulk(Frame frame);
  void TellAbout(const FeedId& feed, const Bytes& unit);
  void TellWaiting();
  void TellFork(const FeedId& feed);
  bool Spend(const Frame& frame);
  void Dispose(const FrameCost& cost);
  void NoteStall();

  void Say(Frame frame) { effects_.push_back(Send{id_, std::move(frame)}); }
  void Close(CloseCode code, std::string detail);

  const SessionId id_;
  const Pin peer_;
  const bool dialled_by_us_;
  ReplicaState& state_;

  // Valid during one Step.
  absl::Time now_;
  Effects effects_;

  Phase phase_ = Phase::kHello;
  std::optional<Hello> hello_;                          // the peer's
  std::optional<Interest> their_interest_;              // known once announced, or by its hash
  std::optional<Interest> interest_next_;               // what they have said since and waits for its turn
  absl::Time interest_free_at_ = absl::InfinitePast();  // when all changes that were followed are paid for
  RosterPosition their_roster_;
  bool said_hello_ = false;
  Hash said_prediction_;          // in our Hello
  RosterPosition said_position_;  // likewise

  std::map<FeedId, Sequence> holds_;
  std::map<FeedId, Sequence> acknowledged_;
  std::map<FeedId, Sequence> wanted_;     // through which length
  std::map<FeedId, InFlight> in_flight_;  // at most kFeedsInFlightMax
  std::map<FeedId, absl::Time> shunned_;  // not asked of this peer again before then
  int stalls_ = 0;                        // in a row
  std::uint64_t next_order_ = 1;
  // Missing payloads that this peer was asked for: through which entry, and not again before when.
  struct PayloadsAsked {
    Sequence through;
    absl::Time again_at;
  };
  std::map<FeedId, PayloadsAsked> payloads_asked_;

  CreditWindow window_;            // what the peer may send
  CreditPurse purse_;              // what we may send
  std::deque<Asked> asked_first_;  // feeds of the peer itself, which it has lost
  std::deque<Asked> asked_;        // both at most kAskedMax
  // Chunks of files that the peer is asked for, each until when; and how far this round over all that are wanted has
  // come, when the next one may begin, how long after it the one then.
  std::map<std::pair<Hash, std::uint32_t>, absl::Time> chunks_in_flight_;  // at most kChunksInFlightMax
  std::uint64_t files_passed_ = 0;
  std::set<Hash> files_skipped_;  // of this round, asked of others when it came to them; at most kChunksInFlightAllMax
  absl::Time files_round_at_ = absl::InfinitePast();
  absl::Duration files_pause_ = kFilesAgainFirst;
  absl::Time files_rest_until_ = absl::InfinitePast();  // it gave something wrong, or nothing
  std::deque<FileWant> asked_files_;                    // served when nothing else is asked for
  std::vector<FileWant> reading_files_;                 // at most kReadsAheadMax
  std::size_t reads_open_ = 0;
  std::deque<Frame> ready_;         // bulk, waiting for credit
  std::set<FeedId> haves_waiting_;  // at most kHavesWaitingMax
  std::set<FeedId> forks_told_;     // proofs sent in this session
  std::size_t unit_bytes_ = kUnitBytesFirst;
  absl::Time bulk_sent_ = absl::InfinitePast();
  std::optional<absl::Time> stalled_since_;

  std::optional<TreeWalk> walk_;
  std::optional<ReplicaState::PartialScope> partial_;
  absl::Time diff_deadline_ = absl::InfiniteFuture();
  absl::Time compare_at_ = absl::InfiniteFuture();
  absl::Time answer_by_ = absl::InfiniteFuture();
  absl::Time close_by_ = absl::InfiniteFuture();  // its key has ended
  std::uint64_t next_nonce_ = 1;
  bool passed_a_ping_ = false;
  bool compared_equal_ = false;
  bool compared_own_ = false;
  int unequal_runs_ = 0;  // comparisons in a row that found a difference
  std::optional<absl::Time> last_equal_;

  std::map<Refusal, std::uint64_t> refusals_;
  std::string last_error_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_SESSION_H_
