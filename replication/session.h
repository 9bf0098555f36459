// One conversation with one peer, as a pure state machine. Events go in, effects come out; nothing here reads a clock,
// opens a socket or touches a disk. Symmetric whoever dialled.
// Promises: an entry is acknowledged only after the disk has it; nothing is passed on that was not verified; one bad
// feed never stops another.
#ifndef HANSA_REPLICATION_SESSION_H_
#define HANSA_REPLICATION_SESSION_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "absl/time/time.h"
#include "replication/replica_state.h"

namespace hansa::replication {

// Wants open at one peer. Each may bring 512 KiB, and all of them must fit what a peer may queue for us; more can be
// asked for once credits say how much.
inline constexpr std::size_t kFeedsInFlightMax = 8;
inline constexpr std::size_t kReadsOpenMax = 64;  // of the peer's Wants, being read from disk
inline constexpr std::size_t kInlineUnitBytesMax = 16 * 1024;
inline constexpr std::size_t kRowsPerFrame = 900;  // about 60 KiB, below what a frame may be

// What happens to a session besides frames.
struct Started {};
struct FrameArrived {
  const Frame& frame;
};
struct UnitReady {
  const UnitRead& read;
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
struct TimePassed {};
using SessionEvent =
    std::variant<Started, FrameArrived, UnitReady, FeedGrew, RosterMoved, InterestMoved, Nudged, TimePassed>;

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
  std::optional<Member> member() const { return state_.roster.LiveMemberOf(peer_); }

  // The last time both roots were found equal, and whether the newest comparison was.
  std::optional<absl::Time> last_equal() const { return last_equal_; }
  bool newest_comparison_equal() const { return compared_equal_; }
  // How far the peer is known to hold each feed, by its verified checkpoints and acknowledgements.
  const std::map<FeedId, Sequence>& holds() const { return holds_; }
  // Entries that verified checkpoints of the peer name and this node lacks.
  std::uint64_t behind_entries() const;
  bool is_fetching() const { return !wanted_.empty() || diff_running_; }
  // What was refused, by reason, and the newest in words.
  const std::map<Refusal, std::uint64_t>& refusals() const { return refusals_; }
  const std::string& last_error() const { return last_error_; }

 private:
  struct InFlight {
    Sequence from;
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
  void On(const Rows& rows);
  void On(const Want& want);
  void On(const WantNack& nack);
  void On(const UnitFrame& unit);
  void On(const Have& have);
  void On(const Ack& ack);
  void On(const Credit&) {}  // windows are the stream's own until credits are handled
  void On(const Ping& ping);
  void On(const CloseFrame& close);
  template <typename Unhandled>
  void On(const Unhandled&);
  void OnUnitReady(const UnitRead& read);
  void OnFeedGrew(const FeedGrew& grown);
  void OnRosterMoved();
  void OnInterestMoved();
  void OnTimePassed();

  // Who is where with the roster, and what follows from it.
  void SendHello();
  void Greeted();
  void MeetRoster(const RosterPosition& theirs);
  void EnterLive();
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
  void FinishDiff();

  // Fetching and serving.
  bool MayShare(const FeedId& feed) const;
  void ForgetUnshared();
  void WantThrough(const FeedId& feed, Sequence len);
  void Pump();
  void StopFetching(const FeedId& feed);
  void TakeUnit(const Bytes& encoded);
  void NoteRefusal(const FeedId& feed, const absl::Status& why);
  void NoteHeld(const FeedId& feed, Sequence len);
  void TellAbout(const FeedId& feed, const Bytes& unit);

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
  std::optional<Hello> hello_;              // the peer's
  std::optional<Interest> their_interest_;  // known once announced, or by its hash
  RosterPosition their_roster_;
  bool said_hello_ = false;
  Hash said_prediction_;          // in our Hello
  RosterPosition said_position_;  // likewise

  std::map<FeedId, Sequence> holds_;
  std::map<FeedId, Sequence> wanted_;     // through which length
  std::map<FeedId, InFlight> in_flight_;  // at most kFeedsInFlightMax
  std::map<FeedId, absl::Time> shunned_;  // not asked of this peer again before then
  std::size_t reads_open_ = 0;

  bool diff_running_ = false;
  std::map<FeedId, FeedRow> diff_rows_;
  absl::Time diff_deadline_ = absl::InfiniteFuture();
  absl::Time compare_at_ = absl::InfiniteFuture();
  absl::Time answer_by_ = absl::InfiniteFuture();
  std::uint64_t next_nonce_ = 1;
  bool passed_a_ping_ = false;
  bool compared_equal_ = false;
  int unequal_runs_ = 0;  // comparisons in a row that found a difference
  std::optional<absl::Time> last_equal_;

  std::map<Refusal, std::uint64_t> refusals_;
  std::string last_error_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_SESSION_H_
