// Hooks as people type them: a node in memory behind the real API, and a receiver in memory.
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "node/api/api_server.h"
#include "node/webhooks/webhook_office.h"
#include "tests/node/cli/cli_run.h"
#include "tests/node/webhooks/fake_post.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class WebhookCommandsTest : public ::testing::Test {
 protected:
  WebhookCommandsTest() {
    AdoptCurrentFramework(network_);
    auto testing = std::make_unique<FakePost>();
    receiver_ = testing.get();
    office_ = Must(node::webhooks::WebhookOffice::Start({.node = node_,
                                                         .catalogue = node::catalogue::CurrentCatalogue(),
                                                         .views = node_.views(),
                                                         .sending = std::make_unique<FakePost>(),
                                                         .testing = std::move(testing),
                                                         .now = absl::Now,
                                                         .told = [](const node::webhooks::Trouble&) {}}));
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = node_,
                                                .views = node_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; },
                                                .webhooks = &office_->desk()}));
  }

  Ran Hansa(std::vector<std::string> words) {
    words.insert(words.end(), {"--socket", socket_});
    return RunHansa(words);
  }
  json Json(std::vector<std::string> words) {
    words.push_back("--json");
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return json::parse(ran.out);
  }

  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  Network network_ = Network::Founded();
  FakeNode node_{network_, ApplicantNamed("int-uil", replication::MemberKind::kSecretariat, "INT")};
  FakePost* receiver_ = nullptr;
  std::unique_ptr<node::webhooks::WebhookOffice> office_;
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(WebhookCommandsTest, AHookIsAddedListedTriedGivenANewSecretAndRemoved) {
  EXPECT_EQ(Hansa({"webhooks", "list"}).out, "this node has no hooks\n");
  const Ran added =
      Hansa({"webhooks", "add", "https://example.org/h", "--on", "practices", "--on", "offers", "--quiet"});
  EXPECT_EQ(added.exit, 0) << added.err;
  EXPECT_THAT(added.out, AllOf(HasSubstr("is told from now on: offers, practices"), HasSubstr("\nwhsec_")));
  const json list = Json({"webhooks", "list"});
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0]["url"], "https://example.org/h");
  EXPECT_EQ(list[0]["state"], "delivering");
  EXPECT_EQ(list[0]["on"], json({"offers", "practices"}));
  EXPECT_TRUE(list[0]["last_delivered"].is_null() && list[0]["last_error"].is_null());
  EXPECT_EQ(list[0].count("secret"), 0u);
  const std::string id = list[0]["id"];

  EXPECT_EQ(Hansa({"webhooks", "test", id}).out, "the test was taken\n");
  receiver_->AnswerWith({.status = 404});
  const Ran failed = Hansa({"webhooks", "test", id, "--json"});
  EXPECT_EQ(failed.exit, 1);
  EXPECT_EQ(json::parse(failed.out)["why_not"], "the receiver answered 404");
  EXPECT_THAT(Hansa({"--lang", "ko", "webhooks", "test", id}).err, HasSubstr("받는 쪽이 404(으)로 답했습니다"));

  const std::string secret = Json({"webhooks", "secret", id, "--rotate"})["secret"];
  EXPECT_THAT(secret, ::testing::StartsWith("whsec_"));
  EXPECT_THAT(added.out, Not(HasSubstr(secret)));
  EXPECT_EQ(Hansa({"webhooks", "secret", id}).exit, 2);
  EXPECT_EQ(Json({"webhooks", "remove", id})["removed"], true);
  EXPECT_EQ(Hansa({"webhooks", "remove", id}).exit, 3);
}

TEST_F(WebhookCommandsTest, WhatCannotBeToldIsRefused) {
  const Ran clear = Hansa({"webhooks", "add", "http://192.0.2.1/"});
  EXPECT_EQ(clear.exit, 2);
  EXPECT_THAT(clear.err, AllOf(IsOneErrorLine(), HasSubstr("use https")));
  EXPECT_EQ(Hansa({"webhooks", "add", "https://example.org/", "--topic", "2.1.3"}).exit, 4);
}

}  // namespace
}  // namespace hansa::testing
