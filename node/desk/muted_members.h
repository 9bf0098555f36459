// Members whose words this node leaves out, in the settings table; what lists, searches, feeds and news leave out
// because of them. Promise: the list is known to this node alone and survives a restart; it changes nothing that is
// stored or passed on, and no figure that is computed of many. A row that cannot be read is an error, never an empty
// list.
#ifndef HANSA_NODE_DESK_MUTED_MEMBERS_H_
#define HANSA_NODE_DESK_MUTED_MEMBERS_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/running_node.h"
#include "replication/strong_id.h"
#include "storage/tables.h"

namespace hansa::node::desk {

//   DATA_LOSS  the settings are damaged
absl::StatusOr<std::set<replication::Member>> LoadMuted(const storage::Tables& tables);
absl::Status SaveMuted(const std::set<replication::Member>& muted, storage::Tables& tables);

// Whom an answer leaves out.
enum class Muting {
  kLeavesOut,  // those whom this node mutes
  kIsIgnored,  // nobody, as somebody asked for
};
//   DATA_LOSS  the settings are damaged
absl::StatusOr<std::set<replication::Member>> LeftOutHere(RunningNode& node, Muting muting);
// Their slugs.
std::set<std::string> SlugsOf(const NodeView& view, const std::set<replication::Member>& members);

// Takes what is by one of `slugs` out of `listed`, whose `member` is a slug; returns how much that was.
template <typename Listed>
std::size_t LeaveOut(const std::set<std::string>& slugs, std::vector<Listed>& listed) {
  return std::erase_if(listed, [&](const Listed& each) { return slugs.contains(each.member); });
}

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_MUTED_MEMBERS_H_
