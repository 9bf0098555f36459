#include "node/cli/dialogue_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "hansa/v1/node_dialogue.pb.h"
#include "node/cli/json_parts.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Json;
using json::Link;
using json::Moment;
using json::OrNull;
using json::Text;

Json Put(const v1::MarkPut& put) { return {{"mark", put.mark()}, {"member", put.member()}, {"id", put.id()}}; }

Json Topic(const v1::TopicSummary& topic) {
  return {{"id", topic.id()},
          {"member", topic.member()},
          {"title", topic.title()},
          {"language", OrNull(topic.language())},
          {"features", Array(topic.features())},
          {"actions", Array(topic.actions())},
          {"revision", topic.revision()},
          {"published", Moment(topic.published_ms())},
          {"marks", Array(topic.marks())},
          {"marks_put", ArrayOf(topic.marks_put(), Put)}};
}

Json Question(const v1::QuestionSummary& question) {
  return {{"id", question.id()},
          {"member", question.member()},
          {"asked_of", OrNull(question.asked_of())},
          {"about", question.has_about() ? Link(question.about()) : Json(nullptr)},
          {"title", OrNull(question.title())},
          {"language", OrNull(question.language())},
          {"features", Array(question.features())},
          {"actions", Array(question.actions())},
          {"state", question.state()},
          {"answered_by", Array(question.answered_by())},
          {"published", Moment(question.published_ms())},
          {"revision", question.revision()},
          {"marks", Array(question.marks())},
          {"marks_put", ArrayOf(question.marks_put(), Put)}};
}

// No deeper than the node lets a thread be: domain::kThreadDepthMax.
Json Word(const v1::SpokenWord& word) {
  Json json = Link(word.link());
  json["text"] = OrNull(word.text());
  json["asked_of"] = OrNull(word.asked_of());
  json["state"] = OrNull(word.state());
  json["mark"] = OrNull(word.mark());
  json["lapsed"] = word.lapsed();
  json["features"] = Array(word.features());
  json["actions"] = Array(word.actions());
  json["about"] = word.has_about() ? Link(word.about()) : Json(nullptr);
  json["see_also"] = ArrayOf(word.see_also(), Link);
  json["published"] = Moment(word.published_ms());
  json["revision"] = word.revision();
  json["withdrawn"] = word.withdrawn();
  json["fault"] = OrNull(word.fault());
  json["on_behalf_of"] = OrNull(word.on_behalf_of());
  json["files"] = word.files();
  json["marks"] = Array(word.marks());
  json["marks_put"] = ArrayOf(word.marks_put(), Put);
  json["words"] = ArrayOf(word.words(), Word);
  return json;
}

}  // namespace

std::string JsonOf(const v1::ListTopicsReply& topics) {
  return Text({{"topics", ArrayOf(topics.topics(), Topic)}, {"muted", topics.muted()}});
}

std::string JsonOf(const v1::ListQuestionsReply& questions) {
  return Text({{"questions", ArrayOf(questions.questions(), Question)}, {"muted", questions.muted()}});
}

std::string JsonOf(const v1::GetThreadReply& thread) {
  return Text({{"root", Word(thread.root())}, {"muted", thread.muted()}});
}

std::string JsonOfMute(const std::string& member, const v1::MuteReply& muted) {
  return Text({{"member", member}, {"already", muted.already()}, {"muted", Array(muted.muted())}});
}

std::string JsonOf(const v1::MuteReply& muted) { return Text(Array(muted.muted())); }

}  // namespace hansa::node::cli
