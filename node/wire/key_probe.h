// Knocks at an address as far as the TLS handshake, looks at the key that is shown there, and leaves. It shows no key
// of ours and says nothing, so whoever answers takes it for nobody. For people who ask why a hub is not reached.
#ifndef HANSA_NODE_WIRE_KEY_PROBE_H_
#define HANSA_NODE_WIRE_KEY_PROBE_H_

#include <chrono>
#include <string>

#include "absl/status/statusor.h"
#include "replication/bytes.h"

namespace hansa::node::wire {

// The pin of the key shown at `address` ("host:port"), whatever version of TLS is spoken there. Zero for a key that is
// not Ed25519, which no Hansa node has. Blocks up to about `patience`, and as long as looking up the name takes.
//   INVALID_ARGUMENT   not an address
//   NOT_FOUND          the name does not exist
//   UNAVAILABLE        nobody listens there
//   ABORTED            the way there is closed, and why
//   DEADLINE_EXCEEDED  no answer in time
//   FAILED_PRECONDITION  it was reached, and showed no key
absl::StatusOr<replication::Pin> PinShownAt(const std::string& address, std::chrono::milliseconds patience);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_KEY_PROBE_H_
