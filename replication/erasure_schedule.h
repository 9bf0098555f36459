// When payloads that are ordered to be erased go: the holds of each author and of the secretariat, and how many orders
// of one author alone may be on hold at once. It knows no feeds and no headers; the erasure book tells it what the
// orders about an entry come to.
// Promise: what it says is a pure function of what was told last of each entry. What a change costs depends on the
// orders of the same author that come after it, and not on how many there are: whoever gives many pays for them once.
#ifndef HANSA_REPLICATION_ERASURE_SCHEDULE_H_
#define HANSA_REPLICATION_ERASURE_SCHEDULE_H_

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "replication/erasure_order.h"

namespace hansa::replication {

// How long an order of one side alone is held, in time that this node has run since it came.
inline constexpr absl::Duration kSecretariatHold = absl::Hours(72);
inline constexpr absl::Duration kAuthorHold = absl::Hours(14 * 24);
// Orders of one author alone that may be on hold at once; those that come beyond wait for the secretariat.
inline constexpr std::size_t kOpenOrdersMax = 20;

// Not thread-safe: one owner.
class ErasureSchedule {
 public:
  // What the orders about one entry come to. Times are of the first order of that side, in running time.
  struct Ordered {
    struct Author {
      Member by;
      absl::Duration received;
      std::pair<FeedId, Sequence> place;  // where the order stands
    };
    std::optional<Author> author;
    std::optional<absl::Duration> secretariat;
    bool is_at_once = false;
  };

  // nullopt: nothing orders it any more.
  void Set(const ErasureTarget& target, const std::optional<Ordered>& ordered);
  // Whether there is something to destroy: the entry is verified and its payload is here.
  void Await(const ErasureTarget& target, bool is_awaited);

  // nullopt: nothing but another order makes it due.
  std::optional<absl::Duration> DueAfter(const ErasureTarget& target) const;
  // One of too many of its author, and the secretariat has not ordered it.
  bool WaitsForSecretariat(const ErasureTarget& target) const;
  // Of what is awaited: what is due now, and when there is more of it (InfiniteDuration(): never by itself).
  std::vector<ErasureTarget> Due(absl::Duration ran) const;
  absl::Duration NextDue() const;

 private:
  // One entry that its author alone wants erased, as they came; those of one moment as they stand in their feeds.
  struct Alone {
    absl::Duration received;
    std::pair<FeedId, Sequence> place;
    ErasureTarget target;
    friend bool operator<(const Alone& a, const Alone& b) {
      return std::tie(a.received, a.place, a.target) < std::tie(b.received, b.place, b.target);
    }
  };
  struct OfAuthor {
    std::set<Alone> alone;
    std::set<Alone> open;             // of those, the ones on hold; the others are held back
    std::optional<Alone> stale_from;  // from here on `open` is to be found anew
  };
  struct Row {
    std::optional<Ordered> ordered;
    bool is_awaited = false;
    std::optional<absl::Duration> due_after;
    bool is_planned = false;  // stands in `planned` under due_after
  };
  struct Plan {
    std::map<ErasureTarget, Row> rows;
    std::map<Member, OfAuthor> authors;
    std::set<std::pair<absl::Duration, ErasureTarget>> planned;  // awaited, by when they are due
    std::set<Member> stale_authors;
    std::set<ErasureTarget> stale_rows;
  };

  static std::optional<Alone> AloneOf(const ErasureTarget& target, const std::optional<Ordered>& ordered);
  static void MarkStale(OfAuthor& author, const Alone& from);
  static void FindOpen(OfAuthor& author, std::set<ErasureTarget>& moved);
  static std::optional<absl::Duration> DueOf(const Plan& plan, const ErasureTarget& target, const Ordered& ordered);
  // What has changed is worked in when somebody asks: many changes at once cost as much as one.
  const Plan& Settled() const;

  mutable Plan plan_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ERASURE_SCHEDULE_H_
