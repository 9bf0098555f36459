#include "node/cli/arguments.h"

#include <CLI/CLI.hpp>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/cli/command_words.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"

namespace hansa::node::cli {
namespace {

constexpr char kLanguages[] = "en|ko";

std::string SeeHelp(const Command& command) { return absl::StrCat("see `hansa ", command.name, " --help`"); }

// Hands each value of `name` to `values`.
void Take(CLI::App& app, const std::string& name, bool repeated, Values& values) {
  app.add_option(name,
                 [&values, name](const CLI::results_t& results) {
                   for (const std::string& value : results) values.Add(name, value);
                   return true;
                 })
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(repeated ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::Throw);
}

void Take(CLI::App& app, const Option& option, Values& values) {
  if (!option.value.empty()) return Take(app, option.name, option.repeated, values);
  app.add_flag_function(option.name, [&values, name = option.name](std::int64_t) { values.Add(name, ""); });
}

std::vector<std::string> OptionNames(const Command& command) {
  std::vector<std::string> names = {"--help"};
  for (const Option& option : command.options) names.push_back(option.name);
  for (const Option& option : GlobalOptions()) names.push_back(option.name);
  return names;
}

absl::Status NotExpected(const Command& command, const std::vector<std::string>& extras) {
  const auto flag =
      std::find_if(extras.begin(), extras.end(), [](const std::string& word) { return absl::StartsWith(word, "-"); });
  if (flag == extras.end()) {
    return absl::InvalidArgumentError(absl::StrCat("`hansa ", command.name, "` has no use for ",
                                                   domain::Quoted(extras.empty() ? "" : extras.front()), "; ",
                                                   SeeHelp(command)));
  }
  const std::string name = flag->substr(0, flag->find('='));
  const std::string meant = domain::Nearest(name, OptionNames(command));
  return absl::InvalidArgumentError(
      absl::StrCat("`hansa ", command.name, "` has no option ", domain::Quoted(name), "; ",
                   meant.empty() ? SeeHelp(command) : absl::StrCat("did you mean ", meant, "?")));
}

absl::Status Parse(const Command& command, std::vector<std::string> words, Values& values) {
  for (const std::string& word : words) {
    // CLI11 would take the next word for the value.
    if (absl::StartsWith(word, "--") && absl::EndsWith(word, "=")) {
      return absl::InvalidArgumentError(absl::StrCat(word.substr(0, word.size() - 1), " is empty; ", SeeHelp(command)));
    }
  }
  CLI::App app;
  app.set_help_flag();
  app.allow_windows_style_options(false);
  for (const Argument& argument : command.arguments) Take(app, argument.name, false, values);
  for (const Option& option : command.options) Take(app, option, values);
  for (const Option& option : GlobalOptions()) Take(app, option, values);
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ExtrasError&) {
    return NotExpected(command, app.remaining(true));
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(
        absl::StrCat("`hansa ", command.name, "`: ", error.what(), "; ", SeeHelp(command)));
  }
  return absl::OkStatus();
}

absl::Status CheckNumber(const Option& option, const Values& values) {
  std::uint32_t number = 0;
  for (const std::string& text : values.Texts(option.name)) {
    if (absl::SimpleAtoi(text, &number) && number >= option.number->min && number <= option.number->max) {
      continue;
    }
    return absl::InvalidArgumentError(absl::StrCat(option.name, " ", domain::Quoted(text),
                                                   " is not a whole number from ", option.number->min, " to ",
                                                   option.number->max, "; write such a number"));
  }
  return absl::OkStatus();
}

absl::Status CheckValues(const Command& command, const Values& values) {
  for (const Argument& argument : command.arguments) {
    if (argument.need == Need::kRequired && !values.Has(argument.name)) {
      return absl::InvalidArgumentError(absl::StrCat("`hansa ", command.name, "` needs ", argument.name, ", ",
                                                     argument.help, "; ", SeeHelp(command)));
    }
  }
  for (const Option& option : command.options) {
    if (option.need == Need::kRequired && !values.Has(option.name)) {
      return absl::InvalidArgumentError(absl::StrCat("`hansa ", command.name, "` needs ", option.name, " ",
                                                     option.value, ", ", option.help, "; ", SeeHelp(command)));
    }
    if (!option.number) continue;
    const absl::Status status = CheckNumber(option, values);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<Globals> GlobalsIn(const Values& values) {
  Globals globals{.data = values.Text("--data"),
                  .socket = values.Text("--socket"),
                  .json = values.Has("--json"),
                  .quiet = values.Has("--quiet"),
                  .verbose = values.Has("--verbose"),
                  .language = values.Text("--lang")};
  if (values.Has("--data") && globals.data.empty()) {
    return absl::InvalidArgumentError("--data is empty; name the node's data folder");
  }
  if (values.Has("--socket") && globals.socket.empty()) {
    return absl::InvalidArgumentError("--socket is empty; name the node's socket");
  }
  if (values.Has("--lang") && globals.language != "en" && globals.language != "ko") {
    return absl::InvalidArgumentError(absl::StrCat("--lang ", domain::Quoted(globals.language),
                                                   " is not a language here; write one of ", kLanguages));
  }
  return globals;
}

// Whether one of `names` stands among the words before "--".
bool Among(const std::vector<std::string>& words, std::initializer_list<const char*> names) {
  for (const std::string& word : words) {
    if (word == "--") return false;
    for (const char* name : names) {
      if (word == name) return true;
    }
  }
  return false;
}

// Flags without a command: only help and version make sense.
absl::StatusOr<Understood> WithoutCommand(const CommandWords& found) {
  static const auto* const none = new Command{.name = "help", .options = {{.name = "--version"}}};
  Understood understood{.help = Among(found.others, {"--help", "-h"}),
                        .version = Among(found.others, {"--version"}),
                        .group = found.group};
  std::vector<std::string> words;
  for (const std::string& word : found.others) {
    if (word != "--help" && word != "-h") words.push_back(word);
  }
  const absl::Status status = Parse(*none, words, understood.values);
  if (!status.ok()) return status;
  const absl::StatusOr<Globals> globals = GlobalsIn(understood.values);
  if (!globals.ok()) return globals.status();
  understood.globals = *globals;
  if (understood.help || understood.version) return understood;
  if (found.group.empty()) {
    return absl::InvalidArgumentError("no command was given; `hansa help` lists them");
  }
  return absl::InvalidArgumentError(absl::StrCat("`hansa ", found.group,
                                                 "` needs one of: ", absl::StrJoin(CommandsIn(found.group), ", "),
                                                 "; see `hansa help ", found.group, "`"));
}

}  // namespace

absl::StatusOr<Understood> Understand(const std::vector<std::string>& words) {
  const absl::StatusOr<CommandWords> found = FindCommandWords(words);
  if (!found.ok()) return found.status();
  if (found->command == nullptr) return WithoutCommand(*found);
  const Command& command = *found->command;
  Understood understood{.command = &command};
  if (Among(found->others, {"--help", "-h"})) {
    understood.help = true;
    understood.globals.json = AsksForJson(words);
    return understood;
  }
  absl::Status status = Parse(command, found->others, understood.values);
  if (!status.ok()) return status;
  const absl::StatusOr<Globals> globals = GlobalsIn(understood.values);
  if (!globals.ok()) return globals.status();
  understood.globals = *globals;
  status = CheckValues(command, understood.values);
  if (!status.ok()) return status;
  return understood;
}

bool AsksForJson(const std::vector<std::string>& words) { return Among(words, {"--json"}); }

}  // namespace hansa::node::cli
