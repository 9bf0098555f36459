// Makes a backup of a node that goes on running. Promises: P20, it is restored and read through before it counts; P19,
// nothing that was erased before is in it, or left in its folder.
#ifndef HANSA_NODE_BACKUP_MAKE_BACKUP_H_
#define HANSA_NODE_BACKUP_MAKE_BACKUP_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "node/charter.h"
#include "node/node_folder.h"
#include "node/running_node.h"
#include "storage/contents.h"
#include "storage/high_water.h"
#include "storage/rocks_database.h"

namespace hansa::node::backup {

// What is backed up. All of it outlives the call.
struct BackupParts {
  const NodePaths& paths;
  const Identity& identity;
  const Charter& charter;
  storage::Database& database;
  const storage::HighWaterFile& high_water;
  std::uint64_t now_ms = 0;  // Unix milliseconds, for display only
};

// Writes a backup of the node to `folder`, beside the one that is there, and puts it in its place once it is proven.
// Errors as RunningNode::Backup.
absl::StatusOr<BackupMade> MakeBackup(const BackupParts& parts, const std::string& folder,
                                      const storage::IsUnwanted& is_unwanted);

}  // namespace hansa::node::backup

#endif  // HANSA_NODE_BACKUP_MAKE_BACKUP_H_
