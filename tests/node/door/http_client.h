// A client of one connection that says exactly the bytes it is given, right or wrong.
#ifndef HANSA_TESTS_NODE_DOOR_HTTP_CLIENT_H_
#define HANSA_TESTS_NODE_DOOR_HTTP_CLIENT_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::testing {

class HttpClient {
 public:
  // `address` is of this machine: 127.0.0.1:PORT or [::1]:PORT.
  explicit HttpClient(const std::string& address) {
    const auto port = static_cast<std::uint16_t>(std::atoi(address.substr(address.rfind(':') + 1).c_str()));
    const bool is_v6 = address.front() == '[';
    socket_ = socket(is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    timeval patience{.tv_sec = 60, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    six.sin6_addr = in6addr_loopback;
    const int failed = is_v6 ? connect(socket_, reinterpret_cast<sockaddr*>(&six), sizeof six)
                             : connect(socket_, reinterpret_cast<sockaddr*>(&four), sizeof four);
    HANSA_CHECK(failed == 0);
  }
  ~HttpClient() { close(socket_); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // False: the other side takes no more.
  bool Say(const std::string& bytes) {
    for (std::size_t said = 0; said < bytes.size();) {
      const ssize_t sent = send(socket_, bytes.data() + said, bytes.size() - said, MSG_NOSIGNAL);
      if (sent <= 0) return false;
      said += static_cast<std::size_t>(sent);
    }
    return true;
  }

  // What comes until `ending` has come, that included; all that came if the connection ends before.
  std::string HearTo(const std::string& ending) {
    while (heard_.find(ending) == std::string::npos && HearMore()) {
    }
    const std::size_t at = heard_.find(ending);
    const std::size_t size = at == std::string::npos ? heard_.size() : at + ending.size();
    std::string said = heard_.substr(0, size);
    heard_.erase(0, size);
    return said;
  }
  // All that comes until the connection ends.
  std::string HearAll() {
    while (HearMore()) {
    }
    std::string all;
    all.swap(heard_);
    return all;
  }
  std::string HearHead() { return HearTo("\r\n\r\n"); }
  // An answer that says its length: head and body.
  std::string Hear() {
    std::string head = HearHead();
    const std::string field = "Content-Length: ";
    const std::size_t at = head.find(field);
    if (at == std::string::npos) return head;
    const auto size = static_cast<std::size_t>(std::atoi(head.c_str() + at + field.size()));
    while (heard_.size() < size && HearMore()) {
    }
    head += heard_.substr(0, size);
    heard_.erase(0, size);
    return head;
  }

 private:
  bool HearMore() {
    char bytes[4096];
    const ssize_t got = recv(socket_, bytes, sizeof bytes, 0);
    if (got > 0) heard_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_ = -1;
  std::string heard_;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_DOOR_HTTP_CLIENT_H_
