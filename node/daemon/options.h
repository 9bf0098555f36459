// What `hansad` is told when it starts: by its command line, and by a TOML file that the command line overrides.
#ifndef HANSA_NODE_DAEMON_OPTIONS_H_
#define HANSA_NODE_DAEMON_OPTIONS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/daemon/daemon.h"

namespace hansa::node {

struct ProgramOptions {
  DaemonOptions daemon;
  // Of the door for browsers and programs (node/door):
  std::string http = {};        // address in numbers and port, of this machine's loopback; empty: there is none
  std::string http_names = {};  // by which it is asked besides localhost, with commas between
  bool http_open = false;       // what is published is shown without signing in
  std::string web_folder = {};  // of the page; empty: the one that hansad carries
};

// Either options to start with, or an exit code because everything has been said (help, version, a usage error).
struct CommandLine {
  ProgramOptions options;
  std::optional<int> exit_code;
};

// Prints help to standard output, errors to standard error in one line.
CommandLine ParseCommandLine(int argc, const char* const* argv);

// Says what is wrong in one line on standard error, in the language that the environment asks for.
void Complain(absl::string_view what);

// Keys: data, listen, http, http_name, http_open, web_dir. An unknown key is an error that names it.
//   INVALID_ARGUMENT  with file, line and column
absl::StatusOr<ProgramOptions> ReadConfig(const std::string& path);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_OPTIONS_H_
