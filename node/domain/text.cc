#include "node/domain/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

constexpr std::size_t kQuotedCharactersMax = 60;
constexpr std::size_t kLanguageTagMax = 35;

icu::StringPiece Piece(absl::string_view text) { return {text.data(), static_cast<std::int32_t>(text.size())}; }

const icu::Normalizer2& Nfc() {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(code);
  HANSA_CHECK(U_SUCCESS(code) && nfc != nullptr);
  return *nfc;
}

// The code point at `position`, which moves past it; negative if the bytes there are not UTF-8.
UChar32 Next(absl::string_view text, std::int32_t& position) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 point = 0;
  U8_NEXT(bytes, position, static_cast<std::int32_t>(text.size()), point);
  return point;
}

// Marks that direct the writing, among them the ones that can make a line read otherwise than
// stored.
bool IsBidirectionalControl(UChar32 point) {
  return point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

bool IsRefused(UChar32 point, Lines lines) {
  if (point == '\n') return lines == Lines::kOne;
  return u_charType(point) == U_CONTROL_CHAR || point == 0x2028 || point == 0x2029 || point == 0xFEFF ||
         IsBidirectionalControl(point) || U_IS_UNICODE_NONCHAR(point);
}

// Whether `text` is printable ASCII, and line feeds where there may be several lines: then it is UTF-8 and NFC, holds
// nothing that is refused, and has as many characters as bytes. Most texts are, and this takes a hundredth of looking
// at each.
bool IsPlain(absl::string_view text, Lines lines) {
  return std::all_of(text.begin(), text.end(),
                     [lines](const char c) { return (c >= ' ' && c <= '~') || (c == '\n' && lines == Lines::kMany); });
}

// The first code point that may not stand in a text; negative if it is a byte that is no UTF-8.
std::optional<UChar32> FirstRefused(absl::string_view text, Lines lines) {
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(text.size());) {
    const UChar32 point = Next(text, i);
    if (point < 0 || IsRefused(point, lines)) return point;
  }
  return std::nullopt;
}

absl::Status CheckCharacters(absl::string_view text, Lines lines) {
  const std::optional<UChar32> refused = FirstRefused(text, lines);
  if (!refused) return absl::OkStatus();
  if (*refused < 0) {
    return absl::InvalidArgumentError("the text is not UTF-8; save it as UTF-8");
  }
  if (*refused == '\n' || *refused == 0x2028 || *refused == 0x2029) {
    return absl::InvalidArgumentError("the text has more than one line; put it on one line");
  }
  const char* const what = IsBidirectionalControl(*refused) ? "which changes the direction of writing"
                                                            : "which is an invisible control character";
  return absl::InvalidArgumentError(
      absl::StrFormat("the text holds U+%04X, %s; delete it and type the words around it again", *refused, what));
}

// NFC of valid UTF-8, case folded.
std::string Folded(absl::string_view text) {
  const icu::UnicodeString folded = icu::UnicodeString::fromUTF8(Piece(text)).foldCase();
  UErrorCode code = U_ZERO_ERROR;
  std::string result;
  Nfc().normalize(folded, code).toUTF8String(result);
  HANSA_CHECK(U_SUCCESS(code));
  return result;
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  if (IsPlain(text, Lines::kMany)) return true;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(text.size());) {
    if (Next(text, i) < 0) return false;
  }
  return true;
}

absl::StatusOr<std::string> CleanText(absl::string_view text, Lines lines) {
  const std::string unix_lines = absl::StrReplaceAll(text, {{"\r\n", "\n"}, {"\r", "\n"}});
  const absl::string_view trimmed = absl::StripAsciiWhitespace(unix_lines);
  // A tab says no more than a space does, and would upset tables.
  const std::string plain = absl::StrReplaceAll(trimmed, {{"\t", " "}});
  HANSA_RETURN_IF_ERROR(CheckCharacters(plain, lines));
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  UErrorCode code = U_ZERO_ERROR;
  Nfc().normalizeUTF8(0, Piece(plain), sink, nullptr, code);
  HANSA_CHECK(U_SUCCESS(code));
  return result;
}

absl::Status CheckText(absl::string_view text, Lines lines) {
  if (IsPlain(text, lines)) return absl::OkStatus();
  HANSA_RETURN_IF_ERROR(CheckCharacters(text, lines));
  UErrorCode code = U_ZERO_ERROR;
  if (!Nfc().isNormalizedUTF8(Piece(text), code) || U_FAILURE(code)) {
    return absl::InvalidArgumentError(
        "the text is not in Unicode normalization form C; publish it again from an up-to-date "
        "program");
  }
  return absl::OkStatus();
}

std::size_t CharacterCount(absl::string_view text) {
  if (IsPlain(text, Lines::kMany)) return text.size();
  std::size_t count = 0;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(text.size()); ++count) Next(text, i);
  return count;
}

std::string FoldedName(absl::string_view text) { return IsUtf8(text) ? Folded(text) : std::string(); }

bool SameName(absl::string_view a, absl::string_view b) {
  if (a == b) return IsUtf8(a);
  return IsUtf8(a) && IsUtf8(b) && Folded(a) == Folded(b);
}

std::string Shortened(absl::string_view text, std::size_t characters_max) {
  std::string result;
  std::size_t count = 0;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(text.size());) {
    if (++count > characters_max) return absl::StrCat(result, "…");
    const std::int32_t start = i;
    const UChar32 point = Next(text, i);
    const bool shown = point >= 0 && !IsRefused(point, Lines::kOne);
    absl::StrAppend(&result, shown ? text.substr(start, i - start) : "?");
  }
  return result;
}

std::string Quoted(absl::string_view text) { return absl::StrCat("'", Shortened(text, kQuotedCharactersMax), "'"); }

bool IsOfLanguage(absl::string_view language, absl::string_view asked) {
  if (!absl::StartsWithIgnoreCase(language, asked)) return false;
  return language.size() == asked.size() || language[asked.size()] == '-';
}

bool IsLanguageTag(absl::string_view text) {
  if (text.size() > kLanguageTagMax) return false;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '-');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const absl::string_view part = parts[i];
    const std::size_t size_max = i == 0 ? 3 : 8;
    if (part.size() < 2 || part.size() > size_max) return false;
    const bool fits = std::all_of(part.begin(), part.end(), [&](char c) {
      return i == 0 ? absl::ascii_islower(static_cast<unsigned char>(c))
                    : absl::ascii_isalnum(static_cast<unsigned char>(c));
    });
    if (!fits) return false;
  }
  return true;
}

}  // namespace hansa::node::domain
