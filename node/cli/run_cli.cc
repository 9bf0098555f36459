#include "node/cli/run_cli.h"

#include "absl/strings/str_cat.h"
#include "node/api/version.h"
#include "node/cli/arguments.h"
#include "node/cli/exit_code.h"
#include "node/cli/help.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

int Fail(const absl::Status& error, bool json, Console& console) {
  const int exit = ExitCodeOf(error);
  if (json) console.out << JsonOf(error, exit);
  console.err << "hansa: " << Printable(error.message()) << "\n";
  return exit;
}

absl::StatusOr<int> Run(const Understood& understood, Console& console) {
  Invocation invocation(understood.values, understood.globals, console);
  const Layout layout = invocation.layout();
  if (understood.version) {
    const std::string version = api::Version();
    invocation.Show(JsonOfVersion(version), absl::StrCat("hansa ", version, "\n"));
    return kDone;
  }
  if (!understood.help) return understood.command->run(invocation);
  const absl::StatusOr<std::string> text =
      understood.command != nullptr ? HelpFor(*understood.command, layout) : HelpOn(understood.group, layout);
  if (!text.ok()) return text.status();
  invocation.Show(JsonOfHelp(*text), *text);
  return kDone;
}

}  // namespace

int RunCli(const std::vector<std::string>& words, Console& console) {
  const absl::StatusOr<Understood> understood = Understand(words);
  if (!understood.ok()) return Fail(understood.status(), AsksForJson(words), console);
  const absl::StatusOr<int> exit = Run(*understood, console);
  if (!exit.ok()) return Fail(exit.status(), understood->globals.json, console);
  console.out.flush();
  if (console.out.good()) return *exit;
  console.err << "hansa: cannot write to standard output; see that its disk has room\n";
  return kFailed;
}

}  // namespace hansa::node::cli
