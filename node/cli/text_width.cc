#include "node/cli/text_width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "absl/strings/str_split.h"

namespace hansa::node::cli {
namespace {

constexpr UChar32 kReplacement = 0xFFFD;

// The next code point of `text` from `at` on, which moves behind it.
UChar32 Next(absl::string_view text, std::int32_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 point = 0;
  U8_NEXT(bytes, at, static_cast<std::int32_t>(text.size()), point);
  return point < 0 ? kReplacement : point;
}

std::size_t WidthOfPoint(UChar32 point) {
  switch (u_charType(point)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const std::int32_t syllable = u_getIntPropertyValue(point, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) return 0;
  const std::int32_t width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool Disturbs(UChar32 point) {
  const bool separates = point == 0x2028 || point == 0x2029;
  return separates || u_charType(point) == U_CONTROL_CHAR || u_hasBinaryProperty(point, UCHAR_BIDI_CONTROL);
}

// Lines of one paragraph, filled word by word.
class Filling {
 public:
  explicit Filling(std::size_t width) : width_(width) {}

  void Add(absl::string_view word) {
    const std::size_t wide = WidthOf(word);
    if (!line_.empty() && used_ + 1 + wide > width_) Break();
    if (!line_.empty()) Append(" ", 1);
    if (wide <= width_) return Append(word, wide);
    AddPieces(word);
  }
  std::vector<std::string> lines() && {
    if (!line_.empty() || lines_.empty()) Break();
    return std::move(lines_);
  }

 private:
  void Append(absl::string_view text, std::size_t wide) {
    line_.append(text.data(), text.size());
    used_ += wide;
  }
  void Break() {
    lines_.push_back(std::move(line_));
    line_.clear();
    used_ = 0;
  }
  // A word wider than a line goes on in the next, wherever that is.
  void AddPieces(absl::string_view word) {
    for (std::int32_t at = 0; at < static_cast<std::int32_t>(word.size());) {
      const std::int32_t from = at;
      const std::size_t wide = WidthOfPoint(Next(word, at));
      if (!line_.empty() && used_ + wide > width_) Break();
      Append(word.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(at - from)), wide);
    }
  }

  const std::size_t width_;
  std::vector<std::string> lines_;
  std::string line_;
  std::size_t used_ = 0;
};

}  // namespace

std::size_t WidthOf(absl::string_view text) {
  std::size_t width = 0;
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
    width += WidthOfPoint(Next(text, at));
  }
  return width;
}

std::string Printable(absl::string_view text) {
  std::string clean;
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
    const std::int32_t from = at;
    const UChar32 point = Next(text, at);
    if (Disturbs(point)) {
      clean.push_back(' ');
    } else {
      clean.append(text.data() + from, static_cast<std::size_t>(at - from));
    }
  }
  return clean;
}

std::vector<std::string> Wrapped(absl::string_view text, std::size_t width) {
  std::vector<std::string> all;
  for (const absl::string_view paragraph : absl::StrSplit(text, '\n')) {
    if (width == 0) {
      all.push_back(Printable(paragraph));
      continue;
    }
    Filling filling(width);
    const std::string clean = Printable(paragraph);
    for (const absl::string_view word : absl::StrSplit(clean, ' ')) filling.Add(word);
    for (std::string& line : std::move(filling).lines()) all.push_back(std::move(line));
  }
  return all;
}

}  // namespace hansa::node::cli
