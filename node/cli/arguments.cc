#include "node/cli/arguments.h"

#include <CLI/CLI.hpp>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "node/cli/command_words.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "node/words/words.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr char kLanguages[] = "en|ko";
constexpr int kListMax = 1000;

bool Has(const Command& command, const std::string& option) {
  return std::any_of(command.options.begin(), command.options.end(),
                     [&option](const Option& own) { return own.name == option; });
}

std::string SeeHelp(const Command& command) { return absl::StrCat("see `hansa ", command.name, " --help`"); }
std::string TypeIt(const Command& command) { return absl::StrCat("type `", UsageOf(command), "`"); }

enum class Times { kOnce, kSeveral, kListed };  // given once, again and again, as a list of words

// Hands each value of `name` to `values`.
void Take(CLI::App& app, const std::string& name, Times times, Values& values) {
  app.add_option(name,
                 [&values, name](const CLI::results_t& results) {
                   for (const std::string& value : results) values.Add(name, value);
                   return true;
                 })
      ->type_size(1)
      ->expected(1, times == Times::kListed ? kListMax : 1)
      ->multi_option_policy(times == Times::kOnce ? CLI::MultiOptionPolicy::Throw : CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(times == Times::kListed);
}

void Take(CLI::App& app, const Option& option, Values& values) {
  if (!option.value.empty()) return Take(app, option.name, option.repeated ? Times::kSeveral : Times::kOnce, values);
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
                                                   TypeIt(command)));
  }
  const std::string name = flag->substr(0, flag->find('='));
  const std::string meant = domain::Nearest(name, OptionNames(command));
  return absl::InvalidArgumentError(
      absl::StrCat("`hansa ", command.name, "` has no option ", domain::Quoted(name), "; ",
                   meant.empty() ? SeeHelp(command) : absl::StrCat("did you mean ", meant, "?")));
}

// The option of the command or of all commands that is called so; nullptr if none is.
const Option* OptionNamed(const Command& command, const std::string& name) {
  for (const std::vector<Option>* options : {&command.options, &GlobalOptions()}) {
    for (const Option& option : *options) {
      if (option.name == name) return &option;
    }
  }
  return nullptr;
}

// What CLI11 would understand in its own way: a value that is empty takes the next word, one of a flag is dropped.
absl::Status CheckEquals(const Command& command, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") return absl::OkStatus();
    const std::size_t equals = word.find('=');
    if (!absl::StartsWith(word, "--") || equals == std::string::npos) continue;
    const std::string name = word.substr(0, equals);
    if (equals + 1 == word.size()) {
      return absl::InvalidArgumentError(absl::StrCat(name, " is empty; ", SeeHelp(command)));
    }
    const Option* option = OptionNamed(command, name);
    if (option != nullptr && option->value.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(name, " takes no value; write it alone, or leave it out"));
    }
  }
  return absl::OkStatus();
}

// Of an option that lacks its value, or has too many: '--year: 1 required …'.
absl::Status WrongNumber(const Command& command, absl::string_view what) {
  const absl::string_view name = what.substr(0, what.find(':'));
  if (absl::StrContains(what, "received")) {
    return absl::InvalidArgumentError(absl::StrCat(name, " is given twice; leave one of them out"));
  }
  return absl::InvalidArgumentError(absl::StrCat(name, " needs a value after it; ", SeeHelp(command)));
}

absl::Status Parse(const Command& command, std::vector<std::string> words, Values& values) {
  HANSA_RETURN_IF_ERROR(CheckEquals(command, words));
  CLI::App app;
  app.set_help_flag();
  app.allow_windows_style_options(false);
  for (const Argument& argument : command.arguments) {
    Take(app, argument.name, argument.repeated ? Times::kListed : Times::kOnce, values);
  }
  for (const Option& option : command.options) Take(app, option, values);
  for (const Option& option : GlobalOptions()) {
    if (!Has(command, option.name)) Take(app, option, values);
  }
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ExtrasError&) {
    return NotExpected(command, app.remaining(true));
  } catch (const CLI::ArgumentMismatch& error) {
    return WrongNumber(command, error.what());
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
      return absl::InvalidArgumentError(
          absl::StrCat("`hansa ", command.name, "` needs ", argument.name, "; ", TypeIt(command)));
    }
  }
  for (const Option& option : command.options) {
    if (option.need == Need::kRequired && !values.Has(option.name)) {
      return absl::InvalidArgumentError(
          absl::StrCat("`hansa ", command.name, "` needs ", option.name, " ", option.value, "; ", TypeIt(command)));
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

// Stands for the words that are not a command's.
const Command& NoCommand() {
  static const auto* const none = new Command{.name = "help", .options = {{.name = "--version"}}};
  return *none;
}

// Flags without a command: only help and version make sense.
absl::StatusOr<Understood> WithoutCommand(const CommandWords& found) {
  Understood understood{.help = Among(found.others, {"--help", "-h"}),
                        .version = Among(found.others, {"--version"}),
                        .group = found.group};
  std::vector<std::string> words;
  for (const std::string& word : found.others) {
    if (word != "--help" && word != "-h") words.push_back(word);
  }
  const absl::Status status = Parse(NoCommand(), words, understood.values);
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

std::string UsageOf(const Command& command) {
  std::string usage = absl::StrCat("hansa ", command.name);
  for (const Argument& argument : command.arguments) {
    absl::StrAppend(&usage, argument.need == Need::kRequired ? " " : " [", argument.name, argument.repeated ? "…" : "",
                    argument.need == Need::kRequired ? "" : "]");
  }
  for (const Option& option : command.options) {
    const std::string word = option.value.empty() ? option.name : absl::StrCat(option.name, " ", option.value);
    absl::StrAppend(&usage, " ", option.need == Need::kRequired ? word : absl::StrCat("[", word, "]"),
                    option.repeated ? "…" : "");
  }
  return usage;
}

std::string LanguageAskedFor(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    absl::string_view tag = words[i];
    if (tag == "--lang" && i + 1 < words.size()) {
      tag = words[i + 1];
    } else if (!absl::ConsumePrefix(&tag, "--lang=")) {
      continue;
    }
    // What a command's own --lang says may be no language of ours, and another may follow.
    if (words::LanguageNamed(tag)) return std::string(tag);
  }
  return "";
}

absl::StatusOr<Understood> Understand(const std::vector<std::string>& words) {
  const absl::StatusOr<CommandWords> found = FindCommandWords(words);
  if (!found.ok()) return found.status();
  if (found->command == nullptr) return WithoutCommand(*found);
  const Command& command = *found->command;
  Understood understood{.command = &command};
  if (Among(found->others, {"--help", "-h"})) {
    understood.help = true;
    understood.globals.json = AsksForJson(words);
    understood.globals.language = LanguageAskedFor(words);
    return understood;
  }
  // Where a command has an option of its own that is called like one of all commands (--lang), the one before the
  // command is that of all.
  const auto command_at = found->others.begin() + static_cast<std::ptrdiff_t>(found->before);
  Values first, everywhere;
  absl::Status status = Parse(NoCommand(), {found->others.begin(), command_at}, first);
  if (!status.ok()) return status;
  status = Parse(command, {command_at, found->others.end()}, understood.values);
  if (!status.ok()) return status;
  for (const Option& option : GlobalOptions()) {
    const bool is_own = Has(command, option.name);
    for (const std::string& value : first.Texts(option.name)) {
      if (!is_own) understood.values.Add(option.name, value);
    }
    if (!is_own && understood.values.Texts(option.name).size() > 1 && !option.value.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(option.name, " is given twice; leave one of them out"));
    }
    if (!is_own) {
      for (const std::string& value : understood.values.Texts(option.name)) everywhere.Add(option.name, value);
    } else {
      for (const std::string& value : first.Texts(option.name)) everywhere.Add(option.name, value);
      // One language that is typed last is that of the answer too.
      const std::string own = understood.values.Text(option.name);
      if (!everywhere.Has(option.name) && words::LanguageNamed(own)) everywhere.Add(option.name, own);
    }
  }
  const absl::StatusOr<Globals> globals = GlobalsIn(everywhere);
  if (!globals.ok()) return globals.status();
  understood.globals = *globals;
  status = CheckValues(command, understood.values);
  if (!status.ok()) return status;
  return understood;
}

bool AsksForJson(const std::vector<std::string>& words) { return Among(words, {"--json"}); }

}  // namespace hansa::node::cli
