// Small crossings between gRPC's types and ours. Only gRPC's two sides, dialler.cc and listener.cc,
// include this.
#ifndef HANSA_NODE_WIRE_GRPC_BYTES_H_
#define HANSA_NODE_WIRE_GRPC_BYTES_H_

#include <optional>
#include <string>

#include "replication/bytes.h"

namespace grpc {
class AuthContext;
class ByteBuffer;
}  // namespace grpc

namespace hansa::node::wire {

// Takes the bytes out of a message that was received, and empties it. Nothing is parsed. A message
// that cannot be read gives no bytes, which is no frame either.
std::optional<std::string> BytesOf(grpc::ByteBuffer* buffer);

// A message with a copy of `bytes`.
grpc::ByteBuffer BufferOf(const std::string& bytes);

// The pin of the key that the other end proved in its handshake; nullopt if it showed none.
std::optional<replication::Pin> PinOfPeer(const grpc::AuthContext* context);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_GRPC_BYTES_H_
