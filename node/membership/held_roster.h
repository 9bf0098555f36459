// The roster as a store holds it: for the node that starts, and for commands that run while it does not.
#ifndef HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_
#define HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "node/charter.h"
#include "replication/roster.h"
#include "storage/rocks_database.h"

namespace hansa::node::membership {

// The settings table keeps root documents under this key, ascending from version 1, each with its length before it.
inline constexpr char kRootsSetting[] = "root documents";

// The settings table keeps under this key of which network the store is: its id in hex, a line end, its name.
inline constexpr char kNetworkSetting[] = "network";

// The settings table keeps under this key the pins of all who ever were in the roster, one after the other.
inline constexpr char kPinsSetting[] = "pins";

// Has `database`, which CheckIsOf accepts, say of which network it is, should it not say so yet.
absl::Status KeepNetwork(storage::Database& database, const Charter& charter);

// That what `database` holds is of the network that `charter` founds: with another one's charter nothing in it would
// be what was signed.
//   FAILED_PRECONDITION  it is not; the message says which network each is of, and what to do
absl::Status CheckIsOf(storage::Database& database, const Charter& charter);

// Of everybody in the roster, kept apart from it: where the disk of its writer loses the roster itself, these are who
// may connect to give it back.
absl::Status KeepPins(storage::Database& database, const std::set<replication::Pin>& pins);
// Those that were kept last; none if there are none, or they cannot be read.
std::set<replication::Pin> PinsKept(storage::Database& database);

// Every incarnation of the roster that `database` holds, folded in order.
//   FAILED_PRECONDITION  as CheckIsOf
//   DATA_LOSS, INVALID_ARGUMENT, UNAUTHENTICATED  what is kept is damaged, or is not of this charter; an entry that is
//                                                 without what is in it is damaged too
absl::StatusOr<replication::Roster> FoldHeldRoster(storage::Database& database, const Charter& charter);

//   NOT_FOUND            nothing was set up there, or it holds no roster: a new folder, or a lost disk
//   FAILED_PRECONDITION  the node runs: ask it instead; or as CheckIsOf
//   DATA_LOSS            the store is damaged
absl::StatusOr<replication::Roster> RosterHeldIn(const std::string& folder);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_HELD_ROSTER_H_
