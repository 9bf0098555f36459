#include "node/search/question.h"

#include <utility>

#include "absl/strings/strip.h"

namespace hansa::node::search {
namespace {

// Marks that open or close a quotation; which of the two is not looked at.
constexpr absl::string_view kQuotes[] = {"\"", "“", "”", "„", "«", "»", "「", "」", "『", "』"};

// Takes a mark of quotation from the front of `text`.
bool TakeQuote(absl::string_view& text) {
  for (const absl::string_view quote : kQuotes) {
    if (absl::ConsumePrefix(&text, quote)) return true;
  }
  return false;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Up to the next mark of quotation, or also up to the next blank; takes it from `text`.
enum class Until { kQuote, kBlankOrQuote };
absl::string_view Take(absl::string_view& text, Until until) {
  const absl::string_view whole = text;
  while (!text.empty()) {
    absl::string_view rest = text;
    if (TakeQuote(rest)) break;
    if (until == Until::kBlankOrQuote && IsBlank(text.front())) break;
    text.remove_prefix(1);
  }
  return whole.substr(0, whole.size() - text.size());
}

}  // namespace

Question ParseQuestion(absl::string_view text) {
  Question question;
  while (!text.empty()) {
    if (IsBlank(text.front())) {
      text.remove_prefix(1);
      continue;
    }
    const bool is_without = absl::ConsumePrefix(&text, "-");
    std::vector<Wanted>& to = is_without ? question.none : question.all;
    if (TakeQuote(text)) {
      std::vector<Word> words = WordsIn(Take(text, Until::kQuote));
      TakeQuote(text);
      if (!words.empty()) to.push_back({std::move(words), true});
      continue;
    }
    std::vector<Word> words = WordsIn(Take(text, Until::kBlankOrQuote));
    if (is_without && words.size() > 1) {
      to.push_back({std::move(words), true});  // what is written as one is left out as one
      continue;
    }
    for (Word& word : words) to.push_back({{std::move(word)}, false});
  }
  return question;
}

std::string AsItStands(const Wanted& wanted) {
  const std::string whole = Joined(wanted.words);
  absl::string_view sought = whole;
  if (wanted.words.front().is_run) sought = absl::StripPrefix(sought, " ");
  if (wanted.words.back().is_run) sought = absl::StripSuffix(sought, " ");
  return std::string(sought);
}

}  // namespace hansa::node::search
