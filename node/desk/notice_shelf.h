// Everything held of notices, of taking part and of clusters at one moment, read from the views: the book, and the
// bytes behind it.
#ifndef HANSA_NODE_DESK_NOTICE_SHELF_H_
#define HANSA_NODE_DESK_NOTICE_SHELF_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/domain/notice_book.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

struct ShelvedRecord {
  projection::RecordView record;
  replication::Bytes payload;  // of its last entry; empty if it takes the record back or cannot be read
};

class NoticeShelf {
 public:
  // Blocks on disk.
  //   DATA_LOSS  a feed or a view is damaged
  static absl::StatusOr<NoticeShelf> Read(const storage::FeedStore& feeds, const projection::Views& views,
                                          const NodeView& view);

  const domain::NoticeBook& book() const { return book_; }
  // nullptr if it is not on the shelf.
  const ShelvedRecord* Find(const domain::NotedRecord& record) const;
  // Those that are in the cluster: by the name of the member.
  std::vector<const ShelvedRecord*> JoinedOf(const NodeView& view, const domain::NotedRecord& cluster) const;
  // Who says to have taken part in `event`, or in anything: by the name of the member, first day and title.
  std::vector<const ShelvedRecord*> TakenPart(const NodeView& view, const domain::NotedRecord* event) const;

 private:
  absl::Status ReadCollection(const storage::FeedStore& feeds, const projection::Views& views,
                              replication::Member member, replication::Collection collection,
                              std::vector<domain::NotedEntry>& entries);

  domain::NoticeBook book_;
  std::map<domain::NotedRecord, ShelvedRecord> records_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_NOTICE_SHELF_H_
