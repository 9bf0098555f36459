#include "node/domain/slug.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/catalogue/current.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

absl::Status Refusal(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(what,
                                                 "; write it like 'fi-espoo': the country's two "
                                                 "letters (or int), a hyphen, then a-z, 0-9 and single hyphens"));
}

bool IsWord(absl::string_view word) {
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (!absl::ascii_islower(byte) && !absl::ascii_isdigit(byte)) return false;
  }
  return !word.empty();
}

}  // namespace

absl::Status CheckSlug(absl::string_view slug) {
  if (slug.size() > kSlugBytesMax)
    return Refusal(absl::StrCat("the member name ", Quoted(slug), " is longer than 63 characters"));
  const std::vector<absl::string_view> words = absl::StrSplit(slug, '-');
  for (absl::string_view word : words) {
    if (IsWord(word)) continue;
    return Refusal(absl::StrCat("the member name ", Quoted(slug),
                                " holds more than lower-case letters, digits and single hyphens"));
  }
  if (words.size() < 2)
    return Refusal(absl::StrCat("the member name ", Quoted(slug), " does not begin with a country"));
  const std::string prefix = absl::AsciiStrToUpper(words.front());
  if (prefix != kInternational && catalogue::KnownCountries().FindByIso2(prefix) == nullptr) {
    return Refusal(absl::StrCat("the member name ", Quoted(slug), " begins with ", Quoted(words.front()),
                                ", which is no country"));
  }
  return absl::OkStatus();
}

absl::Status CheckSlugOf(const SlugOwner& owner) {
  HANSA_RETURN_IF_ERROR(CheckSlug(owner.slug));
  std::string expected = "int";
  if (owner.country != kInternational) {
    const catalogue::Country* country = catalogue::KnownCountries().FindByIso3(owner.country);
    if (country == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("there is no country ", Quoted(owner.country),
                                                     "; write its three capital letters, such as KOR, or INT"));
    }
    expected = absl::AsciiStrToLower(country->iso2);
  }
  const std::vector<std::string> parts = absl::StrSplit(owner.slug, absl::MaxSplits('-', 1));
  if (parts.front() == expected) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("the member name ", Quoted(owner.slug),
                                                 " does not begin with the country ", owner.country, "; call it '",
                                                 expected, "-", parts.back(), "'"));
}

}  // namespace hansa::node::domain
