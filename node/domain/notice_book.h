// How notices stand, who took part and who has joined a cluster, from the records held. Promise: a pure function of the
// set of entries, so that nodes that hold the same entries show the same, in whatever order these came, and however
// often. Time is an argument. Nothing here is counted, and nothing is ordered by anything but places and ids.
#ifndef HANSA_NODE_DOMAIN_NOTICE_BOOK_H_
#define HANSA_NODE_DOMAIN_NOTICE_BOOK_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "node/domain/moment.h"
#include "node/domain/noted_record.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace hansa::node::domain {

enum class NoticeKind { kGuidance, kOpportunity, kCall, kRecognition, kCluster };
// All of them, in the order in which they are shown.
const std::vector<NoticeKind>& NoticeKinds();
// As people and scripts read them: "guidance", "opportunity", "call", "recognition", "cluster".
const char* NoticeKindName(NoticeKind kind);
//   nullopt  none is called so
std::optional<NoticeKind> NoticeKindNamed(absl::string_view name);
std::optional<NoticeKind> NoticeKindOf(replication::Kind kind);
replication::Kind RecordKindOf(NoticeKind kind);

// Whom a notice is for. No country, region and member: everyone, whatever the words say.
struct NoticeAudience {
  std::vector<std::string> countries;  // ISO 3166-1 alpha-3
  std::vector<std::string> regions;    // of UNESCO, as in the roster
  std::vector<replication::Member> members;
  std::string words;
};

// What is known of a member when it is asked whom a notice is for.
struct Addressee {
  replication::Member member;
  std::string country;  // ISO 3166-1 alpha-3
  std::string region;   // may be empty
};
bool IsFor(const NoticeAudience& audience, const Addressee& addressee);

struct NoticeFacts {
  NoticeKind kind = NoticeKind::kGuidance;
  std::string title;
  std::string summary;
  std::string language;  // BCP 47
  std::vector<std::string> features;
  std::vector<std::string> actions;
  std::string sort;              // of an opportunity, such as "course"; empty: not given
  AnnouncedMoment deadline;      // until when to apply or to deliver
  AnnouncedMoment begins, ends;  // first and last day
  NoticeAudience audience;
  std::vector<replication::Member> members;  // of a recognition: who is recognized
  std::optional<NotedRecord> translation_of;
  std::vector<NotedRecord> clusters;  // that it belongs to
};
struct TakenPartFacts {
  std::optional<NotedRecord> event;
  std::string title;
  std::string starts_on;  // YYYY-MM-DD; empty: not given
};
struct JoinFacts {
  NotedRecord cluster;
};

// One entry. What cannot be read, or was taken back, says nothing.
struct NotedEntry {
  NotedRecord record;
  NotedPlace place;
  bool retracted = false;
  std::variant<std::monostate, NoticeFacts, TakenPartFacts, JoinFacts> says;
};

struct NoticeBook {
  // What stands: records whose last entry can be read and takes nothing back.
  std::map<NotedRecord, NoticeFacts> notices;
  std::map<NotedRecord, TakenPartFacts> taken_part;
  // By cluster and member the record by which it is in. Of several the last that it wrote counts.
  std::map<NotedRecord, std::map<replication::Member, NotedRecord>> joined;
  // By event those who say that they took part.
  std::map<NotedRecord, std::set<NotedRecord>> took_part;
  // By original the notices that translate it; of what translates a translation the original is that of the first.
  std::map<NotedRecord, std::set<NotedRecord>> translations;
  // By cluster the notices that name it.
  std::map<NotedRecord, std::set<NotedRecord>> of_cluster;

  // The notice that `record` translates, however many stand between; itself if it translates none.
  NotedRecord OriginalOf(const NotedRecord& record) const;
};

// The book of `entries`: all revisions of all records, in any order, with or without repetitions.
NoticeBook BookOf(absl::Span<const NotedEntry> entries);

enum class NoticeState { kEndless, kOpen, kClosed };
// "open", "closed"; empty for what has no end.
const char* StateName(NoticeState state);

// The moment after which it is closed: its deadline, else its last day, else, of an opportunity, the day it begins.
// Guidance and recognition have none.
AnnouncedMoment LastMomentOf(const NoticeFacts& notice);
NoticeState StateOf(const NoticeFacts& notice, absl::Time now);

// By kind, then by deadline or first day, the earliest first, those without one last; then by title and record.
bool StandsBefore(const NotedRecord& a, const NoticeFacts& a_says, const NotedRecord& b, const NoticeFacts& b_says);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_NOTICE_BOOK_H_
