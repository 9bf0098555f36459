#include "node/membership/salted_text.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "node/node_folder.h"

namespace hansa::node::membership {

absl::StatusOr<SaltedText> Salted(absl::string_view what, absl::string_view words) {
  absl::StatusOr<std::string> clean = domain::CleanText(words, domain::Lines::kMany);
  if (!clean.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(what, " cannot be used: ", clean.status().message()));
  }
  if (domain::CharacterCount(*clean) > kWordsCharactersMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(what, ": more than ", kWordsCharactersMax, " characters; shorten the text"));
  }
  return SaltedText{*std::move(clean), RandomSalt()};
}

replication::Hash HashOf(const SaltedText& words) {
  return replication::SodiumCrypto().Sha256(replication::ByteWriter().Raw(words.salt.view()).Raw(words.text).bytes());
}

JsonWriter ToJson(const SaltedText& words) {
  return JsonWriter().Text("text", words.text).Hex("salt", words.salt.view());
}

std::optional<SaltedText> ReadSalted(const JsonReader& file, const char* key) {
  const std::optional<JsonReader> words = file.Optional(key);
  if (!words) return std::nullopt;
  return SaltedText{words->Text("text"), words->Hex<replication::Salt>("salt")};
}

absl::Status CheckWords(absl::string_view what, const std::optional<SaltedText>& words,
                        const std::optional<replication::Hash>& signed_hash) {
  if (!words || (signed_hash && HashOf(*words) == *signed_hash)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(what, " in the file are not those that were signed; ask for the file again"));
}

}  // namespace hansa::node::membership
