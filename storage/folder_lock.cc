#include "storage/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::storage {
namespace {

// "process 4711 (hansad)", as well as the lock file and /proc know it.
std::string Holder(const OpenFile& file) {
  const absl::StatusOr<std::string> written = file.ReadAll();
  int pid = 0;
  if (!written.ok() || !absl::SimpleAtoi(*written, &pid)) return "another process";
  std::ifstream comm(absl::StrCat("/proc/", pid, "/comm"));
  std::string name;
  std::getline(comm, name);
  return name.empty() ? absl::StrCat("process ", pid) : absl::StrCat("process ", pid, " (", name, ")");
}

}  // namespace

absl::StatusOr<FolderLock> FolderLock::Take(const std::string& folder) {
  absl::StatusOr<OpenFile> file = OpenFile::Open(absl::StrCat(folder, "/lock"), O_RDWR | O_CREAT);
  HANSA_RETURN_IF_ERROR(file.status());
  if (::flock(file->fd(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FileError("lock", file->path(), errno);
    return absl::FailedPreconditionError(
        absl::StrCat("the store ", folder, " is in use by ", Holder(*file), "; stop it first, or name another folder"));
  }
  // Whose it is, only for the message above: on a full disk the lock holds without it.
  if (::ftruncate(file->fd(), 0) == 0) {
    file->WriteAt(0, absl::StrCat(::getpid(), "\n")).IgnoreError();
  }
  return FolderLock(*std::move(file));
}

}  // namespace hansa::storage
