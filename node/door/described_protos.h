// The node's own API as protoc describes it, with the comments of its schemas, which generated code leaves out.
#ifndef HANSA_NODE_DOOR_DESCRIBED_PROTOS_H_
#define HANSA_NODE_DOOR_DESCRIBED_PROTOS_H_

#include "absl/strings/string_view.h"

namespace hansa::node::door {

// A google.protobuf.FileDescriptorSet with hansa/v1/node.proto and all that it takes. Lives as long as the process.
absl::string_view DescribedProtos();

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_DESCRIBED_PROTOS_H_
