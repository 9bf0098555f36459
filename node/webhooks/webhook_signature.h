// Signatures that receivers check, as the specification Standard Webhooks 1.0.0 has them: HMAC-SHA256 over
// "id.timestamp.body".
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_SIGNATURE_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_SIGNATURE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "node/webhooks/webhook.h"

namespace hansa::node::webhooks {

// kSecretBytes bytes that nobody can guess. Thread-safe.
std::string NewSecret();
// "whsec_" and the secret in base64, as receivers are given it.
std::string SecretText(absl::string_view secret);
// The secret that was written so; nullopt if it is none.
std::optional<std::string> SecretOf(absl::string_view text);

// What is signed. Neither `id` nor the digits of the time hold a full stop.
struct Signed {
  std::string id;
  std::int64_t timestamp_s = 0;  // of the attempt, Unix seconds
  std::string body;
};

// "v1," and the signature in base64.
std::string SignatureOf(const Signed& what, absl::string_view secret);
// The header's value at Unix milliseconds `now_ms`: the signature by the hook's secret, and behind a space that by the
// older one while it lasts.
std::string SignaturesOf(const Signed& what, const Webhook& hook, std::uint64_t now_ms);

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_SIGNATURE_H_
