#include "node/api/report_answers.h"

#include "hansa/v1/node.pb.h"
#include "node/api/document_shapes.h"
#include "node/api/report_form.h"
#include "node/desk/report_desk.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::MakeReportRequest& request, v1::MakeReportReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto document = parts.reports.Make(
      {.year = static_cast<int>(request.year()), .member = request.member(), .language = request.language()});
  HANSA_RETURN_IF_ERROR(document.status());
  Put(*document, *reply.mutable_document());
  return PutForm(*document, request.form(), reply);
}

}  // namespace hansa::node::api
