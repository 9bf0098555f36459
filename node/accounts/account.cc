#include "node/accounts/account.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

// NFC, with every space where it was typed.
std::string Nfc(absl::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(code);
  HANSA_CHECK(U_SUCCESS(code) && nfc != nullptr);
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  nfc->normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, code);
  HANSA_CHECK(U_SUCCESS(code));
  return normal;
}

}  // namespace

absl::StatusOr<std::string> CleanName(absl::string_view name) {
  absl::StatusOr<std::string> clean = domain::CleanText(name, domain::Lines::kOne);
  HANSA_RETURN_IF_ERROR(clean.status());
  if (clean->empty()) return absl::InvalidArgumentError("an account needs a name, such as kim.jiyoung");
  if (domain::CharacterCount(*clean) > kNameCharactersMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("the name of an account has at most ", kNameCharactersMax, " characters; give a shorter one"));
  }
  return clean;
}

absl::StatusOr<std::string> CleanNewPassword(absl::string_view name, absl::string_view password) {
  if (password.size() > kPasswordBytesMax || !domain::IsUtf8(password)) {
    return absl::InvalidArgumentError(
        absl::StrCat("a password is a text of at most ", kPasswordBytesMax, " bytes; choose another"));
  }
  std::string clean = Nfc(password);
  if (domain::CharacterCount(clean) < kPasswordCharactersMin) {
    return absl::InvalidArgumentError(absl::StrCat("a password has at least ", kPasswordCharactersMin,
                                                   " characters; a few words that do not belong together are a good "
                                                   "one"));
  }
  if (domain::SameName(clean, name)) {
    return absl::InvalidArgumentError("the name of the account is no password; choose another");
  }
  return clean;
}

std::string TypedPassword(absl::string_view password) {
  const bool can_be_one = password.size() <= kPasswordBytesMax && domain::IsUtf8(password);
  return can_be_one ? Nfc(password) : "";
}

}  // namespace hansa::node::accounts
