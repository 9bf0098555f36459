#include "node/domain/noted_record.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>

#include "hansa/v1/reference.pb.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

namespace pb = google::protobuf;

constexpr char kReason[] = "revision_reason";

void ClearHash(pb::Message& reference) { dynamic_cast<v1::Reference&>(reference).clear_entry_hash(); }

const pb::FieldDescriptor& ReasonField(const pb::Message& record) {
  const pb::FieldDescriptor* const field = record.GetDescriptor()->FindFieldByName(kReason);
  HANSA_CHECK(field != nullptr);
  return *field;
}

}  // namespace

std::optional<NotedRecord> RecordOf(const v1::Reference& reference) {
  const auto id = replication::RecordId::From(reference.record_id());
  if (!id || reference.member() == 0) return std::nullopt;
  return NotedRecord{replication::Member(reference.member()),
                     replication::Collection(static_cast<std::uint16_t>(reference.collection())), *id};
}

void Point(const NotedRevision& revision, v1::Reference& reference) {
  reference.set_member(revision.record.author.value());
  reference.set_collection(revision.record.collection.value());
  reference.set_record_id(revision.record.id.str());
  reference.set_entry_hash(revision.entry_hash.str());
}

std::string SaidBy(const pb::Message& record) {
  const std::unique_ptr<pb::Message> said(record.New());
  said->CopyFrom(record);
  const pb::Reflection& reflection = *said->GetReflection();
  for (int i = 0; i < said->GetDescriptor()->field_count(); ++i) {
    const pb::FieldDescriptor& field = *said->GetDescriptor()->field(i);
    if (field.name() == kReason) reflection.ClearField(said.get(), &field);
    if (field.message_type() != v1::Reference::descriptor()) continue;
    if (!field.is_repeated()) {
      if (reflection.HasField(*said, &field)) ClearHash(*reflection.MutableMessage(said.get(), &field));
      continue;
    }
    for (int item = 0; item < reflection.FieldSize(*said, &field); ++item) {
      ClearHash(*reflection.MutableRepeatedMessage(said.get(), &field, item));
    }
  }
  return said->SerializeAsString();
}

void SetRevisionReason(const std::string& reason, pb::Message& record) {
  record.GetReflection()->SetString(&record, &ReasonField(record), reason);
}

std::string RevisionReasonOf(const pb::Message& record) {
  return record.GetReflection()->GetString(record, &ReasonField(record));
}

}  // namespace hansa::node::domain
