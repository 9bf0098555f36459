// A record that another one points at, as it is shown beside it.
#ifndef HANSA_NODE_DESK_LINKED_RECORD_H_
#define HANSA_NODE_DESK_LINKED_RECORD_H_

#include <cstdint>
#include <string>

#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

struct LinkedRecord {
  projection::RecordKey key;
  std::string member;          // slug; empty where the roster does not name it
  std::string kind;            // as search::SearchKinds(); empty: not held, taken back, or of a kind without a title
  std::string title;           // empty where the kind is
  std::string language;        // of the title, BCP 47
  std::uint64_t revision = 0;  // that stands, from 1; 0: not held
};

// What `key` is as it stands. Blocks on disk.
LinkedRecord LinkTo(const storage::FeedStore& feeds, const projection::Views& views, const NodeView& view,
                    const projection::RecordKey& key);
// The same of a record that was read.
LinkedRecord LinkTo(const storage::FeedStore& feeds, const NodeView& view, const projection::RecordView& record);

// By kind, in the order in which kinds are shown, then by title and key. What is not held comes last.
bool LinksBefore(const LinkedRecord& a, const LinkedRecord& b);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_LINKED_RECORD_H_
