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

namespace hansa::node::domain {

// An empty message of the record of `kind`.
std::unique_ptr<google::protobuf::Message> NewNotice(NoticeKind kind);

// `notice` is a message of that kind.
NoticeFacts FactsOf(NoticeKind kind, const google::protobuf::Message& notice);

// What an entry says that takes nothing back; std::monostate where it is of another kind or cannot be read.
decltype(NotedEntry::says) ReadNoted(replication::Kind kind, const replication::Bytes& payload);

// What the file of a notice names, once it is known who and what that is.
struct NoticePointers {
  std::vector<replication::Member> audience, members, coordinators;
  std::optional<NotedRevision> translation_of, replaces;
  std::vector<NotedRevision> practices, clusters;
};
// Puts them into `notice`; members ascend.
void PutPointers(NoticeKind kind, const NoticePointers& pointers, google::protobuf::Message& notice);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_NOTICE_READING_H_
