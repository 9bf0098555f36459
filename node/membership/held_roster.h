// The roster as a store holds it: for the node that starts, and for commands that run while it does not.
#ifndef HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_
#define HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_

#include <string>

#include "absl/status/statusor.h"
#include "node/charter.h"
#include "replication/roster.h"
#include "storage/rocks_database.h"

namespace hansa::node::membership {

// The settings table keeps root documents under this key, ascending from version 1, each with its length before it.
inline constexpr char kRootsSetting[] = "root documents";

// Every incarnation of the roster that `database` holds, folded in order.
//   DATA_LOSS, INVALID_ARGUMENT, UNAUTHENTICATED  what is kept is damaged, or is not of this charter
absl::StatusOr<replication::Roster> FoldHeldRoster(storage::Database& database, const Charter& charter);

//   NOT_FOUND            nothing was set up there, or it holds no roster: a new folder, or a lost disk
//   FAILED_PRECONDITION  the node runs: ask it instead
//   DATA_LOSS            the store is damaged
absl::StatusOr<replication::Roster> RosterHeldIn(const std::string& folder);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_
