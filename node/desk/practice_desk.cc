#include "node/desk/practice_desk.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/practice_records.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kAdding = "adding a practice";
constexpr absl::string_view kRevising = "revising a practice";
constexpr absl::string_view kWithdrawing = "withdrawing a practice";

// Whether all is the same but the reason of the revision.
bool SaysTheSame(v1::Practice a, v1::Practice b) {
  a.clear_revision_reason();
  b.clear_revision_reason();
  return a.SerializeAsString() == b.SerializeAsString();
}

// `record` as an answer to somebody whose act would change nothing.
PublishedEntry AsItStands(const NodeView& view, const RecordView& record, const std::string& title) {
  PublishedEntry entry;
  entry.id = record.key.id;
  entry.member = view.slug;
  entry.collection = replication::kPractices;
  entry.sequence = record.revisions.back().position.seq;
  entry.revision = record.revisions.size();
  entry.title = title;
  entry.unchanged = true;
  return entry;
}

}  // namespace

absl::StatusOr<std::shared_ptr<v1::Practice>> PracticeDesk::ReadFile(absl::string_view doing, const NodeView& view,
                                                                     const domain::RecordFile& file,
                                                                     std::vector<std::string>& warnings) const {
  auto practice = std::make_shared<v1::Practice>();
  absl::StatusOr<domain::FileRemarks> remarks = domain::ReadPracticeFile(file, catalogue_, *practice);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(doing, view, *remarks));
  warnings = std::move(remarks->warnings);
  // A file that was printed from an earlier revision may carry its reason.
  practice->clear_revision_reason();
  return practice;
}

// What `preferred` wrote comes first: nobody can hide a member's record by using its id.
absl::StatusOr<RecordView> PracticeDesk::Find(absl::string_view doing, absl::string_view id,
                                              replication::Member preferred) const {
  const absl::StatusOr<std::vector<RecordView>> records = views_.RecordsById(id);
  HANSA_RETURN_IF_ERROR(records.status());
  std::vector<RecordView> practices;
  for (const RecordView& record : *records) {
    if (!IsPractice(record)) continue;
    practices.push_back(record);
    if (record.key.member == preferred && id.size() == 2 * replication::RecordId::kSize) return record;
  }
  if (practices.size() == 1) return practices.front();
  if (practices.empty() && records->size() == 1) {
    return absl::NotFoundError(absl::StrCat(doing, ": ", records->front().key.id.hex(), " is ",
                                            WhatIs(records->front()),
                                            ", not a practice; hansa practices list shows those"));
  }
  // None, or several: the views say so, and how to go on.
  absl::StatusOr<RecordView> record = views_.RecordById(id);
  HANSA_RETURN_IF_ERROR(record.status());
  return record;
}

absl::StatusOr<PracticeDesk::Stands> PracticeDesk::FindOwn(absl::string_view doing, const NodeView& view,
                                                           absl::string_view id) const {
  absl::StatusOr<RecordView> record = Find(doing, id, view.member);
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->key.member != view.member) {
    return absl::FailedPreconditionError(absl::StrCat(doing, ": ", record->key.id.hex(), " is of ",
                                                      SlugOf(view, record->key.member),
                                                      "; only its author can change it"));
  }
  Stands stands{*std::move(record), nullptr};
  for (auto revision = stands.record.revisions.rbegin(); revision != stands.record.revisions.rend(); ++revision) {
    const absl::StatusOr<std::shared_ptr<v1::Practice>> content = ReadPractice(node_.feeds(), *revision);
    if (!content.ok()) continue;
    stands.content = *content;
    break;
  }
  return stands;
}

absl::StatusOr<PublishedEntry> PracticeDesk::Sign(const NodeView& view, Publication publication, const Stands& before) {
  publication.collection = replication::kPractices;
  const absl::StatusOr<std::vector<Published>> published = node_.Publish({std::move(publication)});
  HANSA_RETURN_IF_ERROR(published.status());
  HANSA_CHECK(published->size() == 1);
  // What was published is published, even if the views cannot follow now.
  node_.AwaitViews().IgnoreError();
  const Published& signed_entry = published->front();
  PublishedEntry entry;
  entry.id = signed_entry.record;
  entry.member = view.slug;
  entry.collection = signed_entry.collection;
  entry.sequence = signed_entry.seq;
  entry.revision = before.record.revisions.size() + 1;
  entry.held_by = signed_entry.held_by;
  entry.queued = signed_entry.queued;
  if (entry.queued) entry.warnings.emplace_back(kQueuedWords);
  if (before.content != nullptr) entry.title = before.content->title();
  return entry;
}

absl::StatusOr<PublishedEntry> PracticeDesk::Add(const domain::RecordFile& file) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kAdding, view, replication::kPractices));
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Practice>> practice = ReadFile(kAdding, view, file, warnings);
  HANSA_RETURN_IF_ERROR(practice.status());
  absl::StatusOr<std::string> payload = domain::EncodeRecord(**practice);
  HANSA_RETURN_IF_ERROR(payload.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<std::vector<RecordView>> own = views_.RecordsOf(view.member, replication::kPractices);
  HANSA_RETURN_IF_ERROR(own.status());
  for (const RecordView& record : *own) {
    const absl::StatusOr<std::shared_ptr<v1::Practice>> present = ReadPractice(node_.feeds(), record.revisions.back());
    if (!present.ok() || !SaysTheSame(**present, **practice)) continue;
    PublishedEntry entry = AsItStands(view, record, (*practice)->title());
    entry.warnings = std::move(warnings);
    return entry;
  }
  Publication publication;
  publication.kind = replication::kPractice;
  publication.payload = *std::move(payload);
  absl::StatusOr<PublishedEntry> entry = Sign(view, std::move(publication), {{}, *practice});
  if (entry.ok()) entry->warnings = std::move(warnings);
  return entry;
}

absl::StatusOr<PublishedEntry> PracticeDesk::Revise(const PracticeChange& change) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kRevising, view, replication::kPractices));
  const absl::StatusOr<std::string> reason = CleanReason(kRevising, change.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  absl::StatusOr<Stands> stands = FindOwn(kRevising, view, change.id);
  HANSA_RETURN_IF_ERROR(stands.status());
  const Revision& last = stands->record.revisions.back();
  if (IsWithdrawal(last)) {
    return absl::FailedPreconditionError(
        absl::StrCat(kRevising, ": ", stands->record.key.id.hex(), " was taken back; add it anew"));
  }
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Practice>> practice = ReadFile(kRevising, view, change.file, warnings);
  HANSA_RETURN_IF_ERROR(practice.status());
  const absl::StatusOr<std::shared_ptr<v1::Practice>> present = ReadPractice(node_.feeds(), last);
  absl::StatusOr<PublishedEntry> entry;
  if (present.ok() && SaysTheSame(**present, **practice)) {
    entry = AsItStands(view, stands->record, (*practice)->title());
  } else {
    (*practice)->set_revision_reason(*reason);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(**practice);
    HANSA_RETURN_IF_ERROR(payload.status());
    Publication publication;
    publication.kind = replication::kPractice;
    publication.record = stands->record.key.id;
    publication.payload = *std::move(payload);
    stands->content = *practice;
    entry = Sign(view, std::move(publication), *stands);
  }
  if (entry.ok()) entry->warnings = std::move(warnings);
  return entry;
}

absl::StatusOr<PublishedEntry> PracticeDesk::Withdraw(absl::string_view id, absl::string_view reason) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kWithdrawing, view, replication::kPractices));
  const absl::StatusOr<std::string> clean = CleanReason(kWithdrawing, reason, kWithdrawalReasonMax);
  HANSA_RETURN_IF_ERROR(clean.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<Stands> stands = FindOwn(kWithdrawing, view, id);
  HANSA_RETURN_IF_ERROR(stands.status());
  if (IsWithdrawal(stands->record.revisions.back())) {
    return AsItStands(view, stands->record, stands->content == nullptr ? "" : stands->content->title());
  }
  v1::PracticeWithdrawal withdrawal;
  withdrawal.set_reason(*clean);
  if (stands->content != nullptr) withdrawal.set_language(stands->content->language());
  absl::StatusOr<std::string> payload = domain::EncodeRecord(withdrawal);
  HANSA_RETURN_IF_ERROR(payload.status());
  Publication publication;
  publication.kind = replication::kPracticeWithdrawal;
  publication.record = stands->record.key.id;
  publication.retract = true;
  publication.payload = *std::move(payload);
  return Sign(view, std::move(publication), *stands);
}

}  // namespace hansa::node::desk
