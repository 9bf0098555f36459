// Commands about the files of practices, for the list of commands about practices.
#ifndef HANSA_NODE_CLI_FILE_COMMANDS_H_
#define HANSA_NODE_CLI_FILE_COMMANDS_H_

#include "node/cli/command.h"

namespace hansa::node::cli {

// practices attach
Command AttachCommand();
// practices detach
Command DetachCommand();
// practices file
Command FileCommand();

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FILE_COMMANDS_H_
