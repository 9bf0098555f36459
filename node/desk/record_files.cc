#include "node/desk/record_files.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/linked_record.h"
#include "node/desk/notice_records.h"
#include "node/desk/practice_records.h"
#include "node/domain/dialogue_book.h"
#include "node/domain/dialogue_reading.h"
#include "node/domain/noted_record.h"
#include "node/domain/practice_links.h"
#include "node/domain/record_form.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using google::protobuf::Message;
using projection::RecordView;
using projection::Revision;

bool NamesFiles(const RecordView& record) { return files::RecordThatNamesFiles(KindThatStands(record)) != nullptr; }

// What a revision says, if it is a record that names files and can be shown.
absl::StatusOr<std::unique_ptr<Message>> Read(const storage::FeedStore& feeds, const Revision& revision) {
  std::unique_ptr<Message> record = files::RecordThatNamesFiles(revision.kind);
  if (IsWithdrawal(revision)) return absl::FailedPreconditionError("it was taken back");
  if (record == nullptr) return absl::FailedPreconditionError("this revision names no files");
  if (revision.reading != projection::Reading::kUnderstood) return absl::FailedPreconditionError(revision.what);
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  HANSA_RETURN_IF_ERROR(domain::DecodeRecord(*payload, *record));
  return record;
}

// Of a translation the practice that it translates.
absl::StatusOr<RecordView> OriginalOf(const projection::Views& views, const storage::FeedStore& feeds,
                                      const RecordView& translation) {
  for (auto revision = translation.revisions.rbegin(); revision != translation.revisions.rend(); ++revision) {
    const auto content = ReadTranslation(feeds, *revision);
    const std::optional<domain::TranslationFacts> facts = content.ok() ? domain::FactsOf(**content) : std::nullopt;
    if (!facts) continue;
    return views.Record({facts->original.record.author, replication::kPractices, facts->original.record.id});
  }
  return absl::NotFoundError("the practice that it translates is not held on this node");
}

absl::Status CheckMayWrite(absl::string_view doing, const NodeView& view, replication::Collection collection) {
  if (collection == replication::kNotices) return CheckMayPublishNotices(doing, view);
  return CheckMayPublish(doing, view, collection);
}

}  // namespace

absl::StatusOr<RecordView> FindWithFiles(absl::string_view doing, const projection::Views& views,
                                         const storage::FeedStore& feeds, const NodeView& view, absl::string_view id) {
  const auto is_it = [](const RecordView& record) { return NamesFiles(record) || IsTranslation(record); };
  const absl::StatusOr<RecordView> record =
      FindRecord(views, {doing, id, view.member, is_it, [](const RecordView& other) {
                           return absl::StrCat(other.key.id.hex(), " is ", WhatIs(other), ", which names no files");
                         }});
  HANSA_RETURN_IF_ERROR(record.status());
  if (!IsTranslation(*record)) return record;
  absl::StatusOr<RecordView> original = OriginalOf(views, feeds, *record);
  if (absl::IsNotFound(original.status())) {
    return absl::NotFoundError(absl::StrCat(doing, ": the practice that it translates is not held on this node"));
  }
  return original;
}

absl::StatusOr<std::vector<v1::Attachment>> AttachmentsIn(absl::string_view doing, const storage::FeedStore& feeds,
                                                          const RecordView& record, std::uint64_t revision) {
  const std::uint64_t count = record.revisions.size();
  if (revision > count) {
    return absl::NotFoundError(
        absl::StrCat(doing, ": ", record.key.id.hex(), " has no revision ", revision, "; its last is ", count));
  }
  const absl::StatusOr<std::unique_ptr<Message>> content =
      Read(feeds, record.revisions[revision == 0 ? count - 1 : revision - 1]);
  if (absl::IsDataLoss(content.status())) return While(doing, content.status());
  std::vector<v1::Attachment> files;
  if (!content.ok()) return files;
  const Attachments& named = files::AttachmentsOf(**content);
  files.assign(named.begin(), named.end());
  return files;
}

bool MayChangeFiles(const RecordView& record) {
  const replication::Kind kind = KindThatStands(record);
  const std::optional<domain::WordKind> word = domain::WordKindOf(kind);
  return kind == replication::kPractice || kind == replication::kOffer || kind == replication::kStrategy ||
         word == domain::WordKind::kTopic || word == domain::WordKind::kAnswer || NoticeKindOf(record).has_value();
}

absl::StatusOr<PublishedEntry> SignWithFiles(RunningNode& node, const projection::Views& views,
                                             const FilesChange& change) {
  const NodeView view = node.View();
  HANSA_RETURN_IF_ERROR(node.AwaitViews());
  const absl::StatusOr<RecordView> record = FindWithFiles(change.doing, views, node.feeds(), view, change.id);
  HANSA_RETURN_IF_ERROR(record.status());
  const std::string id = record->key.id.hex();
  if (record->key.member != view.member) {
    return Refusal(change.doing,
                   absl::StrCat(id, " is of ", SlugOf(view, record->key.member), "; only its author can change it"));
  }
  if (!MayChangeFiles(*record)) {
    return Refusal(
        change.doing,
        absl::StrCat(id, " is ", WhatIs(*record),
                     "; files are attached to practices, offers, notices, strategies, topics and answers alone"));
  }
  HANSA_RETURN_IF_ERROR(CheckMayWrite(change.doing, view, record->key.collection));
  HANSA_RETURN_IF_ERROR(CheckNoneWaits(change.doing, view, record->key.id));
  const Revision& last = record->revisions.back();
  if (IsWithdrawal(last)) return Refusal(change.doing, absl::StrCat(id, " was taken back; add it anew"));
  absl::StatusOr<std::unique_ptr<Message>> content = Read(node.feeds(), last);
  HANSA_RETURN_IF_ERROR(While(change.doing, content.status()));
  domain::SetRevisionReason("", **content);
  HANSA_RETURN_IF_ERROR(While(change.doing, change.change(files::AttachmentsOf(**content))));
  absl::StatusOr<std::string> payload = domain::EncodeRecord(**content);
  HANSA_RETURN_IF_ERROR(While(change.doing, payload.status()));
  // An answer has no title, and is called by its first line.
  const std::optional<domain::WordFacts> word = domain::ReadWord(last.kind, *payload);
  absl::StatusOr<PublishedEntry> entry = SignOne(node, view,
                                                 {.collection = record->key.collection,
                                                  .kind = last.kind,
                                                  .record = record->key.id,
                                                  .payload = *std::move(payload)},
                                                 record->revisions.size());
  if (entry.ok()) entry->title = word ? domain::TitleOf(*word) : LinkTo(node.feeds(), view, *record).title;
  return entry;
}

void KeepFiles(const Attachments& before, Attachments& after) {
  std::set<std::string> names;
  for (const v1::Attachment& each : after) names.insert(each.name());
  for (const v1::Attachment& each : before) {
    if (names.insert(each.name()).second) *after.Add() = each;
  }
}

}  // namespace hansa::node::desk
