// Who may write what in a new network, and how much. A network changes this later by a POLICY entry
// of its own; no program decides it again. Pure.
#ifndef HANSA_NODE_MEMBERSHIP_FOUNDING_POLICY_H_
#define HANSA_NODE_MEMBERSHIP_FOUNDING_POLICY_H_

#include "replication/roster_messages.h"

namespace hansa::node::membership {

// Entries that any feed but the roster may ever have: 27 publishes a day for ten years. No city
// comes near it, and it bounds what one stolen key can make every other node keep. A policy may
// raise a limit and never lower it, so this begins where it need not be touched soon and no higher.
// The roster has replication::kRosterEntriesMax: ten thousand members with a hundred changes each.
inline constexpr replication::Sequence kFeedEntriesMax{100'000};

// Orders to erase that one member may ever give, the secretariat apart, which orders for others too.
// Every node keeps each of them in memory for good.
inline constexpr replication::Sequence kErasureOrdersMax{10'000};

// The rights of the founding: each collection and the kinds of member that write it.
replication::Policy FoundingPolicy();

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_FOUNDING_POLICY_H_
