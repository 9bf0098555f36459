#include "node/api/report_answers.h"

#include <cstdint>

#include "hansa/v1/node.pb.h"
#include "node/api/document_shapes.h"
#include "node/api/report_form.h"
#include "node/desk/report_desk.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::MakeReportRequest& request, v1::MakeReportReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto years = parts.reports.Years(request.member());
  HANSA_RETURN_IF_ERROR(years.status());
  for (const int year : *years) reply.add_years(static_cast<std::uint32_t>(year));
  if (request.year() == 0 && years->empty()) return absl::OkStatus();
  reply.set_year(request.year() == 0 ? static_cast<std::uint32_t>(*years->rbegin()) : request.year());
  const auto document = parts.reports.Make(
      {.year = static_cast<int>(reply.year()), .member = request.member(), .language = request.language()});
  HANSA_RETURN_IF_ERROR(document.status());
  Put(*document, *reply.mutable_document());
  return PutForm(*document, request.form(), reply);
}

}  // namespace hansa::node::api
