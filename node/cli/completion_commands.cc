// What goes with the program on a machine: completion in the shell, and the manual.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/completion.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/man_pages.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr char kDayForm[] = "%Y-%m-%d";

std::string JsonText(const nlohmann::json& value) { return absl::StrCat(value.dump(2), "\n"); }

// A slug a line, for the scripts, which stay silent where no node runs: so does this.
void ShowMembers(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  v1::ListMembersReply reply;
  nlohmann::json slugs = nlohmann::json::array();
  std::string lines;
  if (node.ok() && node->Ask(v1::ListMembersRequest(), reply).ok()) {
    for (const v1::MemberSummary& member : reply.members()) {
      slugs.push_back(member.slug());
      absl::StrAppend(&lines, member.slug(), "\n");
    }
  }
  invocation.Show(JsonText(slugs), lines);
}

absl::StatusOr<int> Completion(Invocation& invocation) {
  const std::string shell = invocation.values().Text("SHELL");
  if (shell == "members") {
    ShowMembers(invocation);
    return kDone;
  }
  if (shell != "bash" && shell != "zsh") {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no completion for ", domain::Quoted(shell), "; write bash or zsh"));
  }
  const std::string script = shell == "bash" ? BashCompletion() : ZshCompletion(invocation.words());
  invocation.Show(JsonText({{"shell", shell}, {"script", script}}), script);
  return kDone;
}

absl::StatusOr<std::string> DayOfPages(const Values& values) {
  const std::string day = values.Text("--date");
  if (!values.Has("--date")) return absl::FormatTime(kDayForm, absl::Now(), absl::UTCTimeZone());
  absl::Time time;
  std::string why;
  if (absl::ParseTime(kDayForm, day, &time, &why)) return absl::FormatTime(kDayForm, time, absl::UTCTimeZone());
  return absl::InvalidArgumentError(
      absl::StrCat("--date ", domain::Quoted(day), " is not a day; write one such as 2025-03-31"));
}

absl::StatusOr<int> Manual(Invocation& invocation) {
  const absl::StatusOr<std::string> day = DayOfPages(invocation.values());
  HANSA_RETURN_IF_ERROR(day.status());
  const std::filesystem::path folder = invocation.values().Text("-o");
  nlohmann::json paths = nlohmann::json::array();
  // Not as wide as this terminal: whoever reads a page has another.
  const Layout layout{.words = invocation.words()};
  for (const PageFile& page : ManPages(layout, *day)) {
    const std::filesystem::path file = folder / page.path;
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) {
      return absl::PermissionDeniedError(
          absl::StrCat("cannot make the folder ", file.parent_path().string(), ": ", error.message()));
    }
    HANSA_RETURN_IF_ERROR(invocation.Write(file.string(), page.text));
    paths.push_back(file.string());
  }
  const words::Words words = invocation.words();
  invocation.Report(JsonText({{"pages", paths}}),
                    absl::StrCat(words("wrote {0} manual pages into {1}", paths.size(), folder.string()), "\n"));
  return kDone;
}

}  // namespace

std::vector<Command> CompletionCommands() {
  return {
      {.name = "completion",
       .summary = "print the script with which a shell completes what you type",
       .details = "Needs no running node. For bash, keep what is printed as hansa in the folder "
                  "~/.local/share/bash-completion/completions; for zsh, as _hansa in a folder of your fpath. Members "
                  "are completed while your node runs.",
       .example = "hansa completion bash",
       .arguments = {{"SHELL", "bash or zsh"}},
       .run = Completion},
      {.name = "manual",
       .summary = "write the manual pages of all commands",
       .details = "Needs no running node. English pages go into man1 and man8 of the folder, those of another "
                  "language into a folder named after it, as man expects.",
       .example = "hansa manual -o share/man --lang ko",
       .options = {{.name = "-o", .value = "DIR", .help = "folder to write into", .need = Need::kRequired},
                   {.name = "--date", .value = "DAY", .help = "the day that the pages bear; today if not given"}},
       .run = Manual},
  };
}

}  // namespace hansa::node::cli
