// What the doctor wants to know of a store and its roster, whether a node runs on it or not.
#ifndef HANSA_NODE_DESK_STORE_EXAMINATION_H_
#define HANSA_NODE_DESK_STORE_EXAMINATION_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/desk/doctor_findings.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

// Of each member that anything is held of, and of the roster, the latest time that the last entry of a feed of its
// claims; ascending by member. A feed that cannot be read is left out: it is for the check of the chain.
//   Only for faults of the store as a whole.
absl::StatusOr<std::vector<ClockFacts::Claim>> NewestClaims(const storage::FeedStore& feeds,
                                                            const replication::Roster& roster);

// Nodes of the secretariat that the roster names and that are live: their slugs, and the keys that they may show.
std::vector<std::string> HubSlugs(const replication::Roster& roster);
std::set<replication::Pin> HubPins(const replication::Roster& roster);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_STORE_EXAMINATION_H_
