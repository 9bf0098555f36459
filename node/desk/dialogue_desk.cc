#include "node/desk/dialogue_desk.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/dialogue.pb.h"
#include "node/desk/framework_part.h"
#include "node/desk/notice_records.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/dialogue_file.h"
#include "node/domain/dialogue_reading.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::NotedRecord;
using domain::SpokenWord;
using domain::WordFacts;
using domain::WordKind;
using domain::WordMark;
using projection::RecordView;

constexpr absl::string_view kAsking = "asking a question";
constexpr absl::string_view kAnswering = "answering a question";
constexpr absl::string_view kCommenting = "commenting on a record";
constexpr absl::string_view kOpening = "opening a topic";
constexpr absl::string_view kWithdrawing = "taking a word back";

// A question waits for whom it is put to, and of a record that is its author.
absl::Status CheckCanAnswer(const NodeView& view, const v1::Question& question) {
  const std::uint32_t asked = question.asked_of() == 0 ? question.about().member() : question.asked_of();
  if (asked == 0 || !HasEnded(*view.roster, replication::Member(asked))) return absl::OkStatus();
  return Refusal(kAsking, absl::StrCat(SlugOf(view, replication::Member(asked)),
                                       " is no longer a member of the network and cannot answer; put the question to "
                                       "another member or to the secretariat, on the command line with --to"));
}

absl::Status Clean(absl::string_view field, const std::string& given, domain::Lines lines, std::string& clean) {
  absl::StatusOr<std::string> text = domain::CleanText(given, lines);
  HANSA_RETURN_IF_ERROR(While(field, text.status()));
  clean = *std::move(text);
  return absl::OkStatus();
}

absl::Status CheckLanguage(const std::string& text, const std::string& language) {
  if (text.empty() || !language.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "the language of the text is not given; give it, on the command line with --language, such as en, ko or pt-BR");
}

}  // namespace

absl::Status DialogueDesk::Fill(const NodeView& view, const AskWords& words, v1::Question& question) const {
  if (!words.about.empty()) {
    const absl::StatusOr<domain::NotedRevision> about = FindStanding(kAsking, view, words.about);
    HANSA_RETURN_IF_ERROR(about.status());
    domain::Point(*about, *question.mutable_about());
  }
  if (words.asked_of == kTheSecretariat) {
    question.set_asked_of(1);
  } else if (!words.asked_of.empty()) {
    const absl::StatusOr<const replication::MemberRecord*> asked = MemberNamed(view, words.asked_of);
    HANSA_RETURN_IF_ERROR(While(kAsking, asked.status()));
    if ((*asked)->number == view.member) {
      return Refusal(kAsking, "that is this node's own member; name another, or all");
    }
    question.set_asked_of((*asked)->number.value());
  }
  HANSA_RETURN_IF_ERROR(CheckCanAnswer(view, question));
  HANSA_RETURN_IF_ERROR(While(kAsking, Clean("title", words.title, domain::Lines::kOne, *question.mutable_title())));
  HANSA_RETURN_IF_ERROR(While(kAsking, Clean("text", words.text, domain::Lines::kMany, *question.mutable_text())));
  question.set_language(words.language);
  HANSA_RETURN_IF_ERROR(While(kAsking, CheckLanguage(question.text(), question.language())));
  absl::StatusOr<SubjectIds> subjects = SubjectsInOrder(catalogue_, words.features, words.actions);
  HANSA_RETURN_IF_ERROR(While(kAsking, subjects.status()));
  for (std::string& feature : subjects->features) question.mutable_subjects()->add_features(std::move(feature));
  for (std::string& action : subjects->actions) question.mutable_subjects()->add_action_points(std::move(action));
  return absl::OkStatus();
}

absl::StatusOr<PublishedEntry> DialogueDesk::Ask(const AskWords& words) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kAsking, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const auto question = std::make_shared<v1::Question>();
  HANSA_RETURN_IF_ERROR(Fill(view, words, *question));
  return Sign(view, *shelf,
              {.doing = kAsking,
               .kind = WordKind::kQuestion,
               .word = question,
               .revises = words.revises,
               .reason = words.reason});
}

absl::StatusOr<PublishedEntry> DialogueDesk::Answer(const AnswerWords& words) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kAnswering, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const auto is_question = [](const RecordView& record) { return WordKindOf(record) == WordKind::kQuestion; };
  const absl::StatusOr<RecordView> question =
      FindRecord(views_, {kAnswering, words.question, view.member, is_question, [](const RecordView& other) {
                            return absl::StrCat(other.key.id.hex(), " is ", WhatIs(other),
                                                ", not a question; hansa questions shows those");
                          }});
  HANSA_RETURN_IF_ERROR(question.status());
  if (question->revisions.back().retracted) {
    return Refusal(kAnswering, absl::StrCat(question->key.id.hex(), " was taken back; name one that stands"));
  }
  const auto answer = std::make_shared<v1::Answer>();
  domain::Point(NewestOf(*question), *answer->mutable_question());
  HANSA_RETURN_IF_ERROR(While(kAnswering, Clean("text", words.text, domain::Lines::kMany, *answer->mutable_text())));
  answer->set_language(words.language);
  const SpokenWord* const asked = shelf->book().Find(NotedOf(question->key));
  if (words.language.empty() && asked != nullptr) answer->set_language(asked->facts.language);
  const absl::StatusOr<std::vector<domain::NotedRevision>> see_also = FindAll(kAnswering, view, words.see_also);
  HANSA_RETURN_IF_ERROR(see_also.status());
  domain::PutSeeAlso(*see_also, *answer);
  return Sign(view, *shelf,
              {.doing = kAnswering,
               .kind = WordKind::kAnswer,
               .word = answer,
               .revises = words.revises,
               .reason = words.reason});
}

absl::Status DialogueDesk::PlanMark(const NodeView& view, const DialogueShelf& shelf, const NotedRecord& about,
                                    WordMark mark, Draft& draft) const {
  const domain::DialogueBook& book = shelf.book();
  if (mark == WordMark::kAnswered) {
    const SpokenWord* const question = book.Find(about);
    if (question == nullptr || question->facts.kind != WordKind::kQuestion || about.author != view.member) {
      return Refusal(kCommenting,
                     "only who asked a question can mark it as answered; hansa answer says what you know of it");
    }
  }
  const domain::StandingMarks& marks = book.MarksOf(about);
  draft.may_stand = false;
  if (mark != WordMark::kLifted) {
    const auto standing = marks.find(std::pair(view.member, mark));
    if (standing != marks.end()) draft.replaces = standing->second;
    return absl::OkStatus();
  }
  const bool has_one = std::any_of(marks.begin(), marks.end(),
                                   [&](const auto& standing) { return standing.first.first == view.member; });
  if (has_one) return absl::OkStatus();
  // What was lifted is lifted.
  if (const auto under = book.under.find(about); under != book.under.end()) {
    for (const NotedRecord& record : under->second) {
      const SpokenWord& word = book.words.at(record);
      const bool lifts = word.facts.mark == WordMark::kLifted && word.state == domain::WordState::kStands;
      if (record.author == view.member && lifts) draft.replaces = record;
    }
  }
  return draft.replaces ? absl::OkStatus() : Refusal(kCommenting, "this member has put no mark there; nothing to lift");
}

absl::StatusOr<PublishedEntry> DialogueDesk::Comment(const CommentWords& words) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kCommenting, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const std::optional<WordMark> mark = words.mark.empty() ? WordMark::kNone : domain::MarkNamed(words.mark);
  if (!mark) {
    return absl::InvalidArgumentError(absl::StrCat(kCommenting, ": there is no mark ", domain::Quoted(words.mark),
                                                   "; write one of: ", absl::StrJoin(domain::MarkNames(), ", ")));
  }
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const absl::StatusOr<domain::NotedRevision> about = FindStanding(kCommenting, view, words.about);
  HANSA_RETURN_IF_ERROR(about.status());
  const auto comment = std::make_shared<v1::Comment>();
  domain::Point(*about, *comment->mutable_about());
  comment->set_mark(static_cast<v1::Mark>(*mark));
  HANSA_RETURN_IF_ERROR(While(kCommenting, Clean("text", words.text, domain::Lines::kMany, *comment->mutable_text())));
  if (comment->text().empty() && *mark == WordMark::kNone) {
    return absl::InvalidArgumentError(absl::StrCat(kCommenting, ": nothing is said; write a text, or name a mark"));
  }
  comment->set_language(words.language);
  HANSA_RETURN_IF_ERROR(While(kCommenting, CheckLanguage(comment->text(), comment->language())));
  const absl::StatusOr<std::vector<domain::NotedRevision>> see_also = FindAll(kCommenting, view, words.see_also);
  HANSA_RETURN_IF_ERROR(see_also.status());
  domain::PutSeeAlso(*see_also, *comment);
  Draft draft{.doing = kCommenting,
              .kind = WordKind::kComment,
              .word = comment,
              .revises = words.revises,
              .reason = words.reason};
  if (*mark != WordMark::kNone) HANSA_RETURN_IF_ERROR(PlanMark(view, *shelf, about->record, *mark, draft));
  return Sign(view, *shelf, draft);
}

absl::StatusOr<PublishedEntry> DialogueDesk::OpenTopic(const TopicWords& words) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kOpening, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const auto topic = std::make_shared<v1::Topic>();
  std::string about_id;
  const absl::StatusOr<domain::FileRemarks> remarks = domain::ReadTopicFile(words.file, catalogue_, *topic, about_id);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(kOpening, view, *remarks));
  if (!about_id.empty()) {
    const absl::StatusOr<domain::NotedRevision> about = FindStanding(kOpening, view, about_id);
    HANSA_RETURN_IF_ERROR(about.status());
    domain::Point(*about, *topic->mutable_about());
  }
  absl::StatusOr<PublishedEntry> entry = Sign(
      view, *shelf,
      {.doing = kOpening, .kind = WordKind::kTopic, .word = topic, .revises = words.revises, .reason = words.reason});
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->warnings.insert(entry->warnings.end(), remarks->warnings.begin(), remarks->warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> DialogueDesk::Withdraw(absl::string_view id) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kWithdrawing, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<RecordView> record = FindOwn(kWithdrawing, view, id, std::nullopt);
  HANSA_RETURN_IF_ERROR(record.status());
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const SpokenWord* const word = shelf->book().Find(NotedOf(record->key));
  HANSA_CHECK(word != nullptr);
  absl::StatusOr<PublishedEntry> entry;
  if (record->revisions.back().retracted) {
    entry = Standing(view, *record);
  } else {
    entry = SignOne(node_, view,
                    {.collection = replication::kDialogue,
                     .kind = domain::RecordKindOf(*WordKindOf(*record)),
                     .record = record->key.id,
                     .retract = true},
                    record->revisions.size());
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = domain::TitleOf(word->facts);
  if (entry->title.empty()) entry->title = domain::MarkName(word->facts.mark);
  return entry;
}

}  // namespace hansa::node::desk
