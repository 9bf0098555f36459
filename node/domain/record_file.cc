#include "node/domain/record_file.h"

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/domain/markdown_file.h"
#include "node/domain/moment.h"
#include "node/domain/record_form.h"
#include "node/domain/record_json.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

using Json = nlohmann::ordered_json;

absl::Status Wrong(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

// JSON text of the object in `content`: as it stands, or from a Markdown file.
absl::StatusOr<std::string> ObjectText(absl::string_view content, const MarkdownPlan& plan) {
  if (content.size() > kRecordFileBytesMax) {
    return absl::InvalidArgumentError("it is larger than 1 MiB; shorten its texts");
  }
  absl::ConsumePrefix(&content, "\xEF\xBB\xBF");
  if (absl::StripAsciiWhitespace(content).empty()) {
    return absl::InvalidArgumentError("it is empty; `hansa help files` shows what belongs there");
  }
  if (!IsUtf8(content)) return absl::InvalidArgumentError("it is not UTF-8; save it as UTF-8");
  if (absl::StrContains(content, '\0')) {
    return absl::InvalidArgumentError("it holds a NUL byte; save it as plain text");
  }
  if (absl::StartsWith(content, "+++")) return JsonOfMarkdown(content, plan);
  const char first = absl::StripLeadingAsciiWhitespace(content)[0];
  if (first == '{') return std::string(content);
  if (first == '[') return absl::InvalidArgumentError("it is a list; write one object, between { and }, in each file");
  return absl::InvalidArgumentError(
      "it is neither JSON nor Markdown with a TOML head; begin it with { or with +++ (see `hansa help files`)");
}

// Remembers the first name that an object has twice.
class Twice {
 public:
  bool operator()(int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) names_.emplace_back();
    if (event == Json::parse_event_t::object_end && !names_.empty()) names_.pop_back();
    if (event == Json::parse_event_t::key && !names_.empty()) {
      const std::string& name = parsed.get_ref<const std::string&>();
      if (!names_.back().insert(name).second && found_.empty()) found_ = name;
    }
    return true;
  }
  const std::string& found() const { return found_; }

 private:
  std::vector<std::set<std::string>> names_;
  std::string found_;
};

constexpr absl::string_view kNotJson =
    "this is not JSON: a comma, a bracket or a quotation mark is wrong here or just before; mend it";

// 'line: what' of the byte at `at`.
absl::Status AtByte(absl::string_view text, std::size_t at, absl::string_view what) {
  const absl::string_view before = text.substr(0, std::min(at, text.size()));
  return Wrong(absl::StrCat(1 + std::count(before.begin(), before.end(), '\n')), what);
}

// Whoever walks through what was parsed needs a part of the stack for each level: no record has as many as this.
absl::Status CheckDepth(absl::string_view text) {
  constexpr int kLevelsMax = 64;
  int level = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text && c == '\\') ++i;
    if (c == '"') in_text = !in_text;
    if (in_text) continue;
    if (c == '{' || c == '[') ++level;
    if (c == '}' || c == ']') --level;
    if (level > kLevelsMax) return AtByte(text, i, kNotJson);
  }
  return absl::OkStatus();
}

absl::StatusOr<Json> ParseObject(absl::string_view text) {
  HANSA_RETURN_IF_ERROR(CheckDepth(text));
  Twice twice;
  Json object;
  try {
    object = Json::parse(text.begin(), text.end(), std::ref(twice));
  } catch (const Json::parse_error& error) {
    const bool has_more = absl::StrContains(error.what(), "; expected end of input");
    return AtByte(text, error.byte,
                  has_more ? "something follows the object; write one object in each file" : kNotJson);
  } catch (const Json::out_of_range& error) {
    // "… number overflow parsing '1e400'"
    const std::vector<std::string> parts = absl::StrSplit(error.what(), '\'');
    return Wrong(Quoted(parts.size() > 1 ? parts[1] : ""),
                 "it is not a whole number from 0 up; write digits without quotation marks");
  }
  if (!twice.found().empty()) return Wrong(Quoted(twice.found()), "it is given twice; leave one of them out");
  return object;
}

const std::set<std::string>& NamesOfPersons() {
  static const auto* const names = new std::set<std::string>{
      "name",      "person",  "contact_name", "contact_person", "author", "full_name",  "first_name",
      "last_name", "surname", "firstname",    "lastname",       "mayor",  "responsible"};
  return *names;
}

// `role` is a field of the record that is a role and no person, though others would put a person there; may be empty.
absl::Status CheckNoPersons(const Json& object, absl::string_view role) {
  const auto named_in = [role](const Json& part) -> std::string {
    for (const auto& [name, value] : part.items()) {
      if (name != role && NamesOfPersons().contains(absl::AsciiStrToLower(name))) return name;
    }
    return "";
  };
  std::string found = named_in(object);
  if (const auto contact = object.find("contact"); found.empty() && contact != object.end() && contact->is_object()) {
    found = named_in(*contact);
  }
  if (found.empty()) return absl::OkStatus();
  return Wrong(Quoted(found), "names of persons are not published; give the role and the office under `contact`");
}

// What records have and a file cannot give.
absl::Status CheckNotForFiles(const Json& object) {
  for (const char* name :
       {"attachments", "addressed_to", "framework_id", "framework_version", "on_behalf_of", "revision_reason"}) {
    if (object.contains(name)) return Wrong(name, "it cannot be given in a file; leave it out");
  }
  return absl::OkStatus();
}

// Moves what `from` says to `to`; both at once is an error.
absl::Status Rename(Json& object, const std::string& from, const std::string& to) {
  const auto found = object.find(from);
  if (found == object.end()) return absl::OkStatus();
  if (object.contains(to)) {
    return Wrong(Quoted(from), absl::StrCat("it means the same as ", to, "; leave one of them out"));
  }
  Json value = std::move(*found);
  object.erase(from);
  object[to] = std::move(value);
  return absl::OkStatus();
}

absl::Status CheckRecordId(const std::string& where, const Json& value) {
  constexpr std::size_t kDigitsMin = 6, kDigitsMax = 32;
  const std::string* const id = value.is_string() ? &value.get_ref<const std::string&>() : nullptr;
  const bool is_id =
      id != nullptr && id->size() >= kDigitsMin && id->size() <= kDigitsMax &&
      std::all_of(id->begin(), id->end(), [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); });
  return is_id ? absl::OkStatus() : Wrong(where, "it is not the id of a record; write 6 to 32 hex digits");
}

// Takes a list of ids of records out of the object.
absl::Status TakeRecordIds(Json& object, const std::string& name, std::vector<std::string>& ids) {
  constexpr std::size_t kIdsMax = 10;
  const auto found = object.find(name);
  if (found == object.end()) return absl::OkStatus();
  if (!found->is_null() && !found->is_array()) return Wrong(name, "it is not a list; write it in brackets");
  if (found->size() > kIdsMax) {
    return Wrong(name, absl::StrCat("it has ", found->size(), " items, and the most is ", kIdsMax, "; leave some out"));
  }
  for (const Json& item : *found) {
    HANSA_RETURN_IF_ERROR(CheckRecordId(absl::StrCat(name, " ", ids.size() + 1), item));
    ids.push_back(absl::AsciiStrToLower(item.get_ref<const std::string&>()));
  }
  object.erase(found);
  return absl::OkStatus();
}

// Of a record that belongs to no cluster.
absl::Status CheckNoClusters(const FileRemarks& remarks) {
  if (remarks.clusters.empty()) return absl::OkStatus();
  return Wrong("clusters", "it cannot be given in a file; leave it out");
}

// Takes a text out of the object; empty if it is not there or null.
absl::StatusOr<std::string> TakeText(Json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end()) return std::string();
  const Json value = std::move(*found);
  object.erase(name);
  if (value.is_null()) return std::string();
  if (!value.is_string()) return Wrong(name, "it is not a text; write it in quotation marks");
  return value.get<std::string>();
}

// Puts a list of ids into the order of `all`, each once.
//   INVALID_ARGUMENT  one is not among them
absl::Status PutInOrder(Json& object, const std::string& name, const std::vector<std::string>& all,
                        absl::string_view where_listed, std::vector<std::string>& warnings) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return absl::OkStatus();
  std::map<std::string, std::size_t> position;
  for (std::size_t i = 0; i < all.size(); ++i) position[all[i]] = i;
  std::set<std::size_t> named;
  for (const Json& item : *found) {
    if (!item.is_string()) return absl::OkStatus();  // the general reader says so
    const std::string id(absl::StripAsciiWhitespace(item.get_ref<const std::string&>()));
    const auto at = position.find(id);
    if (at == position.end()) {
      const std::string meant = Nearest(id, all);
      return Wrong(name, meant.empty() ? absl::StrCat("there is no ", Quoted(id), "; ", where_listed, " lists them")
                                       : absl::StrCat("there is no ", Quoted(id), "; did you mean ", meant, "?"));
    }
    if (!named.insert(at->second).second) warnings.push_back(absl::StrCat(name, ": ", id, " stands there twice"));
  }
  Json ordered = Json::array();
  for (const std::size_t at : named) ordered.push_back(all[at]);
  *found = std::move(ordered);
  return absl::OkStatus();
}

absl::Status PutSubjectsInOrder(const catalogue::Catalogue& catalogue, Json& object,
                                std::vector<std::string>& warnings) {
  std::vector<std::string> features, points;
  for (const catalogue::Feature& feature : catalogue.features()) features.push_back(feature.id);
  for (const catalogue::Commitment& commitment : catalogue.commitments()) {
    for (const catalogue::ActionPoint& point : commitment.action_points) points.push_back(point.id);
  }
  HANSA_RETURN_IF_ERROR(PutInOrder(object, "features", features, "`hansa catalogue`", warnings));
  return PutInOrder(object, "action_points", points, "`hansa catalogue`", warnings);
}

// A deadline written as '2025-03-31', '2025-03-31 17:00' or '2025-03-31 17:00 Asia/Seoul'.
void SpreadDeadline(Json& object) {
  const auto found = object.find("deadline");
  if (found == object.end() || !found->is_string()) return;
  const AnnouncedMoment written = SplitMoment(found->get_ref<const std::string&>());
  if (written.date.empty()) {
    object.erase(found);
    return;
  }
  Json moment = {{"date", written.date}};
  if (!written.time.empty()) moment["time"] = written.time;
  if (!written.zone.empty()) moment["zone"] = written.zone;
  *found = std::move(moment);
}

// 'open' and 'historical' of lists of offers.
absl::Status SpreadStatus(Json& object) {
  static const auto* const standings = new std::map<std::string, std::string>{
      {"open", ""}, {"open-ended", ""}, {"historical", "historical"}, {"closed", "historical"}, {"example", "example"}};
  const absl::StatusOr<std::string> status = TakeText(object, "status");
  HANSA_RETURN_IF_ERROR(status.status());
  if (status->empty()) return absl::OkStatus();
  if (object.contains("standing")) {
    return Wrong("'status'", "it means the same as standing; leave one of them out");
  }
  const auto found = standings->find(*status);
  if (found == standings->end()) {
    return Wrong("status", absl::StrCat(Quoted(*status),
                                        " is not one of the choices; write one of: open, open-ended, "
                                        "historical, closed, example"));
  }
  if (!found->second.empty()) object["standing"] = found->second;
  return absl::OkStatus();
}

// A kind of offer in the author's words: 'city exchange' is an exchange, and keeps its words.
void SpreadKind(Json& object, std::vector<std::string>& warnings) {
  const auto found = object.find("kind");
  if (found == object.end() || !found->is_string()) return;
  const std::string words(absl::StripAsciiWhitespace(found->get_ref<const std::string&>()));
  if (words.empty()) return;  // the general reader says so
  const std::string plain = PlainWords(words);
  const auto& type = *v1::OfferKind_descriptor();
  std::string nearest = "other";
  for (int i = 0; i < type.value_count(); ++i) {
    const std::string known = EnumWords(type, type.value(i)->number());
    if (known.empty()) continue;
    if (known == plain) return;
    if (absl::EndsWith(plain, absl::StrCat(" ", known))) nearest = known;
  }
  if (object.contains("kind_words")) return;  // then `kind` must be a known one
  *found = nearest;
  object["kind_words"] = words;
  warnings.push_back(absl::StrCat("kind: ", Quoted(words), " is filed under '", nearest, "' and kept in these words"));
}

absl::Status Take(const Json& object, google::protobuf::Message& record) {
  HANSA_RETURN_IF_ERROR(FillFromJson(object.dump(), record));
  return CheckRecordForm(record);
}

// What all records have in common: the object of the file, its names as the schema has them, its author taken out of
// it.
absl::StatusOr<Json> Open(absl::string_view content, const MarkdownPlan& plan, FileRemarks& remarks,
                          absl::string_view role = "") {
  const absl::StatusOr<std::string> text = ObjectText(content, plan);
  HANSA_RETURN_IF_ERROR(text.status());
  absl::StatusOr<Json> object = ParseObject(*text);
  HANSA_RETURN_IF_ERROR(object.status());
  HANSA_RETURN_IF_ERROR(CheckNoPersons(*object, role));
  HANSA_RETURN_IF_ERROR(CheckNotForFiles(*object));
  HANSA_RETURN_IF_ERROR(Rename(*object, "feature_ids", "features"));
  HANSA_RETURN_IF_ERROR(Rename(*object, "actions", "action_points"));
  HANSA_RETURN_IF_ERROR(Rename(*object, "offered_by_city", "city"));
  absl::StatusOr<std::string> city = TakeText(*object, "city");
  HANSA_RETURN_IF_ERROR(city.status());
  absl::StatusOr<std::string> country = TakeText(*object, "country");
  HANSA_RETURN_IF_ERROR(country.status());
  remarks.author_city = *std::move(city);
  remarks.author_country = *std::move(country);
  HANSA_RETURN_IF_ERROR(TakeRecordIds(*object, "clusters", remarks.clusters));
  return object;
}

absl::Status ReadOffer(absl::string_view content, const catalogue::Catalogue& catalogue, v1::Offer& offer,
                       FileRemarks& remarks) {
  absl::StatusOr<Json> object = Open(content, OfferPlan(), remarks);
  HANSA_RETURN_IF_ERROR(object.status());
  HANSA_RETURN_IF_ERROR(SpreadStatus(*object));
  SpreadKind(*object, remarks.warnings);
  SpreadDeadline(*object);
  HANSA_RETURN_IF_ERROR(PutSubjectsInOrder(catalogue, *object, remarks.warnings));
  return Take(*object, offer);
}

// Takes the ids of other records out of the object.
absl::Status TakeNamedRecords(Json& object, NamedRecords& named) {
  if (const auto found = object.find("part_of"); found != object.end()) {
    if (!found->is_null()) {
      HANSA_RETURN_IF_ERROR(CheckRecordId("part_of", *found));
      named.part_of = absl::AsciiStrToLower(found->get_ref<const std::string&>());
    }
    object.erase(found);
  }
  return TakeRecordIds(object, "practices", named.practices);
}

absl::Status ReadStrategy(absl::string_view content, const catalogue::Catalogue& catalogue, v1::Strategy& strategy,
                          NamedRecords& named, FileRemarks& remarks) {
  absl::StatusOr<Json> object = Open(content, StrategyPlan(), remarks, "responsible");
  HANSA_RETURN_IF_ERROR(object.status());
  HANSA_RETURN_IF_ERROR(CheckNoClusters(remarks));
  HANSA_RETURN_IF_ERROR(TakeNamedRecords(*object, named));
  HANSA_RETURN_IF_ERROR(PutSubjectsInOrder(catalogue, *object, remarks.warnings));
  std::vector<std::string> cells;
  cells.reserve(catalogue.cells().size());
  for (const catalogue::Cell& cell : catalogue.cells()) cells.push_back(cell.id);
  HANSA_RETURN_IF_ERROR(PutInOrder(*object, "cells", cells, "`hansa catalogue`", remarks.warnings));
  HANSA_RETURN_IF_ERROR(Take(*object, strategy));
  const bool has_both = !strategy.starts_on().empty() && !strategy.ends_on().empty();
  if (!has_both || strategy.starts_on() <= strategy.ends_on()) return absl::OkStatus();
  return Wrong("ends_on", absl::StrCat(strategy.ends_on(), " is before the first day, ", strategy.starts_on(),
                                       "; mend one of them"));
}

absl::Status InFile(absl::string_view name, const absl::Status& status) {
  if (status.ok()) return status;
  // A line number follows the name of the file without a space: file:12: what.
  const bool has_line =
      !status.message().empty() && absl::ascii_isdigit(static_cast<unsigned char>(status.message()[0]));
  return absl::Status(status.code(), absl::StrCat(name, has_line ? ":" : ": ", status.message()));
}

}  // namespace

absl::StatusOr<FileRemarks> ReadOfferFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                          v1::Offer& offer) {
  FileRemarks remarks;
  const absl::Status read = ReadOffer(file.content, catalogue, offer, remarks);
  if (!read.ok()) return InFile(file.name, read);
  return remarks;
}

absl::StatusOr<FileRemarks> ReadStrategyFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                             v1::Strategy& strategy, NamedRecords& named) {
  FileRemarks remarks;
  const absl::Status read = ReadStrategy(file.content, catalogue, strategy, named, remarks);
  if (!read.ok()) return InFile(file.name, read);
  return remarks;
}

absl::StatusOr<std::string> OpenRecordFile(const RecordFile& file, const MarkdownPlan& plan,
                                           const catalogue::Catalogue& catalogue,
                                           const std::vector<std::string>& more_features, FileRemarks& remarks,
                                           InClusters in_clusters) {
  absl::StatusOr<Json> object = Open(file.content, plan, remarks);
  HANSA_RETURN_IF_ERROR(object.status());
  if (in_clusters == InClusters::kNever) HANSA_RETURN_IF_ERROR(CheckNoClusters(remarks));
  if (!more_features.empty()) {
    Json& features = (*object)["features"];
    if (features.is_null()) features = Json::array();
    if (features.is_array()) {
      for (const std::string& feature : more_features) features.push_back(feature);
    }
  }
  std::vector<std::string> twice;  // a feature named in the file and beside it is no mistake
  HANSA_RETURN_IF_ERROR(PutSubjectsInOrder(catalogue, *object, more_features.empty() ? remarks.warnings : twice));
  return object->dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::Status InRecordFile(absl::string_view name, const absl::Status& status) { return InFile(name, status); }

}  // namespace hansa::node::domain
