// The few things we ask of the operating system's files, with errors in our words.
#ifndef HANSA_STORAGE_FILES_H_
#define HANSA_STORAGE_FILES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/room.h"

namespace hansa::storage {

// An errno as a status: "cannot write <path>: No space left on device; free some space".
//   RESOURCE_EXHAUSTED  disk or quota full · NOT_FOUND · PERMISSION_DENIED · UNAVAILABLE any other
absl::Status FileError(absl::string_view doing, const std::string& path, int error);
// Whether `status` says that the system keeps this user from a file, as FileError words it, also within another
// sentence: then it is no rule of the network's or of a node's that refuses.
bool IsKeptFromFile(const absl::Status& status);

// Owns one open file.
class OpenFile {
 public:
  // `flags` and `mode` as in open(2); the file never passes to a child program.
  static absl::StatusOr<OpenFile> Open(const std::string& path, int flags, unsigned mode = 0600);

  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;
  ~OpenFile();

  int fd() const { return fd_; }
  const std::string& path() const { return path_; }

  // All of `bytes` at `offset`, or an error; what was written before the error stays.
  absl::Status WriteAt(std::uint64_t offset, absl::string_view bytes);
  absl::StatusOr<std::string> ReadAll() const;
  // Returns when the content is on disk (fdatasync).
  absl::Status Sync();

 private:
  OpenFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

  std::string path_;
  int fd_ = -1;
};

// Makes names in `folder` as durable as the files they name.
absl::Status SyncFolder(const std::string& folder);
// Makes `folder` and its parents, readable by the owner alone.
absl::Status MakeFolder(const std::string& folder);
// Removes `folder` and everything in it, if it is there.
absl::Status RemoveFolder(const std::string& folder);
// What an ordinary user may still write where `folder` lies.
absl::StatusOr<DiskSpace> SpaceOf(const std::string& folder);
absl::StatusOr<std::uint64_t> FreeBytes(const std::string& folder);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_FILES_H_
