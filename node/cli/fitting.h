// What fits where a command asks for something: files, members, the few words that are possible. For what a shell
// offers while one types; it forbids nothing, the node judges.
// Promise: the words are those of the help, of the framework and of ISO 3166; a test holds them to it.
#ifndef HANSA_NODE_CLI_FITTING_H_
#define HANSA_NODE_CLI_FITTING_H_

#include <string>
#include <vector>

#include "node/cli/command.h"

namespace hansa::node::cli {

struct Fitting {
  enum class Kind {
    kAnything,    // nothing can be offered
    kFile,        // a path of a file
    kFolder,      // a path of a folder
    kMember,      // a slug that the running node knows
    kSecondWord,  // second word of a command whose first word is the argument before
    kWords,       // one of `words`
  };
  Kind kind = Kind::kAnything;
  std::vector<std::string> words = {};
};

Fitting FittingFor(const Command& command, const Argument& argument);
// For an option that takes a value.
Fitting FittingFor(const Command& command, const Option& option);

// The first words of all commands, each once, in the order of the help.
std::vector<std::string> FirstWords();

// What the program itself takes, whatever the command: --help and --version.
std::vector<Option> ProgramOptions();

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FITTING_H_
