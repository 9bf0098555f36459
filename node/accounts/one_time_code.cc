#include "node/accounts/one_time_code.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "node/accounts/secret_token.h"
#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

constexpr char kBase32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kSecretBytes = 20;
constexpr std::int64_t kStepSeconds = 30;
constexpr unsigned kBitsOfLetter = 5;

std::string ToBase32(absl::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    held += 8;
    for (; held >= kBitsOfLetter; held -= kBitsOfLetter) {
      text.push_back(kBase32[bits >> (held - kBitsOfLetter) & 31]);
    }
    bits &= (1U << held) - 1;
  }
  return text;
}

// As addresses take it.
std::string Escaped(absl::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~') {
      escaped.push_back(c);
    } else {
      absl::StrAppendFormat(&escaped, "%%%02X", byte);
    }
  }
  return escaped;
}

}  // namespace

std::string NewCodeSecret() {
  HANSA_CHECK(sodium_init() >= 0);
  std::string bytes(kSecretBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return ToBase32(bytes);
}

std::optional<std::string> FromBase32(absl::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const absl::string_view letters = kBase32;
    const std::size_t value = letters.find(absl::ascii_toupper(static_cast<unsigned char>(c)));
    if (value == absl::string_view::npos) return std::nullopt;
    bits = bits << kBitsOfLetter | static_cast<std::uint32_t>(value);
    held += kBitsOfLetter;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<char>(bits >> held & 255));
    bits &= (1U << held) - 1;
  }
  return bytes;
}

std::uint64_t StepAt(absl::Time time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, absl::ToUnixSeconds(time)) / kStepSeconds);
}

std::string CodeAt(absl::string_view secret, std::uint64_t step, int digits) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) counter.at(i) = static_cast<unsigned char>(step >> (56 - 8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  HANSA_CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
                   mac.data(), &size) != nullptr);
  // RFC 4226, section 5.3: four bytes from where the last four bits say, without their sign.
  const std::size_t from = mac.at(size - 1) & 15U;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac.at(from + i);
  number &= 0x7fffffffU;
  std::uint32_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  return absl::StrFormat("%0*u", digits, number % modulus);
}

std::optional<std::uint64_t> StepOf(absl::string_view typed, const std::string& secret, std::uint64_t now,
                                    std::uint64_t used) {
  std::string code(typed);
  code.erase(std::remove(code.begin(), code.end(), ' '), code.end());
  const std::optional<std::string> bytes = FromBase32(secret);
  if (!bytes || bytes->empty()) return std::nullopt;
  std::optional<std::uint64_t> found;
  for (std::uint64_t step = now == 0 ? 0 : now - 1; step <= now + 1; ++step) {
    if (step > used && IsSameSecret(CodeAt(*bytes, step), code)) found = step;
  }
  return found;
}

std::string CodeAddress(absl::string_view account, absl::string_view secret) {
  return absl::StrCat("otpauth://totp/Hansa:", Escaped(account), "?secret=", secret, "&issuer=Hansa");
}

}  // namespace hansa::node::accounts
