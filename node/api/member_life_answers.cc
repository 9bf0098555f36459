#include "node/api/member_life_answers.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/roster_change.h"
#include "node/domain/text.h"
#include "node/membership/member_change.h"
#include "node/membership/recovery_file.h"
#include "node/membership/seal_request.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

using membership::EntryDraft;
using replication::RevokeReason;
using replication::Roster;

template <typename Request>
ChangeAsked AskedBy(const Request& request) {
  return {{request.approvals().begin(), request.approvals().end()},
          request.propose_only() ? Step::kPropose : Step::kMake};
}

template <typename Request>
absl::Status ChangeStanding(ApiParts& parts, const Request& request, membership::StandingAct act,
                            v1::RosterChangeReply& reply) {
  const absl::StatusOr<std::shared_ptr<const Roster>> roster = RosterToWrite(parts.node.View());
  HANSA_RETURN_IF_ERROR(roster.status());
  reply.set_slug(request.slug());
  const absl::StatusOr<EntryDraft> draft =
      membership::DraftStanding({.slug = request.slug(), .act = act, .note = request.note()}, **roster);
  if (!draft.ok()) return Already(draft.status(), reply);
  return Change(parts.node, {*draft}, {{}, Step::kMake}, reply);
}

absl::StatusOr<RevokeReason> ReasonNamed(const std::string& name) {
  if (name == "retired") return RevokeReason::kRetired;
  if (name == "compromised") return RevokeReason::kCompromised;
  return absl::InvalidArgumentError(
      absl::StrCat(domain::Quoted(name), " is no reason to end a membership; give retired or compromised"));
}

absl::StatusOr<membership::RevokeRequest> Read(const v1::RevokeMemberRequest& request) {
  membership::RevokeRequest asked{request.slug(), RevokeReason::kNotGiven, {}, {}};
  const absl::StatusOr<RevokeReason> reason = ReasonNamed(request.reason());
  HANSA_RETURN_IF_ERROR(reason.status());
  asked.reason = *reason;
  for (const std::string& text : request.ends()) {
    const absl::StatusOr<membership::FeedEnd> end = membership::ParseFeedEnd(text);
    HANSA_RETURN_IF_ERROR(end.status());
    asked.ends.push_back(*end);
  }
  asked.approvals.assign(request.approvals().begin(), request.approvals().end());
  return asked;
}

void PutWarnings(const std::vector<std::string>& warnings, v1::RosterChangeReply& reply) {
  for (const std::string& warning : warnings) reply.add_warnings(warning);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::SuspendMemberRequest& request, v1::RosterChangeReply& reply) {
  return ChangeStanding(parts, request, membership::StandingAct::kSuspend, reply);
}

absl::Status Answer(ApiParts& parts, const v1::ResumeMemberRequest& request, v1::RosterChangeReply& reply) {
  return ChangeStanding(parts, request, membership::StandingAct::kResume, reply);
}

absl::Status Answer(ApiParts& parts, const v1::RevokeMemberRequest& request, v1::RosterChangeReply& reply) {
  const absl::StatusOr<std::shared_ptr<const Roster>> roster = RosterToWrite(parts.node.View());
  HANSA_RETURN_IF_ERROR(roster.status());
  const absl::StatusOr<membership::RevokeRequest> asked = Read(request);
  HANSA_RETURN_IF_ERROR(asked.status());
  reply.set_slug(request.slug());
  const absl::StatusOr<membership::RevokeDraft> draft =
      membership::DraftRevocation(*asked, **roster, parts.node.feeds());
  if (!draft.ok()) return Already(draft.status(), reply);
  PutWarnings(draft->warnings, reply);
  return Change(parts.node, {draft->entry}, AskedBy(request), reply);
}

absl::Status Answer(ApiParts& parts, const v1::ReinstateMemberRequest& request, v1::RosterChangeReply& reply) {
  const absl::StatusOr<std::shared_ptr<const Roster>> roster = RosterToWrite(parts.node.View());
  HANSA_RETURN_IF_ERROR(roster.status());
  reply.set_slug(request.slug());
  const absl::StatusOr<membership::ReinstateDraft> draft =
      membership::DraftReinstatement({.slug = request.slug(), .request = request.request()}, **roster);
  if (!draft.ok()) return Already(draft.status(), reply);
  if (draft->by_consent) {
    reply.add_warnings(absl::StrCat("the key that ", request.slug(), " has now consents, so no officer is asked"));
  }
  return Change(parts.node, {draft->entry}, AskedBy(request), reply);
}

absl::Status Answer(ApiParts& parts, const v1::SealMemberRequest& request, v1::RosterChangeReply& reply) {
  const absl::StatusOr<std::shared_ptr<const Roster>> roster = RosterToWrite(parts.node.View());
  HANSA_RETURN_IF_ERROR(roster.status());
  reply.set_slug(request.slug());
  const membership::SealAsk ask{request.slug(), request.request(),
                                request.even_so() ? membership::EvenSo::kYes : membership::EvenSo::kNo};
  const absl::StatusOr<membership::SealDrafts> drafts = membership::DraftSeals(ask, **roster, parts.node.feeds());
  if (!drafts.ok()) return Already(drafts.status(), reply);
  PutWarnings(drafts->warnings, reply);
  return Change(parts.node, drafts->entries, AskedBy(request), reply);
}

}  // namespace hansa::node::api
