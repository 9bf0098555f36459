#include "storage/ballast.h"

#include <fcntl.h>

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "storage/files.h"

namespace hansa::storage {
namespace {

std::string BallastPath(const std::string& folder) { return absl::StrCat(folder, "/ballast"); }

}  // namespace

void KeepBallast(const std::string& folder) {
  std::error_code error;
  const std::string path = BallastPath(folder);
  if (std::filesystem::exists(path, error)) return;
  const absl::StatusOr<std::uint64_t> free = FreeBytes(folder);
  if (!free.ok() || *free < 8 * kBallastBytes) return;
  const absl::StatusOr<OpenFile> file = OpenFile::Open(path, O_RDWR | O_CREAT);
  if (!file.ok()) return;
  // Reserved, not written: a hole would give nothing back.
  if (::posix_fallocate(file->fd(), 0, static_cast<off_t>(kBallastBytes)) != 0) {
    std::filesystem::remove(path, error);
  }
}

bool DropBallast(const std::string& folder) {
  std::error_code error;
  return std::filesystem::remove(BallastPath(folder), error);
}

}  // namespace hansa::storage
