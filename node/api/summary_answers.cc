#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/api/published_record.h"
#include "node/api/report_answers.h"
#include "node/desk/summary_desk.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::PublishSummaryRequest& request, v1::PublishSummaryReply& reply) {
  const auto entries = parts.summaries.Publish(static_cast<int>(request.year()), request.reason());
  HANSA_RETURN_IF_ERROR(entries.status());
  for (const desk::PublishedEntry& entry : *entries) Put(entry, *reply.add_records());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::VerifySummaryRequest& request, v1::VerifySummaryReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const std::optional<int> year =
      request.has_year() ? std::optional<int>(static_cast<int>(request.year())) : std::nullopt;
  const auto summaries = parts.summaries.Verify(year);
  HANSA_RETURN_IF_ERROR(summaries.status());
  for (const desk::VerifiedSummary& summary : *summaries) {
    v1::VerifiedSummary& out = *reply.add_summaries();
    out.set_year(static_cast<std::uint32_t>(summary.year));
    out.set_revision(static_cast<std::uint32_t>(summary.revision));
    out.set_member(summary.member);
    out.set_ok(summary.ok);
    for (const std::string& feed : summary.missing) out.add_missing(feed);
    for (const std::string& difference : summary.differences) out.add_differences(difference);
    out.set_cells(static_cast<std::uint32_t>(summary.cells));
    out.set_inputs_digest(summary.inputs_digest);
    out.set_why_not(summary.why_not);
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
