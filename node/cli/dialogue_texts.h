// Topics, questions, threads and whom this node mutes, as people read them, in their language. What others wrote stays
// as they wrote it, without what could disturb a terminal. A mark stands beside the word, with who put it.
#ifndef HANSA_NODE_CLI_DIALOGUE_TEXTS_H_
#define HANSA_NODE_CLI_DIALOGUE_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetThreadReply;
class ListQuestionsReply;
class ListTopicsReply;
class MuteReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::ListTopicsReply& topics, const Layout& layout);
std::string TextOf(const v1::ListQuestionsReply& questions, const Layout& layout);
std::string TextOf(const v1::GetThreadReply& thread, const Layout& layout);
// Whom this node mutes, one on a line.
std::string TextOf(const v1::MuteReply& muted, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_DIALOGUE_TEXTS_H_
