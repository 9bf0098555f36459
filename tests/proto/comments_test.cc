// Every field says what it holds, and none asks for what the network must not ask.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/proto/schema_source.h"

namespace hansa::testing {
namespace {

namespace pb = google::protobuf;

class Schema : public ::testing::Test {
 protected:
  // Calls `look` for each field of each message of each file.
  template <typename Look>
  void ForEachField(Look look) const {
    for (const pb::FileDescriptor* file : source_.files()) {
      for (const pb::Descriptor* message : MessagesOf(*file)) {
        for (int i = 0; i < message->field_count(); ++i) look(*message->field(i));
      }
    }
  }

  SchemaSource source_;
};

TEST_F(Schema, Parses) {
  EXPECT_TRUE(source_.problems().empty()) << absl::StrJoin(source_.problems(), "\n");
  EXPECT_GE(source_.files().size(), 10u);
}

TEST_F(Schema, EveryFieldHasAComment) {
  ForEachField([](const pb::FieldDescriptor& field) {
    EXPECT_NE(CommentOf(field), "") << field.file()->name() << ": " << field.full_name();
  });
}

TEST_F(Schema, EveryMessageHasAComment) {
  for (const pb::FileDescriptor* file : source_.files()) {
    for (const pb::Descriptor* message : MessagesOf(*file)) {
      EXPECT_NE(CommentOf(*message), "") << file->name() << ": " << message->full_name();
    }
  }
}

TEST_F(Schema, EveryEnumAndEachOfItsValuesHasAComment) {
  for (const pb::FileDescriptor* file : source_.files()) {
    for (const pb::EnumDescriptor* type : EnumsOf(*file)) {
      EXPECT_NE(CommentOf(*type), "") << file->name() << ": " << type->full_name();
      for (int i = 0; i < type->value_count(); ++i) {
        EXPECT_NE(CommentOf(*type->value(i)), "") << file->name() << ": " << type->value(i)->name();
      }
    }
  }
}

TEST_F(Schema, EveryFileIsOfThePackageThatItsPathSays) {
  for (const pb::FileDescriptor* file : source_.files()) {
    EXPECT_EQ(file->package(), "hansa.v1") << file->name();
    EXPECT_EQ(file->syntax(), pb::FileDescriptor::SYNTAX_PROTO3) << file->name();
  }
}

TEST_F(Schema, ZeroOfEveryRecordEnumMeansNotGiven) {
  for (const char* name : {"reference", "indicators", "practices", "offers", "aggregates", "reviews", "dialogue",
                           "notices", "strategies"}) {
    const pb::FileDescriptor* file = source_.File(absl::StrCat("hansa/v1/", name, ".proto"));
    ASSERT_NE(file, nullptr) << name;
    for (const pb::EnumDescriptor* type : EnumsOf(*file)) {
      EXPECT_TRUE(absl::EndsWith(type->value(0)->name(), "_UNSPECIFIED")) << type->full_name();
      EXPECT_EQ(type->value(0)->number(), 0) << type->full_name();
    }
  }
}

// The two names that are allowed are those of organizations and of files.
TEST_F(Schema, NoRecordAsksForAPersonsName) {
  const std::set<std::string> allowed = {"hansa.v1.Organization.name", "hansa.v1.Attachment.name"};
  for (const char* name : {"reference", "indicators", "practices", "offers", "aggregates", "reviews", "dialogue",
                           "notices", "strategies"}) {
    const pb::FileDescriptor* file = source_.File(absl::StrCat("hansa/v1/", name, ".proto"));
    ASSERT_NE(file, nullptr) << name;
    for (const pb::Descriptor* message : MessagesOf(*file)) {
      for (int i = 0; i < message->field_count(); ++i) {
        const pb::FieldDescriptor& field = *message->field(i);
        if (allowed.count(field.full_name()) > 0) continue;
        for (const absl::string_view word : absl::StrSplit(field.name(), '_')) {
          for (const char* banned : {"name", "names", "person", "author", "mayor", "signature"}) {
            EXPECT_NE(word, banned) << field.full_name();
          }
        }
      }
    }
  }
}

TEST_F(Schema, NothingRanksOrScores) {
  ForEachField([](const pb::FieldDescriptor& field) {
    if (field.name() == "action_points") return;
    for (const absl::string_view word : absl::StrSplit(field.name(), '_')) {
      for (const char* banned : {"rank", "ranking", "score", "points", "grade", "league", "stars"}) {
        EXPECT_NE(word, banned) << field.full_name();
      }
    }
  });
}

}  // namespace
}  // namespace hansa::testing
