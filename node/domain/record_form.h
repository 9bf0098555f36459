// Records as their messages (hansa/v1/practices.proto, offers.proto and their likes): whether they keep to what their
// schema states, as bytes that are signed, and as files that people write. The limits are those of the schema itself:
// nothing here knows a field by name that another record could have as well.
// Promise: what EncodeRecord gives, DecodeRecord takes, and it is the same bytes each time.
#ifndef HANSA_NODE_DOMAIN_RECORD_FORM_H_
#define HANSA_NODE_DOMAIN_RECORD_FORM_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Message;
class EnumDescriptor;
}  // namespace google::protobuf

namespace hansa::node::domain {

// Greatest size of a record, in bytes: the limit of an entry's payload.
inline constexpr std::size_t kRecordBytesMax = 262'144;

// Whether every text is NFC within its limit and free of what CheckText refuses, every list within its limit, every
// language a language, every day a day, every number within its range, and what is never empty there.
//   INVALID_ARGUMENT  names the field as files call it, says the rule and what to do
absl::Status CheckRecordForm(const google::protobuf::Message& record);

// The bytes to sign.
//   INVALID_ARGUMENT    as CheckRecordForm
//   RESOURCE_EXHAUSTED  more than kRecordBytesMax
absl::StatusOr<std::string> EncodeRecord(const google::protobuf::Message& record);

// The gate for bytes that others wrote.
//   INVALID_ARGUMENT  not such a message, or one that breaks its form
absl::Status DecodeRecord(absl::string_view bytes, google::protobuf::Message& record);

// What `kind` is as words: OFFER_KIND_STUDY_VISIT is "study visit"; 0 is "".
std::string EnumWords(const google::protobuf::EnumDescriptor& type, int value);

// The record as one JSON object, with the names and words of files. What is not given is left out. UTF-8.
std::string RecordJson(const google::protobuf::Message& record);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_RECORD_FORM_H_
