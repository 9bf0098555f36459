#include "node/membership/json_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "node/domain/text.h"

namespace hansa::node::membership {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr char kFormKey[] = "hansa";

// Where a file of this form comes from.
absl::string_view MadeBy(absl::string_view form) {
  if (form == "application") return "`hansa apply`";
  if (form == "recommendation") return "`hansa recommend`";
  if (form == "proposal") return "`hansa admit -o`";
  if (form == "approval") return "`hansa approve`";
  if (form == "recovery" || form == "seal-request") return "`hansa recover`";
  if (form == "root-proposal") return "`hansa root … -o`";
  if (form == "root-signature") return "`hansa approve`";
  if (form == "review-report") return "`hansa review show -o`";
  if (form == "rating") return "`hansa review rate`";
  if (form == "survey") return "`hansa survey deliver`";
  return "hansa";
}

absl::Status NoSuchFile(absl::string_view form, absl::string_view what) {
  if (form == "charter") {
    return absl::InvalidArgumentError(absl::StrCat("this is no charter file: ", what,
                                                   "; give the charter.json that the network's secretariat gives out"));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("this is no ", form, " file: ", what, "; give one that ", MadeBy(form), " wrote"));
}

}  // namespace

// One document, shared by the readers of its objects. The first fault is remembered.
struct JsonReader::Inside {
  struct Document {
    json root;
    std::string form;
    std::string fault;
  };
  std::shared_ptr<Document> document;
  const json* object;

  void Fault(const char* key, absl::string_view what) const {
    if (document->fault.empty()) document->fault = absl::StrCat("its '", key, "' ", what);
  }
  // nullptr, and a fault, when it is absent.
  const json* Find(const char* key) const {
    const auto found = object->find(key);
    if (found != object->end()) return &*found;
    Fault(key, "is missing");
    return nullptr;
  }
  std::shared_ptr<const Inside> At(const json& value) const {
    return std::make_shared<const Inside>(Inside{document, &value});
  }
};

absl::StatusOr<JsonReader> JsonReader::Parse(absl::string_view form, absl::string_view bytes) {
  if (bytes.size() > kFileBytesMax) {
    return NoSuchFile(form, absl::StrCat("longer than ", kFileBytesMax, " bytes"));
  }
  auto document = std::make_shared<Inside::Document>();
  document->form = std::string(form);
  document->root = json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
  if (document->root.is_discarded()) return NoSuchFile(form, "it is not JSON");
  if (!document->root.is_object()) return NoSuchFile(form, "it is not a JSON object");
  const auto said = document->root.find(kFormKey);
  if (said == document->root.end() || !said->is_string()) {
    return NoSuchFile(form, "it does not say what it is");
  }
  const std::string& says = said->get_ref<const std::string&>();
  if (says != form) return NoSuchFile(form, absl::StrCat("it says it is ", domain::Quoted(says)));
  const json* const root = &document->root;
  return JsonReader(std::make_shared<const Inside>(Inside{std::move(document), root}));
}

bool JsonReader::Has(const char* key) const { return inside_->object->contains(key); }

std::string JsonReader::Text(const char* key) const {
  const json* const value = inside_->Find(key);
  if (value == nullptr) return "";
  if (value->is_string()) return value->get<std::string>();
  inside_->Fault(key, "is not text");
  return "";
}

std::uint64_t JsonReader::Number(const char* key, std::uint64_t max) const {
  const json* const value = inside_->Find(key);
  if (value == nullptr) return 0;
  if (value->is_number_unsigned() && value->get<std::uint64_t>() <= max) {
    return value->get<std::uint64_t>();
  }
  inside_->Fault(key, absl::StrCat("is not a whole number up to ", max));
  return 0;
}

replication::Bytes JsonReader::Base64(const char* key) const {
  const std::string text = Text(key);
  replication::Bytes bytes;
  // Written again and compared: spaces and stray bits at the end would pass otherwise.
  if (absl::Base64Unescape(text, &bytes) && absl::Base64Escape(bytes) == text) return bytes;
  inside_->Fault(key, "is not Base64");
  return "";
}

replication::Bytes JsonReader::HexBytes(const char* key, std::size_t size) const {
  const std::optional<replication::Bytes> bytes = replication::FromHex(Text(key));
  if (bytes && bytes->size() == size) return *bytes;
  inside_->Fault(key, absl::StrCat("is not ", 2 * size, " hex digits"));
  return "";
}

std::vector<std::string> JsonReader::Texts(const char* key) const {
  const json* const value = inside_->Find(key);
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (!value->is_array()) inside_->Fault(key, "is not a list");
  if (value->is_array()) {
    for (const json& item : *value) {
      if (!item.is_string()) {
        inside_->Fault(key, "holds something that is not text");
        return {};
      }
      texts.push_back(item.get<std::string>());
    }
  }
  return texts;
}

std::optional<JsonReader> JsonReader::Optional(const char* key) const { return Has(key) ? Object(key) : std::nullopt; }

std::optional<JsonReader> JsonReader::Object(const char* key) const {
  const json* const value = inside_->Find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_object()) return JsonReader(inside_->At(*value));
  inside_->Fault(key, "is not an object");
  return std::nullopt;
}

std::vector<JsonReader> JsonReader::Objects(const char* key) const {
  const json* const value = inside_->Find(key);
  std::vector<JsonReader> readers;
  if (value == nullptr) return readers;
  if (!value->is_array()) inside_->Fault(key, "is not a list");
  if (value->is_array()) {
    for (const json& item : *value) {
      if (!item.is_object()) {
        inside_->Fault(key, "holds something that is not an object");
        return {};
      }
      readers.push_back(JsonReader(inside_->At(item)));
    }
  }
  return readers;
}

absl::Status JsonReader::status() const {
  const Inside::Document& document = *inside_->document;
  return document.fault.empty() ? absl::OkStatus() : NoSuchFile(document.form, document.fault);
}

struct JsonWriter::Inside {
  ordered_json object = ordered_json::object();
};

JsonWriter::JsonWriter() : inside_(std::make_shared<Inside>()) {}
JsonWriter::JsonWriter(absl::string_view form) : JsonWriter() { Text(kFormKey, form); }

JsonWriter& JsonWriter::Text(const char* key, absl::string_view value) {
  inside_->object[key] = std::string(value);
  return *this;
}

JsonWriter& JsonWriter::Number(const char* key, std::uint64_t value) {
  inside_->object[key] = value;
  return *this;
}

JsonWriter& JsonWriter::Base64(const char* key, replication::BytesView value) {
  return Text(key, absl::Base64Escape(value));
}

JsonWriter& JsonWriter::Hex(const char* key, replication::BytesView value) {
  return Text(key, replication::ToHex(value));
}

JsonWriter& JsonWriter::Texts(const char* key, const std::vector<std::string>& values) {
  inside_->object[key] = values;
  return *this;
}

JsonWriter& JsonWriter::Object(const char* key, const JsonWriter& value) {
  inside_->object[key] = value.inside_->object;
  return *this;
}

JsonWriter& JsonWriter::Objects(const char* key, const std::vector<JsonWriter>& values) {
  ordered_json list = ordered_json::array();
  for (const JsonWriter& value : values) list.push_back(value.inside_->object);
  inside_->object[key] = std::move(list);
  return *this;
}

std::string JsonWriter::text() const {
  constexpr int kIndent = 2;
  return inside_->object.dump(kIndent, ' ', /*ensure_ascii=*/false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace hansa::node::membership
