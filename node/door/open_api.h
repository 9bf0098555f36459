// The node's own API for programs of others: an OpenAPI 3.1 description, made from the protos and their comments, so
// that it says what the node does.
#ifndef HANSA_NODE_DOOR_OPEN_API_H_
#define HANSA_NODE_DOOR_OPEN_API_H_

#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::door {

inline constexpr char kOpenApiPath[] = "/openapi.json";

// JSON. Every method of hansa.v1.Node as it is asked by HTTP, with the least role that may, and the addresses that are
// read by GET. `protos` is as DescribedProtos() has it, `version` is that of this program.
std::string OpenApiText(absl::string_view protos, const std::string& version);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_OPEN_API_H_
