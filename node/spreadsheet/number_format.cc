#include "node/spreadsheet/number_format.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"

namespace hansa::node::spreadsheet {
namespace {

constexpr int kSignificantMax = 15;
constexpr int kDecimalsMax = 9;
// A number is 0.DIGITS times ten to the power of `point`.
constexpr int kPointMax = 15;
constexpr int kExponentMax = 400;  // More than any stored number has.

struct Digits {
  bool negative = false;
  std::string digits;  // Without leading zeros; empty for nought.
  int point = 0;
};

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

std::optional<Digits> ReadDigits(absl::string_view text) {
  Digits number;
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.negative = text[at++] == '-';
  bool any = false;
  bool after_stop = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !after_stop) {
      after_stop = true;
    } else if (IsDigit(text[at])) {
      any = true;
      if (!number.digits.empty() || text[at] != '0') {
        number.digits += text[at];
        if (!after_stop) ++number.point;
      } else if (after_stop) {
        --number.point;
      }
    } else {
      break;
    }
  }
  if (!any) return std::nullopt;
  if (at == text.size()) return number;
  int exponent = 0;
  if ((text[at] != 'e' && text[at] != 'E') || !absl::SimpleAtoi(text.substr(at + 1), &exponent)) return std::nullopt;
  if (exponent < -kExponentMax || exponent > kExponentMax) return std::nullopt;
  number.point += exponent;
  return number;
}

// Keeps the first `count` digits, rounded half up.
void Round(Digits& number, int count) {
  if (count < 0) count = -1;
  if (static_cast<int>(number.digits.size()) <= count) return;
  const bool up = count >= 0 && number.digits[static_cast<std::size_t>(count)] >= '5';
  number.digits.resize(static_cast<std::size_t>(std::max(count, 0)));
  if (up) {
    std::size_t i = number.digits.size();
    while (i > 0 && number.digits[i - 1] == '9') number.digits[--i] = '0';
    if (i > 0) {
      ++number.digits[i - 1];
    } else {
      number.digits.insert(0, "1");
      ++number.point;
    }
  }
  while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
}

std::string Plain(const Digits& number, int decimals_min) {
  const auto point = static_cast<std::size_t>(std::max(number.point, 0));
  std::string whole = number.digits.substr(0, point);
  whole.append(point - whole.size(), '0');
  std::string decimals(static_cast<std::size_t>(std::max(-number.point, 0)), '0');
  if (number.digits.size() > point) decimals += number.digits.substr(point);
  if (number.digits.empty()) decimals.clear();
  const auto least = static_cast<std::size_t>(decimals_min);
  if (decimals.size() < least) decimals.append(least - decimals.size(), '0');
  return absl::StrCat(number.negative && !number.digits.empty() ? "-" : "", whole.empty() ? "0" : whole,
                      decimals.empty() ? "" : ".", decimals);
}

std::optional<std::string> Date(const Digits& number, DayCount days) {
  if (number.negative || number.point > 7) return std::nullopt;
  Digits whole = number;
  whole.digits = whole.digits.substr(0, static_cast<std::size_t>(std::max(whole.point, 0)));
  int day = 0;
  if (!absl::SimpleAtoi(Plain(whole, 0), &day)) return std::nullopt;
  // Day 60 of the older count is a 29 February 1900 that never was: before it the count is one ahead.
  const absl::CivilDay start =
      days == DayCount::k1904 ? absl::CivilDay(1904, 1, 1) : absl::CivilDay(1899, 12, day < 60 ? 31 : 30);
  return absl::FormatCivilTime(start + day);
}

// `code` without what is only decoration: texts in quotation marks, signs made plain by a backslash, colours.
std::string Bare(absl::string_view code) {
  std::string bare;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;
    if (c == '"' || c == '[') {
      const std::size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == absl::string_view::npos) break;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;  // the sign after it stands for itself, for its width, or fills
    } else {
      bare += c;
    }
  }
  return bare;
}

}  // namespace

NumberFormat ReadFormatCode(absl::string_view code) {
  NumberFormat format;
  const std::string bare = absl::AsciiStrToLower(Bare(code));
  if (absl::StrContains(bare, "general")) return format;
  if (bare.find_first_of("ymdhs") != std::string::npos) {
    const std::string parts(absl::StripAsciiWhitespace(bare));
    const bool only_year = parts == "yyyy" || parts == "yyy";
    format.kind = only_year ? NumberFormat::Kind::kYear : NumberFormat::Kind::kDate;
    return format;
  }
  if (absl::StrContains(bare, "%")) format.kind = NumberFormat::Kind::kPercent;
  const std::size_t stop = bare.find('.');
  for (std::size_t i = stop + 1; stop != std::string::npos && i < bare.size() && bare[i] == '0'; ++i) ++format.decimals;
  format.decimals = std::min(format.decimals, kDecimalsMax);
  return format;
}

NumberFormat BuiltInFormat(int id) {
  using Kind = NumberFormat::Kind;
  switch (id) {
    case 2:
    case 4:
    case 39:
    case 40:
    case 44:
      return {Kind::kNumber, 2};
    case 9:
      return {Kind::kPercent, 0};
    case 10:
      return {Kind::kPercent, 2};
    default:
      break;
  }
  const bool date =
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  return {date ? Kind::kDate : Kind::kNumber, 0};
}

std::optional<std::string> ShownNumber(absl::string_view stored, const NumberFormat& format, DayCount days) {
  std::optional<Digits> number = ReadDigits(absl::StripAsciiWhitespace(stored));
  if (!number) return std::nullopt;
  Round(*number, kSignificantMax);
  if (format.kind == NumberFormat::Kind::kDate) return Date(*number, days);
  if (format.kind == NumberFormat::Kind::kYear) {
    std::optional<std::string> date = Date(*number, days);
    if (date) date->resize(date->find('-'));
    return date;
  }
  const bool percent = format.kind == NumberFormat::Kind::kPercent;
  if (percent) number->point += 2;
  if (number->point > kPointMax) return std::nullopt;
  Round(*number, number->point + kDecimalsMax);
  return absl::StrCat(Plain(*number, format.decimals), percent ? "%" : "");
}

}  // namespace hansa::node::spreadsheet
