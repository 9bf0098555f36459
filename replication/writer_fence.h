// The writer's fence: decides whether this node may sign. It is told what the node learns, in values, and says which
// claims to send and which notes to keep; it holds no session and writes no disk.
// Fault it prevents: two histories under one key, from a restored backup, a cloned machine or a lost end of the log.
// Promises: it never opens while it knows of anything signed under a key at hand that is not held here; with a witness
// in reach it opens only once that witness has confirmed, in the present session, a token made since this start; a
// token is on the disk before it is claimed.
#ifndef HANSA_REPLICATION_WRITER_FENCE_H_
#define HANSA_REPLICATION_WRITER_FENCE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "replication/crypto.h"
#include "replication/events.h"
#include "replication/fence.h"
#include "replication/frames.h"
#include "replication/note.h"

namespace hansa::replication {

// Beyond so many others that have ever connected, more agreement is asked for.
inline constexpr std::size_t kManyOthers = 4;
// Lives of one hub that tokens are kept for, the newest ones.
inline constexpr std::size_t kHubLivesKept = 4;

// What this node is by the roster.
struct OwnStanding {
  std::optional<Member> member;  // while it is live
  Incarnation incarnation;       // the member's present one
  bool holds_present_key = true;
  bool older_sealed = true;     // every incarnation before the present one has its seals; true where there is none
  bool roster_is_whole = true;  // not so at the roster's writer while the end that its disk has lost is not back
};

// What comparing this node's own feeds with a peer, in this session, has given. That the peer holds more is told by
// WriterFence::OwnAhead.
enum class PeerWord {
  kNone,        // not compared yet
  kAgrees,      // it holds nothing beyond ours
  kStoresNone,  // it does not store them and cannot say
};

struct PeerStanding {
  Member member;
  PeerWord word = PeerWord::kNone;
  BootId boot = {};  // of the life that it is in
};

struct SendClaim {
  SessionId session;
  Claim claim;
  friend bool operator==(const SendClaim&, const SendClaim&) = default;
};
// A note is to be kept, then reported by Kept; a claim is to be sent.
using FenceStep = std::variant<Note, SendClaim>;

// Not thread-safe: one owner. `crypto` must outlive it.
// Whether it is noted that peers hold what this key signed and this node does not.
bool IsToRecover(const Notes& notes, const PublicKey& writer);

class WriterFence {
 public:
  struct Start {
    // About the feeds of the keys at hand only: what an older key signed is for its seal to settle.
    HighWaterFinding high_water = HighWaterFinding::kIntact;
    Seed chance;  // random and secret, new at each start
    PublicKey writer;
    std::optional<PublicKey> roster_writer;  // where the roster's key is at hand
    Notes notes;                             // all that were kept; it takes its own
  };
  WriterFence(const Crypto& crypto, const Start& start);

  void Know(const OwnStanding& standing) { standing_ = standing; }
  // A session with a member is greeted, or its word has changed.
  void Meet(SessionId session, const PeerStanding& peer);
  void Lose(SessionId session) { sessions_.erase(session); }
  // A peer showed, verified, what was signed under `writer` and is not held here: a continuation or another history.
  // Without effect unless that key is at hand.
  void OwnAhead(const PublicKey& writer);
  void DiskRefused() { disk_refused_ = true; }
  // FeedConfirmed, and it was true of what is held. Without effect while a witness is in reach that has compared; else
  // it opens, also where the machine or the database is another, and on a hub where the high-water file was lost. On a
  // hub it also overrules, with a witness in reach too, that another hub has said that it is a clone and shown nothing.
  void ConfirmedByPerson();
  // A hub that said it is no witness may be one by now: asked once more, while what follows from its answer stays.
  void AskAgain(SessionId session);

  void Kept(const Note& note);
  void On(SessionId session, const ClaimReply& reply);

  // What to do now, in order; each step is given once. To be called when all that one event has changed is told.
  [[nodiscard]] std::vector<FenceStep> TakeSteps();

  Fence fence() const;
  // A hub has said that another machine writes under the writer's key.
  bool told_clone() const { return told_clone_; }
  // The hub whose word decides at present.
  std::optional<Member> witness() const;

 private:
  // What was agreed with one life of one hub, as its note says. A hub that runs on two machines confirms on each what
  // the other does not know.
  using HubLife = std::pair<Member, BootId>;
  struct Tokens {
    std::uint64_t order = 0;  // of those of one hub the one that was confirmed last has the greatest
    Incarnation incarnation;
    ClaimToken confirmed;   // zero: none yet
    ClaimToken pending;     // zero: none. Claimed, or about to be, and not known to be confirmed
    bool is_kept = false;   // the note on the disk says the same
    bool is_fresh = false;  // the newest of the two was made since the start
  };
  struct Meeting {
    PeerStanding peer;
    std::optional<ClaimToken> claimed;  // awaits the answer
    bool is_confirmed = false;
    bool is_no_witness = false;  // as it said
    bool ask_again = false;
  };

  bool IsHub(Member member) const;
  // Its member has not compared our feeds yet, and perhaps never will.
  bool IsSilent(SessionId session) const;
  bool MayClaim() const;
  bool MembersAgree() const;
  std::optional<SessionId> WitnessSession() const;
  void Recover(const PublicKey& writer);
  void ToldClone();
  void ClaimIn(SessionId session, Meeting& meeting);
  Tokens& TokensOf(const PeerStanding& hub);
  void ChooseNext(Member hub, Tokens& tokens);
  ClaimToken NewToken();
  void KeepTokens(const HubLife& hub, Tokens& tokens);
  void ForgetOldest(const HubLife& present);
  static Bytes KeyOf(const HubLife& hub);
  static std::optional<HubLife> HubLifeIn(BytesView key);
  static Bytes Encode(const Tokens& tokens);

  const Crypto& crypto_;
  const Seed chance_;
  const PublicKey writer_;
  const std::optional<PublicKey> roster_writer_;

  OwnStanding standing_;
  bool is_lost_ = false;       // the high-water file speaks of more than is held, or cannot speak
  bool is_foreign_ = false;    // it is another machine's or database's, and nobody has said yet that this is the one
  std::set<PublicKey> ahead_;  // keys at hand under which more was signed than is held here
  bool told_clone_ = false;    // a hub has said that another machine writes under the writer's key
  bool disk_refused_ = false;
  bool confirmed_by_person_ = false;
  std::set<Member> met_;              // others that ever connected; no more than kManyOthers
  std::map<HubLife, Tokens> tokens_;  // at most kHubLivesKept of each hub
  std::map<SessionId, Meeting> sessions_;
  std::uint64_t next_token_ = 1;
  std::vector<FenceStep> steps_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_WRITER_FENCE_H_
