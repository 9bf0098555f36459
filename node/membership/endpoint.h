// Where others can dial a node, as an application or a charter names it: a form that can be signed
// and kept for years. Whether the name exists is found out by whoever dials.
#ifndef HANSA_NODE_MEMBERSHIP_ENDPOINT_H_
#define HANSA_NODE_MEMBERSHIP_ENDPOINT_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hansa::node::membership {

inline constexpr std::size_t kEndpointBytesMax = 261;

// OK for HOST:PORT with a port from 1 to 65535: hub.example.org:7400, 192.0.2.7:7400,
// [2001:db8::7]:7400.
//   INVALID_ARGUMENT  anything else; the message says what is wrong and how to write it
absl::Status CheckEndpoint(absl::string_view text);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_ENDPOINT_H_
