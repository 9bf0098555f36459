#include "node/domain/record_form.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "node/domain/record_fields.h"
#include "replication/check.h"

namespace hansa::node::domain {

namespace pb = google::protobuf;

absl::Status CheckRecordForm(const pb::Message& record) { return CheckFields(record, Origin::kOwn); }

absl::StatusOr<std::string> EncodeRecord(const pb::Message& record) {
  HANSA_RETURN_IF_ERROR(CheckFields(record, Origin::kOwn));
  std::string bytes;
  pb::io::StringOutputStream stream(&bytes);
  pb::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  HANSA_CHECK(record.SerializeToCodedStream(&coded));
  coded.Trim();
  if (bytes.size() > kRecordBytesMax) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the record would be ", bytes.size(), " bytes long, and the most is ", kRecordBytesMax, "; shorten its texts"));
  }
  return bytes;
}

absl::Status DecodeRecord(absl::string_view bytes, pb::Message& record) {
  const bool fits = bytes.size() <= kRecordBytesMax;
  if (!fits || !record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError(
        absl::StrCat("the content cannot be read as what it says it is, ", record.GetDescriptor()->name()));
  }
  return CheckFields(record, Origin::kOthers);
}

std::string EnumWords(const pb::EnumDescriptor& type, int value) {
  const pb::EnumValueDescriptor* const found = type.FindValueByNumber(value);
  if (value == 0) return "";
  if (found == nullptr) return absl::StrCat(value);
  // Values begin with the name of their type: OfferKind, OFFER_KIND_STUDY_VISIT.
  const absl::string_view zero = type.FindValueByNumber(0)->name();
  const absl::string_view prefix = absl::StripSuffix(zero, "UNSPECIFIED");
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripPrefix(found->name(), prefix)), {{"_", " "}});
}

}  // namespace hansa::node::domain
