#include "node/domain/notice_book.h"

#include <algorithm>
#include <tuple>

#include "hansa/v1/kinds.pb.h"

namespace hansa::node::domain {
namespace {

struct Named {
  NoticeKind kind;
  const char* name;
  v1::Kind record_kind;
};
constexpr Named kNames[] = {
    {NoticeKind::kGuidance, "guidance", v1::KIND_NOTICES_GUIDANCE},
    {NoticeKind::kOpportunity, "opportunity", v1::KIND_NOTICES_OPPORTUNITY},
    {NoticeKind::kCall, "call", v1::KIND_NOTICES_CALL_FOR_DATA},
    {NoticeKind::kRecognition, "recognition", v1::KIND_NOTICES_RECOGNITION},
    {NoticeKind::kCluster, "cluster", v1::KIND_NOTICES_CLUSTER},
};

template <typename Value>
bool Holds(const std::vector<Value>& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// What a list is ordered by: the deadline, else the first day.
const AnnouncedMoment& NextMoment(const NoticeFacts& notice) {
  return notice.deadline.date.empty() ? notice.begins : notice.deadline;
}

}  // namespace

const std::vector<NoticeKind>& NoticeKinds() {
  static const auto* const kinds =
      new std::vector<NoticeKind>{NoticeKind::kGuidance, NoticeKind::kOpportunity, NoticeKind::kCall,
                                  NoticeKind::kRecognition, NoticeKind::kCluster};
  return *kinds;
}

const char* NoticeKindName(NoticeKind kind) { return kNames[static_cast<std::size_t>(kind)].name; }

std::optional<NoticeKind> NoticeKindNamed(absl::string_view name) {
  for (const Named& named : kNames) {
    if (named.name == name) return named.kind;
  }
  return std::nullopt;
}

std::optional<NoticeKind> NoticeKindOf(replication::Kind kind) {
  for (const Named& named : kNames) {
    if (named.record_kind == static_cast<int>(kind.value())) return named.kind;
  }
  return std::nullopt;
}

replication::Kind RecordKindOf(NoticeKind kind) {
  return replication::Kind(static_cast<std::uint16_t>(kNames[static_cast<std::size_t>(kind)].record_kind));
}

bool IsFor(const NoticeAudience& audience, const Addressee& addressee) {
  if (audience.countries.empty() && audience.regions.empty() && audience.members.empty()) return true;
  return Holds(audience.countries, addressee.country) || Holds(audience.regions, addressee.region) ||
         Holds(audience.members, addressee.member);
}

NotedRecord NoticeBook::OriginalOf(const NotedRecord& record) const {
  NotedRecord original = record;
  std::set<NotedRecord> met = {record};
  for (auto notice = notices.find(record); notice != notices.end() && notice->second.translation_of;) {
    original = *notice->second.translation_of;
    // Notices that translate each other have no original: the least of them stands for it.
    if (!met.insert(original).second) return *met.begin();
    notice = notices.find(original);
  }
  return original;
}

NoticeBook BookOf(absl::Span<const NotedEntry> entries) {
  std::map<NotedRecord, const NotedEntry*> last;
  for (const NotedEntry& entry : entries) {
    const NotedEntry*& kept = last.try_emplace(entry.record, &entry).first->second;
    if (kept->place < entry.place) kept = &entry;
  }
  NoticeBook book;
  std::map<NotedRecord, std::map<replication::Member, NotedPlace>> joined_at;
  for (const auto& [record, entry] : last) {
    if (entry->retracted) continue;
    if (const auto* notice = std::get_if<NoticeFacts>(&entry->says)) {
      book.notices.emplace(record, *notice);
      for (const NotedRecord& cluster : notice->clusters) book.of_cluster[cluster].insert(record);
    } else if (const auto* part = std::get_if<TakenPartFacts>(&entry->says)) {
      book.taken_part.emplace(record, *part);
      if (part->event) book.took_part[*part->event].insert(record);
    } else if (const auto* join = std::get_if<JoinFacts>(&entry->says)) {
      NotedPlace& at = joined_at[join->cluster].try_emplace(record.author, entry->place).first->second;
      if (entry->place < at) continue;
      at = entry->place;
      book.joined[join->cluster][record.author] = record;
    }
  }
  for (const auto& [record, notice] : book.notices) {
    if (notice.translation_of) book.translations[book.OriginalOf(record)].insert(record);
  }
  return book;
}

const char* StateName(NoticeState state) {
  switch (state) {
    case NoticeState::kEndless:
      return "";
    case NoticeState::kOpen:
      return "open";
    case NoticeState::kClosed:
      return "closed";
  }
  return "";
}

AnnouncedMoment LastMomentOf(const NoticeFacts& notice) {
  if (notice.kind == NoticeKind::kGuidance || notice.kind == NoticeKind::kRecognition) return {};
  if (!notice.deadline.date.empty()) return notice.deadline;
  if (!notice.ends.date.empty()) return notice.ends;
  return notice.kind == NoticeKind::kOpportunity ? notice.begins : AnnouncedMoment();
}

NoticeState StateOf(const NoticeFacts& notice, absl::Time now) {
  const AnnouncedMoment last = LastMomentOf(notice);
  if (last.date.empty()) return NoticeState::kEndless;
  return now < EndOf(last) ? NoticeState::kOpen : NoticeState::kClosed;
}

bool StandsBefore(const NotedRecord& a, const NoticeFacts& a_says, const NotedRecord& b, const NoticeFacts& b_says) {
  const AnnouncedMoment &a_next = NextMoment(a_says), &b_next = NextMoment(b_says);
  const bool a_last = a_next.date.empty(), b_last = b_next.date.empty();
  return std::tie(a_says.kind, a_last, a_next.date, a_next.time, a_says.title, a.id, a.author) <
         std::tie(b_says.kind, b_last, b_next.date, b_next.time, b_says.title, b.id, b.author);
}

}  // namespace hansa::node::domain
