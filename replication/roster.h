// The roster: a pure fold over the entries of member 0's feeds. It says who is a member, whose key may open a stream,
// and which feeds exist. An entry that breaks a rule has no effect and is shown; the chain goes on. Where root
// documents begin a new roster incarnation, the fold is over all of them in order, each up to its seal. It does not
// matter in which order root documents and entries come: what is held of both gives the same roster.
#ifndef HANSA_REPLICATION_ROSTER_H_
#define HANSA_REPLICATION_ROSTER_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "replication/feed.h"
#include "replication/frames.h"
#include "replication/root_document.h"
#include "replication/roster_rules.h"
#include "replication/roster_state.h"

namespace hansa::replication {

// The most entries a roster has before a policy says otherwise.
inline constexpr Sequence kRosterEntriesMax{1'000'000};

// How one entry was judged.
struct RosterLine {
  Sequence seq;
  Kind kind;
  bool valid = false;
  std::string why_void;  // empty for a valid entry
  std::uint64_t claimed_time_ms = 0;
  std::string subject;   // slug of the member concerned, where there is one
  Incarnation roster{};  // the roster incarnation that `seq` counts in
};

// Not thread-safe: one owner. `crypto` must outlive it.
class Roster {
 public:
  Roster(const Crypto& crypto, RootChain root);

  // Takes the next entry of one of its feeds, and says how it was judged; valid until the next call. HANSA_CHECKs that
  // it follows what is held of that feed. Without effect, and in no lines():
  //   - an entry beyond its roster's seal
  //   - an entry of a newer roster while an older one is not whole: it waits, and is judged when that one is
  //   - the entry at a seal's length that has another head: then nothing held of this roster leads to its seal, and all
  //     of it is dropped, to be fetched anew
  const RosterLine& Fold(const Entry& entry);

  // Takes the next root document. Entries that are judged by it and were judged before it came are judged anew. One
  // that begins a new roster incarnation ends the one before: its entries beyond the seal lose their effect.
  //   INVALID_ARGUMENT, UNAUTHENTICATED  as RootChain::Append
  absl::Status AppendRoot(SignedRoot next);

  // What Fold would say of `payload` as the next entry; nothing changes.
  //   FAILED_PRECONDITION  it would be void, and why
  //   UNAVAILABLE          an older roster is not whole here
  //   UNIMPLEMENTED        this version cannot read the roster any more
  absl::Status WouldAccept(Kind kind, const RecordId& record, BytesView payload) const;

  const RootChain& root() const { return root_; }
  const NetworkId& network() const { return root_.network(); }
  const RosterState& state() const { return state_; }
  // Version of the root document; length and head of the newest roster incarnation's feed. Length 0 and zero head also
  // while an older one is not whole: who stands there has not come to the newest, and fetches NextFeedToFold().
  RosterPosition position() const;
  // Every older roster incarnation is held up to its seal, so that the newest is judged.
  bool is_whole() const;
  // The root document that judges the next entry.
  const RootDocument& JudgeOfNext() const;
  // Set once an entry was met that only a newer version understands; the state stays as it was before it.
  bool needs_upgrade() const { return needs_upgrade_; }
  // How each entry was judged, in the order of the fold.
  const std::vector<RosterLine>& lines() const { return lines_; }

  // The feed that the roster itself is: of its newest incarnation.
  FeedAuthor author() const { return AuthorOf(rosters_.back()); }
  const FeedId& feed() const { return rosters_.back().feed; }
  // The feeds of all its incarnations, from the first on; all but the last say where they end. A driver that starts
  // folds what it holds of each, in this order.
  std::vector<FeedAuthor> RosterFeeds() const;
  // The feed whose entries are judged next: the oldest that is not whole, else the newest. To be fetched in this order,
  // up to its seal if it has one.
  FeedAuthor NextFeedToFold() const;

  // Every feed that may exist by members, incarnations and policy, the roster's included. Each says where it ends, once
  // a SEAL or REVOKE has ended its incarnation; a feed that these do not name ends at length 0.
  const std::map<FeedId, FeedAuthor>& feeds() const { return feeds_; }
  // nullptr for a feed that the roster does not name.
  const FeedAuthor* AuthorOf(const FeedId& feed) const;
  // The present feed of a member's collection; nullopt if it may not write it, or has ended.
  std::optional<FeedAuthor> PresentFeed(Member member, Collection collection) const;
  // The roster says where each incarnation before the member's present one ended: what the present one may write
  // stands on settled ground. False for somebody who is no member.
  bool IsPastSealed(Member member) const;

  // The member whose present TLS keys include `pin`, while it is live.
  std::optional<Member> LiveMemberOf(const Pin& pin) const;
  // Every key that any valid entry ever listed: those let through the TLS handshake.
  std::set<Pin> PinsEverListed() const;
  // The newest keys of one member, live or ended.
  std::set<Pin> PinsOf(Member member) const;

 private:
  // One incarnation of the roster, as far as it is held.
  struct Held {
    FeedAuthor author;  // with its seal; without the limit, which the policy in force sets
    FeedId feed;
    std::vector<std::shared_ptr<const Entry>> entries = {};  // none beyond the seal; shared by copies
    FeedTail tail = {};                                      // of these
    std::size_t judged = 0;                                  // so many of these

    bool IsWhole() const { return author.seal && tail.len == author.seal->len; }
    // Drops what the seal leaves no place for.
    void CutAtSeal(const Crypto& crypto);
  };

  const Held& NextToFold() const;
  FeedAuthor AuthorOf(const Held& roster) const;
  const RosterLine& SetAside(const EntryHeader& header, const Held& roster, absl::string_view why);
  void MeetRosters();
  // Judges everything that is held and whose turn has come.
  void FoldWaiting();
  void JudgeNext(Held& roster);
  void FoldAnew();
  // Feeds and live keys follow the state: wholly, after one change, for one member.
  void Rebuild();
  void Reindex(const RosterChange& change);
  void Index(const MemberRecord& member);
  // With its seal, if its incarnation has ended.
  std::pair<FeedId, FeedAuthor> FeedOf(Member member, const IncarnationKeys& keys, Collection collection,
                                       Sequence limit) const;

  const Crypto& crypto_;
  RootChain root_;
  RosterState state_;
  std::vector<Held> rosters_;  // from the first on, never empty
  bool needs_upgrade_ = false;
  RosterLine set_aside_;  // the last entry that had no effect and is in no line
  std::vector<RosterLine> lines_;
  std::map<FeedId, FeedAuthor> feeds_;
  std::map<Pin, Member> live_pins_;
  std::map<Member, std::vector<Pin>> pins_of_;  // the same by member
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROSTER_H_
