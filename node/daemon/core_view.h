// What the core knows, in the terms of `status` and `peers`. Pure: no clock and no thread in here, and nothing is left
// out because it looks harmless; what is worth a line for people is decided where it is shown.
#ifndef HANSA_NODE_DAEMON_CORE_VIEW_H_
#define HANSA_NODE_DAEMON_CORE_VIEW_H_

#include <vector>

#include "absl/time/time.h"
#include "node/running_node.h"
#include "replication/replica.h"
#include "replication/roster.h"

namespace hansa::node {

// A peer with a session, all but its address. Its member, if known, must be in `roster`.
PeerView PeerViewOf(const replication::SessionView& session, const replication::Roster& roster, absl::Time now);

// Whose feeds these are. One that `roster` does not name is left out.
std::vector<ForkView> ForkViewsOf(const std::vector<replication::FeedId>& forked, const replication::Roster& roster);

ErasuresView ErasuresViewOf(const std::vector<replication::OpenErasure>& open,
                            const replication::ErasureCoverage& coverage);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_CORE_VIEW_H_
