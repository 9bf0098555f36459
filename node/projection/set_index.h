// Keeps the observations view in step with the records view: which set speaks for (member, framework
// version, year) now, and its observations by member and by cell.
#ifndef HANSA_NODE_PROJECTION_SET_INDEX_H_
#define HANSA_NODE_PROJECTION_SET_INDEX_H_

#include <optional>

#include "absl/status/status.h"
#include "node/projection/observation_rows.h"
#include "node/projection/pending_writes.h"
#include "storage/feed_store.h"

namespace hansa::node::projection {

// The present value of one record of a member's indicators has become another.
struct RecordMoved {
  RecordKey record;
  std::optional<Revision> before;  // absent for a new record
  Revision after;
};

// Writes what follows from `moved` into `pending`. Where several records of a member speak of one set,
// the last by (incarnation, sequence) is shown.
absl::Status FollowRecord(const storage::FeedStore& feeds, const RecordMoved& moved, PendingWrites& pending);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_SET_INDEX_H_
