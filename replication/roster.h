// The roster: a pure fold over the entries of member 0's feed. It says who is a member, whose key may open a stream,
// and which feeds exist. An entry that breaks a rule has no effect and is shown; the chain goes on.
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
  std::string subject;  // slug of the member concerned, where there is one
};

// Not thread-safe: one owner. `crypto` must outlive it.
class Roster {
 public:
  Roster(const Crypto& crypto, RootChain root);

  // Folds the entry after the last one. HANSA_CHECKs that it follows.
  const RosterLine& Fold(const Entry& entry);

  // Takes the next root document. Entries beyond its from_len that were judged by an older version are judged anew, so
  // that it does not matter which of the two arrived first.
  //   INVALID_ARGUMENT, UNAUTHENTICATED  as RootChain::Append
  //   UNIMPLEMENTED                      it begins a new roster incarnation, which this version does not follow yet
  absl::Status AppendRoot(SignedRoot next);

  // What Fold would say of `payload` as the next entry; nothing changes.
  //   FAILED_PRECONDITION  it would be void, and why
  //   UNIMPLEMENTED        this version cannot read the roster any more
  absl::Status WouldAccept(Kind kind, const RecordId& record, BytesView payload) const;

  const RootChain& root() const { return root_; }
  const NetworkId& network() const { return root_.network(); }
  const RosterState& state() const { return state_; }
  RosterPosition position() const;
  // Set once an entry was met that only a newer version understands; the state stays as it was before it.
  bool needs_upgrade() const { return needs_upgrade_; }
  const std::vector<RosterLine>& lines() const { return lines_; }

  // The feed that the roster itself is.
  FeedAuthor author() const;
  FeedId feed() const { return FeedIdOf(crypto_, network(), author()); }

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
  void FoldLast();
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
  std::vector<std::shared_ptr<const Entry>> entries_;  // shared by copies
  FeedTail tail_;
  bool needs_upgrade_ = false;
  std::vector<RosterLine> lines_;
  std::map<FeedId, FeedAuthor> feeds_;
  std::map<Pin, Member> live_pins_;
  std::map<Member, std::vector<Pin>> pins_of_;  // the same by member
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROSTER_H_
