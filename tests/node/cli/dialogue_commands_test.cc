// The dialogue as people type it: the secretariat's node in memory behind the real API.
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/api/api_server.h"
#include "node/cli/dialogue_examples.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class DialogueCommandsTest : public ::testing::Test {
 protected:
  DialogueCommandsTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("de-aachen", "DEU"), germany_);
    node_.Refresh();
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = node_,
                                                .views = node_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
  }

  Ran Hansa(std::vector<std::string> words, const std::string& in = "") {
    words.insert(words.end(), {"--socket", socket_});
    return RunHansa(words, {.in = in});
  }
  json Json(std::vector<std::string> words, const std::string& in = "") {
    words.push_back("--json");
    const Ran ran = Hansa(words, in);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return json::parse(ran.out);
  }
  std::string Practice() {
    return Json({"practices", "add", "-"},
                R"({"title": "Reading bus", "language": "en", "problem": "P", "done": "D", "outcome": "O"})")["id"];
  }

  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode node_{network_, CityNamed("de-bonn", "DEU")};
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(DialogueCommandsTest, AQuestionIsAskedAnsweredFoundAndReadAsAThread) {
  const std::string practice = Practice();
  EXPECT_THAT(Hansa({"practices", "show", practice}).out, Not(HasSubstr("hansa thread")));
  const Ran asked = Hansa({"ask", practice.substr(0, 8), "-", "--to", "de-aachen", "--language", "en", "--title",
                           "Nights", "--feature", "2.1.3", "--feature", "1.1.1", "--action", "bd1.2"},
                          "How did you reach those who work at night?\n");
  EXPECT_EQ(asked.exit, 0) << asked.err;
  EXPECT_THAT(asked.out, HasSubstr("published \"Nights\", revision 1"));
  const json list = Json({"questions", "--about", practice, "--to", "de-aachen", "--open"});
  EXPECT_EQ(list["muted"], 0);
  ASSERT_EQ(list["questions"].size(), 1u);
  const json& question = list["questions"][0];
  EXPECT_EQ(question["asked_of"], "de-aachen");
  EXPECT_EQ(question["about"]["title"], "Reading bus");
  EXPECT_EQ(question["state"], "open");
  EXPECT_EQ(question["features"], json({"1.1.1", "2.1.3"}));
  EXPECT_EQ(question["actions"], json({"BD1.2"}));
  const std::string id = question["id"];
  EXPECT_EQ(Json({"answer", id, "By bus.", "--see", practice})["collection"], "dialogue");
  const json thread = Json({"thread", practice});
  EXPECT_EQ(thread["root"]["kind"], "practice");
  const json& asks = thread["root"]["words"][0];
  EXPECT_EQ(asks["text"], "How did you reach those who work at night?");
  EXPECT_EQ(asks["words"][0]["kind"], "answer");
  EXPECT_EQ(asks["words"][0]["language"], "en") << "that of the question";
  EXPECT_EQ(asks["words"][0]["see_also"][0]["title"], "Reading bus");
  EXPECT_EQ(asks["words"][0]["files"], 0);
  const Ran page = Hansa({"thread", practice});
  EXPECT_THAT(page.out,
              AllOf(HasSubstr("Reading bus\n"), HasSubstr("put to de-aachen, open"), HasSubstr("  How did you reach"),
                    HasSubstr("    By bus.\n"), HasSubstr("see also practice: Reading bus")));
  EXPECT_THAT(Hansa({"questions"}).out, AllOf(HasSubstr("Nights"), HasSubstr("about practice: Reading bus")));
  EXPECT_THAT(Hansa({"practices", "show", practice}).out,
              HasSubstr(absl::StrCat("`hansa thread ", practice.substr(0, 12), "` shows what was asked and said")));
  EXPECT_THAT(Hansa({"--lang", "ko", "questions"}).out, HasSubstr("열림"));
  EXPECT_EQ(Json({"ask", practice, "By night?", "--to", "de-aachen", "--language", "en", "--revises", id, "--reason",
                  "shorter"})["revision"],
            2);
  EXPECT_EQ(Json({"dialogue", "withdraw", id})["title"], "By night?");
  EXPECT_EQ(Json({"questions"})["questions"].size(), 0u);
  EXPECT_THAT(Hansa({"thread", practice}).out, AllOf(HasSubstr("(taken back)"), HasSubstr("By bus.")));
}

TEST_F(DialogueCommandsTest, NobodyAsksEveryoneByASlip) {
  const std::string practice = Practice();
  EXPECT_THAT(Hansa({"ask", "Why?", "--language", "en"}).err, HasSubstr("--to all puts it to everyone"));
  EXPECT_THAT(Hansa({"ask", practice, "--to", "secretariat", "--language", "en"}).err, HasSubstr("lacks the question"));
  EXPECT_EQ(Hansa({"ask"}).exit, 2);
  EXPECT_THAT(Hansa({"ask", practice, "Why?"}).err, HasSubstr("the language of the text is not given"));
  EXPECT_EQ(Json({"questions"})["questions"].size(), 0u);
  Json({"ask", "Why?", "--to", "all", "--language", "en"});
  Json({"ask", "When?", "--to", "secretariat", "--language", "en"});
  EXPECT_TRUE(Json({"questions", "--by", "de-bonn"})["questions"][1]["asked_of"].is_null() ||
              Json({"questions", "--by", "de-bonn"})["questions"][0]["asked_of"].is_null());
  EXPECT_EQ(Json({"questions", "--to", "secretariat"})["questions"][0]["title"], "When?");
}

TEST_F(DialogueCommandsTest, AMarkIsPutAndLiftedAndStandsBesideTheRecord) {
  const std::string practice = Practice();
  Json({"mark", practice, "outdated", "--text", "The law has changed.", "--language", "en"});
  const json root = Json({"thread", practice})["root"];
  EXPECT_EQ(root["marks"], json({"outdated"}));
  EXPECT_EQ(root["marks_put"][0]["member"], "de-bonn");
  EXPECT_EQ(root["words"][0]["mark"], "outdated");
  EXPECT_THAT(Hansa({"thread", practice}).out,
              AllOf(HasSubstr("marked: outdated (de-bonn)"), HasSubstr("marks it: outdated"), HasSubstr("The law")));
  EXPECT_EQ(Hansa({"mark", practice, "lifted"}).exit, 0);
  EXPECT_THAT(Hansa({"thread", practice}).out,
              AllOf(Not(HasSubstr("marked: outdated (de-bonn)")), HasSubstr("this mark does not stand"),
                    HasSubstr("lifts the mark that it put before")));
  EXPECT_EQ(Hansa({"mark", practice, "liked"}).exit, 2);
  EXPECT_EQ(Hansa({"mark", practice, "answered"}).exit, 4);
}

TEST_F(DialogueCommandsTest, ATopicIsOpenedListedShownRevisedAndTakenBack) {
  const Ran added = Hansa({"topics", "add", "-"}, node::cli::kTopicExample.example);
  EXPECT_EQ(added.exit, 0) << added.err;
  const json list = Json({"topics", "list", "--feature", "2.1.3"});
  ASSERT_EQ(list["topics"].size(), 1u);
  EXPECT_EQ(list["topics"][0]["actions"], json({"BD1.2"}));
  const std::string id = list["topics"][0]["id"];
  EXPECT_THAT(Hansa({"topics", "show", id}).out,
              AllOf(HasSubstr("Schools that are open in the evening"), HasSubstr("nothing has been said to it")));
  Json({"comment", id, "-", "--language", "en"}, "We open two.\n\n- one in the east\n");
  EXPECT_THAT(Hansa({"topics", "show", id}).out, AllOf(HasSubstr("We open two."), HasSubstr("one in the east")));
  EXPECT_EQ(Json({"topics", "revise", id, "-"}, R"({"title": "Evenings", "language": "en"})")["revision"], 2);
  EXPECT_EQ(Json({"topics", "withdraw", id})["title"], "Evenings");
  EXPECT_THAT(Hansa({"topics", "list"}).out, HasSubstr("no topic here is like that"));
}

TEST_F(DialogueCommandsTest, WhomThisNodeMutesIsListedAndCanBeTakenOff) {
  EXPECT_EQ(Hansa({"muted"}).out, "this node mutes nobody\n");
  EXPECT_THAT(Hansa({"mute", "de-aachen"}).out, HasSubstr("leaves out what de-aachen says"));
  EXPECT_THAT(Hansa({"mute", "de-aachen"}).out, HasSubstr("muted already"));
  EXPECT_EQ(Json({"muted"}), json({"de-aachen"}));
  EXPECT_EQ(Hansa({"muted"}).out, "de-aachen\n");
  EXPECT_EQ(Json({"unmute", "de-aachen"})["muted"], json::array());
  EXPECT_EQ(Json({"unmute", "de-aachen"})["already"], true);
  EXPECT_EQ(Hansa({"mute", "de-bonn"}).exit, 4);
  EXPECT_EQ(Hansa({"mute", "de-aache"}).exit, 3);
}

}  // namespace
}  // namespace hansa::testing
