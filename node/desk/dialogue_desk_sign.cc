// What a word needs before it is signed, and its signing.
#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/reference.pb.h"
#include "node/desk/dialogue_desk.h"
#include "node/desk/notice_records.h"
#include "node/desk/practice_desk.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/dialogue_reading.h"
#include "node/domain/record_form.h"
#include "node/files/files_named.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::WordFacts;
using domain::WordKind;
using google::protobuf::Message;
using projection::RecordView;
using projection::Revision;

}  // namespace

absl::StatusOr<domain::NotedRevision> DialogueDesk::FindStanding(absl::string_view doing, const NodeView& view,
                                                                 absl::string_view id) const {
  const absl::StatusOr<RecordView> record = FindSpokenOf(doing, views_, view, id);
  HANSA_RETURN_IF_ERROR(record.status());
  if (TakesBack(record->revisions.back())) {
    return Refusal(doing, absl::StrCat(record->key.id.hex(), " was taken back; name one that stands"));
  }
  return NewestOf(*record);
}

absl::StatusOr<std::vector<domain::NotedRevision>> DialogueDesk::FindAll(absl::string_view doing, const NodeView& view,
                                                                         const std::vector<std::string>& ids) const {
  std::vector<domain::NotedRevision> records;
  for (const std::string& id : ids) {
    absl::StatusOr<domain::NotedRevision> record = FindStanding(doing, view, id);
    HANSA_RETURN_IF_ERROR(record.status());
    const bool is_named = std::any_of(records.begin(), records.end(), [&](const domain::NotedRevision& named) {
      return named.record == record->record;
    });
    if (!is_named) records.push_back(*std::move(record));
  }
  return records;
}

absl::StatusOr<RecordView> DialogueDesk::FindOwn(absl::string_view doing, const NodeView& view, absl::string_view id,
                                                 std::optional<WordKind> kind) const {
  const auto is_it = [kind](const RecordView& record) {
    const std::optional<WordKind> is = WordKindOf(record);
    return is.has_value() && (!kind || is == kind);
  };
  absl::StatusOr<RecordView> record =
      FindRecord(views_, {doing, id, view.member, is_it, [kind](const RecordView& other) {
                            const std::string named = other.key.id.hex(), is = WhatIs(other);
                            if (!kind) return absl::StrCat(named, " is ", is, ", not a word of the dialogue");
                            return absl::StrCat(named, " is ", is, ", and what is to be revised is of the kind ",
                                                domain::WordKindName(*kind));
                          }});
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->key.member == view.member) return record;
  return Refusal(doing, absl::StrCat(record->key.id.hex(), " is of ", SlugOf(view, record->key.member),
                                     "; only its author can change it"));
}

absl::StatusOr<PublishedEntry> DialogueDesk::Sign(const NodeView& view, const DialogueShelf& shelf,
                                                  const Draft& draft) {
  const absl::StatusOr<std::string> reason = CleanReason(draft.doing, draft.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  HANSA_RETURN_IF_ERROR(While(draft.doing, domain::EncodeRecord(*draft.word).status()));
  const WordFacts facts = domain::FactsOf(draft.kind, *draft.word);
  const std::string said = domain::SaidBy(*draft.word);
  const bool has_files = files::RecordThatNamesFiles(domain::RecordKindOf(draft.kind)) != nullptr;
  Attachments kept;  // files of the word that is held: they are attached and detached by themselves
  const auto says_so = [&](const RecordView& record) {
    const Revision& last = record.revisions.back();
    if (last.retracted || last.kind != domain::RecordKindOf(draft.kind)) return false;
    const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(node_.feeds(), last.position);
    const std::unique_ptr<Message> word = domain::NewWord(draft.kind);
    if (!payload.ok() || !word->ParseFromString(*payload)) return false;
    kept.Clear();
    if (has_files) kept.Swap(&files::AttachmentsOf(*word));
    return domain::SaidBy(*word) == said;
  };
  std::optional<RecordView> before;
  if (!draft.revises.empty()) {
    absl::StatusOr<RecordView> own = FindOwn(draft.doing, view, draft.revises, draft.kind);
    HANSA_RETURN_IF_ERROR(own.status());
    if (own->revisions.back().retracted) {
      return Refusal(draft.doing, absl::StrCat(own->key.id.hex(), " was taken back; add it anew"));
    }
    if (facts.about == NotedOf(own->key)) {
      return absl::InvalidArgumentError(absl::StrCat(draft.doing, ": a word cannot be about itself; name another"));
    }
    before = *std::move(own);
  } else if (draft.replaces) {
    if (const RecordView* const record = shelf.Find(*draft.replaces)) before = *record;
  } else if (draft.may_stand) {
    for (const auto& [record, word] : shelf.book().words) {
      if (record.author != view.member || word.facts.kind != draft.kind) continue;
      const RecordView* const held = shelf.Find(record);
      if (held != nullptr && says_so(*held)) before = *held;
    }
  }
  absl::StatusOr<PublishedEntry> entry;
  if (before && says_so(*before)) {
    entry = Standing(view, *before);
  } else {
    if (before) domain::SetRevisionReason(*reason, *draft.word);
    if (before && has_files) KeepFiles(kept, files::AttachmentsOf(*draft.word));
    absl::StatusOr<std::string> payload = domain::EncodeRecord(*draft.word);
    HANSA_RETURN_IF_ERROR(While(draft.doing, payload.status()));
    Publication publication{.collection = replication::kDialogue,
                            .kind = domain::RecordKindOf(draft.kind),
                            .record = std::nullopt,
                            .payload = *std::move(payload)};
    if (before) publication.record = before->key.id;
    entry = SignOne(node_, view, std::move(publication), before ? before->revisions.size() : 0);
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = domain::TitleOf(facts);
  if (entry->title.empty()) entry->title = domain::MarkName(facts.mark);
  return entry;
}

absl::StatusOr<PublishedEntry> DialogueDesk::ChangeFiles(const FilesChange& change) {
  absl::MutexLock lock(&publishing_);
  return SignWithFiles(node_, views_, change);
}

}  // namespace hansa::node::desk
