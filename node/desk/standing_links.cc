#include "node/desk/standing_links.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <vector>

#include "hansa/v1/reference.pb.h"
#include "node/desk/notice_records.h"

namespace hansa::node::desk {

namespace pb = google::protobuf;

StandingLinks::StandingLinks(const pb::Message& record) { Take(record); }

void StandingLinks::Take(const pb::Message& message) {
  if (message.GetDescriptor() == v1::Reference::descriptor()) {
    const auto& reference = static_cast<const v1::Reference&>(message);
    const std::optional<domain::NotedRecord> record = domain::RecordOf(reference);
    const std::optional<replication::Hash> hash = replication::Hash::From(reference.entry_hash());
    if (record && hash) links_.insert_or_assign(*record, *hash);
    return;
  }
  const pb::Reflection& reflection = *message.GetReflection();
  std::vector<const pb::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const pb::FieldDescriptor* field : fields) {
    if (field->cpp_type() != pb::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Take(reflection.GetMessage(message, field));
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      Take(reflection.GetRepeatedMessage(message, field, i));
    }
  }
}

std::optional<domain::NotedRevision> StandingLinks::PointAt(const projection::RecordView& record,
                                                            bool is_withdrawn) const {
  if (!is_withdrawn) return NewestOf(record);
  const auto found = links_.find(NotedOf(record.key));
  if (found == links_.end()) return std::nullopt;
  return domain::NotedRevision{found->first, found->second};
}

}  // namespace hansa::node::desk
