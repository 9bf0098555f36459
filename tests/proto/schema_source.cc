#include "tests/proto/schema_source.h"

#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace hansa::testing {
namespace {

namespace pb = google::protobuf;

constexpr char kFolder[] = "proto/hansa/v1";

std::string OneLine(const pb::SourceLocation& location) {
  std::string text = absl::StrCat(location.leading_comments, " ", location.trailing_comments);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

template <typename Thing>
std::string Comment(const Thing& thing) {
  pb::SourceLocation location;
  return thing.GetSourceLocation(&location) ? OneLine(location) : std::string();
}

void AddMessages(const pb::Descriptor& message, std::vector<const pb::Descriptor*>& all) {
  all.push_back(&message);
  for (int i = 0; i < message.nested_type_count(); ++i) AddMessages(*message.nested_type(i), all);
}

}  // namespace

// Files come from the source tree; what protobuf itself brings comes from the program.
struct SchemaSource::Parser : pb::compiler::MultiFileErrorCollector {
  Parser() : builtin(*pb::DescriptorPool::generated_pool()), database(&tree, &builtin), pool(&database) {
    tree.MapPath("", absl::StrCat(HANSA_SOURCE_DIR, "/proto"));
    database.RecordErrorsTo(this);
  }
  void AddError(const std::string& file, int line, int column, const std::string& message) override {
    problems.push_back(absl::StrCat(file, ":", line + 1, ":", column + 1, ": ", message));
  }

  pb::compiler::DiskSourceTree tree;
  pb::DescriptorPoolDatabase builtin;
  pb::compiler::SourceTreeDescriptorDatabase database;
  pb::DescriptorPool pool;
  std::vector<std::string> problems;
};

SchemaSource::SchemaSource() : parser_(std::make_unique<Parser>()) {
  std::vector<std::string> names;
  const std::filesystem::path folder = absl::StrCat(HANSA_SOURCE_DIR, "/", kFolder);
  for (const auto& item : std::filesystem::directory_iterator(folder)) {
    if (item.path().extension() != ".proto") continue;
    names.push_back(absl::StrCat("hansa/v1/", item.path().filename().string()));
  }
  std::sort(names.begin(), names.end());
  // Touching it makes sure that the program brings descriptor.proto, which kinds.proto imports.
  pb::FileDescriptorProto::descriptor();
  for (const std::string& name : names) {
    const pb::FileDescriptor* file = parser_->pool.FindFileByName(name);
    if (file != nullptr) {
      files_.push_back(file);
    } else {
      parser_->problems.push_back(absl::StrCat(name, ": cannot be parsed"));
    }
  }
}

SchemaSource::~SchemaSource() = default;

const std::vector<std::string>& SchemaSource::problems() const { return parser_->problems; }

const pb::FileDescriptor* SchemaSource::File(const std::string& name) const {
  for (const pb::FileDescriptor* file : files_) {
    if (file->name() == name) return file;
  }
  return nullptr;
}

std::vector<const pb::Descriptor*> MessagesOf(const pb::FileDescriptor& file) {
  std::vector<const pb::Descriptor*> all;
  for (int i = 0; i < file.message_type_count(); ++i) AddMessages(*file.message_type(i), all);
  return all;
}

std::vector<const pb::EnumDescriptor*> EnumsOf(const pb::FileDescriptor& file) {
  std::vector<const pb::EnumDescriptor*> all;
  for (int i = 0; i < file.enum_type_count(); ++i) all.push_back(file.enum_type(i));
  for (const pb::Descriptor* message : MessagesOf(file)) {
    for (int i = 0; i < message->enum_type_count(); ++i) all.push_back(message->enum_type(i));
  }
  return all;
}

std::string CommentOf(const pb::FieldDescriptor& field) { return Comment(field); }
std::string CommentOf(const pb::Descriptor& message) { return Comment(message); }
std::string CommentOf(const pb::EnumDescriptor& type) { return Comment(type); }
std::string CommentOf(const pb::EnumValueDescriptor& value) { return Comment(value); }

std::string ReadSourceFile(const std::string& path) {
  std::ifstream in(absl::StrCat(HANSA_SOURCE_DIR, "/", path), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace hansa::testing
