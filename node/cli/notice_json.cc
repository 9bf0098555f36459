#include "node/cli/notice_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "hansa/v1/node_notices.pb.h"
#include "node/cli/json_parts.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Json;
using json::Link;
using json::Moment;
using json::OrNull;
using json::Revision;
using json::Text;

Json Content(const google::protobuf::Message& record) {
  return Json::parse(domain::RecordJson(record), nullptr, false);
}

Json Summary(const v1::NoticeSummary& notice) {
  return {{"id", notice.id()},
          {"member", notice.member()},
          {"kind", notice.kind()},
          {"sort", OrNull(notice.sort())},
          {"title", OrNull(notice.title())},
          {"summary", OrNull(notice.summary())},
          {"language", OrNull(notice.language())},
          {"features", Array(notice.features())},
          {"actions", Array(notice.actions())},
          {"revision", notice.revision()},
          {"deadline", OrNull(notice.deadline())},
          {"begins_on", OrNull(notice.begins_on())},
          {"ends_on", OrNull(notice.ends_on())},
          {"state", OrNull(notice.state())},
          {"audience", OrNull(notice.audience())},
          {"for_us", notice.for_us()},
          {"translation_of", notice.has_translation_of() ? Link(notice.translation_of()) : Json(nullptr)},
          {"members", Array(notice.members())}};
}

Json ContentOf(const v1::GetNoticeReply& notice) {
  switch (notice.content_case()) {
    case v1::GetNoticeReply::kGuidance:
      return Content(notice.guidance());
    case v1::GetNoticeReply::kOpportunity:
      return Content(notice.opportunity());
    case v1::GetNoticeReply::kCall:
      return Content(notice.call());
    case v1::GetNoticeReply::kRecognition:
      return Content(notice.recognition());
    case v1::GetNoticeReply::kCluster:
      return Content(notice.cluster());
    case v1::GetNoticeReply::CONTENT_NOT_SET:
      break;
  }
  return nullptr;
}

Json TakenPart(const v1::TakenPartSummary& said) {
  const v1::TakenPart& part = said.content();
  return {{"id", said.id()},
          {"member", said.member()},
          {"event", said.has_event() ? Link(said.event()) : Json(nullptr)},
          {"title", OrNull(part.title())},
          {"starts_on", OrNull(part.starts_on())},
          {"ends_on", OrNull(part.ends_on())},
          {"participants", OrNull(part.participants())},
          {"role", OrNull(part.role())},
          {"outcome", OrNull(part.outcome())},
          {"language", OrNull(part.language())},
          {"features", Array(part.subjects().features())},
          {"actions", Array(part.subjects().action_points())},
          {"revision", said.revision()},
          {"fault", OrNull(said.fault())}};
}

Json Joined(const v1::JoinedSummary& said) {
  return {{"id", said.id()},
          {"member", said.member()},
          {"joined_on", OrNull(said.content().joined_on())},
          {"note", OrNull(said.content().note())},
          {"language", OrNull(said.content().language())}};
}

}  // namespace

std::string JsonOf(const v1::ListNoticesReply& notices) { return Text(ArrayOf(notices.notices(), Summary)); }

std::string JsonOf(const v1::GetNoticeReply& notice) {
  Json json = Summary(notice.notice());
  json["withdrawn"] = notice.withdrawn();
  json["fault"] = OrNull(notice.fault());
  json["content"] = ContentOf(notice);
  json["translations"] = ArrayOf(notice.translations(), Link);
  json["taken_part"] = ArrayOf(notice.taken_part(), TakenPart);
  json["joined"] = ArrayOf(notice.joined(), Joined);
  json["belonging"] = ArrayOf(notice.belonging(), Link);
  json["revisions"] = ArrayOf(notice.revisions(), Revision);
  return Text(json);
}

std::string JsonOf(const v1::ListTakenPartReply& taken_part) {
  return Text(ArrayOf(taken_part.taken_part(), TakenPart));
}

}  // namespace hansa::node::cli
