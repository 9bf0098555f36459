#include <string>

#include "absl/strings/str_cat.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/help.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Help(Invocation& invocation) {
  const Values& values = invocation.values();
  std::string topic = values.Text("TOPIC");
  if (values.Has("MORE")) absl::StrAppend(&topic, " ", values.Text("MORE"));
  const absl::StatusOr<std::string> text = HelpOn(topic, invocation.layout());
  HANSA_RETURN_IF_ERROR(text.status());
  invocation.Show(JsonOfHelp(*text), *text);
  return kDone;
}

}  // namespace

std::vector<Command> HelpCommands() {
  return {
      {.name = "help",
       .summary = "help on a command or topic",
       .example = "hansa help indicators import",
       .arguments = {{"TOPIC", "a command or topic", Need::kOptional},
                     {"MORE", "second word of a command", Need::kOptional}},
       .run = Help},
  };
}

}  // namespace hansa::node::cli
