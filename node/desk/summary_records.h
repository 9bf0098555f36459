// Published summaries as the views hold them: one record for each part.
#ifndef HANSA_NODE_DESK_SUMMARY_RECORDS_H_
#define HANSA_NODE_DESK_SUMMARY_RECORDS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/projection/views.h"
#include "node/summary/published_summary.h"
#include "replication/strong_id.h"
#include "storage/feed_store.h"

namespace hansa::v1 {
class NetworkSummary;
}

namespace hansa::node::desk {

// One part as it stands.
struct SummaryRecord {
  projection::RecordView record;
  std::shared_ptr<const v1::NetworkSummary> content;  // never null
};

// The parts of a member's published summaries by year; those of a year by part, then id. Without what was taken back
// and what cannot be read here.
//   DATA_LOSS  the feed is damaged
absl::StatusOr<std::map<int, std::vector<SummaryRecord>>> SummaryRecordsOf(const storage::FeedStore& feeds,
                                                                           const projection::Views& views,
                                                                           replication::Member member);

// What the parts of one year say together. Errors: as summary::SummaryIn.
absl::StatusOr<summary::PublishedSummary> SummaryIn(const std::vector<SummaryRecord>& parts);

// How a summary is called in lists and news: 'summary of 2024'.
std::string SummaryTitle(int year);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_SUMMARY_RECORDS_H_
