// The folder of a backup: whether it may be written to, which backup is in it, and the node's own files in it.
#ifndef HANSA_NODE_BACKUP_BACKUP_FOLDER_H_
#define HANSA_NODE_BACKUP_BACKUP_FOLDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/backup/manifest.h"
#include "node/node_folder.h"
#include "storage/high_water.h"

namespace hansa::node::backup {

std::string ManifestPath(const std::string& folder);
// Where the node's own files lie that belong to copy `copy`.
std::string FilesPath(const std::string& folder, std::uint32_t copy);

// Makes `folder` with mode 0700, or takes one that is empty or holds a backup, finished or not.
//   INVALID_ARGUMENT     not an absolute path
//   FAILED_PRECONDITION  it lies in `data_folder`, holds something else, or can be read by others
//   RESOURCE_EXHAUSTED, PERMISSION_DENIED, UNAVAILABLE  it cannot be made
absl::Status TakeFolder(const std::string& folder, const std::string& data_folder);

//   NOT_FOUND            no finished backup is there
//   FAILED_PRECONDITION  of a newer Hansa
//   DATA_LOSS            its manifest is damaged
absl::StatusOr<Manifest> ReadManifest(const std::string& folder);

// Copies the node's own files from `from` to `to`, a folder that is not there yet, and returns their sums. The marks
// are `marks`, and not what the file says by now; nullopt: the node has none.
absl::StatusOr<std::vector<FileSum>> CopyFiles(const NodePaths& from, const std::optional<storage::HighWater>& marks,
                                               const std::string& to);

// Removes what belongs to other copies than `keep`, and the manifest's leftovers. nullopt: to all.
absl::Status KeepOnlyFiles(const std::string& folder, std::optional<std::uint32_t> keep);

// Copies the files that `manifest` names from the backup `folder` to the data folder `to`, keys with mode 0600 in a
// folder of mode 0700.
//   DATA_LOSS  one is missing or altered
absl::Status RestoreFiles(const std::string& folder, const Manifest& manifest, const NodePaths& to);

}  // namespace hansa::node::backup

#endif  // HANSA_NODE_BACKUP_BACKUP_FOLDER_H_
