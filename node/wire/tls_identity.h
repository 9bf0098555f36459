// Who this node is on the wire: one Ed25519 key and a certificate made around it in memory.
// The certificate proves nothing by itself and its dates mean nothing. Whoever meets it compares
// the pin, the hash of the key, with the roster.
#ifndef HANSA_NODE_WIRE_TLS_IDENTITY_H_
#define HANSA_NODE_WIRE_TLS_IDENTITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/bytes.h"
#include "replication/crypto.h"

namespace hansa::node::wire {

// Stands in every certificate, and every dialler asks for it. It resolves nowhere.
inline constexpr char kTlsName[] = "node.hansa.invalid";

struct TlsIdentity {
  std::string key_pem;  // secret
  std::string certificate_pem;
  replication::Pin pin;
};

// The same seed gives the same certificate.
absl::StatusOr<TlsIdentity> MakeTlsIdentity(const replication::Seed& seed);

// SHA-256 of the DER SubjectPublicKeyInfo of the first certificate in `certificate_pem`.
//   INVALID_ARGUMENT  not a certificate, or its key is not Ed25519
absl::StatusOr<replication::Pin> PinOfPem(absl::string_view certificate_pem);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_TLS_IDENTITY_H_
