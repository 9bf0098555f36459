// Everything Hansa says to people, in each language it speaks. The English sentence is the key: code reads as it
// speaks, and the catalogue (the JSON files beside this one) has the other languages. What was put into a sentence
// (names, numbers, files, what a city wrote) is never translated.
// Promise: no sentence is missing: tests hold every one in the sources to the catalogue, in every language.
#ifndef HANSA_NODE_WORDS_WORDS_H_
#define HANSA_NODE_WORDS_WORDS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace hansa::node::words {

enum class Language { kEnglish, kKorean };
// "en", "ko".
const char* LanguageTag(Language language);
// nullopt for a language that Hansa does not speak.
std::optional<Language> LanguageNamed(absl::string_view tag);

// The sentences of one language. A value, cheap to copy; thread-safe.
class Words {
 public:
  Words() = default;
  explicit Words(Language language) : language_(language) {}

  Language language() const { return language_; }

  // The sentence whose English is `english`, with {0}, {1}, … filled in. For what the command line says itself.
  template <typename... Filling>
  std::string operator()(absl::string_view english, const Filling&... fillings) const {
    return Fill(Form(english), {absl::StrCat(fillings)...});
  }
  // As above, in the form that `count` asks for; {0} is `count`. Korean has one form.
  std::string Counted(std::uint64_t count, absl::string_view one, absl::string_view many) const;

  // A line made where no language is known (an error from any depth), in this language: the sentence of the
  // catalogue that it is an instance of, or the sentences that it is put together from with ": " and "; ". What is not
  // in the catalogue stays as it is.
  std::string Translated(absl::string_view line) const;

 private:
  // The form of this language; `english` itself where the catalogue lacks it.
  absl::string_view Form(absl::string_view english) const;
  static std::string Fill(absl::string_view form, const std::vector<std::string>& fillings);

  Language language_ = Language::kEnglish;
};

}  // namespace hansa::node::words

#endif  // HANSA_NODE_WORDS_WORDS_H_
