#include "node/files/files_named.h"

#include <memory>

#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/notices.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/reference.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "replication/check.h"

namespace hansa::node::files {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

template <typename Record>
Attachments* InA(Message& record) {
  auto* const found = dynamic_cast<Record*>(&record);
  return found == nullptr ? nullptr : found->mutable_attachments();
}
template <typename... Records>
Attachments& InAnyOf(Message& record) {
  Attachments* found = nullptr;
  ((found = found == nullptr ? InA<Records>(record) : found), ...);
  HANSA_CHECK(found != nullptr);
  return *found;
}

void Add(const Message& attachment, std::vector<replication::WantedFile>& files) {
  replication::WantedFile file = FileOf(static_cast<const v1::Attachment&>(attachment));
  if (!replication::IsWhole(file)) return;
  for (const replication::WantedFile& other : files) {
    if (other.file == file.file) return;
  }
  files.push_back(std::move(file));
}

}  // namespace

std::unique_ptr<Message> RecordThatNamesFiles(replication::Kind kind) {
  switch (kind.value()) {
    case v1::KIND_PRACTICES_PRACTICE:
      return std::make_unique<v1::Practice>();
    case v1::KIND_OFFERS_OFFER:
      return std::make_unique<v1::Offer>();
    case v1::KIND_OFFERS_CONCLUSION:
      return std::make_unique<v1::Conclusion>();
    case v1::KIND_REVIEWS_REPORT:
      return std::make_unique<v1::ReviewReport>();
    case v1::KIND_DIALOGUE_TOPIC:
      return std::make_unique<v1::Topic>();
    case v1::KIND_DIALOGUE_ANSWER:
      return std::make_unique<v1::Answer>();
    case v1::KIND_NOTICES_GUIDANCE:
      return std::make_unique<v1::Guidance>();
    case v1::KIND_NOTICES_OPPORTUNITY:
      return std::make_unique<v1::Opportunity>();
    case v1::KIND_NOTICES_CALL_FOR_DATA:
      return std::make_unique<v1::CallForData>();
    case v1::KIND_NOTICES_RECOGNITION:
      return std::make_unique<v1::Recognition>();
    case v1::KIND_NOTICES_CLUSTER:
      return std::make_unique<v1::Cluster>();
    case v1::KIND_STRATEGIES_STRATEGY:
      return std::make_unique<v1::Strategy>();
    default:
      return nullptr;
  }
}

Attachments& AttachmentsOf(Message& record) {
  return InAnyOf<v1::Practice, v1::Offer, v1::Conclusion, v1::ReviewReport, v1::Topic, v1::Answer, v1::Guidance,
                 v1::Opportunity, v1::CallForData, v1::Recognition, v1::Cluster, v1::Strategy>(record);
}

replication::WantedFile FileOf(const v1::Attachment& attachment) {
  replication::WantedFile file;
  file.file = replication::Hash::From(attachment.hash()).value_or(replication::Hash());
  file.salt = attachment.salt();
  file.size = attachment.size();
  file.chunks.reserve(static_cast<std::size_t>(attachment.chunk_hashes_size()));
  for (const std::string& hash : attachment.chunk_hashes()) {
    file.chunks.push_back(replication::Hash::From(hash).value_or(replication::Hash()));
  }
  return file;
}

std::vector<replication::WantedFile> FilesNamedIn(replication::Kind kind, replication::BytesView payload) {
  std::vector<replication::WantedFile> files;
  const std::unique_ptr<Message> record = RecordThatNamesFiles(kind);
  if (record == nullptr || !record->ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return files;
  const google::protobuf::Descriptor& form = *record->GetDescriptor();
  const google::protobuf::Reflection& reader = *record->GetReflection();
  for (int i = 0; i < form.field_count(); ++i) {
    const FieldDescriptor* field = form.field(i);
    if (field->message_type() != v1::Attachment::descriptor()) continue;
    if (!field->is_repeated()) {
      if (reader.HasField(*record, field)) Add(reader.GetMessage(*record, field), files);
      continue;
    }
    for (int at = 0; at < reader.FieldSize(*record, field); ++at) {
      Add(reader.GetRepeatedMessage(*record, field, at), files);
    }
  }
  return files;
}

}  // namespace hansa::node::files
