// What the commands about the dialogue and about topics, which are a part of it, have in common.
#ifndef HANSA_NODE_CLI_DIALOGUE_ACTS_H_
#define HANSA_NODE_CLI_DIALOGUE_ACTS_H_

#include "absl/status/statusor.h"
#include "node/cli/command.h"
#include "node/cli/invocation.h"

namespace hansa::node::cli {

// What was said to ID.
absl::StatusOr<int> ShowThread(Invocation& invocation);
// Takes ID back, whatever kind of word it is.
absl::StatusOr<int> WithdrawWord(Invocation& invocation);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_DIALOGUE_ACTS_H_
