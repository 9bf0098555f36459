#include "node/words/words.h"

namespace hansa::node::words {

const char* LanguageTag(Language language) { return language == Language::kKorean ? "ko" : "en"; }

std::optional<Language> LanguageNamed(absl::string_view tag) {
  if (tag == "en") return Language::kEnglish;
  if (tag == "ko") return Language::kKorean;
  return std::nullopt;
}

std::string Words::Counted(std::uint64_t count, absl::string_view one, absl::string_view many) const {
  return Fill(Form(count == 1 ? one : many), {absl::StrCat(count)});
}

std::string Words::Translated(absl::string_view line) const { return std::string(line); }

absl::string_view Words::Form(absl::string_view english) const { return english; }

std::string Words::Fill(absl::string_view form, const std::vector<std::string>& fillings) {
  std::string filled;
  for (std::size_t at = 0; at < form.size(); ++at) {
    const bool is_place = form[at] == '{' && at + 2 < form.size() && form[at + 2] == '}' && form[at + 1] >= '0' &&
                          static_cast<std::size_t>(form[at + 1] - '0') < fillings.size();
    if (!is_place) {
      filled.push_back(form[at]);
      continue;
    }
    filled += fillings[static_cast<std::size_t>(form[at + 1] - '0')];
    at += 2;
  }
  return filled;
}

}  // namespace hansa::node::words
