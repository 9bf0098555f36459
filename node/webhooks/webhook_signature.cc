#include "node/webhooks/webhook_signature.h"

#include <sodium.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "replication/check.h"

namespace hansa::node::webhooks {
namespace {

constexpr absl::string_view kSecretPrefix = "whsec_";

const unsigned char* Raw(absl::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

std::string NewSecret() {
  HANSA_CHECK(sodium_init() >= 0);
  std::string secret(kSecretBytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::string SecretText(absl::string_view secret) { return absl::StrCat(kSecretPrefix, absl::Base64Escape(secret)); }

std::optional<std::string> SecretOf(absl::string_view text) {
  std::string secret;
  if (!absl::ConsumePrefix(&text, kSecretPrefix) || !absl::Base64Unescape(text, &secret)) return std::nullopt;
  return secret;
}

std::string SignatureOf(const Signed& what, absl::string_view secret) {
  const std::string text = absl::StrCat(what.id, ".", what.timestamp_s, ".", what.body);
  crypto_auth_hmacsha256_state state;
  std::string signature(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_init(&state, Raw(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, Raw(text), text.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(signature.data()));
  sodium_memzero(&state, sizeof state);
  return absl::StrCat("v1,", absl::Base64Escape(signature));
}

std::string SignaturesOf(const Signed& what, const Webhook& hook, std::uint64_t now_ms) {
  std::string signatures = SignatureOf(what, hook.secret);
  const bool has_older = !hook.older_secret.empty() && now_ms < hook.older_until_ms;
  if (has_older) absl::StrAppend(&signatures, " ", SignatureOf(what, hook.older_secret));
  return signatures;
}

}  // namespace hansa::node::webhooks
