#include "node/desk/followed_topics.h"

#include <optional>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "node/search/index_reader.h"
#include "node/search/record_text.h"
#include "node/search/search_index.h"
#include "replication/bytes.h"

namespace hansa::node::desk {
namespace {

void Append(absl::string_view text, replication::ByteWriter& writer) {
  writer.U16(static_cast<std::uint16_t>(text.size())).Raw(text);
}

std::string Take(replication::ByteReader& reader) { return std::string(reader.Raw(reader.U16())); }

search::SearchQuestion QuestionOf(const FollowedTopic& topic) {
  search::SearchQuestion question;
  question.text = topic.text;
  question.kinds = topic.kinds;
  question.feature = topic.feature;
  question.action = topic.action;
  question.country = topic.country;
  question.language = topic.language;
  question.limit = 1;
  return question;
}

}  // namespace

std::string EncodeTopics(const std::vector<FollowedTopic>& topics) {
  replication::ByteWriter writer;
  for (const FollowedTopic& topic : topics) {
    Append(topic.feature, writer);
    Append(topic.action, writer);
    Append(topic.text, writer);
    Append(absl::StrJoin(topic.kinds, ","), writer);
    Append(topic.country, writer);
    Append(topic.language, writer);
  }
  return std::move(writer).bytes();
}

absl::StatusOr<std::vector<FollowedTopic>> DecodeTopics(absl::string_view bytes) {
  replication::ByteReader reader(bytes);
  std::vector<FollowedTopic> topics;
  while (reader.ok() && reader.remaining() > 0) {
    FollowedTopic topic;
    topic.feature = Take(reader);
    topic.action = Take(reader);
    topic.text = Take(reader);
    topic.kinds = absl::StrSplit(Take(reader), ',', absl::SkipEmpty());
    topic.country = Take(reader);
    topic.language = Take(reader);
    topics.push_back(std::move(topic));
  }
  if (reader.at_end()) return topics;
  return absl::DataLossError("the list of followed topics cannot be read; the store is damaged");
}

std::vector<FollowedTopic> TopicsOf(const std::vector<FollowedTopic>& topics, const replication::Roster& roster,
                                    const catalogue::Catalogue& catalogue, const projection::RecordKey& record,
                                    replication::Kind kind, const replication::Bytes& payload) {
  std::vector<FollowedTopic> met;
  if (topics.empty()) return met;
  const replication::MemberRecord* author = roster.state().Find(record.member);
  std::optional<search::RecordText> text = search::ReadRecordText(kind, payload);
  if (author == nullptr || !text || text->original) return met;
  search::SearchIndex one;
  one.Put(one.Generation(), {record, 1, *std::move(text), search::NamesOf(*author)});
  for (const FollowedTopic& topic : topics) {
    if (one.Search(QuestionOf(topic), {roster, catalogue}).records > 0) met.push_back(topic);
  }
  return met;
}

}  // namespace hansa::node::desk
