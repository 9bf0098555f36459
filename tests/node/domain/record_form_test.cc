// Records as bytes: what is written can be read, it is the same bytes each time, and every limit that a schema of
// practices or offers states is held, field by field.
#include "node/domain/record_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "tests/node/domain/random_records.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::domain::CheckRecordForm;
using node::domain::DecodeRecord;
using node::domain::EncodeRecord;
using node::domain::EnumWords;

// Each of these is done to every record of practices and offers.
void InEveryField(const std::function<void(const pb::Message& record, pb::Message& holder,
                                           const pb::FieldDescriptor& field, const std::string& where)>& look) {
  for (const auto& record : EveryRecord()) {
    FillLeast(*record);
    ASSERT_THAT(CheckRecordForm(*record), IsOk()) << record->GetTypeName();
    ForEachField(*record, [&](pb::Message& holder, const pb::FieldDescriptor& field, const std::string& where) {
      look(*record, holder, field, where);
    });
  }
}

void Put(pb::Message& holder, const pb::FieldDescriptor& field, const std::string& text) {
  holder.GetReflection()->ClearField(&holder, &field);
  if (field.is_repeated()) {
    holder.GetReflection()->AddString(&holder, &field, text);
  } else {
    holder.GetReflection()->SetString(&holder, &field, text);
  }
}
void Put(pb::Message& holder, const pb::FieldDescriptor& field, std::uint64_t number) {
  if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT64) {
    holder.GetReflection()->SetUInt64(&holder, &field, number);
  } else {
    holder.GetReflection()->SetUInt32(&holder, &field, static_cast<std::uint32_t>(number));
  }
}
// As FillLeast left it.
void Restore(pb::Message& holder, const pb::FieldDescriptor& field) {
  holder.GetReflection()->ClearField(&holder, &field);
  FillLeast(holder);
}
// How the field, or its first item, is called.
std::string PlaceOf(const pb::FieldDescriptor& field, const std::string& where) {
  return absl::StrCat(where, field.is_repeated() ? " 1: " : ": ");
}
bool IsText(const pb::FieldDescriptor& field) { return field.type() == pb::FieldDescriptor::TYPE_STRING; }

TEST(RecordFormTest, WhatIsEncodedIsDecodedAndIsTheSameBytesEachTime) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    RandomRecords random(seed);
    for (const auto& record : EveryRecord()) {
      random.Fill(*record);
      const absl::StatusOr<std::string> bytes = EncodeRecord(*record);
      ASSERT_THAT(bytes, IsOk()) << record->GetTypeName();
      const std::unique_ptr<pb::Message> again(record->New());
      ASSERT_THAT(DecodeRecord(*bytes, *again), IsOk()) << record->GetTypeName();
      ASSERT_EQ(again->DebugString(), record->DebugString());
      ASSERT_EQ(Must(EncodeRecord(*again)), *bytes);
    }
  }
}

TEST(RecordFormTest, OneCharacterMoreThanALimitIsRefusedByNameAndNumber) {
  int fields = 0;
  InEveryField([&](const pb::Message& record, pb::Message& holder, const pb::FieldDescriptor& field,
                   const std::string& where) {
    const std::uint32_t most = LimitOf(field).characters();
    if (!IsText(field) || most == 0) return;
    ++fields;
    std::string text;
    for (std::uint32_t i = 0; i < most; ++i) text += "한";
    Put(holder, field, text);
    EXPECT_THAT(CheckRecordForm(record), IsOk()) << where;
    Put(holder, field, text + "x");
    const std::string fault =
        absl::StrCat(PlaceOf(field, where), "it has ", most + 1, " characters, and the most is ", most, "; shorten it");
    EXPECT_THAT(CheckRecordForm(record), StatusIs(StatusCode::kInvalidArgument, fault));
    EXPECT_THAT(EncodeRecord(record), StatusIs(StatusCode::kInvalidArgument, fault));
    const std::unique_ptr<pb::Message> read(record.New());
    EXPECT_THAT(DecodeRecord(record.SerializeAsString(), *read), StatusIs(StatusCode::kInvalidArgument, fault));
    Restore(holder, field);
  });
  EXPECT_GT(fields, 60);
}

TEST(RecordFormTest, OneByteMoreThanALimitIsRefusedByNameAndNumber) {
  int fields = 0;
  InEveryField([&](const pb::Message& record, pb::Message& holder, const pb::FieldDescriptor& field,
                   const std::string& where) {
    const v1::Limit& limit = LimitOf(field);
    if (limit.bytes() == 0 || limit.form() == v1::FORM_COUNTRY) return;
    ++fields;
    const std::string begin = IsText(field) ? TextOf(limit.form()) : "x";
    Put(holder, field, begin + std::string(limit.bytes() - begin.size(), 'x'));
    // No zone that there is has so long a name.
    const bool some_fit = limit.form() != v1::FORM_ZONE;
    EXPECT_EQ(CheckRecordForm(record).ok(), some_fit) << where;
    Put(holder, field, begin + std::string(limit.bytes() + 1 - begin.size(), 'x'));
    EXPECT_THAT(CheckRecordForm(record),
                StatusIs(StatusCode::kInvalidArgument, absl::StrCat(PlaceOf(field, where), "it is ", limit.bytes() + 1,
                                                                    " bytes long, and the most is ", limit.bytes())));
    Restore(holder, field);
  });
  EXPECT_GT(fields, 15);
}

TEST(RecordFormTest, AZoneThatIsNotKnownHereIsReadOfOthersAndNotWritten) {
  v1::Moment moment;
  moment.set_date("2030-03-31");
  moment.set_zone("Moon/Tycho");
  EXPECT_THAT(EncodeRecord(moment), StatusIs(StatusCode::kInvalidArgument, "'Moon/Tycho' is not a time zone"));
  v1::Moment read;
  EXPECT_THAT(DecodeRecord(moment.SerializeAsString(), read), IsOk());
  moment.set_zone("no form at all");
  EXPECT_THAT(DecodeRecord(moment.SerializeAsString(), read), StatusIs(StatusCode::kInvalidArgument, "is not a time"));
}

TEST(RecordFormTest, BytesOfAnotherLengthAreRefused) {
  InEveryField(
      [&](const pb::Message& record, pb::Message& holder, const pb::FieldDescriptor& field, const std::string& where) {
        const v1::Limit& limit = LimitOf(field);
        if (limit.exact_bytes() == 0) return;
        for (const std::size_t size : {std::size_t{1}, std::size_t{limit.exact_bytes()} + 1}) {
          Put(holder, field, std::string(size, 'b'));
          EXPECT_THAT(CheckRecordForm(record), StatusIs(StatusCode::kInvalidArgument, PlaceOf(field, where)));
        }
        Put(holder, field, "");
        const bool may = limit.may_be_empty() && !field.is_repeated();
        EXPECT_EQ(CheckRecordForm(record).ok(), may) << where;
        Restore(holder, field);
      });
}

TEST(RecordFormTest, OneItemMoreThanALimitIsRefusedByNameAndNumber) {
  int lists = 0;
  InEveryField(
      [&](const pb::Message& record, pb::Message& holder, const pb::FieldDescriptor& field, const std::string& where) {
        if (!field.is_repeated()) return;
        ++lists;
        const std::uint32_t most = LimitOf(field).items();
        ASSERT_GT(most, 0u) << where << ": a list without a limit";
        const pb::Reflection& reflection = *holder.GetReflection();
        const auto add = [&](std::uint32_t i) {
          if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE)
            FillLeast(*reflection.AddMessage(&holder, &field));
          if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT32) reflection.AddUInt32(&holder, &field, i + 1);
          if (field.cpp_type() != pb::FieldDescriptor::CPPTYPE_STRING) return;
          const v1::Limit& limit = LimitOf(field);
          const bool has_form = limit.form() != v1::FORM_UNSPECIFIED;
          reflection.AddString(&holder, &field,
                               limit.exact_bytes() > 0 ? std::string(limit.exact_bytes(), 'b')
                               : has_form              ? TextOf(limit.form())
                                                       : absl::StrCat(i));
        };
        for (std::uint32_t i = 0; i < most; ++i) add(i);
        EXPECT_THAT(CheckRecordForm(record), IsOk()) << where;
        add(most);
        EXPECT_THAT(CheckRecordForm(record),
                    StatusIs(StatusCode::kInvalidArgument,
                             absl::StrCat(where, ": it has ", most + 1, " items, and the most is ", most)));
        Restore(holder, field);
      });
  EXPECT_GT(lists, 15);
}

TEST(RecordFormTest, NumbersOutsideTheirRangeAreRefused) {
  InEveryField([&](const pb::Message& record, pb::Message& holder, const pb::FieldDescriptor& field,
                   const std::string& where) {
    const v1::Limit& limit = LimitOf(field);
    if (limit.max() == 0) return;
    for (const std::uint64_t number : {limit.min(), limit.max()}) {
      Put(holder, field, number);
      EXPECT_THAT(CheckRecordForm(record), IsOk()) << where;
    }
    Put(holder, field, limit.max() + 1);
    EXPECT_THAT(CheckRecordForm(record),
                StatusIs(StatusCode::kInvalidArgument, absl::StrCat(where, ": ", limit.max() + 1, " is out of range")));
    Put(holder, field, std::uint64_t{0});
    EXPECT_EQ(CheckRecordForm(record).ok(), limit.may_be_empty()) << where;
    Restore(holder, field);
  });
}

TEST(RecordFormTest, TextsThatHaveNotTheirFormAreRefused) {
  InEveryField(
      [&](const pb::Message& record, pb::Message& holder, const pb::FieldDescriptor& field, const std::string& where) {
        if (!IsText(field)) return;
        const v1::Limit& limit = LimitOf(field);
        const auto refuses = [&](const std::string& text) {
          Put(holder, field, text);
          EXPECT_THAT(CheckRecordForm(record), StatusIs(StatusCode::kInvalidArgument, PlaceOf(field, where)))
              << where << " " << text;
        };
        if (limit.form() > v1::FORM_LINES) refuses("12:60 no form at all");
        if (limit.form() != v1::FORM_LINES) refuses("a\nb");
        if (limit.never_empty() || field.is_repeated()) refuses("");
        refuses("e\xCC\x81");  // e and an accent: not NFC
        refuses("a\xE2\x80\xAE b");
        refuses(std::string("a\0b", 3));
        refuses("\xff");
        Put(holder, field, TextOf(limit.form()));
        EXPECT_THAT(CheckRecordForm(record), IsOk()) << where;
        Restore(holder, field);
      });
}

TEST(RecordFormTest, AChoiceOfALaterVersionIsReadFromOthersAndNotWritten) {
  InEveryField([&](const pb::Message& record, pb::Message& holder, const pb::FieldDescriptor& field,
                   const std::string& where) {
    if (field.cpp_type() != pb::FieldDescriptor::CPPTYPE_ENUM) return;
    holder.GetReflection()->SetEnumValue(&holder, &field, 99);
    EXPECT_THAT(EncodeRecord(record), StatusIs(StatusCode::kInvalidArgument, absl::StrCat(where, ": 99 is a choice")));
    const std::unique_ptr<pb::Message> read(record.New());
    EXPECT_THAT(DecodeRecord(record.SerializeAsString(), *read), IsOk()) << where;
    Restore(holder, field);
  });
}

TEST(RecordFormTest, NoFieldAsksForTheNameOfAPerson) {
  const std::set<std::string> persons = {"name",           "person",  "author", "full_name",   "first_name",
                                         "last_name",      "mayor",   "signer", "responsible", "contact_name",
                                         "contact_person", "officer", "birth",  "gender",      "surname",
                                         "given_name",     "email",   "phone"};
  // An organization and a file have names; a role or an office is in charge of a strategy.
  const std::set<std::string> allowed = {"hansa.v1.Organization.name", "hansa.v1.Attachment.name",
                                         "hansa.v1.Strategy.responsible"};
  int fields = 0;
  InEveryField([&](const pb::Message&, pb::Message&, const pb::FieldDescriptor& field, const std::string& where) {
    ++fields;
    const std::string name = absl::AsciiStrToLower(field.name());
    EXPECT_TRUE(!persons.contains(name) || allowed.contains(field.full_name())) << where;
  });
  EXPECT_GT(fields, 200);
  for (const char* name : {"name", "person", "first_name", "last_name"}) {
    EXPECT_TRUE(v1::Contact::descriptor()->IsReservedName(name)) << name;
  }
}

TEST(RecordFormTest, BytesThatAreNoRecordAreRefusedAndNeverTakenForLonger) {
  v1::Practice practice;
  EXPECT_THAT(DecodeRecord("\xff\xff\xff", practice), StatusIs(StatusCode::kInvalidArgument, "Practice"));
  EXPECT_THAT(DecodeRecord("", practice), StatusIs(StatusCode::kInvalidArgument, "title: it is not given"));
  EXPECT_THAT(DecodeRecord(std::string(node::domain::kRecordBytesMax + 1, '\0'), practice),
              StatusIs(StatusCode::kInvalidArgument, "cannot be read"));
}

TEST(RecordFormTest, ARecordLargerThanAPayloadIsRefused) {
  v1::Acceptance acceptance;
  acceptance.mutable_statement()->set_body(std::string(240'000, 'x'));
  acceptance.mutable_statement()->set_signer_pk(std::string(32, 'k'));
  acceptance.mutable_statement()->set_sig(std::string(64, 's'));
  EXPECT_THAT(EncodeRecord(acceptance), IsOk());
  acceptance.GetReflection()->MutableUnknownFields(&acceptance)->AddLengthDelimited(99, std::string(30'000, 'x'));
  EXPECT_THAT(EncodeRecord(acceptance), StatusIs(StatusCode::kResourceExhausted, "the most is 262144"));
}

TEST(RecordFormTest, ChoicesAreWords) {
  EXPECT_EQ(EnumWords(*v1::OfferKind_descriptor(), v1::OFFER_KIND_STUDY_VISIT), "study visit");
  EXPECT_EQ(EnumWords(*v1::OfferKind_descriptor(), 0), "");
  EXPECT_EQ(EnumWords(*v1::OfferKind_descriptor(), 99), "99");
  EXPECT_EQ(EnumWords(*v1::PartnerCount_descriptor(), v1::PARTNER_COUNT_ONE), "one");
}

}  // namespace
}  // namespace hansa::testing
