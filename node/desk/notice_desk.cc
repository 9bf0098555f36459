#include "node/desk/notice_desk.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

using google::protobuf::Message;
using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kAdding = "publishing a notice";
constexpr absl::string_view kRevising = "revising a notice";
constexpr absl::string_view kWithdrawing = "withdrawing a notice";

absl::StatusOr<domain::NoticeKind> KindNamed(absl::string_view doing, const std::string& name) {
  if (const std::optional<domain::NoticeKind> kind = domain::NoticeKindNamed(name)) return *kind;
  std::vector<std::string> names;
  for (const domain::NoticeKind kind : domain::NoticeKinds()) names.emplace_back(domain::NoticeKindName(kind));
  return absl::InvalidArgumentError(absl::StrCat(doing, ": there is no kind of notice ", domain::Quoted(name),
                                                 "; write one of: ", absl::StrJoin(names, ", ")));
}

// Languages that only differ in capitals are the same.
bool SameLanguage(absl::string_view a, absl::string_view b) {
  return absl::AsciiStrToLower(a) == absl::AsciiStrToLower(b);
}

absl::Status FindMembers(const NodeView& view, const std::string& file, absl::string_view field,
                         const std::vector<std::string>& slugs, std::vector<replication::Member>& members) {
  for (const std::string& slug : slugs) {
    const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(view, slug);
    if (!member.ok()) {
      return absl::Status(member.status().code(), absl::StrCat(file, ": ", field, ": ", member.status().message()));
    }
    members.push_back((*member)->number);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<domain::NotedRevision> NoticeDesk::FindOriginal(absl::string_view doing, const NodeView& view,
                                                               domain::NoticeKind kind, const std::string& id,
                                                               const std::string& language,
                                                               const StandingLinks& standing) const {
  const absl::StatusOr<RecordView> original = FindNotice(doing, views_, view, id, kind);
  HANSA_RETURN_IF_ERROR(original.status());
  const absl::StatusOr<std::shared_ptr<Message>> content = ReadNotice(node_.feeds(), kind, original->revisions.back());
  const std::optional<domain::NotedRevision> meant = standing.PointAt(*original, original->revisions.back().retracted);
  if (original->revisions.back().retracted && meant) return *meant;
  if (!content.ok()) {
    return Refusal(doing, absl::StrCat("translation_of: ", original->key.id.hex(), ": ", content.status().message()));
  }
  if (SameLanguage(domain::FactsOf(kind, **content).language, language)) {
    return Refusal(doing, absl::StrCat("translation_of: ", original->key.id.hex(), " is in ", language,
                                       " itself; mend the language, or revise that notice"));
  }
  return NewestOf(*original);
}

absl::StatusOr<std::shared_ptr<Message>> NoticeDesk::ReadFile(absl::string_view doing, const NodeView& view,
                                                              domain::NoticeKind kind, const domain::RecordFile& file,
                                                              const StandingLinks& standing,
                                                              std::vector<std::string>& warnings) const {
  std::shared_ptr<Message> notice = domain::NewNotice(kind);
  domain::NamedByNotice named;
  absl::StatusOr<domain::FileRemarks> remarks = domain::ReadNoticeFile(kind, file, catalogue_, *notice, named);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(doing, view, *remarks));
  domain::NoticePointers pointers;
  HANSA_RETURN_IF_ERROR(FindMembers(view, file.name, "audience: members", named.audience, pointers.audience));
  HANSA_RETURN_IF_ERROR(FindMembers(view, file.name, "members", named.members, pointers.members));
  HANSA_RETURN_IF_ERROR(FindMembers(view, file.name, "coordinators", named.coordinators, pointers.coordinators));
  if (!named.translation_of.empty()) {
    absl::StatusOr<domain::NotedRevision> original =
        FindOriginal(doing, view, kind, named.translation_of, domain::FactsOf(kind, *notice).language, standing);
    HANSA_RETURN_IF_ERROR(original.status());
    pointers.translation_of = *std::move(original);
  }
  if (!named.replaces.empty()) {
    const absl::StatusOr<RecordView> replaced = FindNotice(doing, views_, view, named.replaces, kind);
    HANSA_RETURN_IF_ERROR(replaced.status());
    pointers.replaces = NewestOf(*replaced);
  }
  for (const std::string& id : named.practices) {
    const absl::StatusOr<RecordView> practice =
        FindRecord(views_, {doing, id, view.member, IsPractice, [](const RecordView& record) {
                              return absl::StrCat(record.key.id.hex(), " is ", WhatIs(record),
                                                  ", not a practice; hansa practices list shows those");
                            }});
    HANSA_RETURN_IF_ERROR(practice.status());
    const std::optional<domain::NotedRevision> meant =
        standing.PointAt(*practice, IsWithdrawal(practice->revisions.back()));
    if (!meant) {
      return Refusal(doing, absl::StrCat("practices: ", practice->key.id.hex(), " was taken back; leave it out"));
    }
    pointers.practices.push_back(*meant);
  }
  absl::StatusOr<std::vector<domain::NotedRevision>> clusters =
      FindClusters(doing, views_, node_.feeds(), view, remarks->clusters, standing);
  HANSA_RETURN_IF_ERROR(clusters.status());
  pointers.clusters = *std::move(clusters);
  domain::PutPointers(kind, pointers, *notice);
  warnings = std::move(remarks->warnings);
  return notice;
}

absl::Status NoticeDesk::CheckDeadline(absl::string_view doing, const domain::AnnouncedMoment& present,
                                       const domain::NoticeFacts& facts, std::vector<std::string>& warnings) const {
  const domain::AnnouncedMoment& deadline = facts.deadline;
  if (deadline.date.empty() || deadline == present || domain::EndOf(deadline) > clock_()) return absl::OkStatus();
  const std::string written = domain::WrittenMoment(deadline);
  if (facts.kind == domain::NoticeKind::kCall && !facts.translation_of) {
    return Refusal(doing, absl::StrCat("its deadline was ", written, ", so nobody could answer it; give a later one"));
  }
  warnings.push_back(
      absl::StrCat("its deadline was ", written, "; revise it with a later one unless it tells of the past"));
  return absl::OkStatus();
}

absl::StatusOr<RecordView> NoticeDesk::FindOwn(absl::string_view doing, const NodeView& view,
                                               absl::string_view id) const {
  absl::StatusOr<RecordView> record = FindNotice(doing, views_, view, id, std::nullopt);
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->key.member != view.member) {
    return Refusal(doing, absl::StrCat(record->key.id.hex(), " is of ", SlugOf(view, record->key.member),
                                       "; only its author can change it"));
  }
  return record;
}

absl::StatusOr<PublishedEntry> NoticeDesk::Add(const std::string& kind_name, const domain::RecordFile& file) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  const absl::StatusOr<domain::NoticeKind> kind = KindNamed(kAdding, kind_name);
  HANSA_RETURN_IF_ERROR(kind.status());
  HANSA_RETURN_IF_ERROR(CheckMayPublishNotices(kAdding, view));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<Message>> notice =
      ReadFile(kAdding, view, *kind, file, StandingLinks(), warnings);
  HANSA_RETURN_IF_ERROR(notice.status());
  absl::StatusOr<std::string> payload = domain::EncodeRecord(**notice);
  HANSA_RETURN_IF_ERROR(payload.status());
  const absl::StatusOr<std::vector<RecordView>> own = views_.RecordsOf(view.member, replication::kNotices);
  HANSA_RETURN_IF_ERROR(own.status());
  const domain::NoticeFacts facts = domain::FactsOf(*kind, **notice);
  const std::string said = domain::SaidBy(**notice);
  const auto same = std::find_if(own->begin(), own->end(), [&](const RecordView& record) {
    if (NoticeKindOf(record) != *kind) return false;
    const absl::StatusOr<std::shared_ptr<Message>> present = ReadNotice(node_.feeds(), *kind, record.revisions.back());
    return present.ok() && domain::SaidBy(**present) == said;
  });
  absl::StatusOr<PublishedEntry> entry;
  if (same != own->end()) {
    entry = Standing(view, *same);
  } else {
    HANSA_RETURN_IF_ERROR(CheckDeadline(kAdding, {}, facts, warnings));
    entry = SignOne(node_, view,
                    {.collection = replication::kNotices,
                     .kind = domain::RecordKindOf(*kind),
                     .record = std::nullopt,
                     .payload = *std::move(payload)},
                    0);
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = facts.title;
  entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> NoticeDesk::Revise(const NoticeChange& change) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublishNotices(kRevising, view));
  const absl::StatusOr<std::string> reason = CleanReason(kRevising, change.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<RecordView> record = FindOwn(kRevising, view, change.id);
  HANSA_RETURN_IF_ERROR(record.status());
  const replication::RecordId& id = record->key.id;
  const domain::NoticeKind kind = *NoticeKindOf(*record);
  if (record->revisions.back().retracted) {
    return Refusal(kRevising, absl::StrCat(id.hex(), " was taken back; add it anew"));
  }
  if (change.of_revision != 0) HANSA_RETURN_IF_ERROR(CheckNoneWaits(kRevising, view, id));
  const absl::StatusOr<std::shared_ptr<Message>> present = ReadNotice(node_.feeds(), kind, record->revisions.back());
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<Message>> notice =
      ReadFile(kRevising, view, kind, change.file, present.ok() ? StandingLinks(**present) : StandingLinks(), warnings);
  HANSA_RETURN_IF_ERROR(notice.status());
  const domain::NoticeFacts facts = domain::FactsOf(kind, **notice);
  if (facts.translation_of == NotedOf(record->key)) {
    return absl::InvalidArgumentError(
        absl::StrCat(change.file.name, ": translation_of: a notice is no translation of itself; leave it out"));
  }
  if (present.ok()) KeepFiles(files::AttachmentsOf(**present), files::AttachmentsOf(**notice));
  absl::StatusOr<PublishedEntry> entry;
  if (present.ok() && domain::SaidBy(**present) == domain::SaidBy(**notice)) {
    entry = Standing(view, *record);
  } else {
    HANSA_RETURN_IF_ERROR(
        CheckStillStands(kRevising, id, {.read = change.of_revision, .present = record->revisions.size()}));
    const domain::AnnouncedMoment stood =
        present.ok() ? domain::FactsOf(kind, **present).deadline : domain::AnnouncedMoment();
    HANSA_RETURN_IF_ERROR(CheckDeadline(kRevising, stood, facts, warnings));
    domain::SetRevisionReason(*reason, **notice);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(**notice);
    HANSA_RETURN_IF_ERROR(payload.status());
    entry = SignOne(node_, view,
                    {.collection = replication::kNotices,
                     .kind = domain::RecordKindOf(kind),
                     .record = id,
                     .payload = *std::move(payload)},
                    record->revisions.size());
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = facts.title;
  entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> NoticeDesk::ChangeFiles(const FilesChange& change) {
  absl::MutexLock lock(&publishing_);
  return SignWithFiles(node_, views_, change);
}

absl::StatusOr<PublishedEntry> NoticeDesk::Withdraw(absl::string_view id) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublishNotices(kWithdrawing, view));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<RecordView> record = FindOwn(kWithdrawing, view, id);
  HANSA_RETURN_IF_ERROR(record.status());
  const domain::NoticeKind kind = *NoticeKindOf(*record);
  absl::StatusOr<PublishedEntry> entry;
  if (record->revisions.back().retracted) {
    entry = Standing(view, *record);
  } else {
    entry = SignOne(node_, view,
                    {.collection = replication::kNotices,
                     .kind = domain::RecordKindOf(kind),
                     .record = record->key.id,
                     .retract = true},
                    record->revisions.size());
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  for (const Revision& revision : record->revisions) {
    const absl::StatusOr<std::shared_ptr<Message>> content = ReadNotice(node_.feeds(), kind, revision);
    if (content.ok()) entry->title = domain::FactsOf(kind, **content).title;
  }
  return entry;
}

}  // namespace hansa::node::desk
