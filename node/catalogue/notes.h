// What the editors of the framework noted, in its other language. Notes are no part of the framework's own text, and a
// better translation of one is no other framework.
#ifndef HANSA_NODE_CATALOGUE_NOTES_H_
#define HANSA_NODE_CATALOGUE_NOTES_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::catalogue {

// Korean by the English sentence.
using KoreanNotes = std::map<std::string, std::string, std::less<>>;

// Reads notes.ko.json.
//   INVALID_ARGUMENT  it is no list of {"en", "ko"}, a sentence is empty, or one stands twice
absl::StatusOr<KoreanNotes> ParseKoreanNotes(absl::string_view json);

// A line for each note and check of the framework (key_features.json, which is sound) that has no Korean.
std::vector<std::string> FindUntranslated(absl::string_view key_features, const KoreanNotes& notes);

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_NOTES_H_
