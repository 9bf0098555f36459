// The erasure book: what the erasure feeds order, folded from their headers. It says which payloads to hide, which
// absent ones are excused, and which to destroy when; it destroys nothing itself.
// Promises: a payload is destroyed at once only if author and secretariat both order it or k officers approve, else
// after a hold that this node itself has run through, so that no one stolen key wipes history; an order acts on nothing
// but the entry whose hash it names; what an order was once acted on for stays excused. The order in which headers of
// different feeds, the roster and entries become known makes no difference but to when holds begin.
#ifndef HANSA_REPLICATION_ERASURE_BOOK_H_
#define HANSA_REPLICATION_ERASURE_BOOK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "replication/erasure_order.h"
#include "replication/erasure_schedule.h"
#include "replication/feed.h"
#include "replication/note.h"

namespace hansa::replication {

// By what orders are judged at present.
struct ErasureLaw {
  NetworkId network;
  const std::map<FeedId, FeedAuthor>& feeds;  // as the roster names them
  std::vector<PublicKey> officers;            // of the newest root document
  std::uint32_t approvals = 1;                // k
};

// One entry that somebody wants erased, for people to see.
struct OpenErasure {
  ErasureTarget target;
  ErasureReason reason = ErasureReason::kPersonalData;  // of the first order
  bool by_author = false;
  bool by_secretariat = false;
  bool is_verified = false;                 // such an entry is held here
  bool waits_for_secretariat = false;       // one of too many of its author
  std::optional<absl::Duration> due_after;  // of running time; absent while nothing but another order makes it due
};

struct ErasureCoverage {
  std::size_t ordered = 0;     // entries, LOST ones not counted
  std::size_t erased = 0;      // of those: verified, and the payload is not here
  std::size_t unverified = 0;  // of those: it is not known here whether there is such an entry
  std::size_t lost = 0;        // entries excused as LOST
  std::size_t undecided = 0;   // orders about feeds that the roster does not name yet
  std::size_t void_orders = 0;
  friend bool operator==(const ErasureCoverage&, const ErasureCoverage&) = default;
};

// `ran` is always how long this node has run in all its lives; it never goes back. Not thread-safe: one owner. `crypto`
// must outlive it.
class ErasureBook {
 public:
  // `notes` are all that were kept; it takes its own.
  ErasureBook(const Crypto& crypto, const Notes& notes);

  // An entry of an erasure feed is on the disk: `header` with its extensions. One that is known already changes
  // nothing. The note, if there is one, is to be kept, so that the hold goes on after a restart.
  std::optional<Note> Add(const ErasureLaw& law, BytesView header, absl::Duration ran);
  // Roster or root documents have changed.
  void Judge(const ErasureLaw& law);
  // An erasure feed was cut: nothing after `left` counts any more. The notes are to be kept.
  std::vector<Note> Rebuild(const FeedId& erasures, Sequence left);

  // The entry at this place is held, and this is its hash; or nothing after `left` is held of a feed any more.
  void EntryIs(const FeedId& feed, Sequence seq, const Hash& entry);
  void EntriesGone(const FeedId& feed, Sequence left);
  // Its payload is not on the disk, or is on the disk again.
  void PayloadGone(const FeedId& feed, Sequence seq);
  void PayloadCame(const FeedId& feed, Sequence seq);

  using Place = std::pair<FeedId, Sequence>;
  // Places that orders name and whose hash it was not told, ascending; of one feed those from `from` to `to`.
  std::vector<Place> Unverified() const { return {unverified_.begin(), unverified_.end()}; }
  std::vector<Sequence> UnverifiedIn(const FeedId& feed, Sequence from, Sequence to) const;

  // What has changed since the last call, so that nobody need walk all there is.
  // Places that became unverified, ascending: those held here are to be told by EntryIs, and the others once they come.
  std::set<Place> TakeToVerify() { return std::exchange(to_verify_, {}); }
  // Feeds in which what is hidden may be something else now.
  std::set<FeedId> TakeRestood() { return std::exchange(restood_, {}); }
  // Places of which Excuses may say something else now.
  std::set<Place> TakeExcusesMoved() { return std::exchange(excuses_moved_, {}); }

  // Not to be served or shown, and a payload that arrives for it is to be dropped.
  bool IsHidden(const FeedId& feed, Sequence seq) const;
  std::vector<Sequence> HiddenIn(const FeedId& feed) const;  // ascending
  // Whether an order about an entry of this feed is still to be carried out.
  bool HasOpenIn(const FeedId& feed, absl::Duration ran) const;
  // Whether this entry may lawfully come, or be held, without its payload. Needs no EntryIs.
  bool Excuses(const FeedId& feed, Sequence seq, const Hash& entry) const;
  // An order is acted on: the payload is about to be destroyed or dropped, or its absence was taken as excused. The
  // note is to be kept before; nullopt if it is already.
  std::optional<Note> ActOn(const ErasureTarget& target);

  // How long this node had run when the newest order that is noted came: it has run so long at least.
  absl::Duration newest_received() const;

  // What is to be destroyed now. Given again until PayloadGone is told.
  std::vector<ErasureTarget> Due(absl::Duration ran) const { return schedule_.Due(ran); }
  // When there is more of it; InfiniteDuration() if nothing waits but for others.
  absl::Duration NextDue() const { return schedule_.NextDue(); }

  std::vector<OpenErasure> OpenOrders(absl::Duration ran) const;
  ErasureCoverage coverage() const;

 private:
  enum class Side { kUndecided, kVoid, kAuthor, kSecretariat, kLost };
  struct Held {
    ErasureOrder order;
    Hash hash;  // of the entry that gives it
    absl::Duration received;
    Side side = Side::kUndecided;
    Member by;
    bool is_approved = false;
  };
  // What the orders about one entry come to. Times are of the first order of that side.
  struct Standing {
    std::optional<ErasureSchedule::Ordered::Author> author;
    std::optional<absl::Duration> secretariat;
    bool is_approved = false;
    bool is_lost = false;
    ErasureReason reason = ErasureReason::kPersonalData;

    bool orders() const { return author || secretariat; }
    bool is_at_once() const { return is_approved || (author && secretariat); }
  };
  Side SideOf(const ErasureLaw& law, const Place& place, Held& held) const;
  void JudgeOne(const ErasureLaw& law, const Place& place, Held& held);
  Standing StandingOf(const std::set<Place>& places) const;
  const Standing* Find(const ErasureTarget& target) const;
  void Restand(const ErasureTarget& target);
  bool IsAwaited(const ErasureTarget& target) const;
  void Await(const Place& place);
  bool IsOpen(const ErasureTarget& target, const Standing& standing, absl::Duration ran) const;
  // Whether something is ordered of a place, or which entry is held there, has changed: what is to be verified and what
  // is hidden follow.
  void Refresh(const Place& place);

  const Crypto& crypto_;
  std::map<Bytes, absl::Duration> received_;            // by note, from before this start
  std::map<Place, Held> orders_;                        // by where they stand
  std::map<ErasureTarget, std::set<Place>> by_target_;  // those that count, by what they name
  std::map<ErasureTarget, Standing> standings_;         // of those
  std::map<Place, std::size_t> ordering_;               // of those, how many that order something stand at a place
  std::map<Place, Hash> entries_;                       // that are named and held
  std::map<FeedId, std::set<Sequence>> hidden_;         // of those; none is empty
  std::set<Place> gone_;                                // payloads not here
  std::map<Place, Hash> acted_;
  std::vector<PublicKey> officers_;  // by whom approvals were judged
  std::uint32_t approvals_ = 0;
  ErasureSchedule schedule_;
  std::set<Place> unverified_;
  std::set<Place> to_verify_;
  std::set<FeedId> restood_;
  std::set<Place> excuses_moved_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ERASURE_BOOK_H_
