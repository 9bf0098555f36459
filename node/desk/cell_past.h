// The past of a city's cells: what its sets said of them, and its surveys and ratings, which stand in records of their
// own beside the sets. Every revision stays readable, those that were corrected or taken back too.
#ifndef HANSA_NODE_DESK_CELL_PAST_H_
#define HANSA_NODE_DESK_CELL_PAST_H_

#include <vector>

#include "absl/status/statusor.h"
#include "node/desk/desk_reports.h"
#include "node/desk/review_records.h"
#include "node/projection/views.h"
#include "replication/strong_id.h"

namespace hansa::node::desk {

// By cell in the order of the catalogue, those that it lacks last, then by year, then as they were published: records
// of one feed in its order, sets and the others by the time that their author says. A survey or rating that does not
// stand is there with the reason; a rating whose report is not held here is left out, since nothing says its year.
// Errors: what the store says.
absl::StatusOr<std::vector<HistoryRow>> PastOf(const ReviewSources& sources, replication::Member member,
                                               const projection::PastQuery& query);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_CELL_PAST_H_
