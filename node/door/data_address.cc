#include "node/door/data_address.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace hansa::node::door {
namespace {

constexpr char kFolder[] = "/data/";
constexpr char kNetwork[] = "network";
constexpr char kMetadata[] = "-metadata.json";
constexpr char kStructures[] = "-structures.xml";
constexpr std::size_t kYearDigits = 4;
// Endings of files and the codes of their forms; the longer of two that end alike comes first.
constexpr std::array<std::pair<const char*, const char*>, 5> kForms = {
    {{".sdmx.csv", "sdmx-csv"}, {".csv", "csv"}, {".xml", "sdmx-ml"}, {".jsonl", "jsonl"}, {".xlsx", "xlsx"}}};

bool IsSlug(absl::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  for (const char c : text) {
    if (!absl::ascii_islower(static_cast<unsigned char>(c)) && !absl::ascii_isdigit(static_cast<unsigned char>(c)) &&
        c != '-') {
      return false;
    }
  }
  return true;
}

std::optional<int> YearBehind(absl::string_view& stem) {
  if (stem.size() < kYearDigits + 2 || stem[stem.size() - kYearDigits - 1] != '-') return std::nullopt;
  const absl::string_view digits = stem.substr(stem.size() - kYearDigits);
  int year = 0;
  for (const char c : digits) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
  }
  if (!absl::SimpleAtoi(digits, &year)) return std::nullopt;
  stem.remove_suffix(kYearDigits + 1);
  return year;
}

std::optional<int> Hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
  if (lower >= 'a' && lower <= 'f') return lower - 'a' + 10;
  return std::nullopt;
}

std::string Decoded(absl::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? Hex(text[i + 1]) : std::nullopt;
    const auto low = high ? Hex(text[i + 2]) : std::nullopt;
    if (low) {
      decoded += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

}  // namespace

std::optional<DataAddress> ReadDataAddress(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, kFolder)) return std::nullopt;
  DataAddress address;
  address.is_beside = absl::ConsumeSuffix(&path, kMetadata) || absl::ConsumeSuffix(&path, kStructures);
  address.file = std::string(path);
  absl::string_view stem = path;
  for (const auto& [ending, code] : kForms) {
    if (!absl::ConsumeSuffix(&stem, ending)) continue;
    address.request.format = code;
    break;
  }
  if (address.request.format.empty()) return std::nullopt;
  address.request.year = YearBehind(stem);
  if (!IsSlug(stem)) return std::nullopt;
  if (stem != kNetwork) address.request.member = std::string(stem);
  return address;
}

std::string QueryValue(absl::string_view query, absl::string_view name) {
  for (const absl::string_view part : absl::StrSplit(query, '&')) {
    const std::pair<absl::string_view, absl::string_view> pair = absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (pair.first == name) return Decoded(pair.second);
  }
  return "";
}

}  // namespace hansa::node::door
