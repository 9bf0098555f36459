// `hansa` from its words to its exit code. main.cc only adds the terminal.
#ifndef HANSA_NODE_CLI_RUN_CLI_H_
#define HANSA_NODE_CLI_RUN_CLI_H_

#include <string>
#include <vector>

#include "node/cli/console.h"

namespace hansa::node::cli {

// Runs one command; `words` are without the program's name. Returns an exit code of exit_code.h. An
// error is one line on `console.err`, and with --json also one object on `console.out`.
int RunCli(const std::vector<std::string>& words, Console& console);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_RUN_CLI_H_
