#include "node/catalogue/notes.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace hansa::node::catalogue {
namespace {

using Json = nlohmann::json;

// Sentences of the members `notes` and `checks`, wherever they stand.
void Collect(const Json& json, std::vector<std::string>& texts) {
  if (!json.is_structured()) return;
  for (const auto& [name, value] : json.items()) {
    if (json.is_object() && (name == "notes" || name == "checks")) {
      for (const Json& note : value) texts.push_back(note.at("text").get<std::string>());
    } else {
      Collect(value, texts);
    }
  }
}

}  // namespace

absl::StatusOr<KoreanNotes> ParseKoreanNotes(absl::string_view json) {
  KoreanNotes notes;
  try {
    for (const Json& row : Json::parse(json.begin(), json.end())) {
      const auto english = row.at("en").get<std::string>(), korean = row.at("ko").get<std::string>();
      if (english.empty() || korean.empty()) {
        return absl::InvalidArgumentError(
            absl::StrCat("notes.ko.json: a sentence is empty beside '", english, korean, "'; write it"));
      }
      if (!notes.emplace(english, korean).second) {
        return absl::InvalidArgumentError(absl::StrCat("notes.ko.json: '", english, "' stands twice; keep one"));
      }
    }
  } catch (const Json::exception& fault) {
    return absl::InvalidArgumentError(absl::StrCat("notes.ko.json: ", fault.what(), "; mend it"));
  }
  return notes;
}

std::vector<std::string> FindUntranslated(absl::string_view key_features, const KoreanNotes& notes) {
  std::vector<std::string> texts, faults;
  Collect(Json::parse(key_features.begin(), key_features.end()), texts);
  for (const std::string& text : texts) {
    if (!notes.contains(text)) faults.push_back(absl::StrCat("notes.ko.json: there is no Korean for '", text, "'"));
  }
  return faults;
}

}  // namespace hansa::node::catalogue
