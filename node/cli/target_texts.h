// Targets that cities set themselves, as people read them, in their language. Nothing is ordered by a value.
#ifndef HANSA_NODE_CLI_TARGET_TEXTS_H_
#define HANSA_NODE_CLI_TARGET_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class ListTargetsReply;
class TargetSummary;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::ListTargetsReply& targets, const Layout& layout);

// '95 by 2030'.
std::string AimOf(const v1::TargetSummary& target, const words::Words& words);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_TARGET_TEXTS_H_
