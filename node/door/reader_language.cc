#include "node/door/reader_language.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace hansa::node::door {
namespace {

// "ko-KR" → Korean.
std::optional<words::Language> LanguageOfTag(absl::string_view tag) {
  return words::LanguageNamed(absl::AsciiStrToLower(tag.substr(0, tag.find('-'))));
}

// What "q=0.5" says; 1 where nothing is said, 0 for what is no number.
double WeightOf(absl::string_view parameter) {
  parameter = absl::StripAsciiWhitespace(parameter);
  if (!absl::ConsumePrefix(&parameter, "q=")) return 1;
  double weight = 0;
  return absl::SimpleAtod(parameter, &weight) ? weight : 0;
}

}  // namespace

words::Language ReaderLanguage(const HttpRequest& request) {
  if (const std::optional<words::Language> named = LanguageOfTag(request.Header("x-hansa-language"))) return *named;
  words::Language best = words::Language::kEnglish;
  double best_weight = 0;
  for (const absl::string_view range : absl::StrSplit(request.Header("accept-language"), ',')) {
    const std::size_t end = range.find(';');
    const std::optional<words::Language> language = LanguageOfTag(absl::StripAsciiWhitespace(range.substr(0, end)));
    const double weight = end == absl::string_view::npos ? 1 : WeightOf(range.substr(end + 1));
    if (language && weight > best_weight) {
      best = *language;
      best_weight = weight;
    }
  }
  return best;
}

}  // namespace hansa::node::door
