// What one entry of notices, of taking part and of joining says, for the book of notices: from its bytes, by nothing
// else. Also the messages behind it, by their kind.
#ifndef HANSA_NODE_DOMAIN_NOTICE_READING_H_
#define HANSA_NODE_DOMAIN_NOTICE_READING_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/domain/notice_book.h"
#include "replication/bytes.h"

namespace google::protobuf {
class Message;
}
namespace hansa::v1 {
class Reference;
}

namespace hansa::node::domain {

// An empty message of the record of `kind`.
std::unique_ptr<google::protobuf::Message> NewNotice(NoticeKind kind);

// `notice` is a message of that kind.
NoticeFacts FactsOf(NoticeKind kind, const google::protobuf::Message& notice);

// What an entry says that takes nothing back; std::monostate where it is of another kind or cannot be read.
decltype(NotedEntry::says) ReadNoted(replication::Kind kind, const replication::Bytes& payload);

//   nullopt  it points nowhere
std::optional<NotedRecord> RecordOf(const v1::Reference& reference);

// A revision of a record, to be pointed at.
struct NotedRevision {
  NotedRecord record;
  replication::Hash entry_hash;
};
void Point(const NotedRevision& revision, v1::Reference& reference);

// What the file of a notice names, once it is known who and what that is.
struct NoticePointers {
  std::vector<replication::Member> audience, members, coordinators;
  std::optional<NotedRevision> translation_of, replaces;
  std::vector<NotedRevision> practices, clusters;
};
// Puts them into `notice`; members ascend.
void PutPointers(NoticeKind kind, const NoticePointers& pointers, google::protobuf::Message& notice);

// The bytes of what a person can say with `record`: without the reason of the revision, and without the hashes of the
// revisions that it points at, which a later revision of another record changes.
std::string SaidBy(const google::protobuf::Message& record);
// Of records that have a revision_reason.
void SetRevisionReason(const std::string& reason, google::protobuf::Message& record);
std::string RevisionReasonOf(const google::protobuf::Message& record);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_NOTICE_READING_H_
