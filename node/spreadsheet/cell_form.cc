#include "node/spreadsheet/cell_form.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hansa::node::spreadsheet {
namespace {

constexpr std::size_t kSignificantMax = 15;
constexpr std::size_t kDecimalsMax = 9;

// Bytes of the UTF-8 character that begins with `lead`, and the UTF-16 units it takes.
std::size_t BytesOf(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4; }
std::size_t UnitsOf(unsigned char lead) { return lead < 0xf0 ? 1 : 2; }

// Digits after the stop.
std::size_t DecimalsOf(absl::string_view number) {
  const std::size_t stop = number.find('.');
  return stop == absl::string_view::npos ? 0 : number.size() - stop - 1;
}

}  // namespace

std::string CutTo(absl::string_view text, std::size_t units_max) {
  std::size_t units = 0;
  std::size_t kept = 0;  // Bytes that leave room for the dots.
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    units += UnitsOf(lead);
    at = std::min(at + BytesOf(lead), text.size());
    if (units < units_max) kept = at;
    if (units > units_max) return absl::StrCat(text.substr(0, kept), "…");
  }
  return std::string(text);
}

std::size_t LinesIn(absl::string_view text, double width) {
  std::size_t lines = 0;
  for (const absl::string_view paragraph : absl::StrSplit(text, '\n')) {
    double wide = 0;
    for (std::size_t at = 0; at < paragraph.size();) {
      const auto lead = static_cast<unsigned char>(paragraph[at]);
      wide += lead < 0xe3 ? 1 : 2;
      at += BytesOf(lead);
    }
    // Words do not break where the column ends, so a line holds somewhat less than it could.
    lines += 1 + static_cast<std::size_t>(wide / std::max(width * 0.9, 1.0));
  }
  return lines;
}

std::optional<double> KeptNumber(absl::string_view text) {
  double number = 0;
  const auto is_digit = [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); };
  const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
  if (digits > kSignificantMax || !absl::SimpleAtod(text, &number)) return std::nullopt;
  return number;
}

std::string ShowsDecimalsOf(absl::string_view text) {
  const std::size_t decimals = DecimalsOf(text);
  return absl::StrCat("0", decimals == 0 ? "" : ".", std::string(decimals, '0'));
}

std::string KeepsDecimalsOf(absl::string_view text) {
  const std::size_t decimals = DecimalsOf(text);
  if (decimals == 0 || text.back() != '0') return "";
  return absl::StrCat(ShowsDecimalsOf(text), std::string(kDecimalsMax - decimals, '#'));
}

}  // namespace hansa::node::spreadsheet
