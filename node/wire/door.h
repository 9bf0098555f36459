// The listening socket and who may come in before anything is known of them: by numbers alone.
// gRPC's own accept loop never recovers once it has run out of file descriptors, so this one
// accepts, counts, and resets what is above a cap; what it lets in goes to gRPC for the TLS
// handshake.
#ifndef HANSA_NODE_WIRE_DOOR_H_
#define HANSA_NODE_WIRE_DOOR_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/wire/address.h"
#include "node/wire/door_list.h"

namespace hansa::node::wire {

// Thread-safe. One thread of its own.
class Door {
 public:
  // Takes over the descriptor of a new connection.
  using LetIn = std::function<void(int listening_fd, int fd)>;

  // Binds; Open() lets the first in. Port 0 picks a free one; the host may be a name.
  //   INVALID_ARGUMENT     the host is not an address of this machine, or unknown
  //   FAILED_PRECONDITION  the port is taken or not ours to use
  static absl::StatusOr<std::unique_ptr<Door>> Bind(const Address& address, DoorLimits limits);
  // Closes first.
  ~Door();

  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // The host as it was given and the port in use.
  const Address& address() const { return address_; }

  // Once.
  void Open(LetIn let_in);
  // A listed key has opened a stream on the connection that came from `peer` ("192.0.2.7:50123").
  void Proven(const std::string& peer) { list_.Proven(peer); }
  // Stops listening; returns when the thread has ended. Connections that are in stay.
  void Close();

 private:
  Door(int listening_fd, int wake_fd, Address address, DoorLimits limits);

  void Work();
  void AcceptOne();
  // Out of descriptors: gives up the spare one for long enough to turn the next away.
  void TurnAwayWithSpare();

  int listening_fd_;  // -1 once closed
  const int wake_fd_;
  int spare_fd_;
  const Address address_;
  DoorList list_;
  LetIn let_in_;
  std::thread thread_;
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_DOOR_H_
