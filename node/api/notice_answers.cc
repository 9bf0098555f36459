#include "node/api/notice_answers.h"

#include "hansa/v1/node.pb.h"
#include "node/api/file_in.h"
#include "node/api/muting.h"
#include "node/api/published_record.h"
#include "node/api/record_shapes.h"
#include "node/desk/notice_desk.h"
#include "node/desk/taken_part_desk.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

void Put(const desk::LinkedRecord& link, v1::RecordLink& out) {
  out.set_id(link.key.id.hex());
  out.set_member(link.member);
  out.set_collection(replication::CollectionName(link.key.collection));
  out.set_kind(link.kind);
  out.set_title(link.title);
  out.set_language(link.language);
}

void Put(const desk::ListedNotice& notice, v1::NoticeSummary& out) {
  const domain::NoticeFacts& facts = notice.facts;
  out.set_id(notice.record.id.hex());
  out.set_member(notice.member);
  out.set_kind(domain::NoticeKindName(facts.kind));
  out.set_title(facts.title);
  out.set_summary(facts.summary);
  out.set_language(facts.language);
  for (const std::string& feature : facts.features) out.add_features(feature);
  for (const std::string& action : facts.actions) out.add_actions(action);
  out.set_revision(static_cast<std::uint32_t>(notice.revision));
  out.set_deadline(domain::WrittenMoment(facts.deadline));
  out.set_begins_on(facts.begins.date);
  out.set_ends_on(facts.ends.date);
  out.set_state(domain::StateName(notice.state));
  out.set_audience(notice.audience);
  out.set_for_us(notice.for_us);
  if (notice.translation_of) Put(*notice.translation_of, *out.mutable_translation_of());
  out.set_sort(facts.sort);
  for (const std::string& member : notice.members) out.add_members(member);
}

// What cannot be read says why in `fault`.
void Put(const desk::SaidOfItself& said, v1::TakenPartSummary& out) {
  out.set_id(said.said.record.key.id.hex());
  out.set_member(said.member);
  if (said.event) Put(*said.event, *out.mutable_event());
  out.set_revision(static_cast<std::uint32_t>(said.said.record.revisions.size()));
  if (!out.mutable_content()->ParseFromString(said.said.payload)) {
    out.clear_content();
    out.set_fault("its content cannot be shown here");
  }
}

void Put(const desk::SaidOfItself& said, v1::JoinedSummary& out) {
  out.set_id(said.said.record.key.id.hex());
  out.set_member(said.member);
  if (!out.mutable_content()->ParseFromString(said.said.payload)) out.clear_content();
}

void PutContent(domain::NoticeKind kind, const google::protobuf::Message& content, v1::GetNoticeReply& reply) {
  switch (kind) {
    case domain::NoticeKind::kGuidance:
      return reply.mutable_guidance()->CopyFrom(content);
    case domain::NoticeKind::kOpportunity:
      return reply.mutable_opportunity()->CopyFrom(content);
    case domain::NoticeKind::kCall:
      return reply.mutable_call()->CopyFrom(content);
    case domain::NoticeKind::kRecognition:
      return reply.mutable_recognition()->CopyFrom(content);
    case domain::NoticeKind::kCluster:
      return reply.mutable_cluster()->CopyFrom(content);
  }
}

absl::Status Say(const absl::StatusOr<desk::PublishedEntry>& entry, v1::PublishedRecord& reply) {
  HANSA_RETURN_IF_ERROR(entry.status());
  api::Put(*entry, reply);
  return absl::OkStatus();
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::AddNoticeRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.notices.Add(request.kind(), FileIn(request)), reply);
}

absl::Status Answer(ApiParts& parts, const v1::ReviseNoticeRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.notices.Revise({.id = request.id(),
                                   .file = FileIn(request),
                                   .reason = request.reason(),
                                   .of_revision = request.of_revision()}),
             reply);
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawNoticeRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.notices.Withdraw(request.id()), reply);
}

absl::Status Answer(ApiParts& parts, const v1::ListNoticesRequest& request, v1::ListNoticesReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  auto notices = parts.notices.List({.kind = request.kind(),
                                     .feature = request.feature(),
                                     .action = request.action(),
                                     .member = request.member(),
                                     .language = request.language(),
                                     .for_us = request.for_us(),
                                     .open_only = request.open_only()});
  HANSA_RETURN_IF_ERROR(notices.status());
  HANSA_RETURN_IF_ERROR(LeaveOutMuted(parts, request, *notices, reply));
  for (const desk::ListedNotice& notice : *notices) Put(notice, *reply.add_notices());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetNoticeRequest& request, v1::GetNoticeReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto shown = parts.notices.Show(request.id(), request.revision());
  HANSA_RETURN_IF_ERROR(shown.status());
  Put(shown->notice, *reply.mutable_notice());
  if (shown->content != nullptr) PutContent(shown->notice.facts.kind, *shown->content, reply);
  for (const desk::PracticeRevision& revision : shown->revisions) Put(revision, *reply.add_revisions());
  reply.set_withdrawn(shown->withdrawn);
  reply.set_fault(shown->fault);
  for (const desk::LinkedRecord& link : shown->translations) Put(link, *reply.add_translations());
  for (const desk::SaidOfItself& said : shown->taken_part) Put(said, *reply.add_taken_part());
  for (const desk::SaidOfItself& said : shown->joined) Put(said, *reply.add_joined());
  for (const desk::LinkedRecord& link : shown->belonging) Put(link, *reply.add_belonging());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::TakePartRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.taken_part.TakePart({.event = request.event(),
                                        .title = request.title(),
                                        .starts_on = request.starts_on(),
                                        .ends_on = request.ends_on(),
                                        .participants = request.participants(),
                                        .role = request.role(),
                                        .outcome = request.outcome(),
                                        .language = request.language(),
                                        .features = {request.features().begin(), request.features().end()},
                                        .actions = {request.actions().begin(), request.actions().end()},
                                        .revises = request.revises()}),
             reply);
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawTakenPartRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.taken_part.WithdrawTakenPart(request.id()), reply);
}

absl::Status Answer(ApiParts& parts, const v1::ListTakenPartRequest& request, v1::ListTakenPartReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto listed = parts.taken_part.ListTakenPart({.event = request.event(), .member = request.member()});
  HANSA_RETURN_IF_ERROR(listed.status());
  for (const desk::SaidOfItself& said : *listed) Put(said, *reply.add_taken_part());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::JoinClusterRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.taken_part.Join({.cluster = request.cluster(),
                                    .joined_on = request.joined_on(),
                                    .note = request.note(),
                                    .language = request.language()}),
             reply);
}

absl::Status Answer(ApiParts& parts, const v1::LeaveClusterRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.taken_part.Leave(request.cluster()), reply);
}

}  // namespace hansa::node::api
