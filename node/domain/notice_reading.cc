#include "node/domain/notice_reading.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <utility>

#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/notices.pb.h"
#include "node/domain/record_form.h"

namespace hansa::node::domain {
namespace {

namespace pb = google::protobuf;

AnnouncedMoment MomentOf(const v1::Moment& moment) { return {moment.date(), moment.time(), moment.zone()}; }
AnnouncedMoment DayOf(const std::string& day) { return {day, "", ""}; }

NoticeAudience AudienceOf(const v1::Audience& said) {
  NoticeAudience audience;
  audience.countries.assign(said.countries().begin(), said.countries().end());
  audience.regions.assign(said.regions().begin(), said.regions().end());
  for (const std::uint32_t member : said.members()) audience.members.emplace_back(member);
  audience.words = said.words();
  return audience;
}

template <typename Notice>
NoticeFacts Begun(NoticeKind kind, const Notice& notice) {
  NoticeFacts facts;
  facts.kind = kind;
  facts.title = notice.title();
  facts.language = notice.language();
  facts.features.assign(notice.subjects().features().begin(), notice.subjects().features().end());
  facts.actions.assign(notice.subjects().action_points().begin(), notice.subjects().action_points().end());
  if (notice.has_translation_of()) facts.translation_of = RecordOf(notice.translation_of());
  return facts;
}

NoticeFacts Facts(const v1::Guidance& guidance) {
  NoticeFacts facts = Begun(NoticeKind::kGuidance, guidance);
  facts.summary = guidance.summary();
  facts.audience = AudienceOf(guidance.audience());
  return facts;
}

NoticeFacts Facts(const v1::Opportunity& opportunity) {
  NoticeFacts facts = Begun(NoticeKind::kOpportunity, opportunity);
  facts.summary = opportunity.summary();
  facts.audience = AudienceOf(opportunity.audience());
  facts.sort = EnumWords(*v1::OpportunityKind_descriptor(), opportunity.kind());
  facts.deadline = MomentOf(opportunity.deadline());
  facts.begins = MomentOf(opportunity.begins());
  facts.ends = MomentOf(opportunity.ends());
  for (const v1::Reference& cluster : opportunity.clusters()) {
    if (const auto record = RecordOf(cluster)) facts.clusters.push_back(*record);
  }
  return facts;
}

NoticeFacts Facts(const v1::CallForData& call) {
  NoticeFacts facts = Begun(NoticeKind::kCall, call);
  facts.audience = AudienceOf(call.audience());
  facts.deadline = MomentOf(call.due());
  return facts;
}

NoticeFacts Facts(const v1::Recognition& recognition) {
  NoticeFacts facts = Begun(NoticeKind::kRecognition, recognition);
  for (const std::uint32_t member : recognition.members()) facts.members.emplace_back(member);
  facts.begins = DayOf(recognition.announced_on());
  return facts;
}

NoticeFacts Facts(const v1::Cluster& cluster) {
  NoticeFacts facts = Begun(NoticeKind::kCluster, cluster);
  facts.begins = DayOf(cluster.starts_on());
  facts.ends = DayOf(cluster.ends_on());
  return facts;
}

TakenPartFacts Facts(const v1::TakenPart& part) {
  TakenPartFacts facts{std::nullopt, part.title(), part.starts_on()};
  if (part.has_event()) facts.event = RecordOf(part.event());
  return facts;
}

template <typename Said>
bool Decoded(const replication::Bytes& payload, Said& said) {
  return DecodeRecord(payload, said).ok();
}

void PutAscending(std::vector<replication::Member> members, pb::RepeatedField<std::uint32_t>& out) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  out.Clear();
  for (const replication::Member member : members) out.Add(member.value());
}

template <typename Notice>
void Put(const NoticePointers& pointers, Notice& notice) {
  if (pointers.translation_of) Point(*pointers.translation_of, *notice.mutable_translation_of());
  if constexpr (requires { notice.mutable_replaces(); }) {
    if (pointers.replaces) Point(*pointers.replaces, *notice.mutable_replaces());
  }
  if constexpr (requires { notice.mutable_audience(); }) {
    if (!pointers.audience.empty()) PutAscending(pointers.audience, *notice.mutable_audience()->mutable_members());
  }
  if constexpr (requires { notice.mutable_members(); }) PutAscending(pointers.members, *notice.mutable_members());
  if constexpr (requires { notice.mutable_coordinators(); }) {
    PutAscending(pointers.coordinators, *notice.mutable_coordinators());
  }
  if constexpr (requires { notice.add_practices(); }) {
    for (const NotedRevision& practice : pointers.practices) Point(practice, *notice.add_practices());
  }
  if constexpr (requires { notice.add_clusters(); }) {
    for (const NotedRevision& cluster : pointers.clusters) Point(cluster, *notice.add_clusters());
  }
}

}  // namespace

std::unique_ptr<pb::Message> NewNotice(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::kGuidance:
      return std::make_unique<v1::Guidance>();
    case NoticeKind::kOpportunity:
      return std::make_unique<v1::Opportunity>();
    case NoticeKind::kCall:
      return std::make_unique<v1::CallForData>();
    case NoticeKind::kRecognition:
      return std::make_unique<v1::Recognition>();
    case NoticeKind::kCluster:
      return std::make_unique<v1::Cluster>();
  }
  return nullptr;
}

NoticeFacts FactsOf(NoticeKind kind, const pb::Message& notice) {
  switch (kind) {
    case NoticeKind::kGuidance:
      return Facts(dynamic_cast<const v1::Guidance&>(notice));
    case NoticeKind::kOpportunity:
      return Facts(dynamic_cast<const v1::Opportunity&>(notice));
    case NoticeKind::kCall:
      return Facts(dynamic_cast<const v1::CallForData&>(notice));
    case NoticeKind::kRecognition:
      return Facts(dynamic_cast<const v1::Recognition&>(notice));
    case NoticeKind::kCluster:
      return Facts(dynamic_cast<const v1::Cluster&>(notice));
  }
  return {};
}

decltype(NotedEntry::says) ReadNoted(replication::Kind kind, const replication::Bytes& payload) {
  if (const std::optional<NoticeKind> notice_kind = NoticeKindOf(kind)) {
    const std::unique_ptr<pb::Message> notice = NewNotice(*notice_kind);
    if (Decoded(payload, *notice)) return FactsOf(*notice_kind, *notice);
  } else if (kind.value() == v1::KIND_DIALOGUE_TAKEN_PART) {
    v1::TakenPart part;
    if (Decoded(payload, part)) return Facts(part);
  } else if (kind.value() == v1::KIND_DIALOGUE_JOINS_CLUSTER) {
    v1::JoinsCluster joins;
    if (!Decoded(payload, joins)) return {};
    if (const std::optional<NotedRecord> cluster = RecordOf(joins.cluster())) return JoinFacts{*cluster};
  }
  return {};
}

void PutPointers(NoticeKind kind, const NoticePointers& pointers, pb::Message& notice) {
  switch (kind) {
    case NoticeKind::kGuidance:
      return Put(pointers, dynamic_cast<v1::Guidance&>(notice));
    case NoticeKind::kOpportunity:
      return Put(pointers, dynamic_cast<v1::Opportunity&>(notice));
    case NoticeKind::kCall:
      return Put(pointers, dynamic_cast<v1::CallForData&>(notice));
    case NoticeKind::kRecognition:
      return Put(pointers, dynamic_cast<v1::Recognition&>(notice));
    case NoticeKind::kCluster:
      return Put(pointers, dynamic_cast<v1::Cluster&>(notice));
  }
}

}  // namespace hansa::node::domain
