// Records as JSON objects, field by field as their schema has them: names as in the schema, choices as words, bytes as
// hex digits, subjects flat. What files may say beside this is in record_file.h.
#ifndef HANSA_NODE_DOMAIN_RECORD_JSON_H_
#define HANSA_NODE_DOMAIN_RECORD_JSON_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::domain {

// Fills `record`, which is empty, from a JSON object. Texts are cleaned; null and absent are the same. Limits are not
// looked at: CheckRecordForm does.
//   INVALID_ARGUMENT  not such an object: names the field, and for an unknown one the nearest
absl::Status FillFromJson(absl::string_view json, google::protobuf::Message& record);

// A choice however it is written: "Study-visit" and "study_visit" are "study visit".
std::string PlainWords(absl::string_view words);

// The names that an object of this record may have, in the order of the schema.
std::vector<std::string> JsonNames(const google::protobuf::Message& record);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_RECORD_JSON_H_
