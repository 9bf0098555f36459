// Field and value numbers are final. frozen_numbers.txt holds them as they were first published; a
// line of it is never changed or taken out. A new field adds a line.
//
// A file whose numbers are final is named by a line "file hansa/v1/NAME.proto"; others are not
// looked at.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/proto/schema_source.h"

namespace hansa::testing {
namespace {

namespace pb = google::protobuf;

constexpr char kList[] = "tests/proto/frozen_numbers.txt";

std::string TypeOf(const pb::FieldDescriptor& field) {
  if (field.message_type() != nullptr) return field.message_type()->full_name();
  if (field.enum_type() != nullptr) return field.enum_type()->full_name();
  return field.type_name();
}

std::string LineOf(const pb::FieldDescriptor& field) {
  std::string line = absl::StrCat(field.full_name(), " = ", field.number(), " ", field.is_repeated() ? "repeated " : "",
                                  TypeOf(field));
  if (field.containing_oneof() != nullptr) {
    absl::StrAppend(&line, " in ", field.containing_oneof()->name());
  }
  return line;
}

std::set<std::string> LinesOf(const pb::FileDescriptor& file) {
  std::set<std::string> lines = {absl::StrCat("file ", file.name())};
  for (const pb::Descriptor* message : MessagesOf(file)) {
    for (int i = 0; i < message->field_count(); ++i) lines.insert(LineOf(*message->field(i)));
  }
  for (const pb::EnumDescriptor* type : EnumsOf(file)) {
    for (int i = 0; i < type->value_count(); ++i) {
      lines.insert(absl::StrCat(type->full_name(), ".", type->value(i)->name(), " = ", type->value(i)->number()));
    }
  }
  return lines;
}

std::set<std::string> FrozenLines() {
  std::set<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(ReadSourceFile(kList), '\n')) {
    if (!line.empty() && !absl::StartsWith(line, "#")) lines.emplace(line);
  }
  return lines;
}

class Frozen : public ::testing::Test {
 protected:
  SchemaSource source_;
  std::set<std::string> frozen_ = FrozenLines();
};

TEST_F(Frozen, TheRecordFilesAreInTheList) {
  for (const char* name :
       {"kinds", "reference", "practices", "offers", "aggregates", "reviews", "dialogue", "notices", "strategies"}) {
    EXPECT_EQ(frozen_.count(absl::StrCat("file hansa/v1/", name, ".proto")), 1u) << name;
  }
}

TEST_F(Frozen, NoNumberHasChangedOrGone) {
  std::set<std::string> now;
  for (const pb::FileDescriptor* file : source_.files()) now.merge(LinesOf(*file));
  for (const std::string& line : frozen_) {
    EXPECT_EQ(now.count(line), 1u) << "was published, and is no longer so: " << line;
  }
}

TEST_F(Frozen, EveryNewNumberIsInTheList) {
  for (const pb::FileDescriptor* file : source_.files()) {
    if (frozen_.count(absl::StrCat("file ", file->name())) == 0) continue;
    for (const std::string& line : LinesOf(*file)) {
      EXPECT_EQ(frozen_.count(line), 1u) << "add to " << kList << ": " << line;
    }
  }
}

}  // namespace
}  // namespace hansa::testing
