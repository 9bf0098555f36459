#include "node/desk/summary_records.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {

absl::StatusOr<std::map<int, std::vector<SummaryRecord>>> SummaryRecordsOf(const storage::FeedStore& feeds,
                                                                           const projection::Views& views,
                                                                           replication::Member member) {
  absl::StatusOr<std::vector<projection::RecordView>> records = views.RecordsOf(member, replication::kAggregates);
  HANSA_RETURN_IF_ERROR(records.status());
  std::map<int, std::vector<SummaryRecord>> years;
  for (projection::RecordView& record : *records) {
    const projection::Revision& last = record.revisions.back();
    const bool stands = last.kind == replication::kNetworkSummary && !last.retracted &&
                        last.reading == projection::Reading::kUnderstood;
    if (!stands) continue;
    const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, last.position);
    if (absl::IsNotFound(payload.status())) continue;
    HANSA_RETURN_IF_ERROR(payload.status());
    auto content = std::make_shared<v1::NetworkSummary>();
    if (!content->ParseFromString(*payload)) {
      return absl::DataLossError("reading a published summary: its bytes are damaged");
    }
    std::vector<SummaryRecord>& parts = years[static_cast<int>(content->year())];
    parts.push_back({std::move(record), std::move(content)});
  }
  for (auto& [year, parts] : years) {
    std::sort(parts.begin(), parts.end(), [](const SummaryRecord& a, const SummaryRecord& b) {
      return std::pair(a.content->part(), a.record.key.id) < std::pair(b.content->part(), b.record.key.id);
    });
  }
  return years;
}

absl::StatusOr<summary::PublishedSummary> SummaryIn(const std::vector<SummaryRecord>& parts) {
  std::vector<v1::NetworkSummary> contents;
  contents.reserve(parts.size());
  for (const SummaryRecord& part : parts) contents.push_back(*part.content);
  return summary::SummaryIn(contents);
}

std::string SummaryTitle(int year) { return absl::StrCat("summary of ", year); }

}  // namespace hansa::node::desk
