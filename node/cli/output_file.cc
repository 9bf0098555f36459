#include "node/cli/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"

namespace hansa::node::cli {
namespace {

constexpr int kMode = 0644;

}  // namespace

OutputFile::OutputFile(std::string path, std::string partial, int descriptor)
    : path_(std::move(path)), partial_(std::move(partial)), descriptor_(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::exchange(other.partial_, "")),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(partial_, other.partial_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

OutputFile::~OutputFile() {
  if (partial_.empty()) return;
  if (descriptor_ >= 0) close(descriptor_);
  unlink(partial_.c_str());
}

absl::StatusOr<OutputFile> OutputFile::Begin(const std::string& path) {
  if (path == "-") return OutputFile(path, "", STDOUT_FILENO);
  OutputFile file(path, absl::StrCat(path, ".part-", getpid()), -1);
  file.descriptor_ = open(file.partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
  if (file.descriptor_ < 0) return file.Failed("cannot write");
  return file;
}

absl::Status OutputFile::Add(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = write(descriptor_, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return Failed("cannot write");
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return absl::OkStatus();
}

absl::Status OutputFile::Done() {
  if (partial_.empty()) return absl::OkStatus();
  if (fsync(descriptor_) != 0) return Failed("cannot write");
  if (close(std::exchange(descriptor_, -1)) != 0) return Failed("cannot write");
  if (rename(partial_.c_str(), path_.c_str()) != 0) return Failed("cannot write");
  partial_.clear();
  return absl::OkStatus();
}

absl::Status OutputFile::Failed(absl::string_view what) const {
  const absl::Status status = absl::ErrnoToStatus(errno, absl::StrCat(what, " ", path_));
  return absl::Status(status.code(),
                      absl::StrCat(status.message(), "; name a folder that is there and that you may write in"));
}

}  // namespace hansa::node::cli
