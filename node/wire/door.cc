#include "node/wire/door.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace hansa::node::wire {
namespace {

constexpr int kBacklog = 512;
constexpr int kRestAfterErrorMs = 50;

void CloseIfOpen(int fd) {
  if (fd >= 0) close(fd);
}

// Ends the connection with a reset, so that nothing of it lingers in the kernel.
void Reset(int fd) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  close(fd);
}

int SpareDescriptor() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

// No more than half of what this process may open: the store and the page need theirs.
DoorLimits WithinDescriptors(DoorLimits limits) {
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0 && descriptors.rlim_cur != RLIM_INFINITY) {
    limits.connections = std::min<std::size_t>(limits.connections, descriptors.rlim_cur / 2);
  }
  return limits;
}

std::string Ipv4Text(const in_addr& address) {
  char text[INET_ADDRSTRLEN] = {};
  return inet_ntop(AF_INET, &address, text, sizeof(text)) == nullptr ? "" : text;
}

std::string Ipv6Text(const in6_addr& address) {
  char text[INET6_ADDRSTRLEN] = {};
  return inet_ntop(AF_INET6, &address, text, sizeof(text)) == nullptr ? "" : text;
}

void Describe(const sockaddr_storage& from, Connection* connection) {
  if (from.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
    connection->address = Ipv4Text(v4.sin_addr);
    connection->peer = Address{connection->address, ntohs(v4.sin_port)}.text();
    return;
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
  if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
    in_addr v4{};
    std::memcpy(&v4, v6.sin6_addr.s6_addr + 12, sizeof(v4));
    connection->address = Ipv4Text(v4);
    connection->peer = Address{connection->address, ntohs(v6.sin6_port)}.text();
    return;
  }
  connection->peer = Address{Ipv6Text(v6.sin6_addr), ntohs(v6.sin6_port)}.text();
  in6_addr network = v6.sin6_addr;
  std::fill(network.s6_addr + 8, network.s6_addr + 16, std::uint8_t{0});
  connection->address = Ipv6Text(network);
}

std::uint16_t PortOf(int fd) {
  sockaddr_storage bound{};
  socklen_t size = sizeof(bound);
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
  return ntohs(bound.ss_family == AF_INET ? reinterpret_cast<sockaddr_in&>(bound).sin_port
                                          : reinterpret_cast<sockaddr_in6&>(bound).sin6_port);
}

absl::Status CannotListen(const Address& address, int error) {
  const std::string what =
      absl::StrCat("cannot listen on ", address.text(), ": ", std::generic_category().message(error));
  if (error == EADDRINUSE || error == EACCES) {
    return absl::FailedPreconditionError(absl::StrCat(what, "; choose another port, or 0 for any"));
  }
  return absl::InvalidArgumentError(absl::StrCat(what, "; give an address of this machine"));
}

// A listening socket on `where`, or the negative errno.
int Listen(const addrinfo& where) {
  const int fd = socket(where.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  const int yes = 1;
  const int no = 0;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  if (where.ai_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no));
  if (bind(fd, where.ai_addr, where.ai_addrlen) == 0 && listen(fd, kBacklog) == 0) return fd;
  const int error = errno;
  close(fd);
  return -error;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Door>> Door::Bind(const Address& address, DoorLimits limits) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &wanted, &found);
  if (error != 0) {
    return absl::InvalidArgumentError(absl::StrCat("cannot listen on ", address.text(), ": ", gai_strerror(error),
                                                   "; give an address of this machine"));
  }
  const int fd = Listen(*found);
  freeaddrinfo(found);
  if (fd < 0) return CannotListen(address, -fd);
  const int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0) {
    close(fd);
    return CannotListen(address, errno);
  }
  return std::unique_ptr<Door>(new Door(fd, wake, Address{address.host, PortOf(fd)}, limits));
}

Door::Door(int listening_fd, int wake_fd, Address address, DoorLimits limits)
    : listening_fd_(listening_fd),
      wake_fd_(wake_fd),
      spare_fd_(SpareDescriptor()),
      address_(std::move(address)),
      list_(WithinDescriptors(limits)) {}

Door::~Door() {
  Close();
  CloseIfOpen(spare_fd_);
  close(wake_fd_);
}

void Door::Open(LetIn let_in) {
  let_in_ = std::move(let_in);
  thread_ = std::thread([this] { Work(); });
}

void Door::Close() {
  if (thread_.joinable()) {
    const std::uint64_t one = 1;
    while (write(wake_fd_, &one, sizeof(one)) < 0 && errno == EINTR) {
    }
    thread_.join();
  }
  CloseIfOpen(std::exchange(listening_fd_, -1));
}

void Door::Work() {
  for (;;) {
    pollfd waiting[2] = {{listening_fd_, POLLIN, 0}, {wake_fd_, POLLIN, 0}};
    if (poll(waiting, 2, -1) < 0) continue;
    if (waiting[1].revents != 0) return;
    if (waiting[0].revents != 0) AcceptOne();
  }
}

void Door::AcceptOne() {
  sockaddr_storage from{};
  socklen_t size = sizeof(from);
  const int fd = accept4(listening_fd_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) {
    if (errno == EMFILE || errno == ENFILE) TurnAwayWithSpare();
    return;
  }
  Connection connection;
  connection.fd = fd;
  Describe(from, &connection);
  struct stat status {};
  if (fstat(fd, &status) != 0) return Reset(fd);
  connection.inode = status.st_ino;
  if (!list_.Admit(connection, DoorList::Clock::now())) return Reset(fd);
  const int yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  let_in_(listening_fd_, fd);
}

void Door::TurnAwayWithSpare() {
  CloseIfOpen(spare_fd_);
  const int fd = accept4(listening_fd_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd >= 0) Reset(fd);
  spare_fd_ = SpareDescriptor();
  if (fd < 0) poll(nullptr, 0, kRestAfterErrorMs);  // somebody else took the spare: do not spin
}

}  // namespace hansa::node::wire
