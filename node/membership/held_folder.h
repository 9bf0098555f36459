// A data folder whose node does not run, opened to look at: for commands that must answer all the same. Nothing in it
// is changed but the lock, which is held meanwhile, so that no node starts on it.
#ifndef HANSA_NODE_MEMBERSHIP_HELD_FOLDER_H_
#define HANSA_NODE_MEMBERSHIP_HELD_FOLDER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "node/charter.h"
#include "node/node_folder.h"
#include "replication/roster.h"
#include "storage/high_water.h"
#include "storage/rocks_database.h"

namespace hansa::node::membership {

struct HeldFolder {
  Charter charter;
  std::unique_ptr<storage::Database> database;  // nothing can be written to it
  replication::Roster roster;                   // as held; without lines in a folder that has not met anybody yet
};

//   NOT_FOUND            there is no charter, or no store yet: the node was never started
//   FAILED_PRECONDITION  a node holds it (the message says which process), or a newer Hansa wrote it
//   PERMISSION_DENIED    it is somebody else's
//   DATA_LOSS            the store is damaged
absl::StatusOr<HeldFolder> OpenHeldFolder(const std::string& folder);

// Whether all that was signed here with the keys that lie in the folder is in the store.
//   Errors of reading the keys or the high-water file.
absl::StatusOr<storage::FenceFinding> CompareWithHighWater(const std::string& folder, const HeldFolder& held);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_HELD_FOLDER_H_
