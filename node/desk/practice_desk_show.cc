// One practice as it is shown: with its past, what it builds on and who built on it, and in other languages.
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/practice_desk.h"
#include "node/desk/practice_records.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kShowing = "showing a practice";

// The texts that a translation has, by the headings under which they are shown.
struct TranslatedText {
  const char* heading;
  const std::string& (v1::PracticeTranslation::*translated)() const;
  const std::string& (v1::Practice::*original)() const;
  std::string* (v1::Practice::*put)();
};
constexpr TranslatedText kTexts[] = {
    {"Title", &v1::PracticeTranslation::title, &v1::Practice::title, &v1::Practice::mutable_title},
    {"In short", &v1::PracticeTranslation::summary, &v1::Practice::summary, &v1::Practice::mutable_summary},
    {"Problem", &v1::PracticeTranslation::problem, &v1::Practice::problem, &v1::Practice::mutable_problem},
    {"What was done", &v1::PracticeTranslation::done, &v1::Practice::done, &v1::Practice::mutable_done},
    {"What came of it", &v1::PracticeTranslation::outcome, &v1::Practice::outcome, &v1::Practice::mutable_outcome},
    {"Cost", &v1::PracticeTranslation::cost, &v1::Practice::cost, &v1::Practice::mutable_cost},
    {"Who took part", &v1::PracticeTranslation::people, &v1::Practice::people, &v1::Practice::mutable_people},
};

// `translation` over `practice`, which is empty where the original is gone. Headings of texts that stay as they were.
std::vector<std::string> LayOver(const v1::PracticeTranslation& translation, v1::Practice& practice) {
  std::vector<std::string> untranslated;
  for (const TranslatedText& text : kTexts) {
    if (!(translation.*text.translated)().empty()) {
      *(practice.*text.put)() = (translation.*text.translated)();
    } else if (!(practice.*text.original)().empty()) {
      untranslated.emplace_back(text.heading);
    }
  }
  if (!translation.tags().empty()) *practice.mutable_subjects()->mutable_tags() = translation.tags();
  if (!translation.licence().empty()) practice.set_licence(translation.licence());
  practice.set_language(translation.language());
  return untranslated;
}

void ShowIn(const TranslationView& translation, ShownPractice& shown) {
  if (shown.withdrawn && shown.content == nullptr) {
    shown.remarks.emplace_back("the original was taken back by its author, so translations of it are not shown");
    return;
  }
  auto content =
      shown.content == nullptr ? std::make_shared<v1::Practice>() : std::make_shared<v1::Practice>(*shown.content);
  const std::string language = content->language();
  const std::vector<std::string> untranslated = LayOver(*translation.content, *content);
  if (shown.content == nullptr) {
    shown.fault.clear();
    if (shown.erased) shown.remarks.push_back(InWords(*shown.erased));
    shown.remarks.emplace_back(
        "the original is gone: it was erased, or is not held on this node; this is what the translation says");
  }
  if (!untranslated.empty()) {
    shown.remarks.push_back(
        absl::StrCat("not translated, so shown in ", language, ": ", absl::StrJoin(untranslated, "; ")));
  }
  if (translation.is_of_earlier_revision) {
    shown.remarks.emplace_back("the original has been revised since it was translated");
  }
  shown.content = std::move(content);
  shown.shown_in = translation;
}

void AddLinks(const PracticeShelf& shelf, const domain::PracticeRecord& key, ShownPractice& shown) {
  shown.builds_on = shelf.BuildsOn(key);
  shown.built_upon_by = shelf.BuiltUponBy(key);
  shown.translations = shelf.TranslationsOf(key);
}

std::string LanguagesOf(const ShownPractice& shown) {
  std::vector<std::string> languages;
  if (shown.content != nullptr) languages.push_back(shown.content->language());
  for (const TranslationView& each : shown.translations) languages.push_back(each.language);
  return languages.empty() ? "there is none" : absl::StrCat("there are: ", absl::StrJoin(languages, ", "));
}

}  // namespace

ShownPractice PracticeDesk::ShowRecord(const NodeView& view, const RecordView& record, std::uint64_t wanted) const {
  ShownPractice shown;
  shown.practice.id = record.key.id;
  shown.practice.member = SlugOf(view, record.key.member);
  shown.practice.revision = wanted;
  shown.withdrawn = IsWithdrawal(record.revisions.back());
  for (std::uint64_t number = 1; number <= record.revisions.size(); ++number) {
    const Revision& each = record.revisions[number - 1];
    shown.revisions.push_back({number, each.position.seq, each.entry_hash, each.claimed_time_ms,
                               ReasonOf(node_.feeds(), each), IsWithdrawal(each)});
    if (number > wanted) continue;
    const absl::StatusOr<std::shared_ptr<v1::Practice>> practice = ReadPractice(node_.feeds(), each);
    if (practice.ok()) shown.practice = Listed(record, wanted, shown.practice.member, **practice);
    if (number < wanted) continue;
    if (practice.ok()) {
      shown.content = *practice;
    } else if (!IsWithdrawal(each)) {
      shown.fault = std::string(practice.status().message());
      // That it was erased says more than that it is not here.
      const bool is_gone = each.reading == projection::Reading::kNoPayload || absl::IsNotFound(practice.status());
      const auto erased = WhoErased(node_.feeds(), *view.roster, record.key.member, each);
      if (is_gone && erased.ok()) shown.erased = *erased;
      if (shown.erased) shown.fault = InWords(*shown.erased);
    }
  }
  return shown;
}

// By the id of a translation: the original as it stands, read by it, with the translation's own past.
absl::StatusOr<ShownPractice> PracticeDesk::ShowTranslation(const NodeView& view, const RecordView& record,
                                                            std::uint64_t wanted) const {
  const ShownPractice past = ShowRecord(view, record, wanted);
  const absl::StatusOr<std::shared_ptr<v1::PracticeTranslation>> content =
      ReadTranslation(node_.feeds(), record.revisions[wanted - 1]);
  const std::optional<domain::TranslationFacts> facts = content.ok() ? domain::FactsOf(**content) : std::nullopt;
  if (!facts) {
    ShownPractice shown = past;
    if (!shown.withdrawn && shown.fault.empty()) shown.fault = "it translates no practice";
    if (!content.ok() && !IsWithdrawal(record.revisions[wanted - 1]))
      shown.fault = std::string(content.status().message());
    return shown;
  }
  const domain::PracticeRecord& key = facts->original.record;
  const absl::StatusOr<RecordView> original = views_.Record({key.author, replication::kPractices, key.id});
  ShownPractice shown;
  if (original.ok()) {
    shown = ShowRecord(view, *original, original->revisions.size());
  } else {
    shown.practice.id = key.id;
    shown.practice.member = SlugOf(view, key.author);
  }
  const absl::StatusOr<PracticeShelf> shelf = PracticeShelf::ReadAround(views_, node_.feeds(), view, key);
  HANSA_RETURN_IF_ERROR(shelf.status());
  AddLinks(*shelf, key, shown);
  TranslationView translation = shelf->ViewOf(record, **content);
  translation.content = *content;
  ShowIn(translation, shown);
  shown.revisions = past.revisions;
  if (past.withdrawn) shown.remarks.emplace_back("this translation was taken back by its author");
  return shown;
}

absl::StatusOr<ShownPractice> PracticeDesk::Show(absl::string_view id, std::uint64_t revision,
                                                 absl::string_view language) const {
  if (!language.empty() && !domain::IsLanguageTag(language)) {
    return absl::InvalidArgumentError(absl::StrCat(kShowing, ": ", domain::Quoted(language),
                                                   " is not a language; write its tag, such as ko or pt-BR"));
  }
  const NodeView view = node_.View();
  const absl::StatusOr<RecordView> record = FindEither(kShowing, id, view.member);
  HANSA_RETURN_IF_ERROR(record.status());
  const std::uint64_t count = record->revisions.size();
  if (revision > count) {
    return absl::NotFoundError(
        absl::StrCat(kShowing, ": ", record->key.id.hex(), " has no revision ", revision, "; its last is ", count));
  }
  const std::uint64_t wanted = revision == 0 ? count : revision;
  if (IsTranslation(*record)) return ShowTranslation(view, *record, wanted);
  ShownPractice shown = ShowRecord(view, *record, wanted);
  const domain::PracticeRecord key{record->key.member, record->key.id};
  const absl::StatusOr<PracticeShelf> shelf = PracticeShelf::ReadAround(views_, node_.feeds(), view, key);
  HANSA_RETURN_IF_ERROR(shelf.status());
  AddLinks(*shelf, key, shown);
  const bool is_original = shown.content != nullptr && domain::IsOfLanguage(shown.content->language(), language);
  if (language.empty() || is_original) return shown;
  const std::optional<TranslationView> translation = shelf->TranslationInto(key, language);
  // By whose order it is gone is said in whatever language.
  if (!translation && shown.erased) return shown;
  if (!translation) {
    return absl::NotFoundError(
        absl::StrCat(kShowing, ": nothing of it is held in ", domain::Quoted(language), "; ", LanguagesOf(shown)));
  }
  ShowIn(*translation, shown);
  return shown;
}

}  // namespace hansa::node::desk
