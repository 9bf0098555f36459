// Which files an entry names: its attachments, as the replication core wants to know them.
#ifndef HANSA_NODE_FILES_FILES_NAMED_H_
#define HANSA_NODE_FILES_FILES_NAMED_H_

#include <memory>
#include <vector>

#include "replication/bytes.h"
#include "replication/files.h"
#include "replication/strong_id.h"

namespace google::protobuf {
class Message;
template <typename Element>
class RepeatedPtrField;
}  // namespace google::protobuf
namespace hansa::v1 {
class Attachment;
}

namespace hansa::node::files {

using Attachments = google::protobuf::RepeatedPtrField<v1::Attachment>;

// An empty record of a kind that may name files; null for other kinds.
std::unique_ptr<google::protobuf::Message> RecordThatNamesFiles(replication::Kind kind);
// What such a record names, in its author's order.
Attachments& AttachmentsOf(google::protobuf::Message& record);

// The numbers of an attachment; the entry that names it and the chunks that are held are left to the caller. What it
// gives may be unsound where the attachment is: see replication::IsWhole.
replication::WantedFile FileOf(const v1::Attachment& attachment);

// Those of a record's payload, in its order, each once. Empty for kinds that have none, bytes that are no such record,
// and files whose numbers do not go together.
std::vector<replication::WantedFile> FilesNamedIn(replication::Kind kind, replication::BytesView payload);

}  // namespace hansa::node::files

#endif  // HANSA_NODE_FILES_FILES_NAMED_H_
