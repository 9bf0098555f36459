#include "node/spreadsheet/text_encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/text.h"

namespace hansa::node::spreadsheet {
namespace {

constexpr char kKorean[] = "CP949";
// Enough for a guess.
constexpr std::size_t kSampleBytes = 64 * 1024;

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// Spreadsheets of Korean Windows write its own extension of EUC-KR, whatever it is called.
std::string IcuName(const std::string& encoding) {
  const std::string lower = absl::AsciiStrToLower(encoding);
  for (const char* name : {"cp949", "uhc", "ms949", "euc-kr", "euckr", "ks_c_5601-1987"}) {
    if (lower == name) return "windows-949-2000";
  }
  return encoding;
}

// Whether every byte beyond ASCII is half of a Hangul syllable, as the two bytes of one stand in EUC-KR. A few words
// are enough for that, and too few for what ICU goes by.
bool IsKorean(absl::string_view bytes) {
  constexpr unsigned char kFirst = 0xB0;
  constexpr unsigned char kLast = 0xC8;
  constexpr unsigned char kSecond = 0xA1;
  std::size_t syllables = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) continue;
    if (lead < kFirst || lead > kLast || ++i == bytes.size()) return false;
    const auto trail = static_cast<unsigned char>(bytes[i]);
    if (trail < kSecond || trail == 0xFF) return false;
    ++syllables;
  }
  return syllables > 1;
}

// Row, as a spreadsheet counts, of byte `at`.
std::size_t RowOf(absl::string_view bytes, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + at, '\n'));
}

}  // namespace

absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, const std::string& encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter from(ucnv_open(IcuName(encoding).c_str(), &error), ucnv_close);
  const Converter to(ucnv_open("UTF-8", &error), ucnv_close);
  if (U_FAILURE(error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no encoding ", domain::Quoted(encoding), "; write one such as CP949 or UTF-8"));
  }
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::string utf8(bytes.size() * 4 + 16, '\0');
  std::vector<UChar> between(16 * 1024);
  const char* source = bytes.data();
  char* target = utf8.data();
  UChar* pivot_source = between.data();
  UChar* pivot_target = between.data();
  error = U_ZERO_ERROR;
  ucnv_convertEx(to.get(), from.get(), &target, utf8.data() + utf8.size(), &source, bytes.data() + bytes.size(),
                 between.data(), &pivot_source, &pivot_target, between.data() + between.size(), 1, 1, &error);
  if (U_FAILURE(error)) {
    const std::size_t at = static_cast<std::size_t>(source - bytes.data());
    return absl::InvalidArgumentError(absl::StrCat("row ", RowOf(bytes, std::min(at, bytes.size())), " is not ",
                                                   encoding, "; name the encoding it was saved in"));
  }
  utf8.resize(static_cast<std::size_t>(target - utf8.data()));
  return utf8;
}

std::string LikelyEncoding(absl::string_view bytes) {
  if (IsKorean(bytes)) return kKorean;
  using Detector = std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)>;
  UErrorCode error = U_ZERO_ERROR;
  const Detector detector(ucsdet_open(&error), ucsdet_close);
  const absl::string_view sample = bytes.substr(0, kSampleBytes);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &error);
  std::int32_t count = 0;
  const UCharsetMatch** const matches = ucsdet_detectAll(detector.get(), &count, &error);
  for (std::int32_t i = 0; U_SUCCESS(error) && i < count; ++i) {
    const char* const name = ucsdet_getName(matches[i], &error);
    if (U_FAILURE(error) || name == nullptr) break;
    const std::string usual = IcuName(name) == name ? name : kKorean;
    if (ToUtf8(bytes, usual).ok()) return usual;
  }
  return "";
}

std::string MarkedEncoding(absl::string_view bytes) {
  if (absl::StartsWith(bytes, "\xEF\xBB\xBF")) return "UTF-8";
  if (absl::StartsWith(bytes, "\xFF\xFE")) return "UTF-16LE";
  if (absl::StartsWith(bytes, "\xFE\xFF")) return "UTF-16BE";
  return "";
}

}  // namespace hansa::node::spreadsheet
