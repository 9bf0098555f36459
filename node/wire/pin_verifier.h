// Whom a TLS handshake lets through: exactly the keys that stand in a list. It runs before HTTP/2
// on both ends, so a stranger meets a TCP accept and a handshake and nothing behind them.
// pin_verifier.cc is the one file that touches gRPC's experimental TLS interface.
#ifndef HANSA_NODE_WIRE_PIN_VERIFIER_H_
#define HANSA_NODE_WIRE_PIN_VERIFIER_H_

#include <memory>
#include <optional>
#include <set>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/wire/tls_identity.h"
#include "replication/bytes.h"

namespace grpc {
class ChannelCredentials;
class ServerCredentials;
}  // namespace grpc

namespace hansa::node::wire {

// The pins a server lets in. Empty at first: nobody. Thread-safe.
class ListedPins {
 public:
  void Replace(std::set<replication::Pin> pins) ABSL_LOCKS_EXCLUDED(mutex_);
  bool Contains(const replication::Pin& pin) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  mutable absl::Mutex mutex_;
  std::set<replication::Pin> pins_ ABSL_GUARDED_BY(mutex_);
};

// What one dial demands of the key it is shown, and what it was shown. Thread-safe.
class ExpectedPins {
 public:
  // Empty: any Ed25519 key will do.
  explicit ExpectedPins(std::set<replication::Pin> pins) : pins_(std::move(pins)) {}

  // OK if the certificate's key may go on; remembers the verdict.
  absl::Status Judge(absl::string_view certificate_pem) ABSL_LOCKS_EXCLUDED(mutex_);

  // The last verdict; nullopt while no certificate was shown.
  std::optional<absl::Status> verdict() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const std::set<replication::Pin> pins_;
  mutable absl::Mutex mutex_;
  std::optional<absl::Status> verdict_ ABSL_GUARDED_BY(mutex_);
};

// Asks every client for a certificate and lets in those of `listed`, as it stands at that
// handshake.
std::shared_ptr<grpc::ServerCredentials> PinnedServerCredentials(const TlsIdentity& identity,
                                                                 std::shared_ptr<const ListedPins> listed);

// Shows our certificate and goes on only with a server that `expected` accepts.
std::shared_ptr<grpc::ChannelCredentials> PinnedChannelCredentials(const TlsIdentity& identity,
                                                                   std::shared_ptr<ExpectedPins> expected);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_PIN_VERIFIER_H_
