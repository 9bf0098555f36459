#include "node/desk/practice_desk.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/notice_records.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/notice_reading.h"
#include "node/domain/practice_file.h"
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

// What a file can say: a later revision of a practice that it names does not change it.
std::string SaidBy(v1::Practice practice) {
  for (v1::BuiltOn& built : *practice.mutable_built_on()) built.mutable_practice()->clear_entry_hash();
  return domain::SaidBy(practice);
}

std::string IsNoPractice(const RecordView& record) {
  return absl::StrCat(record.key.id.hex(), " is ", WhatIs(record),
                      ", not a practice; hansa practices list shows those");
}

}  // namespace

absl::StatusOr<std::shared_ptr<v1::Practice>> PracticeDesk::ReadFile(absl::string_view doing, const NodeView& view,
                                                                     const domain::RecordFile& file,
                                                                     const StandingLinks& standing,
                                                                     std::vector<std::string>& warnings) const {
  auto practice = std::make_shared<v1::Practice>();
  domain::NamedOriginals built_on;
  absl::StatusOr<domain::FileRemarks> remarks = domain::ReadPracticeFile(file, catalogue_, *practice, built_on);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(doing, view, *remarks));
  const absl::StatusOr<std::vector<domain::NotedRevision>> clusters =
      FindClusters(doing, views_, node_.feeds(), view, remarks->clusters, standing);
  HANSA_RETURN_IF_ERROR(clusters.status());
  for (const domain::NotedRevision& cluster : *clusters) domain::Point(cluster, *practice->add_clusters());
  HANSA_RETURN_IF_ERROR(PointAtOriginals(doing, view, {file.name, built_on, standing}, *practice));
  warnings = std::move(remarks->warnings);
  // A file that was printed from an earlier revision may carry its reason.
  practice->clear_revision_reason();
  return practice;
}

absl::Status PracticeDesk::PointAtOriginals(absl::string_view doing, const NodeView& view, const NamedToBuildOn& named,
                                            v1::Practice& practice) const {
  std::set<projection::RecordKey> before;
  for (std::size_t i = 0; i < named.originals.size(); ++i) {
    const std::string where = absl::StrCat("built_on ", i + 1);
    const absl::StatusOr<RecordView> original = Find(doing, named.originals[i], {});
    if (!original.ok()) {
      return absl::Status(original.status().code(),
                          absl::StrCat(named.file, ": ", where, ": ", original.status().message()));
    }
    const std::string id = original->key.id.hex();
    if (original->key.member == view.member) {
      return Refusal(doing, absl::StrCat(where, ": ", id,
                                         " is this member's own; name a practice of another, and revise your own"));
    }
    const std::optional<domain::NotedRevision> meant =
        named.standing.PointAt(*original, IsWithdrawal(original->revisions.back()));
    if (!meant) {
      return Refusal(doing, absl::StrCat(where, ": ", id, " was taken back; leave it out"));
    }
    if (!before.insert(original->key).second) {
      return absl::InvalidArgumentError(
          absl::StrCat(named.file, ": ", where, ": ", id, " stands there twice; leave it out"));
    }
    domain::Point(*meant, *practice.mutable_built_on(static_cast<int>(i))->mutable_practice());
  }
  return absl::OkStatus();
}

absl::StatusOr<RecordView> PracticeDesk::Find(absl::string_view doing, absl::string_view id,
                                              replication::Member preferred) const {
  return FindRecord(views_, {doing, id, preferred, IsPractice, IsNoPractice});
}

absl::StatusOr<RecordView> PracticeDesk::FindEither(absl::string_view doing, absl::string_view id,
                                                    replication::Member preferred) const {
  const auto is_either = [](const RecordView& record) { return IsPractice(record) || IsTranslation(record); };
  return FindRecord(views_, {doing, id, preferred, is_either, IsNoPractice});
}

absl::StatusOr<PracticeDesk::Stands> PracticeDesk::FindOwn(absl::string_view doing, const NodeView& view,
                                                           absl::StatusOr<RecordView> record) const {
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->key.member != view.member) {
    return Refusal(doing, absl::StrCat(record->key.id.hex(), " is of ", SlugOf(view, record->key.member),
                                       "; only its author can change it"));
  }
  Stands stands{*std::move(record), "", ""};
  for (auto revision = stands.record.revisions.rbegin(); revision != stands.record.revisions.rend(); ++revision) {
    if (const auto practice = ReadPractice(node_.feeds(), *revision); practice.ok()) {
      stands.title = (*practice)->title();
      stands.language = (*practice)->language();
      break;
    }
    if (const auto translation = ReadTranslation(node_.feeds(), *revision); translation.ok()) {
      stands.title = (*translation)->title();
      stands.language = (*translation)->language();
      break;
    }
  }
  return stands;
}

absl::StatusOr<PublishedEntry> PracticeDesk::Add(const domain::RecordFile& file) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kAdding, view, replication::kPractices));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Practice>> practice =
      ReadFile(kAdding, view, file, StandingLinks(), warnings);
  HANSA_RETURN_IF_ERROR(practice.status());
  absl::StatusOr<std::string> payload = domain::EncodeRecord(**practice);
  HANSA_RETURN_IF_ERROR(payload.status());
  const absl::StatusOr<std::vector<RecordView>> own = views_.RecordsOf(view.member, replication::kPractices);
  HANSA_RETURN_IF_ERROR(own.status());
  const auto says_it = [&](const RecordView& record) {
    const absl::StatusOr<std::shared_ptr<v1::Practice>> present = ReadPractice(node_.feeds(), record.revisions.back());
    return present.ok() && SaidBy(**present) == SaidBy(**practice);
  };
  const auto same = std::find_if(own->begin(), own->end(), says_it);
  absl::StatusOr<PublishedEntry> entry;
  if (same != own->end()) {
    entry = Standing(view, *same);
  } else {
    entry = SignOne(node_, view,
                    {.collection = replication::kPractices,
                     .kind = replication::kPractice,
                     .record = std::nullopt,
                     .payload = *std::move(payload)},
                    0);
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = (*practice)->title();
  entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PracticeDesk::Stands> PracticeDesk::FindToRevise(absl::string_view doing, const NodeView& view,
                                                                absl::string_view id) const {
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  absl::StatusOr<Stands> stands = FindOwn(doing, view, Find(doing, id, view.member));
  HANSA_RETURN_IF_ERROR(stands.status());
  if (!IsWithdrawal(stands->record.revisions.back())) return stands;
  return Refusal(doing, absl::StrCat(stands->record.key.id.hex(), " was taken back; add it anew"));
}

absl::StatusOr<PublishedEntry> PracticeDesk::SignRevision(const NodeView& view, const projection::RecordView& record,
                                                          const v1::Practice& practice) {
  absl::StatusOr<std::string> payload = domain::EncodeRecord(practice);
  HANSA_RETURN_IF_ERROR(payload.status());
  return SignOne(node_, view,
                 {.collection = replication::kPractices,
                  .kind = replication::kPractice,
                  .record = record.key.id,
                  .payload = *std::move(payload)},
                 record.revisions.size());
}

absl::StatusOr<PublishedEntry> PracticeDesk::Revise(const PracticeChange& change) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kRevising, view, replication::kPractices));
  const absl::StatusOr<std::string> reason = CleanReason(kRevising, change.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  const absl::StatusOr<Stands> stands = FindToRevise(kRevising, view, change.id);
  HANSA_RETURN_IF_ERROR(stands.status());
  if (change.of_revision != 0) HANSA_RETURN_IF_ERROR(CheckNoneWaits(kRevising, view, stands->record.key.id));
  const absl::StatusOr<std::shared_ptr<v1::Practice>> present =
      ReadPractice(node_.feeds(), stands->record.revisions.back());
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Practice>> practice =
      ReadFile(kRevising, view, change.file, present.ok() ? StandingLinks(**present) : StandingLinks(), warnings);
  HANSA_RETURN_IF_ERROR(practice.status());
  if (present.ok()) KeepFiles((*present)->attachments(), *(*practice)->mutable_attachments());
  absl::StatusOr<PublishedEntry> entry;
  if (present.ok() && SaidBy(**present) == SaidBy(**practice)) {
    entry = Standing(view, stands->record);
  } else {
    HANSA_RETURN_IF_ERROR(CheckStillStands(kRevising, stands->record.key.id,
                                           {.read = change.of_revision, .present = stands->record.revisions.size()}));
    (*practice)->set_revision_reason(*reason);
    entry = SignRevision(view, stands->record, **practice);
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = (*practice)->title();
  entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> PracticeDesk::Withdraw(absl::string_view id, absl::string_view reason) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kWithdrawing, view, replication::kPractices));
  const absl::StatusOr<std::string> clean = CleanReason(kWithdrawing, reason, kWithdrawalReasonMax);
  HANSA_RETURN_IF_ERROR(clean.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<Stands> stands = FindOwn(kWithdrawing, view, FindEither(kWithdrawing, id, view.member));
  HANSA_RETURN_IF_ERROR(stands.status());
  absl::StatusOr<PublishedEntry> entry;
  if (IsWithdrawal(stands->record.revisions.back())) {
    entry = Standing(view, stands->record);
  } else {
    v1::PracticeWithdrawal withdrawal;
    withdrawal.set_reason(*clean);
    withdrawal.set_language(stands->language);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(withdrawal);
    HANSA_RETURN_IF_ERROR(payload.status());
    entry = SignOne(node_, view,
                    {.collection = replication::kPractices,
                     .kind = replication::kPracticeWithdrawal,
                     .record = stands->record.key.id,
                     .retract = true,
                     .payload = *std::move(payload)},
                    stands->record.revisions.size());
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = stands->title;
  return entry;
}

absl::StatusOr<PublishedEntry> PracticeDesk::ChangeFiles(const FilesChange& change) {
  absl::MutexLock lock(&publishing_);
  return SignWithFiles(node_, views_, change);
}

}  // namespace hansa::node::desk
