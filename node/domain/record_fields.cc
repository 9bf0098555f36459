#include "node/domain/record_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "hansa/v1/limits.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/moment.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

namespace pb = google::protobuf;
using pb::FieldDescriptor;

absl::Status Wrong(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

bool AllDigits(absl::string_view text) {
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
  }
  return !text.empty();
}

bool IsTimeOfDay(absl::string_view text) {
  if (text.size() != 5 || text[2] != ':') return false;
  return AllDigits(text.substr(0, 2)) && AllDigits(text.substr(3)) && text.substr(0, 2) < "24" && text.substr(3) < "60";
}

// Letters, digits, '_', '+', '-' between slashes: the form of what others wrote, who may know a zone that is new.
bool HasFormOfZone(absl::string_view text) {
  bool part_begins = true;
  for (const char c : text) {
    if (c == '/') {
      if (part_begins) return false;
      part_begins = true;
      continue;
    }
    const bool fits = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '+' || c == '-';
    if (!fits) return false;
    part_begins = false;
  }
  return !part_begins;
}

bool IsZone(absl::string_view text, Origin origin) {
  return HasFormOfZone(text) && (origin == Origin::kOthers || IsKnownZone(text));
}

// What is wrong with a text of this form; empty if nothing is.
std::string FormFault(v1::Form form, absl::string_view text, Origin origin) {
  switch (form) {
    case v1::FORM_LANGUAGE:
      return IsLanguageTag(text) ? "" : " is not a language; write a tag such as en, ko or pt-BR";
    case v1::FORM_DAY:
      return IsDay(text) ? "" : " is not a day; write it as 2025-03-31";
    case v1::FORM_TIME:
      return IsTimeOfDay(text) ? "" : " is not a time of day; write it as 17:00";
    case v1::FORM_ZONE:
      return IsZone(text, origin) ? "" : " is not a time zone; write its name, such as Asia/Seoul";
    case v1::FORM_ADDRESS:
      return IsAddress(text) ? "" : " is not an address; write one that begins with mailto:, https:// or http://";
    case v1::FORM_COUNTRY:
      return catalogue::KnownCountries().FindByIso3(text) != nullptr
                 ? ""
                 : " is not a country; write its three letters by ISO 3166-1, such as KOR";
    default:
      return "";
  }
}

absl::Status CheckTextField(absl::string_view where, const v1::Limit& limit, absl::string_view text, Origin origin) {
  if (text.empty()) {
    return limit.never_empty() ? Wrong(where, "it is not given; write it") : absl::OkStatus();
  }
  const absl::Status fit = CheckText(text, limit.form() == v1::FORM_LINES ? Lines::kMany : Lines::kOne);
  if (!fit.ok()) return Wrong(where, fit.message());
  const std::size_t characters = CharacterCount(text);
  if (limit.characters() > 0 && characters > limit.characters()) {
    return Wrong(where, absl::StrCat("it has ", characters, " characters, and the most is ", limit.characters(),
                                     "; shorten it"));
  }
  if (limit.bytes() > 0 && text.size() > limit.bytes()) {
    return Wrong(where,
                 absl::StrCat("it is ", text.size(), " bytes long, and the most is ", limit.bytes(), "; shorten it"));
  }
  const std::string fault = FormFault(limit.form(), text, origin);
  return fault.empty() ? absl::OkStatus() : Wrong(where, absl::StrCat(Quoted(text), fault));
}

absl::Status CheckBytesField(absl::string_view where, const v1::Limit& limit, absl::string_view bytes) {
  if (limit.exact_bytes() > 0 && bytes.size() != limit.exact_bytes()) {
    if (bytes.empty() && limit.may_be_empty()) return absl::OkStatus();
    return Wrong(where, absl::StrCat("it has ", bytes.size(), " bytes, and must have ", limit.exact_bytes()));
  }
  if (limit.bytes() > 0 && bytes.size() > limit.bytes()) {
    return Wrong(where, absl::StrCat("it is ", bytes.size(), " bytes long, and the most is ", limit.bytes()));
  }
  return absl::OkStatus();
}

absl::Status CheckNumberField(absl::string_view where, const v1::Limit& limit, std::uint64_t number) {
  if (limit.max() == 0 || (number >= limit.min() && number <= limit.max())) return absl::OkStatus();
  if (number == 0 && limit.may_be_empty()) return absl::OkStatus();
  return Wrong(where,
               absl::StrCat(number, " is out of range; give a whole number from ", limit.min(), " to ", limit.max()));
}

// Items of a list by what they are compared by.
absl::Status CheckOrder(absl::string_view where, const v1::Limit& limit, const pb::Message& record,
                        const FieldDescriptor& field) {
  if (limit.order() == v1::ORDER_UNSPECIFIED) return absl::OkStatus();
  const pb::Reflection& reflection = *record.GetReflection();
  std::set<std::string> texts;
  std::uint32_t last = 0;
  for (int i = 0; i < reflection.FieldSize(record, &field); ++i) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const std::string item = reflection.GetRepeatedString(record, &field, i);
      if (!texts.insert(item).second)
        return Wrong(where, absl::StrCat(Quoted(item), " stands there twice; name it once"));
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
      const std::uint32_t item = reflection.GetRepeatedUInt32(record, &field, i);
      if (i > 0 && item <= last) return Wrong(where, "the numbers do not ascend");
      last = item;
    }
  }
  return absl::OkStatus();
}

class Walk {
 public:
  explicit Walk(Origin origin) : origin_(origin) {}

  absl::Status Check(const std::string& prefix, const pb::Message& record) const {
    for (int i = 0; i < record.GetDescriptor()->field_count(); ++i) {
      HANSA_RETURN_IF_ERROR(CheckField(prefix, record, *record.GetDescriptor()->field(i)));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status CheckField(const std::string& prefix, const pb::Message& record, const FieldDescriptor& field) const {
    const pb::Reflection& reflection = *record.GetReflection();
    const v1::Limit& limit = field.options().GetExtension(v1::limit);
    const std::string where = absl::StrCat(prefix, field.name());
    if (!field.is_repeated()) {
      const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
      if (is_message && !reflection.HasField(record, &field)) return absl::OkStatus();
      return CheckValue(LiesFlat(field) ? prefix : where, limit, record, field, -1);
    }
    const int size = reflection.FieldSize(record, &field);
    if (limit.items() > 0 && size > static_cast<int>(limit.items())) {
      return Wrong(where, absl::StrCat("it has ", size, " items, and the most is ", limit.items(), "; leave some out"));
    }
    for (int i = 0; i < size; ++i) {
      v1::Limit item = limit;
      item.set_never_empty(true);
      HANSA_RETURN_IF_ERROR(CheckValue(absl::StrCat(where, " ", i + 1), item, record, field, i));
    }
    return CheckOrder(where, limit, record, field);
  }

  // The value, or item `index` of the list.
  absl::Status CheckValue(const std::string& where, const v1::Limit& limit, const pb::Message& record,
                          const FieldDescriptor& field, int index) const {
    const pb::Reflection& reflection = *record.GetReflection();
    const bool listed = index >= 0;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string text =
            listed ? reflection.GetRepeatedString(record, &field, index) : reflection.GetString(record, &field);
        return field.type() == FieldDescriptor::TYPE_BYTES ? CheckBytesField(where, limit, text)
                                                           : CheckTextField(where, limit, text, origin_);
      }
      case FieldDescriptor::CPPTYPE_UINT32:
        return CheckNumberField(
            where, limit,
            listed ? reflection.GetRepeatedUInt32(record, &field, index) : reflection.GetUInt32(record, &field));
      case FieldDescriptor::CPPTYPE_UINT64:
        return CheckNumberField(
            where, limit,
            listed ? reflection.GetRepeatedUInt64(record, &field, index) : reflection.GetUInt64(record, &field));
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int value =
            listed ? reflection.GetRepeatedEnumValue(record, &field, index) : reflection.GetEnumValue(record, &field);
        const bool known = field.enum_type()->FindValueByNumber(value) != nullptr;
        if (known || origin_ == Origin::kOthers) return absl::OkStatus();
        return Wrong(where, absl::StrCat(value, " is a choice that this version does not know"));
      }
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        const pb::Message& inner =
            listed ? reflection.GetRepeatedMessage(record, &field, index) : reflection.GetMessage(record, &field);
        return Check(LiesFlat(field) ? where : absl::StrCat(where, ": "), inner);
      }
      default:
        return absl::OkStatus();
    }
  }

  const Origin origin_;
};

}  // namespace

absl::Status CheckFields(const pb::Message& record, Origin origin) { return Walk(origin).Check("", record); }

bool LiesFlat(const FieldDescriptor& field) { return field.name() == "subjects"; }

bool IsAddress(absl::string_view text) {
  for (const char c : text) {
    const bool fits = absl::ascii_isgraph(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
    if (!fits || c == '<' || c == '>' || c == '"') return false;
  }
  if (absl::ConsumePrefix(&text, "mailto:")) return absl::StrContains(text, '@');
  if (!absl::ConsumePrefix(&text, "https://") && !absl::ConsumePrefix(&text, "http://")) return false;
  return !text.empty() && text[0] != '/';
}

bool IsDay(absl::string_view text) {
  const bool has_form = text.size() == 10 && text[4] == '-' && text[7] == '-' && AllDigits(text.substr(0, 4)) &&
                        AllDigits(text.substr(5, 2)) && AllDigits(text.substr(8));
  if (!has_form) return false;
  int year = 0, month = 0, day = 0;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) || !absl::SimpleAtoi(text.substr(5, 2), &month) ||
      !absl::SimpleAtoi(text.substr(8), &day)) {
    return false;
  }
  const absl::CivilDay normalized(year, month, day);
  return year >= 1000 && normalized.month() == month && normalized.day() == day;
}

}  // namespace hansa::node::domain
