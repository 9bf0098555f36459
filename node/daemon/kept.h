// What this node was told to store and whom it follows, in the settings table. Promise: what Save took survives a power
// cut; a row that cannot be read is an error, never an empty list.
#ifndef HANSA_NODE_DAEMON_KEPT_H_
#define HANSA_NODE_DAEMON_KEPT_H_

#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/running_node.h"
#include "replication/frames.h"
#include "storage/tables.h"

namespace hansa::node {

// So many members can be followed: what is kept has to fit one frame.
inline constexpr std::size_t kFollowedMax = 1000;

struct Kept {
  Keep keep = Keep::kAll;
  std::vector<Followed> following;  // ascending by member

  // What the replica is told.
  replication::Interest interest() const;
  std::set<replication::Member> followed() const;
};

//   DATA_LOSS  the settings are damaged
absl::StatusOr<Kept> LoadKept(const storage::Tables& tables);
absl::Status SaveKept(const Kept& kept, storage::Tables& tables);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_KEPT_H_
