#include "node/accounts/locked_file.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "replication/check.h"

namespace hansa::node::accounts {

absl::StatusOr<storage::OpenFile> OpenLocked(const std::string& path) {
  absl::StatusOr<storage::OpenFile> file = storage::OpenFile::Open(path, O_RDWR | O_CREAT, 0600);
  HANSA_RETURN_IF_ERROR(file.status());
  while (::flock(file->fd(), LOCK_EX) != 0) {
    if (errno != EINTR) return storage::FileError("lock", path, errno);
  }
  return file;
}

}  // namespace hansa::node::accounts
