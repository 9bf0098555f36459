// Keeps the observations view in step with the records view: which set speaks for (member, framework
// version, year) now, its observations by member and by cell, and the cells it answers.
#ifndef HANSA_NODE_PROJECTION_SET_INDEX_H_
#define HANSA_NODE_PROJECTION_SET_INDEX_H_

#include <optional>

#include "absl/status/status.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/entry_reading.h"
#include "node/projection/observation_rows.h"
#include "node/projection/pending_writes.h"
#include "storage/feed_store.h"

namespace hansa::node::projection {

// What rows are made from besides the entry at hand. Both outlive the call only.
struct IndexSources {
  const storage::FeedStore& feeds;
  const catalogue::Catalogue& catalogue;
};

// The present value of one record of a member's indicators has become another.
struct RecordMoved {
  RecordKey record;
  std::optional<Revision> before;  // absent for a new record
  Revision after;
  const SetContent* content = nullptr;  // what `after` says, if it is a set that may be shown
};

// Writes what follows from `moved` into `pending`, in which the head of the record is the new one already. Where
// several records of a member speak of one set, the last by (incarnation, sequence) is shown.
absl::Status FollowRecord(const IndexSources& sources, const RecordMoved& moved, PendingWrites& pending);

// An earlier revision of a record came after `present`, which stays its present value: there is one revision more.
absl::Status FollowCount(const RecordKey& record, const Revision& present, PendingWrites& pending);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_SET_INDEX_H_
