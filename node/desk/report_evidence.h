// What a report says beside figures, gathered from one city's own records: targets, strategies, reports, ratings,
// surveys.
#ifndef HANSA_NODE_DESK_REPORT_EVIDENCE_H_
#define HANSA_NODE_DESK_REPORT_EVIDENCE_H_

#include <set>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/views.h"
#include "node/report/report_input.h"
#include "node/running_node.h"
#include "replication/roster_state.h"

namespace hansa::node::desk {

// Whose records, and what they are read by. All must outlive the call only.
struct EvidenceSources {
  RunningNode& node;
  const catalogue::Catalogue& catalogue;
  const projection::Views& views;
  const replication::MemberRecord& member;
};

// The years that an account, a rating or a survey of the member is about, of those that stand. Blocks on disk.
//   DATA_LOSS  a feed is damaged
absl::StatusOr<std::set<int>> YearsWithReviews(const EvidenceSources& sources);

// Fills in the targets, strategies, accounts, ratings and surveys of `input`, whose year is set, and when the
// last of the latter three was published. What does not stand (a rating whose key the roster does not list, a target
// for a cell that the framework lacks) is left out. Blocks on disk.
//   DATA_LOSS  a feed is damaged
absl::Status GatherEvidence(const EvidenceSources& sources, report::ReportInput& input);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_REPORT_EVIDENCE_H_
