#include "node/api/strategy_answers.h"

#include <string>

#include "hansa/v1/node.pb.h"
#include "node/api/file_in.h"
#include "node/api/published_record.h"
#include "node/api/record_shapes.h"
#include "node/desk/strategy_desk.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::AddStrategyRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.strategies.Add(FileIn(request));
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ReviseStrategyRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.strategies.Revise(
      {.id = request.id(), .file = FileIn(request), .reason = request.reason(), .of_revision = request.of_revision()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawStrategyRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.strategies.Withdraw(request.id());
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListStrategiesRequest& request, v1::ListStrategiesReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto strategies =
      parts.strategies.List({.feature = request.feature(), .action = request.action(), .member = request.member()});
  HANSA_RETURN_IF_ERROR(strategies.status());
  for (const desk::ListedStrategy& each : *strategies) Put(each.strategy, each.member, *reply.add_strategies());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetStrategyRequest& request, v1::GetStrategyReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto shown = parts.strategies.Show(request.id(), request.revision());
  HANSA_RETURN_IF_ERROR(shown.status());
  Put(shown->strategy.strategy, shown->strategy.member, *reply.mutable_strategy());
  if (shown->content != nullptr) *reply.mutable_content() = *shown->content;
  for (const desk::PracticeRevision& revision : shown->revisions) Put(revision, *reply.add_revisions());
  reply.set_withdrawn(shown->withdrawn);
  reply.set_fault(shown->fault);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListChecklistRequest& request, v1::ListChecklistReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto list = parts.strategies.ListChecklist(request.member(), request.part());
  HANSA_RETURN_IF_ERROR(list.status());
  reply.set_member(list->member);
  for (const desk::ChecklistRow& row : list->rows) {
    v1::ChecklistRow& out = *reply.add_rows();
    out.set_part(row.part);
    out.set_name(row.name);
    for (const desk::ChecklistDeed& deed : row.deeds) {
      v1::ChecklistDeed& done = *out.add_deeds();
      PutLink(deed.link, *done.mutable_strategy());
      done.set_state(deed.strategy.state);
      done.set_starts_on(deed.strategy.starts_on);
      done.set_ends_on(deed.strategy.ends_on);
      done.set_responsible(deed.responsible);
      for (const std::string& each : deed.participants) done.add_participants(each);
    }
    for (const desk::LinkedRecord& practice : row.practices) PutLink(practice, *out.add_practices());
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
