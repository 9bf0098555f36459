#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/api/member_life_answers.h"
#include "node/desk/erasure_desk.h"
#include "node/domain/text.h"
#include "node/files/file_keeper.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

enum class Form { kProposal, kDone };

void Put(const desk::EntryToErase& entry, Form form, v1::ErasedEntry& out) {
  out.set_revision(static_cast<std::uint32_t>(entry.revision));
  out.set_sequence(entry.seq.value());
  out.set_order(entry.order ? entry.order->value() : 0);
  out.set_approvals(static_cast<std::uint32_t>(entry.approvals.size()));
  out.set_already(entry.already);
  if (form == Form::kProposal) out.set_proposal(membership::EncodeProposal(entry.proposal));
}

void Put(const desk::Erasure& erasure, Form form, v1::EraseRecordReply& out) {
  out.set_id(erasure.record.id.hex());
  out.set_member(erasure.member);
  out.set_collection(replication::CollectionName(erasure.record.collection));
  out.set_reason(membership::ErasureReasonName(erasure.reason));
  absl::Duration hold = absl::ZeroDuration();
  bool already = true;
  for (const desk::EntryToErase& entry : erasure.entries) {
    Put(entry, form, *out.add_entries());
    hold = std::max(hold, entry.hold);
    already = already && entry.already && !entry.order;
  }
  out.set_already(already && !erasure.queued);
  out.set_queued(erasure.queued);
  out.set_hold_hours(static_cast<std::uint32_t>(absl::ToInt64Hours(hold)));
  out.set_approvals_needed(erasure.approvals_needed);
  for (const std::string& slug : erasure.held_by) out.add_held_by(slug);
}

std::set<files::NamingEntry> EntriesOf(const desk::Erasure& erasure) {
  std::set<files::NamingEntry> entries;
  for (const desk::EntryToErase& entry : erasure.entries) {
    entries.insert({entry.item.target.feed, entry.item.target.seq});
  }
  return entries;
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::EraseRecordRequest& request, v1::EraseRecordReply& reply) {
  const std::optional<replication::ErasureReason> reason = membership::ErasureReasonNamed(request.reason());
  if (!reason) {
    return absl::InvalidArgumentError(
        absl::StrCat(domain::Quoted(request.reason()),
                     " is no reason to erase; give personal-data, law, mistake, rights or "
                     "lost"));
  }
  const desk::EraseRequest asked{request.id(), *reason, {request.approvals().begin(), request.approvals().end()}};
  desk::ErasureDesk desk(parts.node, parts.views);
  const absl::StatusOr<desk::Erasure> proposed = desk.Propose(asked);
  HANSA_RETURN_IF_ERROR(proposed.status());
  // Before the order: afterwards they may be gone already.
  reply.set_files(static_cast<std::uint32_t>(parts.file_keeper.CountOnlyIn(EntriesOf(*proposed))));
  if (request.propose_only()) {
    Put(*proposed, Form::kProposal, reply);
    return absl::OkStatus();
  }
  const absl::StatusOr<desk::Erasure> ordered = desk.Order(asked);
  HANSA_RETURN_IF_ERROR(ordered.status());
  Put(*ordered, Form::kDone, reply);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
