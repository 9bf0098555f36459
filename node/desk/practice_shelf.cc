#include "node/desk/practice_shelf.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/erased_record.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::PracticeRecord;
using projection::RecordView;
using projection::Revision;

// Which revision has this hash, from 1; 0: none here.
std::uint64_t NumberOf(const RecordView& record, const replication::Hash& entry_hash) {
  for (std::size_t i = 0; i < record.revisions.size(); ++i) {
    if (record.revisions[i].entry_hash == entry_hash) return i + 1;
  }
  return 0;
}

// Why a practice has no title here.
std::string FaultOf(const storage::FeedStore& feeds, const NodeView& view, const RecordView* record) {
  if (record == nullptr) return "it is not held on this node";
  const Revision& last = record->revisions.back();
  if (IsWithdrawal(last)) return "it was taken back by its author";
  const bool may_be_read =
      last.reading == projection::Reading::kNoPayload || last.reading == projection::Reading::kUnderstood;
  if (!may_be_read) return last.what;
  const absl::StatusOr<std::optional<ErasedBy>> erased = WhoErased(feeds, *view.roster, record->key.member, last);
  if (erased.ok() && *erased) return InWords(**erased);
  return "its text is gone: it was erased, or has not arrived";
}

std::string MethodOf(const v1::PracticeTranslation& translation) {
  const std::string words = domain::EnumWords(*v1::TranslationMethod_descriptor(), translation.method());
  return absl::StrReplaceAll(words, {{" ", "-"}});
}

}  // namespace

absl::StatusOr<PracticeShelf> PracticeShelf::Read(const projection::Views& views, const storage::FeedStore& feeds,
                                                  const NodeView& view) {
  PracticeShelf shelf(feeds, view);
  std::vector<domain::PracticeEntry> entries;
  for (const auto& [number, member] : view.roster->state().members) {
    const absl::StatusOr<std::vector<RecordView>> records = views.RecordsOf(number, replication::kPractices);
    HANSA_RETURN_IF_ERROR(records.status());
    for (const RecordView& record : *records) shelf.Add(record, entries);
  }
  shelf.links_ = domain::LinksOf(entries);
  return shelf;
}

absl::StatusOr<PracticeShelf> PracticeShelf::ReadAround(const projection::Views& views, const storage::FeedStore& feeds,
                                                        const NodeView& view, const PracticeRecord& practice) {
  PracticeShelf shelf(feeds, view);
  const projection::RecordKey middle{practice.author, replication::kPractices, practice.id};
  absl::StatusOr<std::vector<projection::RecordKey>> keys = views.PointingAt(middle);
  HANSA_RETURN_IF_ERROR(keys.status());
  keys->push_back(middle);
  std::vector<domain::PracticeEntry> entries;
  for (const projection::RecordKey& key : *keys) {
    if (!view.roster->state().members.contains(key.member)) continue;
    const absl::StatusOr<RecordView> record = views.Record(key);
    if (absl::IsNotFound(record.status())) continue;
    HANSA_RETURN_IF_ERROR(record.status());
    shelf.Add(*record, entries);
  }
  shelf.links_ = domain::LinksOf(entries);
  const auto built_on = shelf.links_.builds_on.find(practice);
  if (built_on == shelf.links_.builds_on.end()) return shelf;
  for (const domain::BuiltUpon& built : built_on->second) {
    const PracticeRecord& original = built.practice.record;
    const absl::StatusOr<RecordView> record = views.Record({original.author, replication::kPractices, original.id});
    if (record.ok()) shelf.records_.emplace(original, *record);
    if (!record.ok() && !absl::IsNotFound(record.status())) return record.status();
  }
  return shelf;
}

// The last entry alone says what stands, so the others need not be read.
void PracticeShelf::Add(const RecordView& record, std::vector<domain::PracticeEntry>& entries) {
  const PracticeRecord key{record.key.member, record.key.id};
  const Revision& last = record.revisions.back();
  domain::PracticeEntry& entry = entries.emplace_back();
  entry.record = key;
  entry.place = {last.position.incarnation, last.position.seq};
  if (const auto practice = ReadPractice(*feeds_, last); practice.ok()) {
    entry.says = domain::FactsOf(key.author, **practice);
  } else if (const auto translation = ReadTranslation(*feeds_, last); translation.ok()) {
    if (std::optional<domain::TranslationFacts> facts = domain::FactsOf(**translation)) {
      entry.says = *std::move(facts);
      translations_.emplace(key, *translation);
    }
  }
  records_.emplace(key, record);
}

const RecordView* PracticeShelf::Find(const PracticeRecord& record) const {
  const auto found = records_.find(record);
  return found == records_.end() ? nullptr : &found->second;
}

BuiltOnView PracticeShelf::Shown(const PracticeRecord& practice) const {
  BuiltOnView shown;
  if (const RecordView* record = Find(practice)) {
    shown.practice = LinkTo(*feeds_, *view_, *record);
    if (shown.practice.kind.empty()) shown.practice.kind = "practice";
    if (shown.practice.title.empty()) shown.fault = FaultOf(*feeds_, *view_, record);
    return shown;
  }
  shown.practice.key = {practice.author, replication::kPractices, practice.id};
  const replication::MemberRecord* author = view_->roster->state().Find(practice.author);
  if (author != nullptr) shown.practice.member = author->slug;
  shown.fault = FaultOf(*feeds_, *view_, nullptr);
  return shown;
}

std::vector<BuiltOnView> PracticeShelf::BuildsOn(const PracticeRecord& practice) const {
  std::vector<BuiltOnView> all;
  const auto found = links_.builds_on.find(practice);
  if (found == links_.builds_on.end()) return all;
  for (const domain::BuiltUpon& built : found->second) {
    BuiltOnView shown = Shown(built.practice.record);
    const RecordView* original = Find(built.practice.record);
    shown.practice.revision = original == nullptr ? 0 : NumberOf(*original, built.practice.entry_hash);
    shown.changed = built.changed;
    shown.outcome = built.outcome;
    all.push_back(std::move(shown));
  }
  return all;
}

std::vector<BuiltOnView> PracticeShelf::BuiltUponBy(const PracticeRecord& practice) const {
  std::vector<BuiltOnView> all;
  const auto found = links_.built_upon_by.find(practice);
  if (found == links_.built_upon_by.end()) return all;
  for (const PracticeRecord& builder : found->second) {
    for (const domain::BuiltUpon& built : links_.builds_on.at(builder)) {
      if (built.practice.record != practice) continue;
      BuiltOnView shown = Shown(builder);
      shown.changed = built.changed;
      shown.outcome = built.outcome;
      all.push_back(std::move(shown));
    }
  }
  const auto place = [this](const BuiltOnView& shown) {
    return std::tuple(NameOf(*view_, shown.practice.key.member), shown.practice.title, shown.practice.key);
  };
  std::sort(all.begin(), all.end(), [&](const BuiltOnView& a, const BuiltOnView& b) { return place(a) < place(b); });
  return all;
}

TranslationView PracticeShelf::ViewOf(const RecordView& record, const v1::PracticeTranslation& content) const {
  TranslationView shown;
  shown.translation = LinkTo(*feeds_, *view_, record);
  shown.translation.kind = "translation";
  shown.translation.title = content.title();
  shown.translation.language = content.language();
  shown.member_name = NameOf(*view_, record.key.member);
  shown.language = content.language();
  shown.method = MethodOf(content);
  shown.translated_by = content.translated_by();
  const std::optional<domain::TranslationFacts> facts = domain::FactsOf(content);
  const RecordView* original = facts ? Find(facts->original.record) : nullptr;
  const bool stands = original != nullptr && !IsWithdrawal(original->revisions.back());
  shown.is_of_earlier_revision = stands && original->revisions.back().entry_hash != facts->original.entry_hash;
  return shown;
}

std::vector<TranslationView> PracticeShelf::TranslationsOf(const PracticeRecord& practice) const {
  std::vector<TranslationView> all;
  const auto found = links_.translations.find(practice);
  if (found == links_.translations.end()) return all;
  for (const PracticeRecord& key : found->second) {
    const std::shared_ptr<const v1::PracticeTranslation>& content = translations_.at(key);
    all.push_back(ViewOf(*Find(key), *content));
    all.back().content = content;
  }
  std::sort(all.begin(), all.end(), [](const TranslationView& a, const TranslationView& b) {
    return std::tie(a.language, a.member_name, a.translation.key) <
           std::tie(b.language, b.member_name, b.translation.key);
  });
  return all;
}

std::optional<TranslationView> PracticeShelf::TranslationInto(const PracticeRecord& practice,
                                                              absl::string_view language,
                                                              const std::set<replication::Member>& left_out) const {
  std::vector<TranslationView> all = TranslationsOf(practice);
  std::erase_if(all, [&](const TranslationView& each) { return left_out.contains(each.translation.key.member); });
  for (const TranslationView& each : all) {
    if (absl::EqualsIgnoreCase(each.language, language)) return each;
  }
  for (const TranslationView& each : all) {
    if (domain::IsOfLanguage(each.language, language)) return each;
  }
  return std::nullopt;
}

}  // namespace hansa::node::desk
