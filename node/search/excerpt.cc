#include "node/search/excerpt.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"

namespace hansa::node::search {
namespace {

constexpr std::size_t kCharactersBefore = 60;
constexpr std::size_t kCharactersMax = 200;

struct Span {
  std::size_t begin = 0, end = 0;  // bytes
};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Where `count` characters before `at` begin.
std::size_t Back(absl::string_view text, std::size_t at, std::size_t count) {
  for (; at > 0 && count > 0; --count) {
    --at;
    while (at > 0 && IsContinuation(text[at])) --at;
  }
  return at;
}
// Where `count` characters from `at` on end.
std::size_t Forth(absl::string_view text, std::size_t at, std::size_t count) {
  for (; at < text.size() && count > 0; --count) {
    ++at;
    while (at < text.size() && IsContinuation(text[at])) ++at;
  }
  return at;
}

// Where the asked forms stand in a run.
void AddInRun(absl::string_view text, const Word& word, const std::vector<std::string>& runs,
              std::vector<Span>& spans) {
  for (const std::string& run : runs) {
    const std::size_t at = word.form.find(run);
    if (at == std::string::npos) continue;
    const absl::string_view whole = text.substr(word.begin, word.end - word.begin);
    const std::vector<std::string> characters = CharactersOf(whole);
    if (characters.size() != CharactersOf(word.form).size()) {  // written with other characters than compared
      spans.push_back({word.begin, word.end});
      return;
    }
    const std::size_t first = CharactersOf(absl::string_view(word.form).substr(0, at)).size();
    const std::size_t begin = Forth(whole, 0, first);
    const std::size_t end = Forth(whole, begin, CharactersOf(run).size());
    spans.push_back({word.begin + begin, word.begin + end});
    return;
  }
}

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::vector<Span> SpansInPiece(absl::string_view text, const Looked& looked) {
  std::vector<Span> spans;
  for (const Word& word : WordsIn(text)) {
    if (word.is_run) {
      AddInRun(text, word, looked.runs, spans);
    } else if (looked.is_found(word)) {
      spans.push_back({word.begin, word.end});
    }
  }
  return spans;
}

// The first span, and those after it as far as an excerpt can reach. Long texts are read piece by piece, from blank to
// blank, since most have the word early.
std::vector<Span> SpansIn(absl::string_view text, const Looked& looked) {
  constexpr std::size_t kPiece = 800;  // bytes, as many as 200 characters can take
  std::vector<Span> spans;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(begin + kPiece, text.size());
    while (end < text.size() && !IsBlank(text[end])) ++end;
    const bool is_last = !spans.empty();
    for (const Span& span : SpansInPiece(text.substr(begin, end - begin), looked)) {
      spans.push_back({begin + span.begin, begin + span.end});
    }
    if (is_last) break;
    begin = end;
  }
  return spans;
}

// Blanks and ends of lines as one blank; nothing that could be taken for a mark of ours.
void AppendOnOneLine(absl::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == kFoundBegins || c == kFoundEnds) continue;
    if (!IsBlank(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
}

// From a blank to a blank where there is one near, so that no word is cut.
Span WindowOf(absl::string_view text, std::size_t found) {
  constexpr std::size_t kNear = 20;  // bytes
  Span window;
  window.begin = std::min(Back(text, found, kCharactersBefore), Back(text, text.size(), kCharactersMax));
  for (std::size_t at = window.begin; window.begin > 0 && at < std::min(window.begin + kNear, found); ++at) {
    if (IsBlank(text[at])) {
      window.begin = at + 1;
      break;
    }
  }
  window.end = Forth(text, window.begin, kCharactersMax);
  for (std::size_t at = window.end; window.end < text.size() && at + kNear > window.end && at > found; --at) {
    if (IsBlank(text[at])) {
      window.end = at;
      break;
    }
  }
  return window;
}

std::string Cut(absl::string_view text, const std::vector<Span>& spans) {
  const Span window = WindowOf(text, spans.empty() ? 0 : spans.front().begin);
  std::string excerpt = window.begin > 0 ? "…" : "";
  std::size_t at = window.begin;
  for (const Span& span : spans) {
    if (span.end > window.end) break;
    AppendOnOneLine(text.substr(at, span.begin - at), excerpt);
    excerpt.push_back(kFoundBegins);
    AppendOnOneLine(text.substr(span.begin, span.end - span.begin), excerpt);
    excerpt.push_back(kFoundEnds);
    at = span.end;
  }
  AppendOnOneLine(text.substr(at, window.end - at), excerpt);
  while (!excerpt.empty() && excerpt.back() == ' ') excerpt.pop_back();
  if (window.end < text.size()) excerpt += "…";
  return excerpt;
}

}  // namespace

std::string ExcerptOf(const std::vector<absl::string_view>& parts, const Looked& looked) {
  for (const absl::string_view part : parts) {
    const std::vector<Span> spans = SpansIn(part, looked);
    if (!spans.empty()) return Cut(part, spans);
  }
  return parts.empty() ? "" : Cut(parts.front(), {});
}

}  // namespace hansa::node::search
