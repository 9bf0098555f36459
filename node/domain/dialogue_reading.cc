#include "node/domain/dialogue_reading.h"

#include <google/protobuf/message.h>

#include <utility>

#include "hansa/v1/dialogue.pb.h"
#include "node/domain/record_form.h"

namespace hansa::node::domain {
namespace {

namespace pb = google::protobuf;

template <typename Word>
WordFacts Begun(WordKind kind, const Word& word) {
  WordFacts facts;
  facts.kind = kind;
  facts.text = word.text();
  facts.language = word.language();
  facts.on_behalf_of = word.on_behalf_of().name();
  if constexpr (requires { word.title(); }) facts.title = word.title();
  if constexpr (requires { word.subjects(); }) {
    facts.features.assign(word.subjects().features().begin(), word.subjects().features().end());
    facts.actions.assign(word.subjects().action_points().begin(), word.subjects().action_points().end());
  }
  if constexpr (requires { word.attachments(); }) facts.files = static_cast<std::size_t>(word.attachments_size());
  if constexpr (requires { word.about(); }) facts.about = RecordOf(word.about());
  if constexpr (requires { word.see_also(); }) {
    for (const v1::Reference& reference : word.see_also()) {
      if (const std::optional<NotedRecord> record = RecordOf(reference)) facts.see_also.push_back(*record);
    }
  }
  return facts;
}

WordFacts Facts(const v1::Topic& topic) { return Begun(WordKind::kTopic, topic); }

WordFacts Facts(const v1::Question& question) {
  WordFacts facts = Begun(WordKind::kQuestion, question);
  facts.asked_of = replication::Member(question.asked_of());
  return facts;
}

WordFacts Facts(const v1::Answer& answer) {
  WordFacts facts = Begun(WordKind::kAnswer, answer);
  facts.about = RecordOf(answer.question());
  return facts;
}

WordFacts Facts(const v1::Comment& comment) {
  WordFacts facts = Begun(WordKind::kComment, comment);
  facts.mark = static_cast<WordMark>(comment.mark());
  return facts;
}

template <typename Word>
void Put(const std::vector<NotedRevision>& records, Word& word) {
  word.clear_see_also();
  for (const NotedRevision& record : records) Point(record, *word.add_see_also());
}

}  // namespace

std::unique_ptr<pb::Message> NewWord(WordKind kind) {
  switch (kind) {
    case WordKind::kTopic:
      return std::make_unique<v1::Topic>();
    case WordKind::kQuestion:
      return std::make_unique<v1::Question>();
    case WordKind::kAnswer:
      return std::make_unique<v1::Answer>();
    case WordKind::kComment:
      return std::make_unique<v1::Comment>();
  }
  return nullptr;
}

WordFacts FactsOf(WordKind kind, const pb::Message& word) {
  switch (kind) {
    case WordKind::kTopic:
      return Facts(dynamic_cast<const v1::Topic&>(word));
    case WordKind::kQuestion:
      return Facts(dynamic_cast<const v1::Question&>(word));
    case WordKind::kAnswer:
      return Facts(dynamic_cast<const v1::Answer&>(word));
    case WordKind::kComment:
      return Facts(dynamic_cast<const v1::Comment&>(word));
  }
  return {};
}

std::optional<WordFacts> ReadWord(replication::Kind kind, const replication::Bytes& payload) {
  const std::optional<WordKind> word_kind = WordKindOf(kind);
  if (!word_kind) return std::nullopt;
  const std::unique_ptr<pb::Message> word = NewWord(*word_kind);
  if (!DecodeRecord(payload, *word).ok()) return std::nullopt;
  WordFacts facts = FactsOf(*word_kind, *word);
  const bool needs_place = *word_kind == WordKind::kAnswer || *word_kind == WordKind::kComment;
  if (needs_place && !facts.about) return std::nullopt;
  return facts;
}

void PutSeeAlso(const std::vector<NotedRevision>& records, v1::Answer& answer) { Put(records, answer); }
void PutSeeAlso(const std::vector<NotedRevision>& records, v1::Comment& comment) { Put(records, comment); }

}  // namespace hansa::node::domain
