// Topics, questions, threads and whom this node mutes, as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_DIALOGUE_JSON_H_
#define HANSA_NODE_CLI_DIALOGUE_JSON_H_

#include <string>

namespace hansa::v1 {
class GetThreadReply;
class ListQuestionsReply;
class ListTopicsReply;
class MuteReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// {"topics": in the order of the list, "muted": how many are left out}
std::string JsonOf(const v1::ListTopicsReply& topics);
// {"questions", "muted"}
std::string JsonOf(const v1::ListQuestionsReply& questions);
// {"root", "muted"}; each word has under "words" what was said to it.
std::string JsonOf(const v1::GetThreadReply& thread);
// {"member", "already", "muted": slugs}
std::string JsonOfMute(const std::string& member, const v1::MuteReply& muted);
// Slugs.
std::string JsonOf(const v1::MuteReply& muted);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_DIALOGUE_JSON_H_
