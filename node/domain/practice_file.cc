#include "node/domain/practice_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/domain/markdown_file.h"
#include "node/domain/record_form.h"
#include "node/domain/record_json.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

using Json = nlohmann::ordered_json;

absl::Status WrongIn(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

// The id that `said` gives: a text, or a reference as `practices show --json` prints it.
absl::StatusOr<std::string> IdIn(const std::string& where, Json said) {
  constexpr std::size_t kDigitsMin = 6, kDigitsMax = 32;
  if (said.is_object() && said.contains("record_id")) said = Json(said["record_id"]);
  const std::string id = said.is_string() ? absl::AsciiStrToLower(said.get_ref<const std::string&>()) : "";
  const bool is_id =
      id.size() >= kDigitsMin && id.size() <= kDigitsMax &&
      std::all_of(id.begin(), id.end(), [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); });
  if (!is_id) return WrongIn(where, "it is not the id of a record; write 6 to 32 hex digits");
  return id;
}

// Takes the ids of other practices out of the object.
absl::Status TakeOriginals(Json& object, NamedOriginals& built_on) {
  const auto found = object.find("built_on");
  if (found == object.end() || found->is_null()) return absl::OkStatus();
  if (!found->is_array()) return WrongIn("built_on", "it is not a list; write it in brackets");
  for (Json& item : *found) {
    const std::string where = absl::StrCat("built_on ", built_on.size() + 1);
    if (!item.is_object() || !item.contains("practice")) {
      return WrongIn(where, "it names no practice; give its id under `practice`, with `changed` and `outcome`");
    }
    absl::StatusOr<std::string> id = IdIn(where, item["practice"]);
    HANSA_RETURN_IF_ERROR(id.status());
    built_on.push_back(*std::move(id));
    item.erase("practice");
  }
  return absl::OkStatus();
}

absl::Status Fill(const Json& object, google::protobuf::Message& record) {
  HANSA_RETURN_IF_ERROR(FillFromJson(object.dump(), record));
  return CheckRecordForm(record);
}

absl::Status ReadOriginals(const std::string& text, v1::Practice& practice, NamedOriginals& built_on) {
  Json object = Json::parse(text);
  HANSA_RETURN_IF_ERROR(TakeOriginals(object, built_on));
  return Fill(object, practice);
}

absl::Status ReadTranslation(const std::string& text, v1::PracticeTranslation& translation) {
  const Json object = Json::parse(text);
  for (const char* name : {"original", "revision_reason", "on_behalf_of"}) {
    if (object.contains(name)) return WrongIn(name, "it cannot be given in a file; leave it out");
  }
  HANSA_RETURN_IF_ERROR(Fill(object, translation));
  const bool has_text = !translation.title().empty() || !translation.summary().empty() ||
                        !translation.problem().empty() || !translation.done().empty() ||
                        !translation.outcome().empty() || !translation.cost().empty() || !translation.people().empty();
  if (has_text) return absl::OkStatus();
  return absl::InvalidArgumentError("it translates nothing; give a title, a summary or one of the sections");
}

}  // namespace

absl::StatusOr<FileRemarks> ReadPracticeFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                             v1::Practice& practice, NamedOriginals& built_on) {
  FileRemarks remarks;
  const absl::StatusOr<std::string> text =
      OpenRecordFile(file, PracticePlan(), catalogue, {}, remarks, InClusters::kMaybe);
  if (!text.ok()) return InRecordFile(file.name, text.status());
  const absl::Status read = ReadOriginals(*text, practice, built_on);
  if (!read.ok()) return InRecordFile(file.name, read);
  return remarks;
}

absl::StatusOr<FileRemarks> ReadTranslationFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                                v1::PracticeTranslation& translation) {
  FileRemarks remarks;
  const absl::StatusOr<std::string> text = OpenRecordFile(file, PracticePlan(), catalogue, {}, remarks);
  if (!text.ok()) return InRecordFile(file.name, text.status());
  const absl::Status read = ReadTranslation(*text, translation);
  if (!read.ok()) return InRecordFile(file.name, read);
  return remarks;
}

}  // namespace hansa::node::domain
