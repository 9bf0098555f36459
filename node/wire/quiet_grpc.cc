#include "node/wire/quiet_grpc.h"

#include <grpc/support/log.h>

#include <cstdlib>

#include "absl/base/call_once.h"

namespace hansa::node::wire {
namespace {

// gRPC 1.51 has no setting for the lowest TLS version and always allows 1.2. It does read the
// cipher list for 1.2 from here. The list must not be empty; this cipher needs a secret shared
// beforehand, which nobody has, so no handshake of 1.2 can succeed. The suites of 1.3 are not
// governed by the list.
constexpr char kOnlyTls13[] = "PSK-AES128-GCM-SHA256";

void Swallow(gpr_log_func_args*) {}

}  // namespace

void SettleGrpc() {
  static absl::once_flag once;
  absl::call_once(once, [] {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): once, before other threads read the environment
    setenv("GRPC_SSL_CIPHER_SUITES", kOnlyTls13, /*overwrite=*/1);
    if (std::getenv("GRPC_VERBOSITY") == nullptr && std::getenv("GRPC_TRACE") == nullptr) {
      gpr_set_log_function(Swallow);
    }
  });
}

}  // namespace hansa::node::wire
