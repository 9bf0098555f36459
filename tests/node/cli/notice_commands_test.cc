// Notices and clusters as people type them: the secretariat's node in memory behind the real API.
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/api/api_server.h"
#include "node/cli/notice_examples.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class NoticeCommandsTest : public ::testing::Test {
 protected:
  NoticeCommandsTest() {
    AdoptCurrentFramework(network_);
    LetWrite(network_, replication::MemberKind::kSecretariat, replication::kDialogue);
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

  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  Network network_ = Network::Founded();
  FakeNode node_{network_, ApplicantNamed("int-uil", replication::MemberKind::kSecretariat, "INT")};
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(NoticeCommandsTest, ANoticeIsPublishedListedShownRevisedAndTakenBack) {
  const Ran added = Hansa({"notices", "add", "opportunity", "-"}, node::cli::kOpportunityExample.example);
  EXPECT_EQ(added.exit, 0) << added.err;
  EXPECT_THAT(added.out, HasSubstr("published \"Course on planning for lifelong learning\", revision 1"));
  const json list = Json({"notices", "list", "--kind", "opportunity"});
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0]["deadline"], "2027-03-31 17:00 Europe/Berlin");
  EXPECT_EQ(list[0]["begins_on"], "2027-04-12");
  EXPECT_EQ(list[0]["sort"], "course");
  EXPECT_EQ(list[0]["for_us"], false);
  EXPECT_TRUE(list[0]["translation_of"].is_null());
  const std::string id = list[0]["id"];
  const json shown = Json({"notices", "show", id.substr(0, 8)});
  EXPECT_EQ(shown["content"]["presence"], "online");
  EXPECT_EQ(shown["content"]["audience"]["regions"], json({"Arab States"}));
  const Ran page = Hansa({"notices", "show", id, "--verbose"});
  EXPECT_THAT(page.out,
              AllOf(HasSubstr("Until: 2027-03-31 17:00 Europe/Berlin"), HasSubstr("opportunity (course)"),
                    HasSubstr("For: KEN, SEN; Arab States; Offices that plan for a city."), HasSubstr("How to apply")));
  EXPECT_EQ(Hansa({"notices", "list", "--lang", "fr"}).out, "no notice here is like that\n");
  EXPECT_THAT(Hansa({"--lang", "ko", "notices", "list"}).out, HasSubstr("기회"));
  EXPECT_EQ(Hansa({"notices", "list", "--for-us"}).out, "no notice here is like that\n");
  EXPECT_EQ(Json({"notices", "revise", id, "-", "--reason", "shorter"},
                 R"({"title": "Course", "language": "en"})")["revision"],
            2);
  EXPECT_EQ(Json({"notices", "withdraw", id})["title"], "Course");
  EXPECT_EQ(Json({"notices", "list"}).size(), 0u);
  EXPECT_EQ(Hansa({"notices", "add", "news", "-"}, "{}").exit, 2);
}

TEST_F(NoticeCommandsTest, AClusterIsJoinedAndLeftAndThatOneTookPartIsSaidAndTakenBack) {
  const std::string cluster = Json({"clusters", "add", "-"}, node::cli::kClusterExample.example)["id"];
  EXPECT_EQ(Json({"clusters", "list"})[0]["begins_on"], "2027-01-01");
  EXPECT_THAT(Hansa({"clusters", "join", cluster, "--since", "2027-02-01"}).out,
              HasSubstr("joined \"Literacy and reading\": record"));
  EXPECT_THAT(Hansa({"clusters", "join", cluster, "--since", "2027-02-01"}).out, HasSubstr("stands like this already"));
  const Ran taken = Hansa({"took-part", "add", cluster, "--role", "host", "--language", "en", "--people", "3",
                           "--feature", "2.1.3", "--feature", "1.1.1", "--from", "2027-03-04", "--outcome", "A plan."});
  EXPECT_EQ(taken.exit, 0) << taken.err;
  const Ran page = Hansa({"clusters", "show", cluster});
  EXPECT_THAT(page.out, AllOf(HasSubstr("Members that have joined"), HasSubstr("2027-02-01"),
                              HasSubstr("Who took part"), HasSubstr("2027-03-04  host")));
  const json said = Json({"took-part", "list", "--event", cluster});
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0]["participants"], 3);
  EXPECT_EQ(said[0]["features"], json({"1.1.1", "2.1.3"}));
  EXPECT_EQ(said[0]["event"]["title"], "Literacy and reading");
  Json({"took-part", "withdraw", said[0]["id"]});
  EXPECT_EQ(Json({"took-part", "list"}).size(), 0u);
  EXPECT_THAT(Hansa({"clusters", "leave", cluster}).out, HasSubstr("left \"Literacy and reading\""));
  EXPECT_THAT(Hansa({"clusters", "show", cluster}).out, Not(HasSubstr("Members that have joined")));
  EXPECT_EQ(Hansa({"took-part", "add"}).exit, 2) << "in what?";
}

}  // namespace
}  // namespace hansa::testing
