#include "storage/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::storage {
namespace {

// Files that a store makes before it has removed others.
constexpr fsfilcnt_t kNamesMin = 64;
constexpr char kWhoOwnsIt[] = "; check who owns it";

}  // namespace

absl::Status FileError(absl::string_view doing, const std::string& path, int error) {
  const std::string said = absl::StrCat("cannot ", doing, " ", path, ": ", std::generic_category().message(error));
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return absl::ResourceExhaustedError(absl::StrCat(said, "; free some space and try again"));
    case ENOENT:
      return absl::NotFoundError(absl::StrCat(said, "; check the name and the folder"));
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(absl::StrCat(said, kWhoOwnsIt));
    default:
      return absl::UnavailableError(said);
  }
}

bool IsKeptFromFile(const absl::Status& status) {
  return absl::IsPermissionDenied(status) && absl::StrContains(status.message(), kWhoOwnsIt);
}

absl::StatusOr<OpenFile> OpenFile::Open(const std::string& path, int flags, unsigned mode) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  if (fd < 0) return FileError("open", path, errno);
  return OpenFile(path, fd);
}

OpenFile::OpenFile(OpenFile&& other) noexcept : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  return *this;
}

OpenFile::~OpenFile() {
  if (fd_ >= 0) ::close(fd_);
}

absl::Status OpenFile::WriteAt(std::uint64_t offset, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError("write", path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> OpenFile::ReadAll() const {
  std::string content;
  std::array<char, 16384> piece;
  while (true) {
    const ssize_t got = ::pread(fd_, piece.data(), piece.size(), static_cast<off_t>(content.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path_, errno);
    if (got == 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(got));
  }
}

absl::Status OpenFile::Sync() {
  if (::fdatasync(fd_) != 0) return FileError("sync", path_, errno);
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::string& folder) {
  absl::StatusOr<OpenFile> open = OpenFile::Open(folder, O_RDONLY | O_DIRECTORY);
  HANSA_RETURN_IF_ERROR(open.status());
  if (::fsync(open->fd()) != 0) return FileError("sync", folder, errno);
  return absl::OkStatus();
}

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  std::filesystem::path path(folder);
  if (!path.has_filename()) path = path.parent_path();  // it was typed with a slash behind it
  error.clear();                                        // that there is no such folder yet is none
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) return FileError("make the folder", folder, error.value());
  // With its mode at once: nobody else can look in meanwhile, and whoever makes the same folder finds it as it will be.
  if (::mkdir(path.c_str(), S_IRWXU) == 0) return absl::OkStatus();
  const int failed = errno;
  if (std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  return FileError("make the folder", folder, failed);
}

absl::Status RemoveFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  if (error) return FileError("remove", folder, error.value());
  return absl::OkStatus();
}

absl::StatusOr<DiskSpace> SpaceOf(const std::string& folder) {
  struct statvfs disk;
  if (::statvfs(folder.c_str(), &disk) != 0) return FileError("measure the disk of", folder, errno);
  // Some file systems count no names.
  const bool has_names = disk.f_files == 0 || disk.f_favail >= kNamesMin;
  return DiskSpace{static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize,
                   static_cast<std::uint64_t>(disk.f_blocks) * disk.f_frsize, has_names};
}

absl::StatusOr<std::uint64_t> FreeBytes(const std::string& folder) {
  const absl::StatusOr<DiskSpace> space = SpaceOf(folder);
  HANSA_RETURN_IF_ERROR(space.status());
  return space->free;
}

}  // namespace hansa::storage
