// hansa.v1.Node as a gRPC service: each method hands its request to the answer of the same name.
#ifndef HANSA_NODE_API_NODE_SERVICE_H_
#define HANSA_NODE_API_NODE_SERVICE_H_

#include <memory>

#include "node/api/api_parts.h"

namespace grpc {
class Service;
}

namespace hansa::node::api {

// Thread-safe as far as `parts` are, which outlive it. Calls may block gRPC's thread.
std::shared_ptr<grpc::Service> MakeNodeService(ApiParts& parts);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_NODE_SERVICE_H_
