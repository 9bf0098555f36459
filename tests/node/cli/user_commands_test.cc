// Accounts as people type them: through a node that runs, and on a folder whose node does not.
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "node/accounts/reception.h"
#include "node/api/api_server.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kPassword[] = "a few words together";

class UserCommandsTest : public ::testing::Test {
 protected:
  Ran Hansa(std::vector<std::string> words, const std::string& in = "") {
    words.insert(words.end(), {"--data", folder_ / "node"});
    return RunHansa(words, {.in = in});
  }
  json Json(std::vector<std::string> words) {
    words.push_back("--json");
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return json::parse(ran.out);
  }
  // A node runs on the folder from now on.
  void StartNode() {
    AdoptCurrentFramework(network_);
    std::filesystem::create_directory(folder_ / "node");
    std::filesystem::permissions(folder_ / "node", std::filesystem::perms::owner_all);
    reception_ = std::make_unique<node::accounts::Reception>(node::accounts::Reception::Options{
        .folder = folder_ / "node", .now = absl::Now, .told = [](const absl::Status&) {}, .cost = kCheap});
    server_ = Must(node::api::ApiServer::Start({.socket = folder_ / "node/run/hansa.sock",
                                                .node = node_,
                                                .views = node_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; },
                                                .reception = reception_.get()}));
  }

  TempFolder folder_;
  Network network_ = Network::Founded();
  FakeNode node_{network_, ApplicantNamed("int-uil", replication::MemberKind::kSecretariat, "INT")};
  std::unique_ptr<node::accounts::Reception> reception_;
  std::unique_ptr<node::api::ApiServer> server_;
};

// With and without a node the same is said.
class UserCommandsEitherWayTest : public UserCommandsTest, public ::testing::WithParamInterface<bool> {
 protected:
  UserCommandsEitherWayTest() {
    if (GetParam()) StartNode();
  }
};
INSTANTIATE_TEST_SUITE_P(WithANodeAndWithout, UserCommandsEitherWayTest, ::testing::Bool());

TEST_P(UserCommandsEitherWayTest, AnAccountIsAddedListedLinkedChangedAndRemoved) {
  EXPECT_THAT(Hansa({"user", "list"}).out, HasSubstr("nobody has an account here"));
  const Ran added = Hansa({"user", "add", "kim", "--role", "editor", "--department", "Schools"});
  EXPECT_EQ(added.exit, 0) << added.err;
  EXPECT_EQ(added.out, "added kim as editor\nnext: hansa user link 'kim'\n");
  EXPECT_EQ(Hansa({"user", "add", "KIM", "--role", "reader"}).exit, 4);
  const json list = Json({"user", "list"});
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["name"], "kim");
  EXPECT_EQ(list[0]["role"], "editor");
  EXPECT_EQ(list[0]["departments"], json({"Schools"}));
  EXPECT_TRUE(list[0]["password_chosen"].is_null() && list[0]["link_until"].is_null());

  const std::string link = Json({"user", "link", "kim", "--url", "https://learning.city.example/"})["link"];
  EXPECT_THAT(link, StartsWith("https://learning.city.example/link#"));
  EXPECT_FALSE(Json({"user", "list"})[0]["link_until"].is_null());
  EXPECT_THAT(Hansa({"user", "list"}).out, AllOf(HasSubstr("a link, until"), Not(HasSubstr(link.substr(35)))));

  EXPECT_EQ(Json({"user", "role", "kim", "publisher"})["role"], "publisher");
  EXPECT_EQ(Json({"user", "list"})[0]["departments"], json::array());
  EXPECT_EQ(Hansa({"user", "remove", "kim"}).out, "removed kim; their sessions have ended\n");
  EXPECT_EQ(Json({"user", "list"}), json::array());
  EXPECT_EQ(Hansa({"user", "link", "kim"}).exit, 3);
  EXPECT_EQ(Hansa({"user", "role", "kim", "reader"}).exit, 3);
  EXPECT_EQ(Hansa({"user", "remove", "kim"}).exit, 3);

  const json log = Json({"audit", "log"});
  std::vector<std::string> done;
  for (const json& line : log) {
    EXPECT_EQ(line["through"], "command");
    EXPECT_EQ(line["about"], "kim");
    EXPECT_EQ(line["follows"], true);
    done.push_back(line["what"]);
  }
  EXPECT_THAT(done, ::testing::ElementsAre("add account", "issue link", "change account", "remove account"));
}

TEST_P(UserCommandsEitherWayTest, WhatBreaksARuleIsSaidAndNothingChanged) {
  EXPECT_EQ(Hansa({"user", "add", "kim"}).exit, 2) << "no role";
  const Ran no_role = Hansa({"user", "add", "kim", "--role", "boss"});
  EXPECT_EQ(no_role.exit, 2);
  EXPECT_THAT(no_role.err, AllOf(IsOneErrorLine(), HasSubstr("reader, editor, publisher or administrator")));
  EXPECT_EQ(Hansa({"user", "add", "kim", "--role", "reader", "--department", "Schools"}).exit, 2);
  EXPECT_EQ(Hansa({"user", "link", "kim", "--url", "learning.city.example"}).exit, 2);
  EXPECT_EQ(Json({"user", "list"}), json::array());
}

TEST_P(UserCommandsEitherWayTest, APasswordIsTakenFromStandardInputAndShownNowhere) {
  Hansa({"user", "add", "kim", "--role", "administrator"});
  const Ran shorter = Hansa({"user", "passwd", "kim"}, "short\n");
  EXPECT_EQ(shorter.exit, 2);
  EXPECT_THAT(shorter.err, HasSubstr("at least 12 characters"));
  const Ran chosen = Hansa({"user", "passwd", "Kim"}, absl::StrCat(kPassword, "\n"));
  EXPECT_EQ(chosen.exit, 0) << chosen.err;
  EXPECT_THAT(chosen.out + chosen.err, Not(HasSubstr(kPassword)));
  EXPECT_FALSE(Json({"user", "list"})[0]["password_chosen"].is_null());
  node::accounts::AccountBook book({.folder = folder_ / "node", .now = absl::Now});
  EXPECT_TRUE(Must(book.Check("kim", kPassword)).has_value());
  EXPECT_EQ(Hansa({"user", "passwd", "lee"}, absl::StrCat(kPassword, "\n")).exit, 3);
  EXPECT_THAT(Hansa({"audit", "log", "--lines", "1"}).out, AllOf(HasSubstr("set password"), Not(HasSubstr("add"))));
}

TEST_P(UserCommandsEitherWayTest, ACodeIsAskedForAndNotAnyMore) {
  Hansa({"user", "add", "kim", "--role", "administrator"});
  const json codes = Json({"user", "code", "kim"});
  EXPECT_EQ(codes["secret"].get<std::string>().size(), 32U);
  EXPECT_THAT(codes["address"], AllOf(StartsWith("otpauth://totp/Hansa:kim?"), HasSubstr(codes["secret"])));
  node::accounts::AccountBook book({.folder = folder_ / "node", .now = absl::Now});
  EXPECT_EQ(Must(book.Find("kim")).code_secret, codes["secret"]);
  EXPECT_THAT(Hansa({"user", "list"}).out, Not(HasSubstr(codes["secret"])));
  EXPECT_THAT(Hansa({"user", "list"}).out, HasSubstr("nothing yet"));
  EXPECT_EQ(Json({"user", "list"})[0]["has_code"], true);
  EXPECT_TRUE(Json({"user", "code", "kim", "--off"})["secret"].is_null());
  EXPECT_EQ(Hansa({"user", "code", "kim", "--off"}).exit, 4) << "no code is asked of it any more";
  EXPECT_EQ(Must(book.Find("kim")).code_secret, "");
  EXPECT_EQ(Hansa({"user", "code", "lee"}).exit, 3);
}

TEST_P(UserCommandsEitherWayTest, ASecondPersonIsAskedForAndNotAnyMore) {
  Hansa({"user", "add", "kim", "--role", "administrator"});
  EXPECT_EQ(Hansa({"user", "four-eyes", "on"}).exit, 4) << "there is no second person";
  Hansa({"user", "add", "lee", "--role", "publisher"});
  EXPECT_EQ(Hansa({"user", "four-eyes", "perhaps"}).exit, 2);
  EXPECT_EQ(Hansa({"user", "four-eyes", "on"}).exit, 4) << "neither has a password";
  node::accounts::AccountBook book({.folder = folder_ / "node", .now = absl::Now});
  for (const char* const name : {"kim", "lee"}) Must(book.SetPassword(name, kPassword));
  EXPECT_THAT(Hansa({"user", "four-eyes", "on"}).out, HasSubstr("until another one agrees"));
  EXPECT_TRUE(Must(book.FourEyes()));
  EXPECT_THAT(Hansa({"user", "list"}).out, HasSubstr("waits until another agrees"));
  EXPECT_EQ(Json({"user", "four-eyes", "off"})["four_eyes"], false);
  EXPECT_FALSE(Must(book.FourEyes()));
  EXPECT_EQ(Json({"audit", "log", "--lines", "1"})[0]["what"], "ask for no second person");
}

TEST_F(UserCommandsTest, ALinkBeginsWhereTheRunningNodeHasItsPage) {
  StartNode();
  Hansa({"user", "add", "kim", "--role", "reader"});
  EXPECT_THAT(Hansa({"user", "link", "kim"}).out, HasSubstr("hansad --http")) << "it has none";
  WriteFile(folder_ / "node/run/endpoints.json", "{\"http\": \"127.0.0.1:8080\"}");
  EXPECT_THAT(Hansa({"user", "link", "kim"}).out, HasSubstr("\nhttp://127.0.0.1:8080/link#"));
  const std::string link = Json({"user", "link", "kim"})["link"];
  const std::string token = link.substr(link.find('#') + 1);
  EXPECT_TRUE(reception_->SignInByLink(token, kPassword, "").signed_in.ok()) << "the node takes it";
}

TEST_F(UserCommandsTest, ASessionEndsOnceTheCommandLineTakesItsAccountAway) {
  Hansa({"user", "add", "kim", "--role", "reader"});
  StartNode();
  const std::string link = Json({"user", "link", "kim"})["link"];
  const auto signed_in = Must(reception_->SignInByLink(link.substr(link.find('#') + 1), kPassword, "").signed_in);
  EXPECT_TRUE(reception_->AccountOf(signed_in.session.token).has_value());
  // On the folder itself, while the node runs.
  EXPECT_EQ(Hansa({"user", "passwd", "kim"}, "quite other words\n").exit, 0);
  EXPECT_FALSE(reception_->AccountOf(signed_in.session.token).has_value());
}

TEST_F(UserCommandsTest, ItIsSaidInKoreanToo) {
  EXPECT_THAT(Hansa({"--lang", "ko", "user", "add", "김지영", "--role", "publisher"}).out, HasSubstr("발행자"));
  EXPECT_THAT(Hansa({"--lang", "ko", "user", "list"}).out, AllOf(HasSubstr("김지영"), HasSubstr("발행자")));
  EXPECT_THAT(Hansa({"--lang", "ko", "audit", "log"}).out, HasSubstr("계정 추가"));
}

TEST_F(UserCommandsTest, ANodeThatIsElsewhereIsNotReplacedByAFolder) {
  const Ran ran = RunHansa({"user", "add", "kim", "--role", "reader", "--socket", folder_ / "none.sock"});
  EXPECT_EQ(ran.exit, 5);
}

}  // namespace
}  // namespace hansa::testing
