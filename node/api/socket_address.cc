#include "node/api/socket_address.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"

namespace hansa::node::api {
namespace {

constexpr mode_t kFolderMode = 0700;
constexpr mode_t kSocketMode = 0660;

// The code that fits an errno.
absl::Status Failed(int error, const std::string& what) { return absl::ErrnoToStatus(error, what); }

absl::Status MayNotUse() { return absl::UnavailableError("you may not use the socket"); }

// A connection tried and closed again: says what gRPC would only call unavailable.
int TryConnecting(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return ENAMETOOLONG;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return errno;
  const int failure = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 ? 0 : errno;
  close(probe);
  return failure;
}

}  // namespace

absl::StatusOr<SocketAddress> SocketAddress::Open(const std::string& path) {
  const std::filesystem::path whole(path);
  const std::string folder = whole.has_parent_path() ? whole.parent_path().string() : ".";
  const int fd = open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failed(errno, absl::StrCat("cannot open the folder ", folder));
  return SocketAddress(fd, whole.filename().string());
}

absl::StatusOr<SocketAddress> SocketAddress::ForListening(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (!folder.empty() && mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) {
    return Failed(errno, absl::StrCat("cannot make the folder ", folder));
  }
  return Open(path);
}

absl::StatusOr<SocketAddress> SocketAddress::ForDialling(const std::string& path) {
  absl::StatusOr<SocketAddress> address = Open(path);
  if (absl::IsPermissionDenied(address.status())) return MayNotUse();
  if (!address.ok()) return absl::UnavailableError("there is no such socket");
  const int failure = TryConnecting(address->target().substr(std::strlen("unix:")));
  switch (failure) {
    case 0:
      return address;
    case ENOENT:
      return absl::UnavailableError("there is no such socket");
    case ECONNREFUSED:
    case ENOTSOCK:
      return absl::UnavailableError("nobody listens on the socket");
    case EACCES:
    case EPERM:
      return MayNotUse();
    default:
      return absl::UnavailableError(Failed(failure, "cannot connect").message());
  }
}

SocketAddress::SocketAddress(SocketAddress&& other) noexcept
    : folder_(std::exchange(other.folder_, -1)), name_(std::move(other.name_)) {}

SocketAddress& SocketAddress::operator=(SocketAddress&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(name_, other.name_);
  return *this;
}

SocketAddress::~SocketAddress() {
  if (folder_ >= 0) close(folder_);
}

std::string SocketAddress::target() const { return absl::StrCat("unix:/proc/self/fd/", folder_, "/", name_); }

absl::Status SocketAddress::Restrict() const {
  if (fchmodat(folder_, name_.c_str(), kSocketMode, 0) == 0) return absl::OkStatus();
  return Failed(errno, absl::StrCat("cannot set who may use the socket ", name_));
}

}  // namespace hansa::node::api
