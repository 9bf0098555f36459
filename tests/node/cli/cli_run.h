// Runs commands of `hansa` in the test's own process and keeps what they wrote.
#ifndef HANSA_TESTS_NODE_CLI_CLI_RUN_H_
#define HANSA_TESTS_NODE_CLI_CLI_RUN_H_

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "node/cli/run_cli.h"

namespace hansa::testing {

struct Ran {
  int exit = -1;
  std::string out;
  std::string err;
};

// What a command finds around it.
struct Surroundings {
  std::string in = {};
  int columns = 0;
  bool bold = false;
  std::map<std::string, std::string> environment = {};
};

inline Ran RunHansa(const std::vector<std::string>& words, const Surroundings& around = {}) {
  std::istringstream in(around.in);
  std::ostringstream out, err;
  node::cli::Console console{.in = in,
                             .out = out,
                             .err = err,
                             .columns = around.columns,
                             .bold = around.bold,
                             .environment = [&around](const char* name) -> std::optional<std::string> {
                               const auto found = around.environment.find(name);
                               if (found == around.environment.end()) return std::nullopt;
                               return found->second;
                             }};
  Ran ran;
  ran.exit = node::cli::RunCli(words, console);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

// One line that begins as every error does.
MATCHER(IsOneErrorLine, "is one line that begins with 'hansa: '") {
  return arg.rfind("hansa: ", 0) == 0 && std::count(arg.begin(), arg.end(), '\n') == 1 && arg.back() == '\n' &&
         arg.size() > 12;
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_CLI_CLI_RUN_H_
