// What one entry of the dialogue says, for the book of it: from its bytes, by nothing else. Also the messages behind
// it.
#ifndef HANSA_NODE_DOMAIN_DIALOGUE_READING_H_
#define HANSA_NODE_DOMAIN_DIALOGUE_READING_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "node/domain/dialogue_book.h"
#include "node/domain/noted_record.h"
#include "replication/bytes.h"

namespace google::protobuf {
class Message;
}
namespace hansa::v1 {
class Answer;
class Comment;
}  // namespace hansa::v1

namespace hansa::node::domain {

// An empty message of the record of `kind`.
std::unique_ptr<google::protobuf::Message> NewWord(WordKind kind);

// `word` is a message of that kind.
WordFacts FactsOf(WordKind kind, const google::protobuf::Message& word);

// What an entry says that takes nothing back; nullopt where it is of another kind, cannot be read, or is an answer or a
// comment that points nowhere.
std::optional<WordFacts> ReadWord(replication::Kind kind, const replication::Bytes& payload);

// What an answer or a comment names.
void PutSeeAlso(const std::vector<NotedRevision>& records, v1::Answer& answer);
void PutSeeAlso(const std::vector<NotedRevision>& records, v1::Comment& comment);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_DIALOGUE_READING_H_
