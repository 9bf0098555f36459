// Which command was typed: its one or two words among flags that may stand before them.
#ifndef HANSA_NODE_CLI_COMMAND_WORDS_H_
#define HANSA_NODE_CLI_COMMAND_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/cli/command.h"

namespace hansa::node::cli {

struct CommandWords {
  const Command* command = nullptr;
  std::string group = {};                // first word of several commands, where the second is missing
  std::vector<std::string> others = {};  // all other words, in order
  std::size_t before = 0;                // how many of them stand before the command
};

// With no command at all, both are empty.
//   INVALID_ARGUMENT  no such command; names the nearest
absl::StatusOr<CommandWords> FindCommandWords(const std::vector<std::string>& words);

// The second words of the commands of `group`.
std::vector<std::string> CommandsIn(const std::string& group);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_COMMAND_WORDS_H_
