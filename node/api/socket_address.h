// Where a node's Unix socket is, in a form that gRPC can take. The system allows about 100 bytes
// for the path of a socket; a data folder may lie deeper. So the folder is held open and the socket
// is named through it, which works for paths of any length.
#ifndef HANSA_NODE_API_SOCKET_ADDRESS_H_
#define HANSA_NODE_API_SOCKET_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hansa::node::api {

// Movable. The address is good while this object lives.
class SocketAddress {
 public:
  // For a server: makes the folder of `path` if it is missing, for its owner alone.
  //   NOT_FOUND          the folder above it does not exist
  //   PERMISSION_DENIED  it cannot be made or opened
  static absl::StatusOr<SocketAddress> ForListening(const std::string& path);
  // For a client.
  //   UNAVAILABLE  nobody listens there, or we may not talk to it; the message says which
  static absl::StatusOr<SocketAddress> ForDialling(const std::string& path);

  SocketAddress(SocketAddress&& other) noexcept;
  SocketAddress& operator=(SocketAddress&& other) noexcept;
  ~SocketAddress();

  // As gRPC writes it: unix:….
  std::string target() const;
  // Lets owner and group talk to the socket, nobody else.
  absl::Status Restrict() const;

 private:
  SocketAddress(int folder, std::string name) : folder_(folder), name_(std::move(name)) {}

  static absl::StatusOr<SocketAddress> Open(const std::string& path);

  int folder_ = -1;  // open folder, owned
  std::string name_;
};

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_SOCKET_ADDRESS_H_
