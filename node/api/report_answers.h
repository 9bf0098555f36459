// Published summaries and reports: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_REPORT_ANSWERS_H_
#define HANSA_NODE_API_REPORT_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class PublishSummaryRequest;
class PublishSummaryReply;
class VerifySummaryRequest;
class VerifySummaryReply;
class MakeReportRequest;
class MakeReportReply;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::PublishSummaryRequest& request, v1::PublishSummaryReply& reply);
absl::Status Answer(ApiParts& parts, const v1::VerifySummaryRequest& request, v1::VerifySummaryReply& reply);
absl::Status Answer(ApiParts& parts, const v1::MakeReportRequest& request, v1::MakeReportReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_REPORT_ANSWERS_H_
