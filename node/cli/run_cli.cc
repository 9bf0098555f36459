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

struct Reader {
  bool json = false;
  words::Words words = {};
};

int Fail(const absl::Status& error, const Reader& reader, Console& console) {
  const int exit = ExitCodeOf(error);
  const std::string message = reader.words.Translated(error.message());
  if (reader.json) console.out << JsonOf(absl::Status(error.code(), message), exit);
  console.err << "hansa: " << Printable(message) << "\n";
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
  if (!understood.ok()) {
    const words::Words spoken(LanguageFor(LanguageAskedFor(words), console));
    return Fail(understood.status(), {.json = AsksForJson(words), .words = spoken}, console);
  }
  const words::Words spoken(LanguageFor(understood->globals.language, console));
  const absl::StatusOr<int> exit = Run(*understood, console);
  if (!exit.ok()) return Fail(exit.status(), {.json = understood->globals.json, .words = spoken}, console);
  console.out.flush();
  if (console.out.good()) return *exit;
  console.err << "hansa: " << spoken.Translated("cannot write to standard output; see that its disk has room") << "\n";
  return kFailed;
}

}  // namespace hansa::node::cli
