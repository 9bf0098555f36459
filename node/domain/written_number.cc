#include "node/domain/written_number.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "node/domain/formula_guard.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

using Read = std::variant<Decimal, NoValue, Explanation>;

// Digits of every script as ASCII, every kind of space as one, and the signs of full-width writing as ours.
std::string InAscii(absl::string_view text) {
  std::string ascii;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    const std::int32_t digit = c < 0 ? -1 : u_charDigitValue(c);
    if (digit >= 0) {
      ascii += static_cast<char>('0' + digit);
    } else if (c >= 0 && u_isUWhiteSpace(c) != 0) {
      ascii += ' ';
    } else {
      absl::StrAppend(&ascii, text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)));
    }
  }
  return absl::StrReplaceAll(ascii, {{"\xE2\x88\x92", "-"},    // minus sign
                                     {"\xEF\xBC\x8D", "-"},    // full-width hyphen
                                     {"\xEF\xBC\x8E", "."},    // full-width full stop
                                     {"\xEF\xBC\x8C", ","},    // full-width comma
                                     {"\xEF\xBC\x85", "%"},    // full-width percent sign
                                     {"\xD9\xAA", "%"},        // Arabic percent sign
                                     {"\xD9\xAB", ","},        // Arabic decimal separator
                                     {"\xE2\x80\x99", "'"}});  // apostrophe of printed text
}

bool SaysNoValue(absl::string_view text) {
  constexpr std::array<const char*, 14> kSigns = {
      "..", "...",           "\xE2\x80\xA6",   "n/a",     "na",        "n.a.",     "n. a.",
      ":",  "not available", "not applicable", "no data", "자료 없음", "자료없음", "해당 없음"};
  const std::string lower = absl::AsciiStrToLower(text);
  return std::find(kSigns.begin(), kSigns.end(), lower) != kSigns.end();
}

bool IsDash(absl::string_view text) {
  return text == "-" || text == "--" || text == "\xE2\x80\x93" || text == "\xE2\x80\x94";
}

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// `whole` without what parts its thousands, 'separator'; nullopt where it does not stand as between thousands. Groups
// of two before the last are those of India.
std::optional<std::string> Ungrouped(absl::string_view whole, char separator) {
  const std::vector<absl::string_view> groups = absl::StrSplit(whole, separator);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::size_t size = groups[i].size();
    const bool last = i + 1 == groups.size();
    const bool fits = i == 0 ? size >= 1 && size <= 3 : last ? size == 3 : size == 2 || size == 3;
    if (!IsDigits(groups[i]) || !fits) return std::nullopt;
  }
  return absl::StrReplaceAll(whole, {{std::string(1, separator), ""}});
}

// What keeps `text` from being a number at all, with what to do instead.
Explanation NotANumber(absl::string_view text) {
  if (text.front() == '#') {
    Explanation fault = FormulaFault(text);
    fault.rule = rule_id::kNotANumber;
    return fault;
  }
  const bool has_digit = std::any_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
  if (!has_digit) {
    return {rule_id::kNotANumber, absl::StrCat(Quoted(text), " is not a number"),
            "write digits with a full stop for decimals, or leave it empty and give a no_data_reason"};
  }
  const bool only_signs = text.find_first_not_of("0123456789+-.eE") == absl::string_view::npos;
  if (only_signs) return Explain(rule_id::kNotANumber, Decimal::Parse(text).status().message());
  return {rule_id::kNotANumber, absl::StrCat(Quoted(text), " is more than a number"),
          "write the number alone, and say in the note what is special about it"};
}

Explanation OtherSign(absl::string_view text, absl::string_view meant, DecimalSign asked) {
  if (asked == DecimalSign::kComma) {
    return {rule_id::kOtherDecimalSign, absl::StrCat(Quoted(text), " has a point before the decimals"),
            absl::StrCat("write ", absl::StrReplaceAll(meant, {{".", ","}}), ", or import with --decimal point")};
  }
  return {rule_id::kOtherDecimalSign, absl::StrCat(Quoted(text), " has a comma before the decimals"),
          absl::StrCat("write ", meant, ", or import with --decimal comma")};
}

// One unsigned number whose signs have been told apart.
class Digits {
 public:
  Digits(absl::string_view text, absl::string_view sign_text, DecimalSign sign)
      : text_(text), minus_(sign_text), sign_(sign) {}

  Read Run(std::string digits) {
    // Spaces and apostrophes part thousands in every country.
    for (const char separator : {' ', '\''}) {
      if (digits.find(separator) == std::string::npos) continue;
      const std::size_t end = digits.find_first_of(".,");
      const auto plain = Ungrouped(absl::string_view(digits).substr(0, end), separator);
      if (!plain) return NotANumber(text_);
      digits = absl::StrCat(*plain, end == std::string::npos ? "" : digits.substr(end));
    }
    const auto commas = std::count(digits.begin(), digits.end(), ',');
    const auto points = std::count(digits.begin(), digits.end(), '.');
    if (commas + points == 0) return Number(digits);
    if (commas > 0 && points > 0) return TwoSigns(digits);
    return commas > 0 ? OneSign(digits, ',', commas) : OneSign(digits, '.', points);
  }

 private:
  // Which sign is the decimal one is plain: it comes last and once.
  Read TwoSigns(const std::string& digits) {
    const std::size_t at = digits.find_last_of(".,");
    const char decimal = digits[at];
    const auto whole = Ungrouped(absl::string_view(digits).substr(0, at), decimal == '.' ? ',' : '.');
    if (!whole || std::count(digits.begin(), digits.end(), decimal) > 1) return NotANumber(text_);
    return Decimals(*whole, digits.substr(at + 1), decimal);
  }

  // Only one kind of sign: between thousands, or before the decimals.
  Read OneSign(const std::string& digits, char sign, std::ptrdiff_t count) {
    const auto grouped = Ungrouped(digits, sign);
    const std::size_t at = digits.find(sign);
    const std::string decimals = digits.substr(at + 1);
    if (count > 1) return grouped ? Number(*grouped) : NotANumber(text_);
    const bool could_be_grouped = grouped && digits.front() != '0';
    if (!could_be_grouped || IsDecimal(sign)) return Decimals(digits.substr(0, at), decimals, sign);
    // Whoever named the sign before the decimals has said what the other one is.
    if (sign_ == DecimalSign::kPoint || sign_ == DecimalSign::kComma) return Number(*grouped);
    const std::string whole = absl::StrCat(minus_, *grouped);
    const std::string parted = absl::StrCat(minus_, digits.substr(0, at), ".", decimals);
    return Explanation{
        rule_id::kTwoNumbers, absl::StrCat(Quoted(text_), " could be ", whole, " or ", parted),
        absl::StrCat("write it without a sign between thousands, or import with --decimal point if it is ",
                     sign == ',' ? whole : parted, ", --decimal comma if it is ", sign == ',' ? parted : whole)};
  }

  bool IsDecimal(char sign) const {
    if (sign == ',') return sign_ == DecimalSign::kComma;
    return sign_ == DecimalSign::kPoint || sign_ == DecimalSign::kPointUnsaid;
  }

  Read Decimals(absl::string_view whole, absl::string_view decimals, char sign) {
    if (!IsDigits(whole) || !IsDigits(decimals)) return NotANumber(text_);
    const std::string number = absl::StrCat(whole, ".", decimals);
    if (sign_ == DecimalSign::kEither || IsDecimal(sign)) return Number(number);
    return OtherSign(text_, absl::StrCat(minus_, number), sign_);
  }

  Read Number(absl::string_view number) {
    if (number.find_first_not_of("0123456789.") != absl::string_view::npos || number.empty()) return NotANumber(text_);
    const bool is_nought = number.find_first_of("123456789") == absl::string_view::npos;
    absl::StatusOr<Decimal> decimal = Decimal::Parse(absl::StrCat(is_nought ? "" : minus_, number));
    if (!decimal.ok()) return Explain(rule_id::kNotANumber, decimal.status().message());
    return *std::move(decimal);
  }

  const absl::string_view text_;
  const absl::string_view minus_;
  const DecimalSign sign_;
};

}  // namespace

Read ReadNumber(absl::string_view text, DecimalSign sign, bool percent) {
  const std::string ascii = InAscii(text);
  absl::string_view rest = absl::StripAsciiWhitespace(ascii);
  if (rest.empty() || SaysNoValue(rest)) return NoValue();
  if (IsDash(rest)) {
    return Explanation{rule_id::kDashForNoValue, absl::StrCat(Quoted(rest), " may mean nought or no data"),
                       "write 0, or leave it empty and give a no_data_reason"};
  }
  if (absl::ConsumeSuffix(&rest, "%")) {
    if (!percent) {
      return Explanation{rule_id::kPercentSign, absl::StrCat(Quoted(text), " is in percent, and the row is not"),
                         "give the number in the row's own unit"};
    }
    rest = absl::StripTrailingAsciiWhitespace(rest);
  }
  const absl::string_view minus = absl::ConsumePrefix(&rest, "-") ? "-" : "";
  if (rest.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(rest.front()))) return NotANumber(text);
  return Digits(text, minus, sign).Run(std::string(rest));
}

}  // namespace hansa::node::domain
