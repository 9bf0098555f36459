// Targets that cities set themselves as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_TARGET_JSON_H_
#define HANSA_NODE_CLI_TARGET_JSON_H_

#include <string>

namespace hansa::v1 {
class ListTargetsReply;
}

namespace hansa::node::cli {

// By member, then in the order of the framework; values are texts, as the city wrote them.
std::string JsonOf(const v1::ListTargetsReply& targets);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_TARGET_JSON_H_
