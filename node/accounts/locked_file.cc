#include "node/accounts/locked_file.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

absl::StatusOr<storage::OpenFile> OpenWith(const std::string& path, int flags, int lock) {
  absl::StatusOr<storage::OpenFile> file = storage::OpenFile::Open(path, flags, 0600);
  HANSA_RETURN_IF_ERROR(file.status());
  while (::flock(file->fd(), lock) != 0) {
    if (errno != EINTR) return storage::FileError("lock", path, errno);
  }
  return file;
}

}  // namespace

absl::StatusOr<storage::OpenFile> OpenLocked(const std::string& path) {
  return OpenWith(path, O_RDWR | O_CREAT, LOCK_EX);
}
absl::StatusOr<storage::OpenFile> OpenToRead(const std::string& path) { return OpenWith(path, O_RDONLY, LOCK_SH); }

}  // namespace hansa::node::accounts
