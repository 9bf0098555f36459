// Whom a node dials: every hub, the members it follows, and three more by rendezvous hash, so that paths past the hub
// stay in use.
#ifndef HANSA_REPLICATION_DIAL_PLAN_H_
#define HANSA_REPLICATION_DIAL_PLAN_H_

#include <set>
#include <string>
#include <vector>

#include "replication/roster.h"

namespace hansa::replication {

inline constexpr std::size_t kNeighboursBesidesHubs = 3;
inline constexpr std::size_t kDialsMax = 16;

// A door to knock at, and the keys that may open.
struct DialTarget {
  std::string address;     // host:port
  std::set<Pin> expected;  // never empty
  std::string member;      // slug; empty while the roster is not known
  friend bool operator==(const DialTarget&, const DialTarget&) = default;
};

// `first_hubs` are those of the charter, for as long as the roster names none. Never this node itself; at most
// kDialsMax, hubs first, then the members that this node follows, then a few others.
std::vector<DialTarget> PlanDials(const Crypto& crypto, const Roster& roster, const Pin& own_pin,
                                  const std::vector<DialTarget>& first_hubs, const std::set<Member>& followed = {});

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_DIAL_PLAN_H_
