#include "node/cli/arguments.h"

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/cli/exit_code.h"
#include "storage/files.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::cli {
namespace {

using hansa::testing::IsOk;
using hansa::testing::Must;
using hansa::testing::StatusIs;
using ::testing::ElementsAre;

using Words = std::vector<std::string>;

TEST(Arguments, AFlagForAllCommandsMayStandAnywhere) {
  for (const Words& words : {Words{"--data", "d", "--json", "indicators", "show", "--year", "2024"},
                             Words{"indicators", "--data", "d", "show", "--json", "--year", "2024"},
                             Words{"indicators", "show", "--year=2024", "--json", "--data=d"}}) {
    const Understood understood = Must(Understand(words));
    EXPECT_EQ(understood.command->name, "indicators show") << absl::StrJoin(words, " ");
    EXPECT_EQ(understood.globals.data, "d");
    EXPECT_TRUE(understood.globals.json);
    EXPECT_FALSE(understood.globals.quiet);
    EXPECT_EQ(understood.values.Number("--year"), 2024u);
  }
}

TEST(Arguments, ARepeatedOptionKeepsEveryValueAndTakesNothingElse) {
  const Understood understood =
      Must(Understand({"admit", "--approval", "a", "--approval", "b", "application.json", "--officer-key", "k"}));
  EXPECT_THAT(understood.values.Texts("--approval"), ElementsAre("a", "b"));
  EXPECT_EQ(understood.values.Text("APPLICATION"), "application.json");
}

TEST(ExitCodes, AFileThatTheSystemKeepsFromUsIsNoRuleOfTheNetworks) {
  const absl::Status kept = storage::FileError("read", "a file", EACCES);
  EXPECT_EQ(ExitCodeOf(kept), kFailed);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError(absl::StrCat("restoring: ", kept.message()))), kFailed);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("this node does not hold the roster key")), kRefused);
}

TEST(Arguments, ADashIsAFile) { EXPECT_EQ(Must(Understand({"indicators", "import", "-"})).values.Text("FILE"), "-"); }

TEST(Arguments, AValueMayBeginWithADash) {
  EXPECT_EQ(Must(Understand({"indicators", "publish", "--reason=-5 was wrong"})).values.Text("--reason"),
            "-5 was wrong");
}

TEST(Arguments, HelpAndVersionNeedNothingElse) {
  EXPECT_TRUE(Must(Understand({"--help"})).help);
  EXPECT_TRUE(Must(Understand({"-h", "--json"})).globals.json);
  EXPECT_TRUE(Must(Understand({"--version"})).version);
  EXPECT_TRUE(Must(Understand({"network", "found", "--help"})).help);
  EXPECT_EQ(Must(Understand({"indicators", "--help"})).group, "indicators");
}

struct Mistake {
  Words words;
  const char* says;  // part of the line
};

TEST(Arguments, EveryMistakeSaysWhatToTypeInstead) {
  const std::vector<Mistake> mistakes = {
      {{}, "no command was given"},
      {{""}, "there is no command ''"},
      {{"--json"}, "no command was given"},
      {{"status", "--check=3"}, "--check takes no value"},
      {{"status", "--json=false"}, "--json takes no value"},
      {{"indicators", "publish", "--year"}, "--year needs a value after it"},
      {{"indicators", "publish", "--year", "2019", "--year", "2020"}, "--year is given twice"},
      {{"statsu"}, "did you mean `hansa status`?"},
      {{"catalog"}, "did you mean `hansa catalogue`?"},
      {{"import", "x.csv"}, "did you mean `hansa indicators import`?"},
      {{"--data", "d", "memebrs"}, "did you mean `hansa members`?"},
      {{"xyzzy"}, "`hansa help` lists them"},
      {{"indicators"},
       "needs one of: template, import, assign, departments, set, no-data, note, discard, show, check, publish, "
       "withdraw, history, diff, progress, "
       "beside, target, targets, target-withdraw"},
      {{"place"}, "needs one of: show, set, withdraw"},
      {{"place", "set", "--population", "5"},
       "needs --source TEXT; type `hansa place set --population N [--year YEAR] --source TEXT"},
      {{"place", "set", "--population", "0", "--source", "S"}, "from 1 to 1000000000"},
      {{"indicators", "pubish"}, "did you mean `hansa indicators publish`?"},
      {{"peer"}, "needs one of: add, remove"},
      {{"peer", "quux"}, "there are: add, remove"},
      {{"status", "--chek"}, "did you mean --check?"},
      {{"status", "--check=yes", "x"}, "--check takes no value"},
      {{"status", "extra"}, "has no use for 'extra'; type `hansa status"},
      {{"indicators", "import"}, "needs FILE"},
      {{"indicators", "import", "a.csv", "b.csv"}, "has no use for 'b.csv'"},
      {{"indicators", "import", "a.csv", "--yaer", "2024"}, "did you mean --year?"},
      {{"indicators", "import", "a.csv", "--year"}, "--year"},
      {{"indicators", "import", "a.csv", "--year", "1899"}, "from 1900 to 2200"},
      {{"indicators", "import", "a.csv", "--year", "twenty"}, "'twenty' is not a whole number"},
      {{"indicators", "import", "a.csv", "--year", "2024.0"}, "'2024.0' is not a whole number"},
      {{"indicators", "import", "a.csv", "--year", ""}, "'' is not a whole number"},
      {{"indicators", "import", "a.csv", "--year", "2024", "--year", "2023"}, "--year"},
      {{"network", "found", "--name", "N", "--out", "o"}, "needs --hub HOST:PORT"},
      {{"network", "found", "--name", "N", "--out", "o", "--hub", "h:1", "--officers", "0"}, "from 1 to 16"},
      {{"network", "found", "--name", "N", "--out", "o", "--hub", "h:1", "--officers", "-1"}, "--officers"},
      {{"recommend", "a.json", "-o", "r.json"}, "needs --reason TEXT"},
      {{"apply"}, "needs -o FILE"},
      {{"status", "--lang", "fr"}, "write one of en|ko"},
      {{"status", "--data", ""}, "--data is empty"},
      {{"status", "--socket="}, "--socket"},
      {{"status", "-x"}, "no option '-x'"},
      {{"--frobnicate", "status"}, "no option '--frobnicate'"},
  };
  for (const Mistake& mistake : mistakes) {
    EXPECT_THAT(Understand(mistake.words), StatusIs(absl::StatusCode::kInvalidArgument, mistake.says))
        << absl::StrJoin(mistake.words, " ");
  }
}

// The words of an example as a shell would give them, up to the end of the first command.
Words ShellWords(const std::string& line) {
  Words words;
  std::string word;
  bool quoted = false, any = false;
  for (const char c : line + " ") {
    if (c == '\'') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (word == "&&" || word == "|") break;
      if (any || !word.empty()) words.push_back(word);
      word.clear();
      any = false;
    } else {
      word.push_back(c);
    }
  }
  return words;
}

TEST(Arguments, EveryExampleOfTheHelpIsUnderstoodAsItsCommand) {
  for (const Command& command : Commands()) {
    Words words = ShellWords(command.example);
    ASSERT_GE(words.size(), 2u) << command.name;
    EXPECT_EQ(words.front(), "hansa") << command.name;
    words.erase(words.begin());
    const absl::StatusOr<Understood> understood = Understand(words);
    ASSERT_THAT(understood, IsOk()) << command.example;
    EXPECT_EQ(understood->command->name, command.name) << command.example;
  }
}

TEST(Arguments, AnOptionCalledLikeOneOfAllCommandsIsToldApartByItsPlace) {
  const absl::StatusOr<Understood> both = Understand({"--lang", "ko", "practices", "list", "--lang", "pt-BR"});
  ASSERT_THAT(both, IsOk());
  EXPECT_EQ(both->globals.language, "ko");
  EXPECT_EQ(both->values.Text("--lang"), "pt-BR");
  const absl::StatusOr<Understood> after = Understand({"practices", "list", "--lang", "pt-BR"});
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(after->globals.language, "");
  EXPECT_THAT(Understand({"--json", "--lang", "ko", "status", "--lang", "en"}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Arguments, AListOfWordsIsTakenWhole) {
  const absl::StatusOr<Understood> follow = Understand({"follow", "gb-bristol", "practices", "offers", "--json"});
  ASSERT_THAT(follow, IsOk());
  EXPECT_EQ(follow->values.Text("MEMBER"), "gb-bristol");
  EXPECT_EQ(follow->values.Texts("COLLECTION"), (std::vector<std::string>{"practices", "offers"}));
  EXPECT_TRUE(follow->globals.json);
}

TEST(Arguments, EveryCommandIsSoundlyDescribed) {
  EXPECT_GE(Commands().size(), 24u);
  for (const Command& command : Commands()) {
    EXPECT_TRUE(command.run != nullptr) << command.name;
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_EQ(FindCommand(command.name), &command) << command.name << " is there twice";
    for (const Option& option : command.options) {
      EXPECT_FALSE(option.help.empty()) << command.name << " " << option.name;
      // Told apart by where it stands: before the command it is that of all commands.
      const bool has_own = command.name == "practices list" || command.name == "practices show" ||
                           command.name == "practices search" || command.name == "search" ||
                           command.name == "notices list" || command.name == "clusters list" ||
                           command.name == "indicators template";
      if (has_own && option.name == "--lang") continue;
      for (const Option& global : GlobalOptions()) EXPECT_NE(option.name, global.name) << command.name;
    }
    for (const Argument& argument : command.arguments) EXPECT_FALSE(argument.help.empty());
  }
}

}  // namespace
}  // namespace hansa::node::cli
