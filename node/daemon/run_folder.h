// DIR/run: what other programs look at while the node runs.
#ifndef HANSA_NODE_DAEMON_RUN_FOLDER_H_
#define HANSA_NODE_DAEMON_RUN_FOLDER_H_

#include <string>

#include "absl/status/status.h"
#include "node/node_folder.h"

namespace hansa::node {

// Whether the folder holds a node.
bool IsSetUp(const NodePaths& paths);
// Makes the run and log folders, for their owner only.
absl::Status MakeRunFolders(const NodePaths& paths);

// {"replication","http","join","socket"}: the addresses in use, null where off. `replication` and `http` are empty if
// off.
absl::Status WriteEndpoints(const NodePaths& paths, const std::string& replication, const std::string& http);
// While there is no node yet: all of them null but "http".
absl::Status WriteSetupEndpoints(const NodePaths& paths, const std::string& http);
// After this nobody takes the node for running.
void RemoveEndpoints(const NodePaths& paths);

// Tells systemd, if it started this process: "READY=1", "STOPPING=1".
void NotifySystemd(const char* state);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_RUN_FOLDER_H_
