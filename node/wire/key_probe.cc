#include "node/wire/key_probe.h"

#include <fcntl.h>
#include <netdb.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "node/wire/address.h"
#include "node/wire/tls_identity.h"
#include "replication/check.h"

namespace hansa::node::wire {
namespace {

using replication::Pin;
using Clock = std::chrono::steady_clock;

constexpr unsigned char kAlpn[] = {2, 'h', '2'};

absl::Status NoAnswer(const std::string& address) {
  return absl::DeadlineExceededError(absl::StrCat("no answer from ", address));
}

// Waits until `fd` can be read or written, as `events` of poll(2) say. False once `end` has passed.
bool Await(int fd, short events, Clock::time_point end) {
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) return false;
    pollfd asked{.fd = fd, .events = events, .revents = 0};
    const int ready = ::poll(&asked, 1, static_cast<int>(left.count()) + 1);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

absl::Status Unreachable(const std::string& address, int error) {
  if (error == ECONNREFUSED) return absl::UnavailableError(absl::StrCat("nobody listens at ", address));
  if (error == ETIMEDOUT) return NoAnswer(address);
  return absl::AbortedError(absl::StrCat(address, " cannot be reached: ", std::generic_category().message(error)));
}

// The error of connecting, 0 once it is done.
int ConnectTo(int fd, const addrinfo& where, Clock::time_point end) {
  if (::connect(fd, where.ai_addr, where.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  if (!Await(fd, POLLOUT, end)) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof(error);
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  return error;
}

// An open connection, not blocking, to the first address of the name that takes one. The caller closes it.
absl::StatusOr<int> Connect(const std::string& address, Clock::time_point end) {
  const absl::StatusOr<Address> parsed = ParseAddress(address);
  HANSA_RETURN_IF_ERROR(parsed.status());
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* all = nullptr;
  if (::getaddrinfo(parsed->host.c_str(), absl::StrCat(parsed->port).c_str(), &hints, &all) != 0) {
    return absl::NotFoundError(absl::StrCat("the name in ", address, " cannot be found"));
  }
  const absl::Cleanup free = [all] { ::freeaddrinfo(all); };
  absl::Status why = absl::NotFoundError(absl::StrCat("the name in ", address, " cannot be found"));
  for (const addrinfo* at = all; at != nullptr; at = at->ai_next) {
    const int fd = ::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int error = fd < 0 ? errno : ConnectTo(fd, *at, end);
    if (error == 0) return fd;
    if (fd >= 0) ::close(fd);
    why = Unreachable(address, error);
  }
  return why;
}

std::optional<std::string> CertificateShown(SSL* ssl) {
  const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(ssl), X509_free);
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> text(BIO_new(BIO_s_mem()), BIO_free_all);
  if (shown == nullptr || text == nullptr || PEM_write_bio_X509(text.get(), shown.get()) != 1) return std::nullopt;
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

// OpenSSL's own way to a socket raises SIGPIPE where the other side has gone; this one does not. False once it has, or
// `end` has passed.
bool SendAll(int fd, BIO* outgoing, Clock::time_point end) {
  char* data = nullptr;
  auto left = static_cast<std::size_t>(std::max(0L, BIO_get_mem_data(outgoing, &data)));
  while (left > 0) {
    const ssize_t sent = ::send(fd, data, left, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent < 0 && !Await(fd, POLLOUT, end)) return false;
    if (sent < 0) continue;
    data += sent;
    left -= static_cast<std::size_t>(sent);
  }
  return BIO_reset(outgoing) == 1;
}

// False once the other side has hung up, or `end` has passed.
bool ReceiveSome(int fd, BIO* incoming, Clock::time_point end) {
  std::array<char, 16 * 1024> bytes;
  while (true) {
    const ssize_t size = ::recv(fd, bytes.data(), bytes.size(), 0);
    if (size > 0) return BIO_write(incoming, bytes.data(), static_cast<int>(size)) == size;
    if (size == 0 || (errno != EAGAIN && errno != EINTR)) return false;
    if (!Await(fd, POLLIN, end)) return false;
  }
}

absl::StatusOr<Pin> PinShownOn(SSL* ssl, int fd, const std::string& address, Clock::time_point end) {
  while (true) {
    const int done = SSL_connect(ssl);
    // Whatever comes of the handshake, the key has been shown by then.
    if (const std::optional<std::string> pem = CertificateShown(ssl)) return PinOfPem(*pem).value_or(Pin());
    const bool goes_on = done != 1 && SSL_get_error(ssl, done) == SSL_ERROR_WANT_READ &&
                         SendAll(fd, SSL_get_wbio(ssl), end) && ReceiveSome(fd, SSL_get_rbio(ssl), end);
    if (goes_on) continue;
    if (Clock::now() >= end) return NoAnswer(address);
    return absl::FailedPreconditionError(absl::StrCat("what answers at ", address, " shows no key"));
  }
}

}  // namespace

absl::StatusOr<Pin> PinShownAt(const std::string& address, std::chrono::milliseconds patience) {
  const Clock::time_point end = Clock::now() + patience;
  const absl::StatusOr<int> fd = Connect(address, end);
  HANSA_RETURN_IF_ERROR(fd.status());
  const absl::Cleanup hang_up = [fd = *fd] { ::close(fd); };
  // gRPC reads OpenSSL's list of errors after its own calls on the same thread: leave nothing behind.
  const absl::Cleanup forget = [] { ERR_clear_error(); };
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (context == nullptr) return absl::InternalError("cannot prepare TLS; see that OpenSSL is whole");
  // The key is what is asked for, so any will do; whoever opens connections may speak old versions.
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_alpn_protos(context.get(), kAlpn, sizeof(kAlpn));
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
  if (ssl == nullptr || SSL_set_tlsext_host_name(ssl.get(), kTlsName) != 1) {
    return absl::InternalError("cannot prepare TLS; see that OpenSSL is whole");
  }
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  return PinShownOn(ssl.get(), *fd, address, end);
}

}  // namespace hansa::node::wire
