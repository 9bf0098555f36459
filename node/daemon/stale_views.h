// Whether the views on the disk may still show what has been destroyed: noted before payloads are erased, and until the
// views are built again, so that a node that falls in between builds them when it starts.
#ifndef HANSA_NODE_DAEMON_STALE_VIEWS_H_
#define HANSA_NODE_DAEMON_STALE_VIEWS_H_

#include "absl/status/status.h"
#include "storage/tables.h"

namespace hansa::node {

// On the disk when it returns. Errors: what the store says.
absl::Status NoteStaleViews(storage::Tables& tables);
// False also where it cannot be read: a store that cannot be read is mended, and its views are built again then.
bool HasStaleViews(const storage::Tables& tables);
// They have been built again. Should it be lost, they are built once more than needed.
absl::Status NoteFreshViews(storage::Tables& tables);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_STALE_VIEWS_H_
