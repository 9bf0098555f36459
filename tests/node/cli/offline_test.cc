// What `hansa` does without a node: help, errors, the catalogue, and the files of joining.
#include <nlohmann/json.hpp>

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/cli/arguments.h"
#include "node/cli/command.h"
#include "node/cli/invocation.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Offline, HelpOfEveryCommandHasAnExample) {
  for (const node::cli::Command& command : node::cli::Commands()) {
    std::vector<std::string> words;
    std::istringstream name(command.name);
    for (std::string word; name >> word;) words.push_back(word);
    words.push_back("--help");
    const Ran by_flag = RunHansa(words);
    EXPECT_EQ(by_flag.exit, 0) << command.name;
    EXPECT_THAT(by_flag.out,
                AllOf(StartsWith("usage: hansa " + command.name), HasSubstr("\nexample: " + command.example)));
    EXPECT_THAT(by_flag.err, IsEmpty());
    words.pop_back();
    words.insert(words.begin(), "help");
    EXPECT_EQ(RunHansa(words).out, by_flag.out) << command.name;
  }
}

TEST(Offline, HelpListsEveryCommandAndTopic) {
  const Ran ran = RunHansa({"help"});
  EXPECT_EQ(ran.exit, 0);
  for (const node::cli::Command& command : node::cli::Commands()) {
    EXPECT_THAT(ran.out, HasSubstr("\n" + command.name + " ")) << command.name;
  }
  for (const char* topic : {"exit-codes", "json", "data", "joining", "words", "indicators"}) {
    EXPECT_EQ(RunHansa({"help", topic}).exit, 0) << topic;
  }
  EXPECT_EQ(RunHansa({"--help"}).out, ran.out);
  const Ran unknown = RunHansa({"help", "exit-code"});
  EXPECT_EQ(unknown.exit, 3);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean `hansa help exit-codes`?"));
}

TEST(Offline, VersionIsTheProgramsOwn) {
  const Ran ran = RunHansa({"--version"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, ::testing::MatchesRegex("hansa [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  EXPECT_TRUE(json::parse(RunHansa({"--version", "--json"}).out)["version"].is_string());
}

TEST(Offline, AnErrorIsOneLineAndWithJsonOneObject) {
  const TempFolder folder;
  const std::string nobody = folder / "nobody";
  const std::vector<std::pair<std::vector<std::string>, int>> cases = {
      {{"statsu"}, 2},
      {{"status", "--data", nobody}, 5},
      {{"members", "--socket", folder / "s"}, 5},
      {{"catalogue", "9.9.9"}, 3},
      {{"indicators", "import", folder / "none.csv", "--data", nobody}, 3},
      {{"indicators", "import", folder.path(), "--data", nobody}, 2},
      {{"apply", "-o", folder / "a.json", "--data", nobody}, 3},
      {{"approve", folder / "p.json", "--key", "k", "-o", folder / "a"}, 3},
      {{"peer", "add", "nowhere", "--data", nobody}, 2},
      {{"peer", "add", "host:99999", "--data", nobody}, 2},
  };
  for (const auto& [words, exit] : cases) {
    const Ran plain = RunHansa(words);
    EXPECT_EQ(plain.exit, exit) << plain.err;
    EXPECT_THAT(plain.err, IsOneErrorLine());
    EXPECT_THAT(plain.out, IsEmpty());
    std::vector<std::string> with_json = words;
    with_json.push_back("--json");
    const Ran ran = RunHansa(with_json);
    EXPECT_EQ(ran.exit, exit);
    EXPECT_THAT(ran.err, IsOneErrorLine());
    const json error = json::parse(ran.out)["error"];
    EXPECT_EQ(error["exit"], exit);
    EXPECT_TRUE(error["code"].is_string());
    EXPECT_EQ(absl::StrCat("hansa: ", error["message"].get<std::string>(), "\n"), ran.err);
  }
}

TEST(Offline, ANodeThatDoesNotRunIsSaidHowToStart) {
  const TempFolder folder;
  const Ran ran = RunHansa({"status"}, {.environment = {{"HANSA_DATA", folder.path()}}});
  EXPECT_EQ(ran.exit, 5);
  EXPECT_THAT(ran.err, HasSubstr("start it with: hansad --data " + folder.path()));
  EXPECT_THAT(RunHansa({"status"}, {.environment = {{"HOME", folder.path()}}}).err,
              AnyOf(HasSubstr(folder.path() + "/.local/share/hansa"), HasSubstr("/var/lib/hansa")));
}

TEST(Offline, TheLanguageIsKnownAlsoWhereTheCommandLineIsNotUnderstood) {
  using node::words::Language;
  const auto language = [](const std::vector<std::string>& words, std::map<std::string, std::string> environment) {
    std::istringstream in;
    std::ostringstream out, err;
    const node::cli::Console console{
        .in = in, .out = out, .err = err, .environment = [&](const char* name) -> std::optional<std::string> {
          const auto found = environment.find(name);
          return found == environment.end() ? std::nullopt : std::optional(found->second);
        }};
    return node::cli::LanguageFor(node::cli::LanguageAskedFor(words), console);
  };
  EXPECT_EQ(language({"statsu"}, {}), Language::kEnglish);
  EXPECT_EQ(language({"statsu", "--lang", "ko"}, {}), Language::kKorean);
  EXPECT_EQ(language({"--lang=ko", "statsu"}, {}), Language::kKorean);
  EXPECT_EQ(language({"statsu", "--lang", "fr"}, {}), Language::kEnglish);
  EXPECT_EQ(language({"statsu", "--lang", "fr"}, {{"LANG", "ko_KR.UTF-8"}}), Language::kKorean);
  EXPECT_EQ(language({"statsu", "--lang"}, {{"LANG", "ko"}}), Language::kKorean);
  EXPECT_EQ(language({"statsu", "--lang", "en"}, {{"LANG", "ko_KR.UTF-8"}}), Language::kEnglish);
  EXPECT_EQ(language({"statsu", "--", "--lang", "ko"}, {}), Language::kEnglish);
  EXPECT_EQ(language({"statsu"}, {{"LC_ALL", "en_GB.UTF-8"}, {"LANG", "ko_KR.UTF-8"}}), Language::kEnglish);
  EXPECT_EQ(language({"statsu"}, {{"LC_ALL", ""}, {"LC_MESSAGES", "ko_KR.UTF-8"}}), Language::kKorean);
  EXPECT_EQ(language({"statsu"}, {{"LANG", "kok_IN.UTF-8"}}), Language::kEnglish);
}

TEST(Offline, TheCatalogueNeedsNothing) {
  const Ran all = RunHansa({"catalogue"});
  EXPECT_EQ(all.exit, 0);
  EXPECT_THAT(all.out,
              AllOf(HasSubstr("42 features, 60 measurements, 76 cells"), HasSubstr("1.1.1  "), HasSubstr("3.3.")));
  const json overview = json::parse(RunHansa({"catalogue", "--json"}).out);
  EXPECT_EQ(overview["features"], 42);
  EXPECT_EQ(overview["measurements"], 60);
  EXPECT_EQ(overview["cells"], 76);
  EXPECT_EQ(overview["parts"].size(), 3u);
  EXPECT_EQ(overview["catalogue_sha256"].get<std::string>().size(), 64u);
}

TEST(Offline, WhateverACodeNamesIsShown) {
  EXPECT_THAT(RunHansa({"catalogue", "2"}).out,
              AllOf(HasSubstr("2.1.1  "), HasSubstr("2.6  "), Not(HasSubstr("3.1.1"))));
  EXPECT_THAT(RunHansa({"catalogue", "2.1"}).out,
              AllOf(HasSubstr("commitment BD4"), HasSubstr("2.1.3  "), Not(HasSubstr("2.2.1"))));
  EXPECT_THAT(RunHansa({"catalogue", "BD2"}).out, AllOf(HasSubstr("area 1.2"), HasSubstr("BD2.1  ")));
  EXPECT_THAT(RunHansa({"catalogue", "bd1.2"}).out, AllOf(HasSubstr("BD1.2"), HasSubstr("1.1.2  ")));
  EXPECT_THAT(RunHansa({"catalogue", "BD2.2"}).out, HasSubstr("no feature shows it"));
  EXPECT_EQ(json::parse(RunHansa({"catalogue", "2.1", "--json"}).out)["commitment"], "BD4");
  EXPECT_EQ(json::parse(RunHansa({"catalogue", "3", "--json"}).out)["areas"].size(), 3u);
  EXPECT_EQ(json::parse(RunHansa({"catalogue", "BD1.2", "--json"}).out)["feature"], "1.1.2");
  EXPECT_TRUE(json::parse(RunHansa({"catalogue", "BD2", "--json"}).out)["action_points"][1]["feature"].is_null());
}

TEST(Offline, TheCatalogueSpeaksTheLanguageAskedFor) {
  const std::string id = "1.1.1/adult-literacy-rate";
  EXPECT_THAT(RunHansa({"catalogue", id}).out, AllOf(HasSubstr("Adult literacy rate"), Not(HasSubstr("성인"))));
  const std::string korean = RunHansa({"catalogue", id, "--lang", "ko"}).out;
  EXPECT_THAT(korean, AllOf(HasSubstr("성인 문해율"), Not(HasSubstr("Adult literacy rate"))));
  EXPECT_EQ(RunHansa({"catalogue", id}, {.environment = {{"LANG", "ko_KR.UTF-8"}}}).out, korean);
  const json row = json::parse(RunHansa({"catalogue", id + "#female", "--json"}).out);
  EXPECT_EQ(row["measurement"], id);
  EXPECT_EQ(row["title"]["ko"], "성인 문해율");
  EXPECT_EQ(row["cells"].size(), 3u);
  EXPECT_EQ(row["range"]["max"], 100);
}

TEST(Offline, WhereTheLanguagesDifferBothAreShownWithTheDifference) {
  for (const auto& [language, difference] : {std::pair("en", ": English: seats in city council or congress"),
                                             std::pair("ko", ": 영어: 시의회 또는 국회의 의석")}) {
    EXPECT_THAT(
        RunHansa({"catalogue", "1.1.3/gender-equality-in-politics", "--lang", language}).out,
        AllOf(HasSubstr("Percentage of seats held by women"), HasSubstr("전체 시의원 중"), HasSubstr(difference)));
  }
}

TEST(Offline, EveryRowOfTheCatalogueCanBeShownInANarrowTerminal) {
  const json overview = json::parse(RunHansa({"catalogue", "--json"}).out);
  int rows = 0;
  for (const json& part : overview["parts"]) {
    for (const json& area : part["areas"]) {
      for (const json& feature : area["features"]) {
        const std::string id = feature["feature"];
        EXPECT_EQ(RunHansa({"catalogue", id}, {.columns = 60}).exit, 0) << id;
        const json whole = json::parse(RunHansa({"catalogue", id, "--json"}).out);
        EXPECT_EQ(whole["measurements"].size(), feature["measurements"].size());
        rows += static_cast<int>(whole["measurements"].size());
      }
    }
  }
  EXPECT_EQ(rows, 60);
}

TEST(Offline, JoiningTravelsAsFiles) {
  const TempFolder folder;
  const std::string league = folder / "league";
  const Ran founded =
      RunHansa({"network", "found", "--name", "배움의 도시", "--out", league, "--hub", "127.0.0.1:7400", "--json"});
  ASSERT_EQ(founded.exit, 0) << founded.err;
  const json network = json::parse(founded.out);
  EXPECT_EQ(network["network"].get<std::string>().size(), 32u);
  EXPECT_EQ(network["name"], "배움의 도시");
  EXPECT_EQ(network["hub"], "int-uil");
  const std::string charter = network["charter"];
  EXPECT_EQ(RunHansa({"network", "found", "--name", "N", "--out", league, "--hub", "h:1"}).exit, 4);

  const auto init = [&](const std::string& name, const char* kind, const char* slug) {
    return RunHansa({"init", "--data", folder / name, "--charter", charter, "--kind", kind, "--slug", slug, "--name",
                     name, "--country", "GBR", "--json"});
  };
  ASSERT_EQ(init("city", "city", "gb-bristol").exit, 0);
  ASSERT_EQ(init("authority", "authority", "gb-unesco").exit, 0);
  const Ran again = init("city", "city", "gb-bristol");
  EXPECT_EQ(again.exit, 0);
  EXPECT_EQ(json::parse(again.out)["already"], true);
  EXPECT_EQ(init("city", "city", "gb-derby").exit, 4);
  EXPECT_EQ(init("other", "town", "gb-derby").exit, 2);
  EXPECT_EQ(init("other", "city", "de-bonn").exit, 2);

  const std::string application = folder / "application.json";
  ASSERT_EQ(RunHansa({"apply", "--data", folder / "city", "--mayor", "We apply.", "-o", application}).exit, 0);
  const auto opinion = [&](const char* what, const char* who, const std::string& file) {
    return RunHansa({what, file, "--data", folder / who, "--reason", "seen", "-o", folder / "opinion.json"});
  };
  EXPECT_EQ(opinion("recommend", "authority", application).exit, 0);
  EXPECT_EQ(opinion("defer", "authority", application).exit, 0);
  EXPECT_EQ(opinion("recommend", "city", application).exit, 4);
  EXPECT_EQ(opinion("recommend", "authority", charter).exit, 2);
  const Ran from_stdin =
      RunHansa({"recommend", "-", "--data", folder / "authority", "--reason", "seen", "-o", folder / "opinion.json"},
               {.in = ReadFile(application)});
  EXPECT_EQ(from_stdin.exit, 0) << from_stdin.err;
  EXPECT_EQ(RunHansa({"apply", "--data", folder / "city", "-o", folder / "no/such/a.json"}).exit, 3);
}

TEST(Offline, QuietSaysNothingThatWasNotAskedFor) {
  const TempFolder folder;
  const Ran ran =
      RunHansa({"--quiet", "network", "found", "--name", "N", "--out", folder / "league", "--hub", "127.0.0.1:7400"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(RunHansa({"--quiet", "catalogue", "1.1.1"}).out, Not(IsEmpty()));
}

TEST(Offline, StandardOutputThatCannotBeWrittenIsAFailure) {
  std::istringstream in;
  std::ostringstream out, err;
  out.setstate(std::ios::badbit);
  node::cli::Console console{.in = in, .out = out, .err = err, .environment = [](const char*) { return std::nullopt; }};
  EXPECT_EQ(node::cli::RunCli({"help"}, console), 1);
  EXPECT_THAT(err.str(), IsOneErrorLine());
}

}  // namespace
}  // namespace hansa::testing
