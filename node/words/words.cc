#include "node/words/words.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "node/words/embedded.h"

namespace hansa::node::words {
namespace {

// A line of ours is much shorter; what is longer has somebody's text in it, of which only so much is looked at.
constexpr std::size_t kLineBytesMax = 8192;
constexpr std::size_t kPartsMax = 24;
constexpr int kDepthMax = 3;

const Sentence* Find(absl::string_view english) {
  const auto all = Sentences();
  const auto* const found = std::lower_bound(
      all.begin(), all.end(), english,
      [](const Sentence& sentence, absl::string_view key) { return absl::string_view(sentence.english) < key; });
  return found != all.end() && absl::string_view(found->english) == english ? found : nullptr;
}

// A sentence with places, and what it is in Korean.
struct Known {
  SentenceForm form;
  const Sentence* sentence;
};

// Those with places; the surest first.
const std::vector<Known>& Patterns() {
  static const auto* const patterns = [] {
    auto* all = new std::vector<Known>();
    for (const Sentence& sentence : Sentences()) {
      if (SentenceForm form(sentence.english); form.has_places()) all->push_back({std::move(form), &sentence});
    }
    std::stable_sort(all->begin(), all->end(),
                     [](const Known& a, const Known& b) { return a.form.literal_bytes() > b.form.literal_bytes(); });
    return all;
  }();
  return *patterns;
}

// Of what lines are put together: a part lies between two marks, which are neither in quotation marks nor in
// parentheses.
constexpr absl::string_view kMarks[] = {": ", "; ", " | "};

struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  absl::string_view mark = {};  // that follows it; empty after the last one
};

absl::string_view MarkAt(absl::string_view line, std::size_t at) {
  for (const absl::string_view mark : kMarks) {
    if (absl::StartsWith(line.substr(at), mark)) return mark;
  }
  return {};
}

// What closes the quotation or parenthesis that opens at `at`; 0 if none does.
char ClosingOf(absl::string_view line, std::size_t at) {
  const char c = line[at];
  const bool begins_word = at == 0 || line[at - 1] == ' ' || line[at - 1] == '(';
  const char closing = c == '(' ? ')' : (c == '\'' || c == '`') && begins_word ? c : 0;
  return closing != 0 && line.find(closing, at + 1) != absl::string_view::npos ? closing : 0;
}

std::vector<Part> PartsOf(absl::string_view line) {
  std::vector<Part> parts = {{}};
  char closing = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (closing != 0) {
      if (line[at] == closing) closing = 0;
    } else if (const char opened = ClosingOf(line, at); opened != 0) {
      closing = opened;
    } else if (const absl::string_view mark = MarkAt(line, at); !mark.empty() && parts.size() < kPartsMax) {
      parts.back().end = at;
      parts.back().mark = mark;
      parts.push_back({at + mark.size(), 0});
      at += mark.size() - 1;
    }
  }
  parts.back().end = line.size();
  return parts;
}

bool IsQuoted(absl::string_view text) {
  return text.size() >= 2 && text.front() == text.back() && (text.front() == '\'' || text.front() == '`');
}

// What stands in quotation marks is somebody's word, and so may be what is one word: a name, a field, a code.
bool IsOurs(absl::string_view text) { return absl::StrContains(text, ' ') && !IsQuoted(text); }

std::optional<std::string> AsOne(absl::string_view line, int depth);

// What a match holds, put into Korean where it is a sentence; nullopt if it is no match after all: a place holds no
// more than a part of a line, and one with less than two words around it ("{0} members") no more than a word, unless it
// stands there to be typed.
std::optional<std::string> KoreanOf(const Known& known, std::vector<std::string> fillings, int depth) {
  for (std::size_t i = 0; i < fillings.size(); ++i) {
    if (!known.form.is_aside(i) && PartsOf(fillings[i]).size() > 1) return std::nullopt;
    const bool is_typed = known.form.is_typed(i);
    if (known.form.literal_words() < 2 && !is_typed && absl::StrContains(fillings[i], ' ') && !IsQuoted(fillings[i])) {
      return std::nullopt;
    }
    if (!is_typed) fillings[i] = AsOne(fillings[i], depth - 1).value_or(fillings[i]);
  }
  return Filled(known.sentence->korean, fillings);
}

// The whole of `line` as one sentence of the catalogue.
std::optional<std::string> AsOne(absl::string_view line, int depth) {
  if (!IsOurs(line)) return std::nullopt;
  if (const Sentence* sentence = Find(line)) return std::string(sentence->korean);
  if (depth == 0) return std::nullopt;
  for (const Known& known : Patterns()) {
    std::optional<std::vector<std::string>> fillings = known.form.Match(line);
    if (!fillings) continue;
    if (std::optional<std::string> korean = KoreanOf(known, *std::move(fillings), depth)) return korean;
  }
  return std::nullopt;
}

// How well a line, from one of its parts on, is told in sentences of the catalogue.
struct Telling {
  std::size_t known = 0;   // bytes of the line that are in sentences of the catalogue
  std::size_t pieces = 0;  // the fewer of as many bytes, the better
  std::string text;
};

bool IsBetter(const Telling& a, const Telling& b) {
  return a.known != b.known ? a.known > b.known : a.pieces < b.pieces;
}

std::string ToKorean(absl::string_view line) {
  const std::vector<Part> parts = PartsOf(line);
  std::vector<Telling> from(parts.size() + 1);
  for (std::size_t first = parts.size(); first-- > 0;) {
    for (std::size_t last = first; last < parts.size(); ++last) {
      const absl::string_view piece = line.substr(parts[first].begin, parts[last].end - parts[first].begin);
      std::optional<std::string> known = AsOne(piece, kDepthMax);
      if (!known && last > first) continue;
      Telling telling;
      telling.known = from[last + 1].known + (known ? piece.size() : 0);
      telling.pieces = from[last + 1].pieces + 1;
      telling.text = known ? *std::move(known) : std::string(piece);
      if (last + 1 < parts.size()) {
        absl::StrAppend(&telling.text, parts[last].mark, from[last + 1].text);
      }
      if (last == first || IsBetter(telling, from[first])) from[first] = std::move(telling);
    }
  }
  return from.front().text;
}

}  // namespace

const char* LanguageTag(Language language) { return language == Language::kKorean ? "ko" : "en"; }

std::optional<Language> LanguageNamed(absl::string_view tag) {
  if (tag == "en") return Language::kEnglish;
  if (tag == "ko") return Language::kKorean;
  return std::nullopt;
}

Language LanguageOf(const std::function<std::optional<std::string>(const char*)>& environment) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::optional<std::string> value = environment(name);
    if (!value || value->empty()) continue;
    // ko_KR.UTF-8 and ko are Korean, kok_IN is not.
    return LanguageNamed(value->substr(0, value->find_first_of("_-.@"))).value_or(Language::kEnglish);
  }
  return Language::kEnglish;
}

std::string Words::Counted(std::uint64_t count, absl::string_view one, absl::string_view many) const {
  return Filled(Form(count == 1 ? one : many), {Grouped(count)});
}

std::string Words::Translated(absl::string_view line) const {
  if (language_ == Language::kEnglish || line.size() > kLineBytesMax) return std::string(line);
  return ToKorean(line);
}

absl::string_view Words::Form(absl::string_view english) const {
  if (language_ == Language::kEnglish) return english;
  const Sentence* sentence = Find(english);
  return sentence == nullptr ? english : absl::string_view(sentence->korean);
}

std::string Grouped(std::uint64_t number) {
  const std::string digits = absl::StrCat(number);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped.push_back(',');
    grouped.push_back(digits[i]);
  }
  return grouped;
}

}  // namespace hansa::node::words
