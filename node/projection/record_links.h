// Which records an entry points at, as far as views are asked for it: a practice at those that it builds on, a
// translation at its original, practices and offers at the clusters that they belong to.
#ifndef HANSA_NODE_PROJECTION_RECORD_LINKS_H_
#define HANSA_NODE_PROJECTION_RECORD_LINKS_H_

#include "absl/status/status.h"
#include "node/projection/pending_writes.h"
#include "node/projection/record_rows.h"
#include "replication/bytes.h"

namespace hansa::node::projection {

// Adds to `pending` that `record` points there. `payload` is that of `revision`; what was not understood points
// nowhere.
void TakeLinks(const RecordKey& record, const Revision& revision, replication::BytesView payload,
               PendingWrites& pending);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_RECORD_LINKS_H_
