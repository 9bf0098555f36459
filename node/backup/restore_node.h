// Sets a node up from a backup, while no node runs. Promises: all of it is put in place, or nothing; P5, the node that
// comes of it signs nothing before a hub has confirmed that nothing was signed after the backup.
#ifndef HANSA_NODE_BACKUP_RESTORE_NODE_H_
#define HANSA_NODE_BACKUP_RESTORE_NODE_H_

#include <string>

#include "absl/status/statusor.h"
#include "node/backup/manifest.h"

namespace hansa::node::backup {

// Restores the backup in the folder `backup` to the data folder `data_folder`, which is not there or is empty, and
// returns what it is. Reads every byte and every entry of it. `backup` is not written to.
//   NOT_FOUND            no finished backup is there
//   FAILED_PRECONDITION  the data folder holds something, lies in the backup, or is being restored; or the backup is of
//                        a newer Hansa
//   DATA_LOSS            something in the backup is missing or altered
//   RESOURCE_EXHAUSTED   no room
absl::StatusOr<Manifest> RestoreNode(const std::string& backup, const std::string& data_folder);

}  // namespace hansa::node::backup

#endif  // HANSA_NODE_BACKUP_RESTORE_NODE_H_
