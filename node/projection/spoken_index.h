// Keeps the rows of surveys and ratings (spoken_rows.h) in step with the records view. A rating is shown once the
// report that it rates has been read, whichever came first; a record that was taken back, or that cannot be believed by
// its own bytes, has no row.
#ifndef HANSA_NODE_PROJECTION_SPOKEN_INDEX_H_
#define HANSA_NODE_PROJECTION_SPOKEN_INDEX_H_

#include "absl/status/status.h"
#include "node/domain/review_reading.h"
#include "node/projection/pending_writes.h"
#include "node/projection/record_rows.h"
#include "node/projection/set_index.h"

namespace hansa::node::projection {

// The present value of a member's record of reviews has become another.
struct SpokenMoved {
  RecordKey record;
  Revision after;
  const domain::SpokenAnswers* spoken = nullptr;  // what `after` says of cells; nullptr: nothing
};

// Writes what follows into `pending`, in which the head of the record is the new one already.
//   DATA_LOSS  a row of the view, or the feed, is damaged
absl::Status FollowSpoken(const IndexSources& sources, const SpokenMoved& moved, PendingWrites& pending);

// A revision of a report has been read, and stands in `pending`: ratings of it that wait are shown. Errors as above.
absl::Status FollowReport(const IndexSources& sources, const RecordKey& report, const Revision& revision,
                          PendingWrites& pending);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_SPOKEN_INDEX_H_
