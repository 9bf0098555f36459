#include "node/accounts/secret_token.h"

#include <sodium.h>

#include "absl/strings/escaping.h"
#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kStampBytes = 8;

const unsigned char* Raw(absl::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

std::string RandomBytes(std::size_t size) {
  HANSA_CHECK(sodium_init() >= 0);
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string Base64Url(absl::string_view bytes) {
  std::string text = absl::WebSafeBase64Escape(bytes);
  return text.substr(0, text.find('='));
}

}  // namespace

std::string RandomToken() { return Base64Url(RandomBytes(kTokenBytes)); }

std::string HashOf(absl::string_view text) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), Raw(text), text.size());
  return absl::BytesToHexString(hash);
}

std::string MacOf(absl::string_view token, absl::string_view purpose) {
  crypto_auth_hmacsha256_state state;
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_init(&state, Raw(token), token.size());
  crypto_auth_hmacsha256_update(&state, Raw(purpose), purpose.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  sodium_memzero(&state, sizeof state);
  return Base64Url(mac);
}

bool IsSameSecret(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string RandomStamp() { return absl::BytesToHexString(RandomBytes(kStampBytes)); }

}  // namespace hansa::node::accounts
