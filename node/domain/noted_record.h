// A record of any collection as others point at it, where its entries stand, and what it says beside what it points at:
// what the books of notices and of the dialogue are made of.
#ifndef HANSA_NODE_DOMAIN_NOTED_RECORD_H_
#define HANSA_NODE_DOMAIN_NOTED_RECORD_H_

#include <compare>
#include <optional>
#include <string>

#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace google::protobuf {
class Message;
}
namespace hansa::v1 {
class Reference;
}

namespace hansa::node::domain {

// A record, by its author.
struct NotedRecord {
  replication::Member author;
  replication::Collection collection;
  replication::RecordId id;
  friend auto operator<=>(const NotedRecord&, const NotedRecord&) = default;
};

// Where an entry stands in all that its author ever wrote in the collection.
struct NotedPlace {
  replication::Incarnation incarnation;
  replication::Sequence seq;
  friend auto operator<=>(const NotedPlace&, const NotedPlace&) = default;
};

//   nullopt  it points nowhere
std::optional<NotedRecord> RecordOf(const v1::Reference& reference);

// A revision of a record, to be pointed at.
struct NotedRevision {
  NotedRecord record;
  replication::Hash entry_hash;
};
void Point(const NotedRevision& revision, v1::Reference& reference);

// The bytes of what a person can say with `record`: without the reason of the revision, and without the hashes of the
// revisions that it points at, which a later revision of another record changes.
std::string SaidBy(const google::protobuf::Message& record);
// Of records that have a revision_reason.
void SetRevisionReason(const std::string& reason, google::protobuf::Message& record);
std::string RevisionReasonOf(const google::protobuf::Message& record);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_NOTED_RECORD_H_
