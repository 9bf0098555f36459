// Scripts that complete what is typed, made from the table of commands: commands, options, and what fits after them
// (fitting.h). They ask the running node for members by `hansa completion members`, and offer none if none runs.
#ifndef HANSA_NODE_CLI_COMPLETION_H_
#define HANSA_NODE_CLI_COMPLETION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/words/words.h"

namespace hansa::node::cli {

// For bash 4.4 and later; uses nothing of the package bash-completion, and works where that loads it.
std::string BashCompletion();
// For zsh 5, with the help of commands and options in the language of `words`.
std::string ZshCompletion(const words::Words& words);

// `text` as a shell reads it back as one word: between ' and ', whatever is in it.
std::string ShellQuoted(absl::string_view text);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_COMPLETION_H_
