// Settings of gRPC that hold for the whole process.
#ifndef HANSA_NODE_WIRE_QUIET_GRPC_H_
#define HANSA_NODE_WIRE_QUIET_GRPC_H_

namespace hansa::node::wire {

// TLS 1.3 and nothing older, and no lines of gRPC's own on standard error: what it would say
// reaches the caller as a status. Whoever sets GRPC_VERBOSITY or GRPC_TRACE in the environment
// still gets them. Changes the environment, so call it before the first use of gRPC and before
// other threads read the environment; again does nothing.
void SettleGrpc();

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_QUIET_GRPC_H_
