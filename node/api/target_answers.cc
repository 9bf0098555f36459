#include "node/api/target_answers.h"

#include "hansa/v1/node.pb.h"
#include "node/api/published_record.h"
#include "node/api/record_shapes.h"
#include "node/desk/target_desk.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::SetTargetRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.targets.Set({.cell = request.cell(),
                                        .value = request.value(),
                                        .by_year = static_cast<int>(request.by_year()),
                                        .note = request.note(),
                                        .language = request.language(),
                                        .approved_by = request.approved_by(),
                                        .reason = request.reason()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawTargetRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.targets.Withdraw(request.cell());
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListTargetsRequest& request, v1::ListTargetsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto targets = parts.targets.List({.member = request.member(), .part = request.part()});
  HANSA_RETURN_IF_ERROR(targets.status());
  for (const desk::ListedTarget& each : *targets) Put(each.target, each.member, *reply.add_targets());
  return absl::OkStatus();
}

}  // namespace hansa::node::api
