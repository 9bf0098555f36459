// Takes one entry into the records view, and with it into everything that follows from records.
#ifndef HANSA_NODE_PROJECTION_RECORD_INDEX_H_
#define HANSA_NODE_PROJECTION_RECORD_INDEX_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/projection/entry_reading.h"
#include "node/projection/pending_writes.h"
#include "node/projection/record_rows.h"
#include "node/projection/set_index.h"

namespace hansa::node::projection {

// The row of Table::kCursors that counts records; cursors themselves have keys of 16 bytes.
inline constexpr absl::string_view kCountsKey = "counts";

struct CountsRow {
  std::uint64_t records = 0;
  std::uint64_t unknown = 0;
  std::uint64_t faulty = 0;
};
absl::StatusOr<CountsRow> DecodeCounts(absl::string_view row);

// Adds what was read to the record in `pending`. Taking the same entry twice changes nothing.
//   DATA_LOSS  a row of the view, or the feed, is damaged
absl::Status TakeRevision(const IndexSources& sources, const RecordKey& record, const EntryRead& read,
                          PendingWrites& pending);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_RECORD_INDEX_H_
