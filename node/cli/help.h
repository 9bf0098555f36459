// What `hansa help` says: from the table of commands, and a few pages on what all commands share.
#ifndef HANSA_NODE_CLI_HELP_H_
#define HANSA_NODE_CLI_HELP_H_

#include <string>

#include "absl/status/statusor.h"
#include "node/cli/command.h"
#include "node/cli/table.h"

namespace hansa::node::cli {

// All commands, a line each.
std::string Overview(const Layout& layout);
std::string HelpFor(const Command& command, const Layout& layout);
// A command, the first word of several, or a page such as 'exit-codes'.
//   NOT_FOUND  no such topic; names the nearest
absl::StatusOr<std::string> HelpOn(const std::string& topic, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_HELP_H_
