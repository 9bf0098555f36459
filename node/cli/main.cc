// The terminal around RunCli.
#include <grpc/support/log.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "node/cli/run_cli.h"

namespace {

std::optional<std::string> Environment(const char* name) {
  const char* value = std::getenv(name);  // no other thread runs yet that could change it
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

int ColumnsOf(int fd) {
  constexpr int kUsual = 80;
  winsize size{};
  if (isatty(fd) == 0) return 0;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsual;
}

// The first of these that is not empty says how text is encoded.
bool ShowsUtf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = absl::AsciiStrToUpper(Environment(name).value_or(""));
    if (!value.empty()) return absl::StrContains(value, "UTF-8") || absl::StrContains(value, "UTF8");
  }
  return false;
}

std::string ReadHidden() {
  termios shown{};
  const bool can_hide = tcgetattr(STDIN_FILENO, &shown) == 0;
  if (can_hide) {
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  std::string line;
  std::getline(std::cin, line);
  if (can_hide) tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
  return line;
}

bool UnderstandsEscapes() {
  const std::optional<std::string> none = Environment("NO_COLOR");
  return (!none || none->empty()) && Environment("TERM").value_or("dumb") != "dumb";
}

}  // namespace

int main(int argc, char** argv) {
  // gRPC explains on standard error what becomes one line of ours.
  if (!Environment("GRPC_VERBOSITY")) gpr_set_log_function([](gpr_log_func_args*) {});
  const int columns = ColumnsOf(STDOUT_FILENO);
  const bool is_typed = isatty(STDIN_FILENO) != 0;
  hansa::node::cli::Console console{.in = std::cin,
                                    .out = std::cout,
                                    .err = std::cerr,
                                    .columns = columns,
                                    .bold = columns > 0 && UnderstandsEscapes(),
                                    .utf8 = ShowsUtf8(),
                                    .err_is_terminal = isatty(STDERR_FILENO) != 0,
                                    .read_hidden = is_typed ? std::function<std::string()>(ReadHidden) : nullptr,
                                    .environment = Environment};
  return hansa::node::cli::RunCli(std::vector<std::string>(argv + 1, argv + argc), console);
}
