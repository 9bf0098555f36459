// Commands about the files that records name, those about practices for the list of commands about practices; and
// records shown with their files.
#ifndef HANSA_NODE_CLI_FILE_COMMANDS_H_
#define HANSA_NODE_CLI_FILE_COMMANDS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "node/cli/command.h"
#include "node/cli/invocation.h"

namespace hansa::node::cli {

// practices attach
Command AttachCommand();
// practices detach
Command DetachCommand();
// practices file
Command FileCommand();

// A record as it is shown, without its files.
struct ShownRecord {
  std::string id;              // 6 digits and more
  std::uint32_t revision = 0;  // from 1; 0: the present one
  std::string json;            // an object
  std::string text;
  std::string below = {};  // lines under the files
};
// As Invocation::Show, with the files that the revision names: a section of the text, "attachments" of the object.
absl::Status ShowWithFiles(Invocation& invocation, NodeClient& node, const ShownRecord& shown);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FILE_COMMANDS_H_
