// The hub's side of the writer's fence: remembers, for each writer, the last token it confirmed, and confirms the next
// only to whoever knows it. Two machines with one key cannot both know it for long.
// Promise: of two machines that claim from one token, one is confirmed and the other is told kClone; nothing is
// confirmed before the note of it is on the disk, if the answer waits for it as asked.
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

// What this node is at present.
struct WitnessStanding {
  std::optional<Member> member;
  Incarnation incarnation;  // the member's present one
  Fence fence = Fence::kLocked;
  std::size_t others_listed = 0;  // other live members of the roster
};

// What to answer a claim; to be sent once the note is on the disk.
struct ClaimVerdict {
  ClaimReply reply;
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
  // Answers a claim of `member` in its `incarnation`, both as the roster knows the key of the session it came by.
  ClaimVerdict On(Member member, Incarnation incarnation, const Claim& claim);

  // One member, two lives. A session is greeted: gives the older sessions of this member under another boot id. Each is
  // to be sent a Ping; one that answers proves that both live at once, one that does not was left by a crash.
  std::vector<SessionId> Greeted(SessionId session, Member member, const BootId& boot);
  // That Ping was answered: gives the sessions to send ClaimReply{kClone}, all of this member. Empty: no alarm.
  std::vector<SessionId> ProvedAlive(SessionId session);
  void Lost(SessionId session) { lives_.erase(session); }

  // Members that were told kClone since the start, for people to look into.
  const std::set<Member>& alarms() const { return alarms_; }

 private:
  using Writer = std::pair<Member, Incarnation>;
  struct Held {
    Incarnation kept_by;  // this node's own incarnation at the time
    ClaimToken previous;  // of the pair that was confirmed last
    ClaimToken token;
  };
  struct Life {
    Member member;
    BootId boot;
    bool is_doubted = false;  // another life was greeted after it
  };

  static Bytes KeyOf(const Writer& writer);

  std::map<Writer, Held> held_;
  std::vector<Note> forgotten_;
  WitnessStanding standing_;
  std::set<Member> met_;
  std::set<Member> equal_;
  std::map<SessionId, Life> lives_;
  std::set<Member> alarms_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_WITNESS_H_
