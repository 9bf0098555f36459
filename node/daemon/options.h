// What `hansad` is told when it starts: by its command line, and by a TOML file that the command line overrides.
#ifndef HANSA_NODE_DAEMON_OPTIONS_H_
#define HANSA_NODE_DAEMON_OPTIONS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/daemon/daemon.h"

namespace hansa::node {

// Either options to start with, or an exit code because everything has been said (help, version, a usage error).
struct CommandLine {
  DaemonOptions options;
  std::optional<int> exit_code;
};

// Prints help to standard output, errors to standard error in one line.
CommandLine ParseCommandLine(int argc, const char* const* argv);

// Says what is wrong in one line on standard error, in the language that the environment asks for.
void Complain(absl::string_view what);

// Keys: data, listen. An unknown key is an error that names it.
//   INVALID_ARGUMENT  with file, line and column
absl::StatusOr<DaemonOptions> ReadConfig(const std::string& path);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_OPTIONS_H_
