#include "node/cli/notice_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/time/time.h"
#include "hansa/v1/node_notices.pb.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string Text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json OrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json OrNull(std::uint32_t number) { return number == 0 ? Json(nullptr) : Json(number); }

Json Moment(std::uint64_t unix_ms) {
  if (unix_ms == 0) return nullptr;
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::UTCTimeZone());
}

Json Array(const google::protobuf::RepeatedPtrField<std::string>& list) {
  Json array = Json::array();
  for (const std::string& item : list) array.push_back(item);
  return array;
}
template <typename List, typename AsJson>
Json ArrayOf(const List& list, const AsJson& as_json) {
  Json array = Json::array();
  for (const auto& item : list) array.push_back(as_json(item));
  return array;
}

Json Content(const google::protobuf::Message& record) {
  return Json::parse(domain::RecordJson(record), nullptr, false);
}

Json Link(const v1::RecordLink& link) {
  return {{"id", link.id()},
          {"member", OrNull(link.member())},
          {"collection", link.collection()},
          {"kind", OrNull(link.kind())},
          {"title", OrNull(link.title())},
          {"language", OrNull(link.language())}};
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

Json Revision(const v1::RecordRevision& revision) {
  return {{"revision", revision.revision()},
          {"sequence", revision.sequence()},
          {"published", Moment(revision.published_ms())},
          {"reason", OrNull(revision.reason())},
          {"withdrawn", revision.withdrawn()},
          {"entry_hash", revision.entry_hash()}};
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
