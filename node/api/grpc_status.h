// Between our statuses and those of gRPC: the codes have the same numbers and meanings, the text is
// ours. Nobody else converts.
#ifndef HANSA_NODE_API_GRPC_STATUS_H_
#define HANSA_NODE_API_GRPC_STATUS_H_

#include "absl/status/status.h"

namespace grpc {
class Status;
}

namespace hansa::node::api {

grpc::Status ToGrpc(const absl::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_GRPC_STATUS_H_
