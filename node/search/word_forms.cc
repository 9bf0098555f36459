#include "node/search/word_forms.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::node::search {
namespace {

const icu::Normalizer2& Folding() {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(code);
  HANSA_CHECK(U_SUCCESS(code));
  return *folding;
}
const icu::Normalizer2& Taking() {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(code);
  HANSA_CHECK(U_SUCCESS(code));
  return *apart;
}
const icu::Normalizer2& Putting() {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* together = icu::Normalizer2::getNFCInstance(code);
  HANSA_CHECK(U_SUCCESS(code));
  return *together;
}

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Accents of Latin, Greek and Cyrillic letters, points of Arabic and Hebrew ones, and the stroke that stretches Arabic
// words. Signs of other scripts are letters of theirs, and stay.
bool IsLeftOut(UChar32 point) {
  const bool is_accent = point >= 0x0300 && point <= 0x036F;
  const bool is_hebrew = point >= 0x0591 && point <= 0x05C7;
  const bool is_arabic = (point >= 0x064B && point <= 0x065F) || point == 0x0670 || point == 0x0640 ||
                         (point >= 0x06D6 && point <= 0x06ED);
  return is_accent || is_arabic || (is_hebrew && u_charType(point) == U_NON_SPACING_MARK);
}

// Letters whose accent is part of them in Unicode, and Arabic ones that are written one for the other.
UChar32 Plain(UChar32 point) {
  switch (point) {
    case 0x00F8:  // ø
      return 'o';
    case 0x0111:  // đ
    case 0x00F0:  // ð
      return 'd';
    case 0x0142:  // ł
      return 'l';
    case 0x0131:  // ı
      return 'i';
    case 0x0649:  // alef maksura: yeh
      return 0x064A;
    case 0x0629:  // teh marbuta: heh
      return 0x0647;
    default:
      return point;
  }
}

icu::UnicodeString Cased(absl::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  const auto whole = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  const icu::UnicodeString folded = Folding().normalize(whole, code);
  HANSA_CHECK(U_SUCCESS(code));
  return folded;
}

std::string Utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

std::string WithoutAccents(const icu::UnicodeString& cased) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::UnicodeString apart = Taking().normalize(cased, code);
  icu::UnicodeString left;
  for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
    const UChar32 point = apart.char32At(at);
    if (point == 0x00E6) {
      left.append("ae");
    } else if (point == 0x0153) {
      left.append("oe");
    } else if (!IsLeftOut(point)) {
      left.append(Plain(point));
    }
  }
  const icu::UnicodeString together = Putting().normalize(left, code);
  HANSA_CHECK(U_SUCCESS(code));
  return Utf8(together);
}

bool IsOfRuns(UChar32 point) {
  UErrorCode code = U_ZERO_ERROR;
  switch (uscript_getScript(point, &code)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_YI:
      return true;
    default:
      return point == 0x30FC;  // the stroke that makes a kana long
  }
}

// The code point at `at`, which moves past it; U+FFFD for what is no UTF-8.
UChar32 Next(absl::string_view text, std::size_t& at) {
  auto position = static_cast<std::int32_t>(at);
  UChar32 point = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), position, static_cast<std::int32_t>(text.size()),
                  point);
  at = static_cast<std::size_t>(position);
  return point;
}

// Breaks texts into words; one a thread, since making one takes longer than most texts.
icu::BreakIterator& Breaking() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaking = [] {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), code));
    HANSA_CHECK(U_SUCCESS(code));
    return made;
  }();
  return *breaking;
}

void AddWord(absl::string_view text, std::size_t begin, std::size_t end, bool is_run, std::vector<Word>& words) {
  const absl::string_view part = text.substr(begin, end - begin);
  Word word{.form = {}, .cased = {}, .begin = begin, .end = end, .is_run = is_run};
  if (IsAscii(part)) {
    word.form = absl::AsciiStrToLower(part);
    word.cased = word.form;
  } else {
    const icu::UnicodeString cased = Cased(part);
    word.cased = Utf8(cased);
    word.form = WithoutAccents(cased);
  }
  if (!word.form.empty()) words.push_back(std::move(word));
}

bool IsApostrophe(UChar32 point) { return point == '\'' || point == 0x2019 || point == 0x02BC || point == 0xFF07; }

// What the iterator takes for one word may still be several: runs beside letters, and what an apostrophe joins.
void AddParts(absl::string_view text, std::size_t begin, std::size_t end, std::vector<Word>& words) {
  std::size_t part = begin;
  bool is_run = false;
  const auto finish = [&](std::size_t at) {
    if (at > part) AddWord(text, part, at, is_run, words);
  };
  for (std::size_t at = begin; at < end;) {
    const std::size_t here = at;
    const UChar32 point = Next(text, at);
    if (IsApostrophe(point)) {
      std::size_t first = part;
      if (part < here) Next(text, first);
      if (is_run || first < here) finish(here);
      part = at;
      continue;
    }
    if (u_getCombiningClass(point) != 0) continue;
    const bool of_runs = IsOfRuns(point);
    if (of_runs != is_run) {
      finish(here);
      part = std::max(part, here);
      is_run = of_runs;
    }
  }
  // The single letter after an apostrophe, as in city's, is no word either.
  std::size_t first = part;
  if (part < end) Next(text, first);
  if (part == begin || is_run || first < end) finish(end);
}

template <std::size_t N>
bool Ends(const std::vector<std::string>& characters, const char* const (&endings)[N]) {
  return std::any_of(std::begin(endings), std::end(endings),
                     [&](const char* ending) { return characters.back() == ending; });
}

}  // namespace

std::string Folded(absl::string_view text) {
  return IsAscii(text) ? absl::AsciiStrToLower(text) : WithoutAccents(Cased(text));
}

std::vector<Word> WordsIn(absl::string_view text) {
  std::vector<Word> words;
  UErrorCode code = U_ZERO_ERROR;
  UText whole = UTEXT_INITIALIZER;
  utext_openUTF8(&whole, text.data(), static_cast<std::int64_t>(text.size()), &code);
  icu::BreakIterator& breaking = Breaking();
  breaking.setText(&whole, code);
  HANSA_CHECK(U_SUCCESS(code));
  std::int32_t begin = breaking.first();
  for (std::int32_t end = breaking.next(); end != icu::BreakIterator::DONE; begin = end, end = breaking.next()) {
    if (breaking.getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;
    AddParts(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), words);
  }
  utext_close(&whole);
  return words;
}

std::vector<std::string> CharactersOf(absl::string_view text) {
  std::vector<std::string> characters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    Next(text, at);
    characters.emplace_back(text.substr(begin, at - begin));
  }
  return characters;
}

std::vector<std::string> PairsOf(absl::string_view run) {
  const std::vector<std::string> characters = CharactersOf(run);
  if (characters.size() == 1) return characters;
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i + 1 < characters.size(); ++i) pairs.push_back(characters[i] + characters[i + 1]);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

std::vector<std::string> PiecesOf(absl::string_view run) {
  std::vector<std::string> pieces = CharactersOf(run);
  if (pieces.size() > 1) {
    const std::vector<std::string> pairs = PairsOf(run);
    pieces.insert(pieces.end(), pairs.begin(), pairs.end());
  }
  std::sort(pieces.begin(), pieces.end());
  pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
  return pieces;
}

std::string WithoutParticle(absl::string_view run) {
  static constexpr const char* kLong[] = {"에서", "으로", "에게", "까지", "부터",
                                          "에는", "과의", "와의", "들의", "들이"};
  static constexpr const char* kShort[] = {"은", "는", "이", "가", "을", "를", "의",
                                           "에", "와", "과", "로", "도", "만"};
  std::vector<std::string> characters = CharactersOf(run);
  for (const char* ending : kLong) {
    if (characters.size() >= 4 && absl::EndsWith(run, ending)) {
      return std::string(run.substr(0, run.size() - absl::string_view(ending).size()));
    }
  }
  if (characters.size() < 3 || !Ends(characters, kShort)) return std::string(run);
  return std::string(run.substr(0, run.size() - characters.back().size()));
}

std::string Joined(const std::vector<Word>& words) {
  std::string joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool goes_on = i > 0 && words[i].is_run && words[i - 1].is_run && words[i - 1].end == words[i].begin;
    absl::StrAppend(&joined, goes_on ? "" : " ", words[i].form);
  }
  if (!joined.empty()) joined.push_back(' ');
  return joined;
}

}  // namespace hansa::node::search
