#include "node/desk/dialogue_shelf.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/news_words.h"
#include "node/desk/notice_records.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/dialogue_reading.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::NotedRecord;
using domain::SpokenEntry;
using domain::SpokenWord;
using domain::WordKind;
using projection::RecordView;
using projection::Revision;

// nullopt: it takes the record back, or cannot be read.
absl::StatusOr<std::optional<domain::WordFacts>> Said(const storage::FeedStore& feeds, const Revision& revision) {
  if (revision.retracted || revision.reading != projection::Reading::kUnderstood) return std::nullopt;
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  if (absl::IsDataLoss(payload.status())) return payload.status();
  if (!payload.ok()) return std::nullopt;
  return domain::ReadWord(revision.kind, *payload);
}

}  // namespace

std::optional<WordKind> WordKindOf(const RecordView& record) {
  for (auto revision = record.revisions.rbegin(); revision != record.revisions.rend(); ++revision) {
    if (!revision->retracted) return domain::WordKindOf(revision->kind);
  }
  return domain::WordKindOf(record.revisions.back().kind);
}

bool TakesBack(const Revision& revision) {
  return revision.retracted || revision.kind == replication::kPracticeWithdrawal ||
         revision.kind == replication::kOfferWithdrawal;
}

absl::StatusOr<RecordView> FindSpokenOf(absl::string_view doing, const projection::Views& views, const NodeView& view,
                                        absl::string_view id) {
  return FindRecord(
      views, {doing, id, view.member, [](const RecordView& r) { return r.key.collection != replication::kErasures; },
              [](const RecordView& record) {
                return absl::StrCat(record.key.id.hex(), " is an order to erase; name the record that is meant");
              }});
}

absl::StatusOr<DialogueShelf> DialogueShelf::Read(const storage::FeedStore& feeds, const projection::Views& views,
                                                  const NodeView& view) {
  DialogueShelf shelf(feeds, views);
  std::vector<SpokenEntry> entries;
  for (const auto& [number, member] : view.roster->state().members) {
    HANSA_RETURN_IF_ERROR(shelf.ReadMember(number, entries));
  }
  shelf.book_ = domain::DialogueOf(entries);
  return shelf;
}

// Of the revisions of a word the last that says something is read; whether others would have, nobody asks.
absl::Status DialogueShelf::ReadMember(replication::Member member, std::vector<SpokenEntry>& entries) {
  absl::StatusOr<std::vector<RecordView>> records = views_.RecordsOf(member, replication::kDialogue);
  HANSA_RETURN_IF_ERROR(records.status());
  for (RecordView& record : *records) {
    const std::optional<WordKind> kind = WordKindOf(record);
    if (!kind) continue;
    bool is_read = false;
    for (auto revision = record.revisions.rbegin(); revision != record.revisions.rend(); ++revision) {
      SpokenEntry& entry = entries.emplace_back();
      entry.record = NotedOf(record.key);
      entry.place = {revision->position.incarnation, revision->position.seq};
      entry.kind = domain::WordKindOf(revision->kind).value_or(*kind);
      entry.retracted = revision->retracted;
      entry.claimed_ms = revision->claimed_time_ms;
      if (is_read) continue;
      absl::StatusOr<std::optional<domain::WordFacts>> said = Said(feeds_, *revision);
      HANSA_RETURN_IF_ERROR(said.status());
      is_read = said->has_value();
      entry.says = *std::move(said);
    }
    records_.insert_or_assign(NotedOf(record.key), std::move(record));
  }
  return absl::OkStatus();
}

const RecordView* DialogueShelf::Find(const NotedRecord& record) const {
  const auto found = records_.find(record);
  return found == records_.end() ? nullptr : &found->second;
}

LinkedRecord DialogueShelf::LinkTo(const NodeView& view, const NotedRecord& record) const {
  LinkedRecord link;
  if (const SpokenWord* const word = book_.Find(record)) {
    link.key = KeyOf(record);
    const replication::MemberRecord* const author = view.roster->state().Find(record.author);
    if (author != nullptr) link.member = author->slug;
    link.kind = domain::WordKindName(word->facts.kind);
    link.language = word->facts.language;
    link.revision = word->revisions;
    if (word->state == domain::WordState::kStands) link.title = domain::TitleOf(word->facts);
    return link;
  }
  const absl::StatusOr<RecordView> held = views_.Record(KeyOf(record));
  if (!held.ok()) return desk::LinkTo(feeds_, views_, view, KeyOf(record));
  link = desk::LinkTo(feeds_, view, *held);
  if (!link.kind.empty()) return link;
  // A kind that nobody searches for, or one that was taken back.
  const NewsWords words = WordsOf(feeds_, views_, *held, held->revisions.size() - 1);
  link.kind = words.kind;
  if (!words.withdrawn) link.title = words.title;
  return link;
}

}  // namespace hansa::node::desk
