// The fields of a record held to the limits that its schema states (hansa/v1/limits.proto), one by one, and how files
// and messages call them.
#ifndef HANSA_NODE_DOMAIN_RECORD_FIELDS_H_
#define HANSA_NODE_DOMAIN_RECORD_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Message;
class FieldDescriptor;
}  // namespace google::protobuf

namespace hansa::node::domain {

// Who wrote a record. What others wrote may hold values of enumerations that only a newer version knows.
enum class Origin { kOwn, kOthers };

//   INVALID_ARGUMENT  the first field that breaks a limit: 'links 2: url: what; what to do'
absl::Status CheckFields(const google::protobuf::Message& record, Origin origin);

// Subjects lie flat in files: `features`, not `subjects.features`.
bool LiesFlat(const google::protobuf::FieldDescriptor& field);

// An http, https or mailto address.
bool IsAddress(absl::string_view text);
// A day that there is, YYYY-MM-DD.
bool IsDay(absl::string_view text);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_RECORD_FIELDS_H_
