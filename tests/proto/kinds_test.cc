// The numbers of kinds, and that each kind that has a record can carry it.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/unknown_field_set.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/indicators.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/notices.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/reference.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "hansa/v1/strategies.pb.h"

namespace hansa {
namespace {

namespace pb = google::protobuf;

// Bodies of statements: messages that travel inside SignedStatement, so they have no kind.
const std::set<std::string>& StatementBodies() {
  static const auto* const bodies = new std::set<std::string>{"hansa.v1.AcceptanceBody", "hansa.v1.RatingBody"};
  return *bodies;
}

std::vector<const pb::FileDescriptor*> RecordFiles() {
  return {v1::IndicatorSet::descriptor()->file(), v1::Practice::descriptor()->file(),
          v1::Offer::descriptor()->file(),        v1::NetworkSummary::descriptor()->file(),
          v1::ReviewReport::descriptor()->file(), v1::Topic::descriptor()->file(),
          v1::Guidance::descriptor()->file(),     v1::Strategy::descriptor()->file()};
}

std::vector<const pb::EnumValueDescriptor*> Kinds() {
  std::vector<const pb::EnumValueDescriptor*> kinds;
  const pb::EnumDescriptor* type = v1::Kind_descriptor();
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) kinds.push_back(type->value(i));
  }
  return kinds;
}

// "KIND_OFFERS_" for collection 4; empty for a number that is no collection.
std::string PrefixOf(int collection) {
  const pb::EnumValueDescriptor* value = v1::Collection_descriptor()->FindValueByNumber(collection);
  if (value == nullptr) return "";
  return absl::StrCat("KIND_", value->name().substr(sizeof("COLLECTION_") - 1), "_");
}

std::unique_ptr<pb::Message> NewRecord(const pb::EnumValueDescriptor& kind) {
  const std::string& name = kind.options().GetExtension(v1::record);
  const pb::Descriptor* type = pb::DescriptorPool::generated_pool()->FindMessageTypeByName(name);
  if (type == nullptr) return nullptr;
  return std::unique_ptr<pb::Message>(pb::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

void SetScalar(pb::Message& message, const pb::FieldDescriptor& field, int n) {
  const pb::Reflection& reflection = *message.GetReflection();
  using F = pb::FieldDescriptor;
  const std::string text = absl::StrCat(field.name(), " 값 ", n);
  const bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case F::CPPTYPE_STRING:
      return many ? reflection.AddString(&message, &field, text) : reflection.SetString(&message, &field, text);
    case F::CPPTYPE_UINT32:
      return many ? reflection.AddUInt32(&message, &field, 7u + n) : reflection.SetUInt32(&message, &field, 7u + n);
    case F::CPPTYPE_UINT64:
      return many ? reflection.AddUInt64(&message, &field, 1ull << 40)
                  : reflection.SetUInt64(&message, &field, 1ull << 40);
    case F::CPPTYPE_BOOL:
      return many ? reflection.AddBool(&message, &field, true) : reflection.SetBool(&message, &field, true);
    case F::CPPTYPE_ENUM:
      return many ? reflection.AddEnumValue(&message, &field, 1) : reflection.SetEnumValue(&message, &field, 1);
    default:
      FAIL() << field.full_name() << ": records hold text, bytes, uint32, uint64, bool, enums and "
             << "messages only";
  }
}

// Gives every field a value; lists get two. Of a oneof the last field stays.
void Fill(pb::Message& message) {
  const pb::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    for (int n = 0; n < (field.is_repeated() ? 2 : 1); ++n) {
      if (field.cpp_type() != pb::FieldDescriptor::CPPTYPE_MESSAGE) {
        SetScalar(message, field, n);
      } else if (field.is_repeated()) {
        Fill(*message.GetReflection()->AddMessage(&message, &field));
      } else {
        Fill(*message.GetReflection()->MutableMessage(&message, &field));
      }
    }
  }
}

void CollectUsed(const pb::Descriptor& message, std::set<std::string>& used) {
  for (int i = 0; i < message.field_count(); ++i) {
    const pb::Descriptor* type = message.field(i)->message_type();
    if (type != nullptr && type != &message) used.insert(type->full_name());
  }
  for (int i = 0; i < message.nested_type_count(); ++i) CollectUsed(*message.nested_type(i), used);
}

TEST(Collections, AreNumberedWithoutGapFromZero) {
  const pb::EnumDescriptor* type = v1::Collection_descriptor();
  ASSERT_EQ(type->value_count(), 10);
  for (int i = 0; i < type->value_count(); ++i) {
    EXPECT_EQ(type->value(i)->number(), i);
    EXPECT_TRUE(absl::StartsWith(type->value(i)->name(), "COLLECTION_"));
  }
}

TEST(Kinds, AreCollectionTimes256PlusAPositiveNumber) {
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    const std::string prefix = PrefixOf(kind->number() / 256);
    ASSERT_FALSE(prefix.empty()) << kind->name() << " is in no collection";
    EXPECT_GT(kind->number() % 256, 0) << kind->name();
    EXPECT_TRUE(absl::StartsWith(kind->name(), prefix)) << kind->name() << " should begin with " << prefix;
  }
}

TEST(Kinds, AreAllDifferent) {
  std::map<int, std::string> seen;
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    const auto [it, added] = seen.emplace(kind->number(), kind->name());
    EXPECT_TRUE(added) << kind->name() << " and " << it->second << " have one number";
  }
  EXPECT_FALSE(v1::Kind_descriptor()->options().allow_alias());
}

TEST(Kinds, StandInTheOrderOfTheirNumbers) {
  int before = 0;
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    EXPECT_GT(kind->number(), before) << kind->name();
    before = kind->number();
  }
}

TEST(Kinds, EveryCollectionHasOne) {
  std::set<int> collections;
  for (const pb::EnumValueDescriptor* kind : Kinds()) collections.insert(kind->number() / 256);
  EXPECT_EQ(collections.size(), 10u);
}

TEST(Kinds, HaveTheNumbersOnWhichTheNetworkWasFounded) {
  EXPECT_EQ(v1::KIND_ROSTER_POLICY, 1);
  EXPECT_EQ(v1::KIND_ROSTER_KEY, 9);
  EXPECT_EQ(v1::KIND_ROSTER_SCHEMA, 128);
  EXPECT_EQ(v1::KIND_ROSTER_NETWORK_INFO, 130);
  EXPECT_EQ(v1::KIND_ERASURES_ORDER, 0x0101);
  EXPECT_EQ(v1::KIND_INDICATORS_SET, 0x0201);
  EXPECT_EQ(v1::KIND_PRACTICES_PRACTICE, 0x0301);
  EXPECT_EQ(v1::KIND_OFFERS_OFFER, 0x0401);
  EXPECT_EQ(v1::KIND_AGGREGATES_NETWORK_SUMMARY, 0x0501);
  EXPECT_EQ(v1::KIND_REVIEWS_REPORT, 0x0601);
  EXPECT_EQ(v1::KIND_DIALOGUE_TOPIC, 0x0701);
  EXPECT_EQ(v1::KIND_NOTICES_GUIDANCE, 0x0801);
  EXPECT_EQ(v1::KIND_STRATEGIES_STRATEGY, 0x0901);
}

TEST(Records, EveryKindOutsideRosterAndErasuresNamesAMessageThatExists) {
  std::set<std::string> named;
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    const std::string& name = kind->options().GetExtension(v1::record);
    if (kind->number() / 256 <= v1::COLLECTION_ERASURES) {
      EXPECT_EQ(name, "") << kind->name();
      continue;
    }
    EXPECT_NE(NewRecord(*kind), nullptr) << kind->name() << " names '" << name << "'";
    EXPECT_TRUE(named.insert(name).second) << name << " has two kinds";
  }
}

TEST(Records, EveryMessageHasAKindOrIsPartOfAnother) {
  std::set<std::string> known = StatementBodies();
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    known.insert(kind->options().GetExtension(v1::record));
  }
  for (const pb::FileDescriptor* file : RecordFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) CollectUsed(*file->message_type(i), known);
  }
  for (const pb::FileDescriptor* file : RecordFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const std::string& name = file->message_type(i)->full_name();
      EXPECT_EQ(known.count(name), 1u) << name << " has no kind and is used nowhere";
    }
  }
}

TEST(Records, ComeBackFromBytesAsTheyWere) {
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    const std::unique_ptr<pb::Message> sent = NewRecord(*kind);
    if (kind->number() / 256 <= v1::COLLECTION_ERASURES) continue;
    ASSERT_NE(sent, nullptr) << kind->name();
    Fill(*sent);
    const std::string bytes = sent->SerializeAsString();
    const std::unique_ptr<pb::Message> received(sent->New());
    ASSERT_TRUE(received->ParseFromString(bytes)) << kind->name();
    EXPECT_TRUE(pb::util::MessageDifferencer::Equals(*sent, *received)) << kind->name();
    EXPECT_EQ(received->SerializeAsString(), bytes) << kind->name();
  }
}

TEST(Records, KeepFieldsThatTheyDoNotKnow) {
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    const std::unique_ptr<pb::Message> record = NewRecord(*kind);
    if (record == nullptr) continue;
    record->GetReflection()->MutableUnknownFields(record.get())->AddLengthDelimited(900, "later");
    const std::string bytes = record->SerializeAsString();
    const std::unique_ptr<pb::Message> read(record->New());
    ASSERT_TRUE(read->ParseFromString(bytes)) << kind->name();
    EXPECT_EQ(read->SerializeAsString(), bytes) << kind->name();
  }
}

TEST(Records, HoldNoMapsAndNoFloatingPointNumbers) {
  std::vector<const pb::Descriptor*> open;
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    const std::unique_ptr<pb::Message> record = NewRecord(*kind);
    if (record != nullptr) open.push_back(record->GetDescriptor());
  }
  std::set<const pb::Descriptor*> seen;
  while (!open.empty()) {
    const pb::Descriptor* type = open.back();
    open.pop_back();
    if (!seen.insert(type).second) continue;
    for (int i = 0; i < type->field_count(); ++i) {
      const pb::FieldDescriptor& field = *type->field(i);
      EXPECT_FALSE(field.is_map()) << field.full_name();
      EXPECT_NE(field.cpp_type(), pb::FieldDescriptor::CPPTYPE_DOUBLE) << field.full_name();
      EXPECT_NE(field.cpp_type(), pb::FieldDescriptor::CPPTYPE_FLOAT) << field.full_name();
      if (field.message_type() != nullptr) open.push_back(field.message_type());
    }
  }
}

TEST(Readme, ListsEveryKind) {
  std::ifstream in(HANSA_SOURCE_DIR "/proto/README.md");
  const std::string readme(std::istreambuf_iterator<char>(in), {});
  ASSERT_FALSE(readme.empty());
  for (const pb::EnumValueDescriptor* kind : Kinds()) {
    const std::string& record = kind->options().GetExtension(v1::record);
    std::string row = absl::StrCat("| ", kind->number(), " | `", kind->name(), "` |");
    if (!record.empty()) {
      absl::StrAppend(&row, " `", record.substr(sizeof("hansa.v1.") - 1), "` |");
    }
    EXPECT_TRUE(absl::StrContains(readme, row)) << "proto/README.md misses: " << row;
  }
}

}  // namespace
}  // namespace hansa
