// What the records of some collections say as they stand, read from the views of the moment: for those who need all of
// them, where a search may still be reading.
#ifndef HANSA_NODE_DESK_STANDING_TEXTS_H_
#define HANSA_NODE_DESK_STANDING_TEXTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/search/record_text.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

struct StandingText {
  projection::RecordKey key;
  std::uint64_t revision = 0;  // from 1
  search::RecordText text;
};

// Of every member that is not suspended, and of this node's own in any case: records that are found by a search,
// translations aside. By member, collection and record id. Blocks on disk.
//   DATA_LOSS  a view is damaged
absl::StatusOr<std::vector<StandingText>> StandingTexts(const projection::Views& views, const storage::FeedStore& feeds,
                                                        const NodeView& view,
                                                        absl::Span<const replication::Collection> collections);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_STANDING_TEXTS_H_
