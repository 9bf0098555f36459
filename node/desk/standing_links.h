// The records that a record points at as it stands. A revision keeps such a link, even to a record that was taken back
// since; a new link to one that was taken back is refused by whoever reads it from a file.
#ifndef HANSA_NODE_DESK_STANDING_LINKS_H_
#define HANSA_NODE_DESK_STANDING_LINKS_H_

#include <map>
#include <optional>

#include "node/domain/noted_record.h"
#include "node/projection/views.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::desk {

class StandingLinks {
 public:
  // Of a record that is new.
  StandingLinks() = default;
  // Of every reference in `record`, at whatever depth.
  explicit StandingLinks(const google::protobuf::Message& record);

  // The revision of `record` to point at: the newest; of one that was taken back, the one that is pointed at already.
  // `is_withdrawn`: whether its newest revision takes it back.
  //   nullopt  it was taken back, and nothing points at it yet
  std::optional<domain::NotedRevision> PointAt(const projection::RecordView& record, bool is_withdrawn) const;

 private:
  void Take(const google::protobuf::Message& message);

  std::map<domain::NotedRecord, replication::Hash> links_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_STANDING_LINKS_H_
