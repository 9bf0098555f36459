// The roster as a data folder holds it, for commands that run while the node does not.
#ifndef HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_
#define HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_

#include <string>

#include "absl/status/statusor.h"
#include "replication/roster.h"

namespace hansa::node::membership {

//   NOT_FOUND            nothing was set up there, or it holds no roster: a new folder, or a lost disk
//   FAILED_PRECONDITION  the node runs: ask it instead
//   DATA_LOSS            the store is damaged
absl::StatusOr<replication::Roster> RosterHeldIn(const std::string& folder);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_
