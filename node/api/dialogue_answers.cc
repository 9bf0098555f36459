#include "node/api/dialogue_answers.h"

#include <string>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/api/file_in.h"
#include "node/api/published_record.h"
#include "node/api/record_shapes.h"
#include "node/desk/dialogue_desk.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

using desk::ShownWord;

std::vector<std::string> ListOf(const google::protobuf::RepeatedPtrField<std::string>& items) {
  return {items.begin(), items.end()};
}

absl::Status Say(const absl::StatusOr<desk::PublishedEntry>& entry, v1::PublishedRecord& reply) {
  HANSA_RETURN_IF_ERROR(entry.status());
  api::Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Say(const absl::StatusOr<desk::MuteReport>& report, v1::MuteReply& reply) {
  HANSA_RETURN_IF_ERROR(report.status());
  reply.set_already(report->already);
  for (const std::string& member : report->muted) reply.add_muted(member);
  return absl::OkStatus();
}

// What topics, questions and words of a thread have in common.
template <typename Out>
void PutCommon(const ShownWord& word, Out& out) {
  for (const std::string& feature : word.facts.features) out.add_features(feature);
  for (const std::string& action : word.facts.actions) out.add_actions(action);
  out.set_revision(static_cast<std::uint32_t>(word.revision));
  out.set_published_ms(word.first_ms);
  for (const desk::MarkPut& put : word.marks) {
    bool is_named = false;
    for (const std::string& mark : out.marks()) is_named = is_named || mark == put.mark;
    if (!is_named) out.add_marks(put.mark);
    v1::MarkPut& shown = *out.add_marks_put();
    shown.set_mark(put.mark);
    shown.set_member(put.member);
    shown.set_id(put.comment.hex());
  }
}

const char* StateOf(const ShownWord& question) { return question.is_answered ? "answered" : "open"; }

void Put(const ShownWord& topic, v1::TopicSummary& out) {
  out.set_id(topic.link.key.id.hex());
  out.set_member(topic.link.member);
  out.set_title(topic.facts.title);
  out.set_language(topic.facts.language);
  PutCommon(topic, out);
}

void Put(const ShownWord& question, v1::QuestionSummary& out) {
  out.set_id(question.link.key.id.hex());
  out.set_member(question.link.member);
  out.set_asked_of(question.asked_of);
  if (question.about) PutLink(*question.about, *out.mutable_about());
  out.set_title(question.link.title);
  out.set_language(question.facts.language);
  out.set_state(StateOf(question));
  for (const std::string& member : question.answered_by) out.add_answered_by(member);
  PutCommon(question, out);
}

void Put(const ShownWord& word, v1::SpokenWord& out) {
  PutLink(word.link, *out.mutable_link());
  out.set_text(word.facts.text);
  out.set_asked_of(word.asked_of);
  out.set_mark(domain::MarkName(word.facts.mark));
  for (const desk::LinkedRecord& link : word.see_also) PutLink(link, *out.add_see_also());
  out.set_withdrawn(word.is_withdrawn);
  out.set_fault(word.fault);
  out.set_on_behalf_of(word.facts.on_behalf_of);
  const bool is_question = word.first_ms != 0 && word.facts.kind == domain::WordKind::kQuestion;
  if (is_question && !word.is_withdrawn && word.fault.empty()) out.set_state(StateOf(word));
  if (word.about) PutLink(*word.about, *out.mutable_about());
  out.set_lapsed(word.is_lapsed);
  if (!word.is_withdrawn && word.fault.empty()) out.set_files(static_cast<std::uint32_t>(word.facts.files));
  PutCommon(word, out);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::AskRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.dialogue.Ask({.about = request.about(),
                                 .asked_of = request.asked_of(),
                                 .title = request.title(),
                                 .text = request.text(),
                                 .language = request.language(),
                                 .features = ListOf(request.features()),
                                 .actions = ListOf(request.actions()),
                                 .revises = request.revises(),
                                 .reason = request.reason()}),
             reply);
}

absl::Status Answer(ApiParts& parts, const v1::AnswerQuestionRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.dialogue.Answer({.question = request.question(),
                                    .text = request.text(),
                                    .language = request.language(),
                                    .see_also = ListOf(request.see_also()),
                                    .revises = request.revises(),
                                    .reason = request.reason()}),
             reply);
}

absl::Status Answer(ApiParts& parts, const v1::AddCommentRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.dialogue.Comment({.about = request.about(),
                                     .text = request.text(),
                                     .language = request.language(),
                                     .mark = request.mark(),
                                     .see_also = ListOf(request.see_also()),
                                     .revises = request.revises(),
                                     .reason = request.reason()}),
             reply);
}

absl::Status Answer(ApiParts& parts, const v1::OpenTopicRequest& request, v1::PublishedRecord& reply) {
  return Say(
      parts.dialogue.OpenTopic({.file = FileIn(request), .revises = request.revises(), .reason = request.reason()}),
      reply);
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawWordRequest& request, v1::PublishedRecord& reply) {
  return Say(parts.dialogue.Withdraw(request.id()), reply);
}

absl::Status Answer(ApiParts& parts, const v1::ListTopicsRequest& request, v1::ListTopicsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto listed = parts.dialogue.ListTopics({.feature = request.feature(),
                                                 .action = request.action(),
                                                 .member = request.member(),
                                                 .with_muted = request.with_muted()});
  HANSA_RETURN_IF_ERROR(listed.status());
  for (const ShownWord& topic : listed->words) Put(topic, *reply.add_topics());
  reply.set_muted(static_cast<std::uint32_t>(listed->muted));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListQuestionsRequest& request, v1::ListQuestionsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto listed = parts.dialogue.ListQuestions({.about = request.about(),
                                                    .asked_of = request.asked_of(),
                                                    .member = request.member(),
                                                    .feature = request.feature(),
                                                    .action = request.action(),
                                                    .open_only = request.open_only(),
                                                    .with_muted = request.with_muted()});
  HANSA_RETURN_IF_ERROR(listed.status());
  for (const ShownWord& question : listed->words) Put(question, *reply.add_questions());
  reply.set_muted(static_cast<std::uint32_t>(listed->muted));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetThreadRequest& request, v1::GetThreadReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto thread = parts.dialogue.ThreadOf(request.id(), request.with_muted());
  HANSA_RETURN_IF_ERROR(thread.status());
  reply.set_muted(static_cast<std::uint32_t>(thread->muted));
  Put(thread->root, *reply.mutable_root());
  // The word at each depth under which the next deeper one stands.
  std::vector<v1::SpokenWord*> above = {reply.mutable_root()};
  for (const ShownWord& word : thread->words) {
    above.resize(word.depth);
    v1::SpokenWord* const shown = above.back()->add_words();
    Put(word, *shown);
    above.push_back(shown);
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::MuteRequest& request, v1::MuteReply& reply) {
  return Say(parts.dialogue.Mute(request.member()), reply);
}

absl::Status Answer(ApiParts& parts, const v1::UnmuteRequest& request, v1::MuteReply& reply) {
  return Say(parts.dialogue.Unmute(request.member()), reply);
}

absl::Status Answer(ApiParts& parts, const v1::ListMutedRequest&, v1::MuteReply& reply) {
  return Say(parts.dialogue.Muted(), reply);
}

}  // namespace hansa::node::api
