// The side that is dialled: the door, the TLS gate behind it, and gRPC's server behind that.
#ifndef HANSA_NODE_WIRE_LISTENER_H_
#define HANSA_NODE_WIRE_LISTENER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "node/wire/pin_verifier.h"
#include "node/wire/switchboard.h"
#include "node/wire/tls_identity.h"

namespace hansa::node::wire {

// Thread-safe.
class Listener {
 public:
  // Listens on `address` ("host:port"; port 0 picks a free one). Errors as of ParseAddress() and
  // Door::Bind(), and INTERNAL if gRPC does not start.
  static absl::StatusOr<std::unique_ptr<Listener>> Start(const std::string& address, const TlsIdentity& identity,
                                                         const std::shared_ptr<const ListedPins>& listed,
                                                         std::shared_ptr<Switchboard> switchboard);
  virtual ~Listener() = default;

  // host:port in use.
  virtual std::string address() const = 0;
  // Lets nobody in any more. Streams that are open stay.
  virtual void CloseDoor() = 0;
  // Cuts what is still open after `patience` and returns when gRPC's server is gone.
  virtual void Stop(std::chrono::milliseconds patience) = 0;
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_LISTENER_H_
