// Everything Hansa says to people, in each language it speaks. The English sentence is the key: code reads as it
// speaks, and the catalogue (the JSON files beside this one) has the other languages. What was put into a sentence
// (names, numbers, files, what a city wrote) is never translated.
// Promise: no sentence is missing: tests hold every one in the sources to the catalogue, in every language.
#ifndef HANSA_NODE_WORDS_WORDS_H_
#define HANSA_NODE_WORDS_WORDS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/words/sentence_form.h"

namespace hansa::node::words {

enum class Language { kEnglish, kKorean };
// "en", "ko".
const char* LanguageTag(Language language);
// nullopt for a language that Hansa does not speak.
std::optional<Language> LanguageNamed(absl::string_view tag);
// The language that the surroundings ask for by LC_ALL, LC_MESSAGES or LANG, the first that is not empty; English if
// Hansa does not speak it. `environment` gives a variable, nullopt if there is none.
Language LanguageOf(const std::function<std::optional<std::string>(const char*)>& environment);

// The sentences of one language. A value, cheap to copy; thread-safe.
class Words {
 public:
  Words() = default;
  explicit Words(Language language) : language_(language) {}

  Language language() const { return language_; }

  // The sentence whose English is `english`, with {0}, {1}, … filled in. For what the command line says itself.
  template <typename... Filling>
  std::string operator()(absl::string_view english, const Filling&... fillings) const {
    return Filled(Form(english), {absl::StrCat(fillings)...});
  }
  // As above, in the form that `count` asks for; {0} is `count`, with commas between thousands. Korean has one form.
  std::string Counted(std::uint64_t count, absl::string_view one, absl::string_view many) const;

  // A line made where no language is known (an error from any depth), in this language: the sentence of the catalogue
  // that it is an instance of, or else those that it is put together from with ": " and "; ", as much of it as the
  // catalogue has. What a place holds is put into this language too where it is a sentence itself. The rest stays as it
  // is: names, numbers, files, single words, and whatever stands in quotation marks.
  std::string Translated(absl::string_view line) const;

 private:
  // The form of this language; `english` itself where the catalogue lacks it.
  absl::string_view Form(absl::string_view english) const;

  Language language_ = Language::kEnglish;
};

// 1,234,567.
std::string Grouped(std::uint64_t number);

}  // namespace hansa::node::words

#endif  // HANSA_NODE_WORDS_WORDS_H_
