// The hub's side of the writer's fence: remembers, for each writer, the last tokens it confirmed, and confirms the
// next only to whoever knows the newest. Two machines with one key cannot both know it for long.
// Promise: of two machines that claim from one token, one is confirmed and the other is told kClone; nothing is
// confirmed before the note of it is on the disk, if the answer waits for it as asked. A hub that an older copy of its
// disk has put back takes nobody for a clone whose token it does not remember.
#ifndef HANSA_REPLICATION_WITNESS_H_
#define HANSA_REPLICATION_WITNESS_H_

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "replication/events.h"
#include "replication/fence.h"
#include "replication/frames.h"
#include "replication/note.h"

namespace hansa::replication {

// With fewer others in the roster, all that have connected must agree; else a hub or two members.
inline constexpr std::size_t kFewOthers = 4;
// Tokens remembered of each writer, the newest ones: who claims from an older one among them has lost the newer ones.
inline constexpr std::size_t kTokensKept = 32;

// What this node is at present.
struct WitnessStanding {
  std::optional<Member> member;
  Incarnation incarnation;  // the member's present one
  Fence fence = Fence::kLocked;
  std::size_t others_listed = 0;  // other live members of the roster
};

// What to answer a claim, to be sent once the note is on the disk. No answer: it was on its way for so long that the
// same life has claimed further by another stream meanwhile.
struct ClaimVerdict {
  std::optional<ClaimReply> reply;
  std::optional<Note> keep_first;
};

// Not thread-safe: one owner.
class Witness {
 public:
  // `notes` are all that were kept; it takes its own. With a high-water file that is not intact they may be an old
  // copy, and count for nothing: TakeForgotten says which to remove.
  Witness(HighWaterFinding high_water, const Notes& notes);
  std::vector<Note> TakeForgotten();

  void Know(const WitnessStanding& standing) { standing_ = standing; }
  // Another member's session is greeted; and its roots and ours were found equal. Since the start.
  void Met(Member member) { met_.insert(member); }
  void FoundEqual(Member member) { equal_.insert(member); }

  // Whether its own fence and those it compared with let it speak as a witness.
  bool MayWitness() const;
  // Answers a claim of `member` in its `incarnation`, both as the roster knows the key of the session it came by, from
  // the life `boot`.
  ClaimVerdict On(Member member, Incarnation incarnation, const BootId& boot, const Claim& claim);

  // One writer, two lives. A session is greeted by who says to hold the key of `incarnation`: gives the sessions that
  // are to be doubted, with this one among them, where others are of this member's same incarnation under another boot
  // id.
  std::vector<SessionId> Greeted(SessionId session, Member member, Incarnation incarnation, const BootId& boot);
  bool HasGreeted(SessionId session) const { return lives_.contains(session); }
  // Only an answer to a Ping of this nonce or a later one, yet to be sent, proves it alive: what was on its way, a
  // Hello or an answer, may come from the grave.
  void Doubt(SessionId session, std::uint64_t next_nonce);
  // A Ping was answered. Gives the sessions to send ClaimReply{kClone}, all of this writer, once two of its lives have
  // proved to be alive; else none.
  std::vector<SessionId> ProvedAlive(SessionId session, std::uint64_t nonce);
  void Lost(SessionId session) { lives_.erase(session); }

  // Members that were told kClone since the start, for people to look into, and the last incarnation that was.
  const std::map<Member, Incarnation>& alarms() const { return alarms_; }

 private:
  using Writer = std::pair<Member, Incarnation>;
  struct Held {
    Incarnation kept_by;             // this node's own incarnation at the time
    std::vector<ClaimToken> tokens;  // the last is the present one, each confirmed after the one before it
    std::optional<BootId> boot;      // of the life that claimed last; none yet since the start
  };
  struct Life {
    Writer writer;
    BootId boot;
    std::optional<std::uint64_t> awaited;  // the nonce from which on an answer proves it alive; none: not doubted
    bool is_proved = false;
  };

  static Bytes KeyOf(const Writer& writer);
  static Bytes Encode(const Held& held);

  std::map<Writer, Held> held_;
  std::vector<Note> forgotten_;
  WitnessStanding standing_;
  std::set<Member> met_;
  std::set<Member> equal_;
  std::map<SessionId, Life> lives_;
  std::map<Member, Incarnation> alarms_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_WITNESS_H_
