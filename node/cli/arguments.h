// From the words that were typed to a command and its values. The command is found first, so that
// an error can name what was probably meant. Nothing is done here.
#ifndef HANSA_NODE_CLI_ARGUMENTS_H_
#define HANSA_NODE_CLI_ARGUMENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/cli/command.h"

namespace hansa::node::cli {

struct Understood {
  const Command* command = nullptr;  // null: help or version was asked for, of the program
  bool help = false;
  bool version = false;
  std::string group = {};  // with `help`: the first word of several commands; empty for none
  Globals globals = {};
  Values values = {};
};

// `words` without the program's name.
//   INVALID_ARGUMENT  not a command, an option it does not have, something missing; one line that
//                     names what was probably meant
absl::StatusOr<Understood> Understand(const std::vector<std::string>& words);

// How a command is typed: 'hansa place set --population N [--year YEAR]'.
std::string UsageOf(const Command& command);

// The language of --lang, wherever it stands among `words`, if Hansa speaks it; else empty. Also where they cannot be
// understood.
std::string LanguageAskedFor(const std::vector<std::string>& words);

// Whether --json stands among `words`; also where they cannot be understood.
bool AsksForJson(const std::vector<std::string>& words);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_ARGUMENTS_H_
