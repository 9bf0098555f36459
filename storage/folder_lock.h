// One folder, one process: two nodes on one database would sign two histories.
#ifndef HANSA_STORAGE_FOLDER_LOCK_H_
#define HANSA_STORAGE_FOLDER_LOCK_H_

#include <string>

#include "absl/status/statusor.h"
#include "storage/files.h"

namespace hansa::storage {

// Held from Take until destruction, or until the process ends in whatever way.
class FolderLock {
 public:
  //   FAILED_PRECONDITION  somebody holds it; the message names the process where it can
  static absl::StatusOr<FolderLock> Take(const std::string& folder);

 private:
  explicit FolderLock(OpenFile file) : file_(std::move(file)) {}

  OpenFile file_;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_FOLDER_LOCK_H_
