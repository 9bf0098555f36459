// Records made from their schema alone: the least that one may say, one at random that keeps to every limit, and every
// field there is, one after the other.
#ifndef HANSA_TESTS_NODE_DOMAIN_RANDOM_RECORDS_H_
#define HANSA_TESTS_NODE_DOMAIN_RANDOM_RECORDS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "hansa/v1/indicators.pb.h"
#include "hansa/v1/limits.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/domain/record_fields.h"

namespace hansa::testing {

namespace pb = google::protobuf;

inline const v1::Limit& LimitOf(const pb::FieldDescriptor& field) { return field.options().GetExtension(v1::limit); }

// One empty record of each kind of practices, offers and reviews, a strategy, a target, a place and a summary, and what
// is signed for them.
inline std::vector<std::unique_ptr<pb::Message>> EveryRecord() {
  std::vector<std::unique_ptr<pb::Message>> records;
  const auto add = [&]<typename... Messages>() { (records.push_back(std::make_unique<Messages>()), ...); };
  add.operator()<v1::Practice, v1::PracticeTranslation, v1::PracticeWithdrawal, v1::Offer, v1::OfferReply,
                 v1::AcceptanceBody, v1::Acceptance, v1::Leaving, v1::Conclusion, v1::OfferWithdrawal, v1::Decline,
                 v1::Strategy, v1::OwnTarget, v1::CityPlace, v1::ReviewReport, v1::RatingBody, v1::Rating,
                 v1::SurveyBody, v1::SurveyResult, v1::NetworkSummary>();
  return records;
}

// A text that has this form.
inline std::string TextOf(v1::Form form) {
  switch (form) {
    case v1::FORM_LANGUAGE:
      return "ko";
    case v1::FORM_DAY:
      return "2025-03-31";
    case v1::FORM_TIME:
      return "17:00";
    case v1::FORM_ZONE:
      return "Asia/Seoul";
    case v1::FORM_ADDRESS:
      return "https://a.example";
    case v1::FORM_COUNTRY:
      return "KOR";
    default:
      return "x";
  }
}

// Gives `record`, which is empty, what it must have.
inline void FillLeast(pb::Message& record) {
  const pb::Reflection& reflection = *record.GetReflection();
  for (int i = 0; i < record.GetDescriptor()->field_count(); ++i) {
    const pb::FieldDescriptor& field = *record.GetDescriptor()->field(i);
    const v1::Limit& limit = LimitOf(field);
    if (field.is_repeated()) continue;
    if (field.type() == pb::FieldDescriptor::TYPE_BYTES && limit.exact_bytes() > 0 && !limit.may_be_empty()) {
      reflection.SetString(&record, &field, std::string(limit.exact_bytes(), 'b'));
    } else if (field.type() == pb::FieldDescriptor::TYPE_STRING && limit.never_empty()) {
      reflection.SetString(&record, &field, TextOf(limit.form()));
    } else if (limit.min() > 0 && !limit.may_be_empty()) {
      const auto least = limit.min();
      if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT64) reflection.SetUInt64(&record, &field, least);
      if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT32) {
        reflection.SetUInt32(&record, &field, static_cast<std::uint32_t>(least));
      }
    }
  }
}

// Calls `look` with each field of `record` and of the parts below it, the message that holds it, and how messages for
// people call the place: "links 1: url". Parts come and go in `record`, which says the least otherwise.
using Look = std::function<void(pb::Message& holder, const pb::FieldDescriptor& field, const std::string& where)>;
inline void ForEachField(pb::Message& holder, const Look& look, const std::string& prefix = "") {
  const pb::Reflection& reflection = *holder.GetReflection();
  for (int i = 0; i < holder.GetDescriptor()->field_count(); ++i) {
    const pb::FieldDescriptor& field = *holder.GetDescriptor()->field(i);
    look(holder, field, absl::StrCat(prefix, field.name()));
    if (field.cpp_type() != pb::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    pb::Message& part =
        field.is_repeated() ? *reflection.AddMessage(&holder, &field) : *reflection.MutableMessage(&holder, &field);
    FillLeast(part);
    ForEachField(part, look,
                 node::domain::LiesFlat(field)
                     ? prefix
                     : absl::StrCat(prefix, field.name(), field.is_repeated() ? " 1: " : ": "));
    reflection.ClearField(&holder, &field);
  }
}

// Fills records at random, within every limit. Texts are as files give them: NFC, nothing around them.
class RandomRecords {
 public:
  explicit RandomRecords(std::uint32_t seed) : chance_(seed) {}

  void Fill(pb::Message& record) {
    for (int i = 0; i < record.GetDescriptor()->field_count(); ++i) {
      const pb::FieldDescriptor& field = *record.GetDescriptor()->field(i);
      if (field.is_repeated()) {
        FillList(record, field);
      } else if (IsRequired(field) || OneIn(2)) {
        FillOne(record, field);
      }
    }
  }

 private:
  bool OneIn(unsigned n) { return chance_() % n == 0; }

  static bool IsRequired(const pb::FieldDescriptor& field) {
    const v1::Limit& limit = LimitOf(field);
    return limit.never_empty() || ((limit.exact_bytes() > 0 || limit.min() > 0) && !limit.may_be_empty());
  }

  void FillList(pb::Message& record, const pb::FieldDescriptor& field) {
    const pb::Reflection& reflection = *record.GetReflection();
    const auto size = Number(0, std::min(LimitOf(field).items(), 4u));
    std::set<std::string> texts;
    std::set<std::uint32_t> numbers;
    for (std::uint64_t i = 0; i < size; ++i) {
      if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE) Fill(*reflection.AddMessage(&record, &field));
      if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING) texts.insert(Text(field));
      if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT32)
        numbers.insert(static_cast<std::uint32_t>(Number(10, 1000)));
    }
    for (const std::string& text : texts) reflection.AddString(&record, &field, text);
    for (const std::uint32_t number : numbers) reflection.AddUInt32(&record, &field, number);
  }

  void FillOne(pb::Message& record, const pb::FieldDescriptor& field) {
    const pb::Reflection& reflection = *record.GetReflection();
    const v1::Limit& limit = LimitOf(field);
    const std::uint64_t most = limit.max() > 0 ? limit.max() : 1'000'000;
    switch (field.cpp_type()) {
      case pb::FieldDescriptor::CPPTYPE_STRING:
        return reflection.SetString(&record, &field, Text(field));
      case pb::FieldDescriptor::CPPTYPE_UINT32:
        return reflection.SetUInt32(&record, &field, static_cast<std::uint32_t>(Number(limit.min(), most)));
      case pb::FieldDescriptor::CPPTYPE_UINT64:
        return reflection.SetUInt64(&record, &field, Number(limit.min(), most));
      case pb::FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&record, &field, OneIn(2));
      case pb::FieldDescriptor::CPPTYPE_ENUM:
        return reflection.SetEnumValue(&record, &field,
                                       static_cast<int>(Number(0, field.enum_type()->value_count() - 1)));
      default: {
        pb::Message& part = *reflection.MutableMessage(&record, &field);
        Fill(part);
        // Files do not tell flat parts that say nothing from those that are not there.
        if (node::domain::LiesFlat(field) && part.ByteSizeLong() == 0) reflection.ClearField(&record, &field);
      }
    }
  }

  std::uint64_t Number(std::uint64_t least, std::uint64_t most) {
    return std::uniform_int_distribution<std::uint64_t>(least, most)(chance_);
  }

  std::string Text(const pb::FieldDescriptor& field) {
    const v1::Limit& limit = LimitOf(field);
    if (field.type() == pb::FieldDescriptor::TYPE_BYTES) {
      std::string bytes(limit.exact_bytes() > 0 ? limit.exact_bytes() : 1 + chance_() % 40, '\0');
      for (char& byte : bytes) byte = static_cast<char>(chance_());
      return bytes;
    }
    if (limit.form() > v1::FORM_LINES) return TextOf(limit.form());
    static const char* const kPieces[] = {"a", "Z", "7", "é", "한", "글", "ß", "я", "漢", "🎓", "\"", "\\", "<", ","};
    const std::uint64_t most = limit.characters() > 0 ? limit.characters() : limit.bytes() / 4;
    const std::uint64_t size = OneIn(20) ? most : Number(1, std::min<std::uint64_t>(most, 30));
    std::string text;
    for (std::uint64_t i = 0; i < size; ++i) {
      const bool inside = i > 0 && i + 1 < size;
      if (inside && OneIn(8)) {
        text += limit.form() == v1::FORM_LINES && OneIn(2) ? "\n" : " ";
      } else {
        text += kPieces[chance_() % std::size(kPieces)];
      }
    }
    return text;
  }

  std::mt19937 chance_;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_DOMAIN_RANDOM_RECORDS_H_
