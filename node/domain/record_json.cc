#include "node/domain/record_json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "hansa/v1/limits.pb.h"
#include "hansa/v1/reference.pb.h"
#include "node/domain/record_fields.h"
#include "node/domain/record_form.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

namespace pb = google::protobuf;
using Json = nlohmann::ordered_json;
using pb::FieldDescriptor;

absl::Status Wrong(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

// The field that an object calls `name`; `holder` becomes the message that has it, which may lie flat in `record`.
const FieldDescriptor* FindField(pb::Message& record, const std::string& name, pb::Message*& holder) {
  const pb::Descriptor& type = *record.GetDescriptor();
  if (const FieldDescriptor* const field = type.FindFieldByName(name); field != nullptr && !LiesFlat(*field)) {
    holder = &record;
    return field;
  }
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& flat = *type.field(i);
    if (!LiesFlat(flat)) continue;
    const FieldDescriptor* const inner = flat.message_type()->FindFieldByName(name);
    if (inner == nullptr) continue;
    holder = record.GetReflection()->MutableMessage(&record, &flat);
    return inner;
  }
  return nullptr;
}

// Null and [] are the same as absent, in the bytes too.
void ClearEmptySubjects(pb::Message& record) {
  for (int i = 0; i < record.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *record.GetDescriptor()->field(i);
    if (!LiesFlat(field) || record.GetReflection()->GetMessage(record, &field).ByteSizeLong() > 0) continue;
    record.GetReflection()->ClearField(&record, &field);
  }
}

void AddNames(const pb::Descriptor& type, std::vector<std::string>& names) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (LiesFlat(*type.field(i))) {
      AddNames(*type.field(i)->message_type(), names);
    } else {
      names.push_back(type.field(i)->name());
    }
  }
}

std::vector<std::string> Choices(const pb::EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) words.push_back(EnumWords(type, type.value(i)->number()));
  }
  return words;
}

class Filler {
 public:
  absl::Status Fill(const std::string& prefix, const Json& object, pb::Message& record) const {
    if (!object.is_object()) return Wrong(Place(prefix), "it is not an object of names and values; write it as one");
    for (const auto& [name, value] : object.items()) {
      pb::Message* holder = nullptr;
      const FieldDescriptor* const field = FindField(record, name, holder);
      if (field == nullptr) return Unknown(prefix, name, record);
      if (value.is_null()) continue;
      HANSA_RETURN_IF_ERROR(FillField(absl::StrCat(prefix, name), value, *holder, *field));
    }
    ClearEmptySubjects(record);
    return absl::OkStatus();
  }

 private:
  static std::string Place(absl::string_view prefix) {
    absl::string_view place = prefix;
    absl::ConsumeSuffix(&place, ": ");
    return place.empty() ? "the file" : std::string(place);
  }

  static absl::Status Unknown(const std::string& prefix, const std::string& name, const pb::Message& record) {
    const std::vector<std::string> names = JsonNames(record);
    const std::string meant = Nearest(name, names);
    return Wrong(absl::StrCat(prefix, Quoted(name)),
                 meant.empty() ? absl::StrCat("there is no such field; there are: ", absl::StrJoin(names, ", "))
                               : absl::StrCat("there is no such field; did you mean ", meant, "?"));
  }

  absl::Status FillField(const std::string& where, const Json& value, pb::Message& record,
                         const FieldDescriptor& field) const {
    if (!field.is_repeated()) return FillValue(where, value, record, field);
    if (!value.is_array()) return Wrong(where, "it is not a list; write it in brackets");
    std::size_t item = 0;
    for (const Json& each : value) {
      HANSA_RETURN_IF_ERROR(FillValue(absl::StrCat(where, " ", ++item), each, record, field));
    }
    return absl::OkStatus();
  }

  absl::Status FillValue(const std::string& where, const Json& value, pb::Message& record,
                         const FieldDescriptor& field) const {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return field.type() == FieldDescriptor::TYPE_BYTES ? FillBytes(where, value, record, field)
                                                           : FillText(where, value, record, field);
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
        return FillNumber(where, value, record, field);
      case FieldDescriptor::CPPTYPE_ENUM:
        return FillChoice(where, value, record, field);
      case FieldDescriptor::CPPTYPE_BOOL:
        if (!value.is_boolean()) return Wrong(where, "it is neither true nor false; write one of them");
        record.GetReflection()->SetBool(&record, &field, value.get<bool>());
        return absl::OkStatus();
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        const pb::Reflection& reflection = *record.GetReflection();
        pb::Message& inner =
            field.is_repeated() ? *reflection.AddMessage(&record, &field) : *reflection.MutableMessage(&record, &field);
        return Fill(absl::StrCat(where, ": "), value, inner);
      }
      default:
        return Wrong(where, "it cannot be given here; leave it out");
    }
  }

  static void Put(pb::Message& record, const FieldDescriptor& field, std::string text) {
    const pb::Reflection& reflection = *record.GetReflection();
    if (field.is_repeated()) {
      reflection.AddString(&record, &field, std::move(text));
    } else {
      reflection.SetString(&record, &field, std::move(text));
    }
  }

  absl::Status FillText(const std::string& where, const Json& value, pb::Message& record,
                        const FieldDescriptor& field) const {
    if (!value.is_string()) return Wrong(where, "it is not a text; write it in quotation marks");
    const v1::Form form = field.options().GetExtension(v1::limit).form();
    absl::StatusOr<std::string> text =
        CleanText(value.get_ref<const std::string&>(), form == v1::FORM_LINES ? Lines::kMany : Lines::kOne);
    if (!text.ok()) return Wrong(where, text.status().message());
    Put(record, field, *std::move(text));
    return absl::OkStatus();
  }

  absl::Status FillBytes(const std::string& where, const Json& value, pb::Message& record,
                         const FieldDescriptor& field) const {
    const std::string* const hex = value.is_string() ? &value.get_ref<const std::string&>() : nullptr;
    bool is_hex = hex != nullptr && hex->size() % 2 == 0;
    for (std::size_t i = 0; is_hex && i < hex->size(); ++i) {
      is_hex = absl::ascii_isxdigit(static_cast<unsigned char>((*hex)[i]));
    }
    if (!is_hex) return Wrong(where, "it is not a row of hex digits; write two for each byte");
    Put(record, field, absl::HexStringToBytes(*hex));
    return absl::OkStatus();
  }

  absl::Status FillNumber(const std::string& where, const Json& value, pb::Message& record,
                          const FieldDescriptor& field) const {
    const bool is_long = field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
    const std::uint64_t most =
        is_long ? std::numeric_limits<std::uint64_t>::max() : std::numeric_limits<std::uint32_t>::max();
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) {
      return Wrong(where, "it is not a whole number from 0 up; write digits without quotation marks");
    }
    const pb::Reflection& reflection = *record.GetReflection();
    const auto number = value.get<std::uint64_t>();
    if (is_long) {
      reflection.SetUInt64(&record, &field, number);
    } else if (field.is_repeated()) {
      reflection.AddUInt32(&record, &field, static_cast<std::uint32_t>(number));
    } else {
      reflection.SetUInt32(&record, &field, static_cast<std::uint32_t>(number));
    }
    return absl::OkStatus();
  }

  absl::Status FillChoice(const std::string& where, const Json& value, pb::Message& record,
                          const FieldDescriptor& field) const {
    const pb::EnumDescriptor& type = *field.enum_type();
    const std::string words = value.is_string() ? PlainWords(value.get_ref<const std::string&>()) : "";
    for (int i = 0; i < type.value_count(); ++i) {
      if (words.empty() || EnumWords(type, type.value(i)->number()) != words) continue;
      record.GetReflection()->SetEnumValue(&record, &field, type.value(i)->number());
      return absl::OkStatus();
    }
    const std::string given = value.is_string() ? Quoted(value.get_ref<const std::string&>()) : "it";
    return Wrong(where,
                 absl::StrCat(given, " is not one of the choices; write one of: ", absl::StrJoin(Choices(type), ", ")));
  }
};

Json JsonOf(const pb::Message& record);

Json ValueOf(const pb::Message& record, const FieldDescriptor& field, int index) {
  const pb::Reflection& reflection = *record.GetReflection();
  const bool listed = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text =
          listed ? reflection.GetRepeatedString(record, &field, index) : reflection.GetString(record, &field);
      return field.type() == FieldDescriptor::TYPE_BYTES ? absl::BytesToHexString(text) : text;
    }
    case FieldDescriptor::CPPTYPE_UINT32:
      return listed ? reflection.GetRepeatedUInt32(record, &field, index) : reflection.GetUInt32(record, &field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return listed ? reflection.GetRepeatedUInt64(record, &field, index) : reflection.GetUInt64(record, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(record, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumWords(*field.enum_type(), reflection.GetEnumValue(record, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return JsonOf(listed ? reflection.GetRepeatedMessage(record, &field, index)
                           : reflection.GetMessage(record, &field));
    default:
      return nullptr;
  }
}

Json JsonOf(const pb::Message& record) {
  Json object = Json::object();
  std::vector<const FieldDescriptor*> fields;
  record.GetReflection()->ListFields(record, &fields);  // those that are given, by number
  for (const FieldDescriptor* const field : fields) {
    if (field->is_repeated()) {
      Json& list = object[field->name()] = Json::array();
      for (int i = 0; i < record.GetReflection()->FieldSize(record, field); ++i) {
        list.push_back(ValueOf(record, *field, i));
      }
    } else if (LiesFlat(*field)) {
      object.update(ValueOf(record, *field, -1));
    } else {
      object[field->name()] = ValueOf(record, *field, -1);
    }
  }
  return object;
}

}  // namespace

absl::Status FillFromJson(absl::string_view json, pb::Message& record) {
  const Json object = Json::parse(json.begin(), json.end(), nullptr, false);
  if (object.is_discarded()) return absl::InvalidArgumentError("the file is not JSON; save it as a JSON object");
  return Filler().Fill("", object, record);
}

std::string PlainWords(absl::string_view words) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripAsciiWhitespace(words)), {{"_", " "}, {"-", " "}});
}

std::vector<std::string> JsonNames(const pb::Message& record) {
  std::vector<std::string> names;
  AddNames(*record.GetDescriptor(), names);
  return names;
}

std::string RecordJson(const pb::Message& record) {
  return JsonOf(record).dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hansa::node::domain
