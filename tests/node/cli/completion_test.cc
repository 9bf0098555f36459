// Completion says what the table of commands says, and nothing in it can break out of the script. What the shells make
// of it is tests/system/shell_test.py's.
#include "node/cli/completion.h"

#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/cli/command.h"
#include "node/cli/fitting.h"
#include "node/cli/help.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using node::cli::Argument;
using node::cli::Command;
using node::cli::Commands;
using node::cli::Fitting;
using node::cli::FittingFor;
using node::cli::Option;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(Completion, BashHasEveryCommandOptionAndArgument) {
  const std::string script = node::cli::BashCompletion();
  for (const Command& command : Commands()) {
    const std::vector<std::string> words = absl::StrSplit(command.name, ' ');
    if (words.size() == 2) {
      EXPECT_THAT(script, HasSubstr(absl::StrCat("\n    ", words[0], ") second=("))) << command.name;
    }
    const std::string options = absl::StrCat("\n    '", command.name, "') own=(");
    ASSERT_THAT(script, HasSubstr(options));
    const std::size_t at = script.find(options);
    const std::string line = script.substr(at, script.find('\n', at + 1) - at);
    for (const Option& option : command.options) {
      EXPECT_THAT(line, HasSubstr(option.name)) << command.name;
      const std::string value = absl::StrCat("\n    '", command.name, " ", option.name, "') fitting=(");
      if (!option.value.empty()) {
        EXPECT_THAT(script, HasSubstr(value));
      }
    }
    for (const Option& option : node::cli::GlobalOptions()) EXPECT_THAT(line, HasSubstr(option.name)) << command.name;
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
      const std::string place = command.arguments[i].repeated ? "'*" : absl::StrCat(i + 1, "'");
      EXPECT_THAT(script, HasSubstr(absl::StrCat("\n    '", command.name, " ", place, ") fitting=(")));
    }
  }
}

TEST(Completion, ZshHasEveryCommandOptionAndArgumentWithItsHelp) {
  const std::string script = node::cli::ZshCompletion({});
  EXPECT_THAT(script, StartsWith("#compdef hansa\n"));
  for (const Command& command : Commands()) {
    const std::string branch = absl::StrCat("\n    '", command.name, "') ");
    ASSERT_THAT(script, HasSubstr(branch));
    const std::size_t at = script.find(branch);
    const std::string part = script.substr(at, script.find(") ;;", at) - at);
    for (const Option& option : command.options) {
      EXPECT_THAT(part, HasSubstr(absl::StrCat(option.name, option.value.empty() || option.name == "-o" ? "[" : "=[")));
    }
    EXPECT_EQ(std::count(part.begin(), part.end(), '\n'),
              static_cast<int>(1 + 1 + command.options.size() + command.arguments.size()))
        << part;
  }
}

TEST(Completion, AnOptionOfItsOwnStandsInPlaceOfTheOneOfAllCommands) {
  const std::string bash = node::cli::BashCompletion();
  const std::size_t at = bash.find("'practices list') own=(");
  const std::string line = bash.substr(at, bash.find('\n', at) - at);
  EXPECT_EQ(line.find("--lang"), line.rfind("--lang"));
  EXPECT_THAT(node::cli::ZshCompletion({}), HasSubstr("'practices list') specs=(${specs:#--lang*}) && specs+=("));
}

TEST(Completion, WhatIsQuotedIsOneWordWhateverIsInIt) {
  EXPECT_EQ(node::cli::ShellQuoted("a city"), "'a city'");
  EXPECT_EQ(node::cli::ShellQuoted("the node's $HOME `x` \\"), "'the node'\\''s $HOME `x` \\'");
  const std::string zsh = node::cli::ZshCompletion({});
  EXPECT_THAT(zsh, HasSubstr("'--data=[the node'\\''s data folder"));
  // In a part of a line, colons and brackets end it; in a list, a # is a pattern.
  EXPECT_THAT(zsh, HasSubstr(":HOST\\:PORT: '"));
  EXPECT_THAT(zsh, HasSubstr("ended\\ early"));
  EXPECT_THAT(zsh, HasSubstr("1.1.1/adult-literacy-rate\\#female"));
  EXPECT_THAT(node::cli::BashCompletion(), HasSubstr("'ended early'"));
}

// Every word that is offered for an argument or option, where it is few of its own.
void ExpectInHelp(const Command& command, const std::string& asked, const std::string& help, const Fitting& fitting) {
  constexpr std::size_t kFew = 10;
  if (fitting.words.size() > kFew) return;
  for (const std::string& word : fitting.words) {
    EXPECT_THAT(absl::StrCat(help, " ", command.details, " ", asked), HasSubstr(word)) << command.name;
  }
}

TEST(Completion, WhatIsOfferedIsWhatTheHelpNames) {
  std::set<std::string> with_words;
  for (const Command& command : Commands()) {
    for (const Argument& argument : command.arguments) {
      const Fitting fitting = FittingFor(command, argument);
      if (!fitting.words.empty()) with_words.insert(absl::StrCat(command.name, " ", argument.name));
      ExpectInHelp(command, argument.name, argument.help, fitting);
    }
    for (const Option& option : command.options) {
      const Fitting fitting = FittingFor(command, option);
      if (!fitting.words.empty()) with_words.insert(absl::StrCat(command.name, " ", option.name));
      ExpectInHelp(command, option.value, option.help, fitting);
    }
  }
  // None is lost by a change of name in the table.
  for (const char* asked :
       {"init --kind", "init --country", "follow COLLECTION", "keep WHAT", "offers list --state",
        "offers reply --intent", "offers conclude --how", "erase --reason", "completion SHELL", "catalogue ROW",
        "indicators history CELL", "practices list --feature", "practices list --action"}) {
    EXPECT_THAT(with_words, Contains(asked));
  }
}

TEST(Completion, EveryTopicOfHelpIsOffered) {
  const Command* help = node::cli::FindCommand("help");
  ASSERT_THAT(help->arguments, SizeIs(2));
  const std::vector<std::string> offered = FittingFor(*help, help->arguments[0]).words;
  EXPECT_EQ(FittingFor(*help, help->arguments[1]).kind, Fitting::Kind::kSecondWord);
  for (const std::string& topic : offered) EXPECT_EQ(RunHansa({"help", topic}).exit, 0) << topic;
  // The last table of the overview lists the pages.
  const std::string overview = node::cli::Overview({});
  const std::size_t table = overview.find("\ntopic ");
  ASSERT_NE(table, std::string::npos);
  int pages = 0;
  for (const absl::string_view line : absl::StrSplit(overview.substr(table + 1), '\n')) {
    if (line.empty()) break;
    const std::string word(line.substr(0, line.find(' ')));
    if (pages++ > 0) {  // the first line has the titles
      EXPECT_THAT(offered, Contains(word));
    }
  }
  EXPECT_GT(pages, 4);
}

TEST(Completion, TheCommandPrintsWhatTheLibraryMakes) {
  const Ran bash = RunHansa({"completion", "bash"});
  EXPECT_EQ(bash.exit, 0);
  EXPECT_EQ(bash.out, node::cli::BashCompletion());
  EXPECT_EQ(RunHansa({"completion", "zsh"}).out, node::cli::ZshCompletion({}));
  EXPECT_EQ(RunHansa({"completion", "zsh", "--lang", "ko"}).out,
            node::cli::ZshCompletion(node::words::Words(node::words::Language::kKorean)));
  EXPECT_EQ(json::parse(RunHansa({"completion", "bash", "--json"}).out)["script"], bash.out);
  const Ran fish = RunHansa({"completion", "fish"});
  EXPECT_EQ(fish.exit, 2);
  EXPECT_THAT(fish.err, IsOneErrorLine());
}

TEST(Completion, WithoutANodeThereAreNoMembersAndNoComplaint) {
  const TempFolder folder;
  const Ran ran = RunHansa({"--data", folder / "nobody", "completion", "members"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, IsEmpty());
  EXPECT_THAT(RunHansa({"help", "completion"}).out, Not(HasSubstr("completion members")));
}

}  // namespace
}  // namespace hansa::testing
