// A lock between processes, for the moment of one change.
#ifndef HANSA_NODE_ACCOUNTS_LOCKED_FILE_H_
#define HANSA_NODE_ACCOUNTS_LOCKED_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "storage/files.h"

namespace hansa::node::accounts {

// Opens `path`, made with mode 0600 if it is not there, to read and to write, and waits until no other process or
// thread holds it. Held until the file is closed.
//   NOT_FOUND no such folder · PERMISSION_DENIED · RESOURCE_EXHAUSTED disk full
absl::StatusOr<storage::OpenFile> OpenLocked(const std::string& path);
// Opens `path` to read alone, and waits until nobody changes it. Others may read it at the same time.
//   NOT_FOUND · PERMISSION_DENIED
absl::StatusOr<storage::OpenFile> OpenToRead(const std::string& path);

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_LOCKED_FILE_H_
