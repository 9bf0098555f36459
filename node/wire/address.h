// Where a node can be reached, as people write it: "hub.example.org:7400", "192.0.2.7:7400",
// "[2001:db8::7]:7400". Only the form is judged here; whether a name exists is found out by whoever
// dials it.
#ifndef HANSA_NODE_WIRE_ADDRESS_H_
#define HANSA_NODE_WIRE_ADDRESS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::wire {

struct Address {
  std::string host;  // a name or an address, without brackets
  std::uint16_t port = 0;

  // With brackets where the host is an IPv6 address.
  std::string text() const;

  friend bool operator==(const Address&, const Address&) = default;
};

//   INVALID_ARGUMENT  no port, a port that is not 0-65535, no host, a character that no host name has, an IPv6
//                     address without brackets
absl::StatusOr<Address> ParseAddress(absl::string_view text);

// The address inside what gRPC calls a peer, such as "ipv4:192.0.2.7:50123" or
// "ipv6:%5B::1%5D:50123". Text of another form comes back as it is.
std::string AddressOfGrpcPeer(absl::string_view peer);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_ADDRESS_H_
