#include "node/domain/dialogue_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/dialogue.pb.h"
#include "node/domain/markdown_file.h"
#include "node/domain/record_form.h"
#include "node/domain/record_json.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

using Json = nlohmann::ordered_json;

// Takes the id of a record out of the object; empty if none is given.
absl::Status TakeAbout(Json& object, std::string& about) {
  constexpr char kName[] = "about";
  constexpr std::size_t kDigitsMin = 6, kDigitsMax = 32;
  const auto found = object.find(kName);
  if (found == object.end()) return absl::OkStatus();
  const Json value = std::move(*found);
  object.erase(kName);
  if (value.is_null()) return absl::OkStatus();
  if (value.is_string()) about = absl::AsciiStrToLower(value.get_ref<const std::string&>());
  const bool is_id = about.size() >= kDigitsMin && about.size() <= kDigitsMax &&
                     std::all_of(about.begin(), about.end(),
                                 [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); });
  if (is_id) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(kName, ": it is not the id of a record; write 6 to 32 hex digits"));
}

absl::Status Read(const RecordFile& file, const catalogue::Catalogue& catalogue, v1::Topic& topic, std::string& about,
                  FileRemarks& remarks) {
  const absl::StatusOr<std::string> text = OpenRecordFile(file, OfferPlan(), catalogue, {}, remarks);
  HANSA_RETURN_IF_ERROR(text.status());
  Json object = Json::parse(*text);  // it was written just now
  HANSA_RETURN_IF_ERROR(TakeAbout(object, about));
  HANSA_RETURN_IF_ERROR(FillFromJson(object.dump(), topic));
  return CheckRecordForm(topic);
}

}  // namespace

absl::StatusOr<FileRemarks> ReadTopicFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                          v1::Topic& topic, std::string& about) {
  FileRemarks remarks;
  about.clear();
  const absl::Status read = Read(file, catalogue, topic, about, remarks);
  if (!read.ok()) return InRecordFile(file.name, read);
  return remarks;
}

}  // namespace hansa::node::domain
