// Where a command reads and writes, and what it knows of its surroundings. A test gives it strings;
// main.cc gives it the terminal.
#ifndef HANSA_NODE_CLI_CONSOLE_H_
#define HANSA_NODE_CLI_CONSOLE_H_

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

namespace hansa::node::cli {

struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  int columns = 0;    // of the terminal that `out` is; 0: it is none, and lines have no limit
  bool bold = false;  // `out` understands escapes and nobody asked for none
  bool utf8 = false;  // `out` shows characters beyond ASCII, as its surroundings say
  bool err_is_terminal = false;
  // Reads a line of `in` while what is typed is not shown. Null: `in` is no terminal, and is read as it comes.
  std::function<std::string()> read_hidden = nullptr;
  // The value of an environment variable; nullopt where it is not set.
  std::function<std::optional<std::string>(const char*)> environment;
};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_CONSOLE_H_
