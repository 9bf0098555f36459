// Members whose words this node leaves out, in the settings table. Promise: the list is known to this node alone and
// survives a restart; it changes nothing that is stored or passed on. A row that cannot be read is an error, never an
// empty list.
#ifndef HANSA_NODE_DESK_MUTED_MEMBERS_H_
#define HANSA_NODE_DESK_MUTED_MEMBERS_H_

#include <set>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/strong_id.h"
#include "storage/tables.h"

namespace hansa::node::desk {

//   DATA_LOSS  the settings are damaged
absl::StatusOr<std::set<replication::Member>> LoadMuted(const storage::Tables& tables);
absl::Status SaveMuted(const std::set<replication::Member>& muted, storage::Tables& tables);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_MUTED_MEMBERS_H_
