// The schemas as they stand in the source tree, with their comments, which compiled code no longer
// has.
//
// Promise: what is returned is what proto/hansa/v1 says now, not what was built earlier.
#ifndef HANSA_TESTS_PROTO_SCHEMA_SOURCE_H_
#define HANSA_TESTS_PROTO_SCHEMA_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

namespace google::protobuf {
class Descriptor;
class EnumDescriptor;
class EnumValueDescriptor;
class FieldDescriptor;
class FileDescriptor;
}  // namespace google::protobuf

namespace hansa::testing {

// Not thread-safe. Descriptors live as long as the object.
class SchemaSource {
 public:
  // Parses every .proto of the folder. What cannot be read or parsed is in problems().
  SchemaSource();
  ~SchemaSource();
  SchemaSource(const SchemaSource&) = delete;
  SchemaSource& operator=(const SchemaSource&) = delete;

  // In the order of their names.
  const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }

  // One line each: file, line, what is wrong.
  const std::vector<std::string>& problems() const;

  // The file of this name, such as "hansa/v1/offers.proto"; null if it is not there or does not
  // parse.
  const google::protobuf::FileDescriptor* File(const std::string& name) const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
};

// All messages of a file, nested ones after the one they stand in.
std::vector<const google::protobuf::Descriptor*> MessagesOf(const google::protobuf::FileDescriptor& file);

// All enums of a file, nested ones as well.
std::vector<const google::protobuf::EnumDescriptor*> EnumsOf(const google::protobuf::FileDescriptor& file);

// The comment above or behind it, on one line; empty if there is none.
std::string CommentOf(const google::protobuf::FieldDescriptor& field);
std::string CommentOf(const google::protobuf::Descriptor& message);
std::string CommentOf(const google::protobuf::EnumDescriptor& type);
std::string CommentOf(const google::protobuf::EnumValueDescriptor& value);

// Whole content of a file of the source tree, by its path from the top; empty if it cannot be read.
std::string ReadSourceFile(const std::string& path);

}  // namespace hansa::testing

#endif  // HANSA_TESTS_PROTO_SCHEMA_SOURCE_H_
