#include "node/desk/taken_part_desk.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "node/desk/framework_part.h"
#include "node/desk/notice_records.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/notice_file.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;

constexpr absl::string_view kTaking = "saying that you took part";
constexpr absl::string_view kWithdrawing = "taking back that you took part";
constexpr absl::string_view kListing = "listing who took part";
constexpr replication::Kind kTakenPart{v1::KIND_DIALOGUE_TAKEN_PART};

bool IsTakenPart(const RecordView& record) { return record.revisions.back().kind == kTakenPart; }

// What one can take part in.
bool IsEvent(const RecordView& record) {
  const std::optional<domain::NoticeKind> notice = NoticeKindOf(record);
  if (notice == domain::NoticeKind::kOpportunity || notice == domain::NoticeKind::kCluster) return true;
  const replication::Kind kind = record.revisions.back().kind;
  return kind == replication::kOffer || kind.value() == v1::KIND_DIALOGUE_TOPIC;
}

absl::Status Clean(absl::string_view field, const std::string& given, domain::Lines lines, std::string& clean) {
  absl::StatusOr<std::string> text = domain::CleanText(given, lines);
  HANSA_RETURN_IF_ERROR(While(kTaking, While(field, text.status())));
  clean = *std::move(text);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RecordView> TakenPartDesk::FindEvent(absl::string_view doing, const NodeView& view,
                                                    absl::string_view id) const {
  absl::StatusOr<RecordView> event =
      FindRecord(views_, {doing, id, view.member, IsEvent, [](const RecordView& record) {
                            return absl::StrCat(record.key.id.hex(), " is ", WhatIs(record),
                                                "; name an opportunity, an offer, a cluster or a topic");
                          }});
  if (!event.ok() || !NoticeKindOf(*event)) return event;
  return FindOriginalNotice(doing, views_, node_.feeds(), view, event->key.id.hex(), NoticeKindOf(*event));
}

absl::StatusOr<RecordView> TakenPartDesk::FindOwnTakenPart(absl::string_view doing, const NodeView& view,
                                                           absl::string_view id) const {
  absl::StatusOr<RecordView> record =
      FindRecord(views_, {doing, id, view.member, IsTakenPart, [](const RecordView& other) {
                            return absl::StrCat(other.key.id.hex(), " is ", WhatIs(other),
                                                ", and says of nobody that it took part; hansa took-part list shows "
                                                "those that do");
                          }});
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->key.member == view.member) return record;
  return Refusal(doing, absl::StrCat(record->key.id.hex(), " is of ", SlugOf(view, record->key.member),
                                     "; only its author can change it"));
}

std::string TakenPartDesk::TitleOf(const NodeView& view, const v1::TakenPart& part) const {
  if (!part.title().empty() || !part.has_event()) return part.title();
  const std::optional<domain::NotedRecord> event = domain::RecordOf(part.event());
  return event ? LinkTo(node_.feeds(), views_, view, KeyOf(*event)).title : "";
}

absl::Status TakenPartDesk::Fill(const NodeView& view, const TakenPartWords& words, v1::TakenPart& part) const {
  if (!words.event.empty()) {
    const absl::StatusOr<RecordView> event = FindEvent(kTaking, view, words.event);
    HANSA_RETURN_IF_ERROR(event.status());
    domain::Point(NewestOf(*event), *part.mutable_event());
  }
  HANSA_RETURN_IF_ERROR(Clean("title", words.title, domain::Lines::kOne, *part.mutable_title()));
  HANSA_RETURN_IF_ERROR(Clean("role", words.role, domain::Lines::kOne, *part.mutable_role()));
  HANSA_RETURN_IF_ERROR(Clean("outcome", words.outcome, domain::Lines::kMany, *part.mutable_outcome()));
  part.set_starts_on(words.starts_on);
  part.set_ends_on(words.ends_on);
  part.set_participants(words.participants);
  part.set_language(words.language);
  if (!part.has_event() && part.title().empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(kTaking, ": nothing says in what; name an event, or give it a title"));
  }
  const bool has_texts = !part.title().empty() || !part.role().empty() || !part.outcome().empty();
  if (has_texts && part.language().empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(kTaking,
                     ": the language of the texts is not given; give it, on the command line with --language, such as "
                     "en, ko or pt-BR"));
  }
  const absl::StatusOr<SubjectIds> subjects = SubjectsInOrder(catalogue_, words.features, words.actions);
  HANSA_RETURN_IF_ERROR(While(kTaking, subjects.status()));
  for (const std::string& feature : subjects->features) part.mutable_subjects()->add_features(feature);
  for (const std::string& action : subjects->actions) part.mutable_subjects()->add_action_points(action);
  HANSA_RETURN_IF_ERROR(While(kTaking, domain::CheckRecordForm(part)));
  return While(kTaking, domain::CheckDays("ends_on", part.starts_on(), part.ends_on()));
}

absl::StatusOr<PublishedEntry> TakenPartDesk::TakePart(const TakenPartWords& words) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kTaking, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  v1::TakenPart part;
  HANSA_RETURN_IF_ERROR(Fill(view, words, part));
  absl::StatusOr<std::string> payload = domain::EncodeRecord(part);
  HANSA_RETURN_IF_ERROR(payload.status());
  const absl::StatusOr<NoticeShelf> shelf = NoticeShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  // What it replaces: what was named, else this member's word about the event, else the very same.
  const std::string said = domain::SaidBy(part);
  std::optional<RecordView> before;
  if (!words.revises.empty()) {
    absl::StatusOr<RecordView> named = FindOwnTakenPart(kTaking, view, words.revises);
    HANSA_RETURN_IF_ERROR(named.status());
    if (named->revisions.back().retracted) {
      return Refusal(kTaking, absl::StrCat(named->key.id.hex(), " was taken back; add it anew"));
    }
    before = *std::move(named);
  }
  const std::optional<domain::NotedRecord> event =
      part.has_event() ? domain::RecordOf(part.event()) : std::optional<domain::NotedRecord>();
  for (const auto& [record, facts] : shelf->book().taken_part) {
    if (before || record.author != view.member) continue;
    v1::TakenPart stands;
    const ShelvedRecord& shelved = *shelf->Find(record);
    const bool is_same = stands.ParseFromString(shelved.payload) && domain::SaidBy(stands) == said;
    if (is_same || (event && facts.event == event)) before = shelved.record;
  }
  absl::StatusOr<PublishedEntry> entry;
  v1::TakenPart stands;
  const ShelvedRecord* shelved = before ? shelf->Find(NotedOf(before->key)) : nullptr;
  if (shelved != nullptr && stands.ParseFromString(shelved->payload) && domain::SaidBy(stands) == said) {
    entry = Standing(view, *before);
  } else {
    Publication publication{.collection = replication::kDialogue,
                            .kind = kTakenPart,
                            .record = std::nullopt,
                            .payload = *std::move(payload)};
    if (before) publication.record = before->key.id;
    entry = SignOne(node_, view, std::move(publication), before ? before->revisions.size() : 0);
  }
  if (entry.ok()) entry->title = TitleOf(view, part);
  return entry;
}

absl::StatusOr<PublishedEntry> TakenPartDesk::WithdrawTakenPart(absl::string_view id) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kWithdrawing, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<RecordView> record = FindOwnTakenPart(kWithdrawing, view, id);
  HANSA_RETURN_IF_ERROR(record.status());
  const absl::StatusOr<replication::Bytes> payload = LastWords(node_.feeds(), *record);
  v1::TakenPart part;
  const bool is_read = payload.ok() && part.ParseFromString(*payload);
  absl::StatusOr<PublishedEntry> entry;
  if (record->revisions.back().retracted) {
    entry = Standing(view, *record);
  } else {
    entry =
        SignOne(node_, view,
                {.collection = replication::kDialogue, .kind = kTakenPart, .record = record->key.id, .retract = true},
                record->revisions.size());
  }
  if (entry.ok() && is_read) entry->title = TitleOf(view, part);
  return entry;
}

absl::StatusOr<std::vector<SaidOfItself>> TakenPartDesk::ListTakenPart(const TakenPartQuery& query) const {
  const NodeView view = node_.View();
  if (!query.member.empty()) HANSA_RETURN_IF_ERROR(MemberNamed(view, query.member).status());
  std::optional<domain::NotedRecord> event;
  if (!query.event.empty()) {
    const absl::StatusOr<RecordView> found = FindEvent(kListing, view, query.event);
    HANSA_RETURN_IF_ERROR(found.status());
    event = NotedOf(found->key);
  }
  const absl::StatusOr<NoticeShelf> shelf = NoticeShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  std::vector<SaidOfItself> listed;
  for (const ShelvedRecord* part : shelf->TakenPart(view, event ? &*event : nullptr)) {
    std::string member = SlugOf(view, part->record.key.member);
    if (!query.member.empty() && query.member != member) continue;
    SaidOfItself& said = listed.emplace_back(SaidOfItself{std::move(member), *part, std::nullopt});
    const domain::TakenPartFacts& facts = shelf->book().taken_part.at(NotedOf(part->record.key));
    if (facts.event) said.event = LinkTo(node_.feeds(), views_, view, KeyOf(*facts.event));
  }
  return listed;
}

}  // namespace hansa::node::desk
