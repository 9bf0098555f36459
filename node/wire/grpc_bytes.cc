#include "node/wire/grpc_bytes.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/wire/tls_identity.h"

namespace hansa::node::wire {

std::optional<std::string> BytesOf(grpc::ByteBuffer* buffer) {
  std::string bytes;
  std::vector<grpc::Slice> slices;
  if (buffer->Valid() && buffer->Dump(&slices).ok()) {
    bytes.reserve(buffer->Length());
    for (const grpc::Slice& slice : slices) {
      bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  buffer->Clear();
  return bytes;
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::optional<replication::Pin> PinOfPeer(const grpc::AuthContext* context) {
  if (context == nullptr) return std::nullopt;
  const std::vector<grpc::string_ref> shown = context->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  if (shown.size() != 1) return std::nullopt;
  const absl::StatusOr<replication::Pin> pin = PinOfPem(absl::string_view(shown.front().data(), shown.front().size()));
  return pin.ok() ? std::optional(*pin) : std::nullopt;
}

}  // namespace hansa::node::wire
