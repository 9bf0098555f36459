#include "node/domain/decimal.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

constexpr std::size_t kWholeDigitsMax = 15;
constexpr std::size_t kFractionDigitsMax = 9;
constexpr std::int64_t kBillion = 1'000'000'000;

// Takes the leading ASCII digits off `rest`.
absl::string_view TakeDigits(absl::string_view& rest) {
  std::size_t n = 0;
  while (n < rest.size() && absl::ascii_isdigit(static_cast<unsigned char>(rest[n]))) ++n;
  const absl::string_view digits = rest.substr(0, n);
  rest.remove_prefix(n);
  return digits;
}

// What to write instead of `text`, which the grammar refused.
std::string Advice(absl::string_view text) {
  if (text.empty()) return "write a number such as 76.7, or give a reason for no data";
  for (const char c : text) {
    if (!absl::ascii_isascii(static_cast<unsigned char>(c))) return "write it with the digits 0 to 9";
  }
  if (absl::StrContains(text, ",")) {
    return "use a full stop for decimals, as in 76.7, and no thousands separators";
  }
  if (text.front() == '+') return "leave out the plus sign";
  if (absl::StrContains(text, "e") || absl::StrContains(text, "E")) {
    return "write the number out, without an exponent";
  }
  if (absl::StrContains(text, "%")) return "leave out the percent sign";
  return "write digits with a full stop for decimals and no leading zeros, such as 76.7, at most "
         "15 digits "
         "before it and 9 after it";
}

absl::Status Refusal(absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(text), " is not a number as values are written; ", Advice(text)));
}

std::strong_ordering Order(absl::int128 a, absl::int128 b) {
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  absl::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  const absl::string_view whole = TakeDigits(rest);
  if (whole.empty() || whole.size() > kWholeDigitsMax) return Refusal(text);
  if (whole.size() > 1 && whole.front() == '0') return Refusal(text);
  absl::string_view fraction;
  if (!rest.empty()) {
    if (rest.front() != '.') return Refusal(text);
    rest.remove_prefix(1);
    fraction = TakeDigits(rest);
    if (fraction.empty() || fraction.size() > kFractionDigitsMax || !rest.empty()) {
      return Refusal(text);
    }
  }
  absl::int128 number = 0;
  for (const char c : whole) number = number * 10 + (c - '0');
  for (std::size_t i = 0; i < kFractionDigitsMax; ++i) {
    number = number * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  return Decimal(std::string(text), negative ? -number : number);
}

bool Decimal::is_whole() const { return billionths_ % kBillion == 0; }

std::strong_ordering Compare(const Decimal& a, const Decimal& b) { return Order(a.billionths_, b.billionths_); }

std::strong_ordering Compare(const Decimal& a, std::int64_t b) {
  return Order(a.billionths_, absl::int128(b) * kBillion);
}

std::string TextOfBillionths(absl::int128 billionths) {
  const bool negative = billionths < 0;
  std::string digits;  // the last one first
  auto rest = static_cast<absl::uint128>(negative ? -billionths : billionths);
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  } while (rest != 0 || digits.size() <= kFractionDigitsMax);
  std::reverse(digits.begin(), digits.end());
  const std::size_t whole = digits.size() - kFractionDigitsMax;
  std::string fraction = digits.substr(whole);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return absl::StrCat(negative ? "-" : "", digits.substr(0, whole), fraction.empty() ? "" : ".", fraction);
}

}  // namespace hansa::node::domain
