// Before there is a node: an administrator signs in and sets it up.
#include "node/door/setup_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "node/membership/found_network.h"
#include "node/node_folder.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::door {
namespace {

using hansa::testing::Must;
using nlohmann::json;
using ::testing::HasSubstr;

constexpr char kPassword[] = "a few words together";

class SetupSiteTest : public ::testing::Test {
 protected:
  SetupSiteTest() {
    for (const auto& [name, role] :
         {std::pair("adm", accounts::Role::kAdministrator), std::pair("pub", accounts::Role::kPublisher)}) {
      Must(reception_.accounts().Add({.name = name, .role = role}));
      Must(reception_.accounts().SetPassword(name, kPassword));
    }
    charter_ =
        testing::ReadFile(Must(membership::FoundNetwork(
                                   {.name = "Trial", .out = folder_ / "network", .hub = "127.0.0.1:1", .language = ""}))
                              .charter);
  }

  HttpResponse Ask(const std::string& method, const std::string& path, const json& body = json::object()) const {
    HttpRequest request{.method = method,
                        .path = path,
                        .query = "",
                        .headers = {{"host", "localhost:8080"},
                                    {"origin", "http://localhost:8080"},
                                    {"content-type", "application/json"}},
                        .body = body.dump()};
    if (!cookie_.empty()) request.headers.emplace_back("cookie", cookie_);
    if (!csrf_.empty()) request.headers.emplace_back("x-hansa-csrf", csrf_);
    return site_.Answer(request);
  }
  void SignInAs(const std::string& name) {
    const HttpResponse entered = Ask("POST", "/session", {{"name", name}, {"password", kPassword}});
    ASSERT_EQ(entered.status, 200) << entered.body;
    for (const auto& [head, value] : entered.headers) {
      if (head == "set-cookie") cookie_ = value.substr(0, value.find(';'));
    }
    csrf_ = json::parse(entered.body)["csrf"];
  }
  json Osan() const {
    return {{"charter", charter_}, {"kind", "city"}, {"slug", "kr-osan"}, {"name", "오산시"}, {"country", "KOR"}};
  }
  bool IsThere() const { return std::filesystem::exists(NodePaths(folder_ / "node").identity); }

  const testing::TempFolder folder_;
  accounts::Reception reception_{{.folder = folder_ / "node",
                                  .now = [] { return absl::FromUnixSeconds(1'800'000'000); },
                                  .told = [](const absl::Status& status) { ADD_FAILURE() << status; },
                                  .cost = testing::kCheap}};
  int set_up_ = 0;
  const SetupSite site_{
      {.folder = folder_ / "node", .reception = reception_, .set_up = [this] { ++set_up_; }, .names = {}}};
  std::string charter_;
  std::string cookie_;
  std::string csrf_;
};

TEST_F(SetupSiteTest, AnAdministratorSetsTheNodeUp) {
  const json before = json::parse(Ask("GET", "/session").body);
  EXPECT_TRUE(before["node"].is_null());
  EXPECT_TRUE(before["account"].is_null());
  SignInAs("adm");
  const HttpResponse answer = Ask("POST", "/setup", Osan());
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json::parse(answer.body)["member"], "kr-osan");
  EXPECT_EQ(json::parse(answer.body)["network"], "Trial");
  EXPECT_EQ(set_up_, 1);
  EXPECT_EQ(Must(ReadIdentity(NodePaths(folder_ / "node").identity)).name, "오산시");
  EXPECT_EQ(Ask("POST", "/setup", Osan()).status, 200) << "twice is the same as once";
  EXPECT_EQ(set_up_, 1);
  json other = Osan();
  other["slug"] = "kr-suwon";
  EXPECT_EQ(Ask("POST", "/setup", other).status, 400);
  EXPECT_EQ(Must(ReadIdentity(NodePaths(folder_ / "node").identity)).slug, "kr-osan");
}

TEST_F(SetupSiteTest, P17_NobodyElseDoes) {
  EXPECT_EQ(Ask("POST", "/setup", Osan()).status, 401);
  SignInAs("pub");
  EXPECT_EQ(Ask("POST", "/setup", Osan()).status, 403);
  cookie_.clear();
  SignInAs("adm");
  EXPECT_EQ(Ask("GET", "/setup").status, 405);
  const std::string csrf = csrf_;
  csrf_ = "";
  EXPECT_EQ(Ask("POST", "/setup", Osan()).status, 403);
  csrf_ = csrf;
  HttpRequest elsewhere{.method = "POST",
                        .path = "/setup",
                        .query = "",
                        .headers = {{"host", "localhost:8080"},
                                    {"origin", "http://evil.test"},
                                    {"content-type", "application/json"},
                                    {"cookie", cookie_},
                                    {"x-hansa-csrf", csrf_}},
                        .body = Osan().dump()};
  EXPECT_EQ(site_.Answer(elsewhere).status, 403);
  elsewhere.headers[0].second = "evil.test";
  EXPECT_EQ(site_.Answer(elsewhere).status, 421);
  EXPECT_FALSE(IsThere());
  EXPECT_EQ(set_up_, 0);
}

TEST_F(SetupSiteTest, WhatIsMissingOrWrongIsSaidAndNothingIsMade) {
  SignInAs("adm");
  for (const char* const name : {"charter", "kind", "slug", "name", "country"}) {
    json lacking = Osan();
    lacking.erase(name);
    const HttpResponse refused = Ask("POST", "/setup", lacking);
    EXPECT_EQ(refused.status, 400) << name;
    EXPECT_THAT(refused.body, HasSubstr(name));
  }
  for (const auto& [name, value] : {std::pair("kind", "expert"), std::pair("charter", "{}"), std::pair("slug", "Osan"),
                                    std::pair("country", "XX"), std::pair("endpoint", "nowhere")}) {
    json wrong = Osan();
    wrong[name] = value;
    EXPECT_EQ(Ask("POST", "/setup", wrong).status, 400) << name;
  }
  EXPECT_FALSE(IsThere());
}

TEST_F(SetupSiteTest, EverythingElseSaysThatThereIsNoNodeYet) {
  for (const std::string path : {"/hansa.v1.Node/GetStatus", "/data/network.csv", "/metrics", "/events"}) {
    EXPECT_EQ(Ask("POST", path).status, 503) << path;
    EXPECT_THAT(Ask("GET", path).body, HasSubstr("not set up yet")) << path;
  }
}

}  // namespace
}  // namespace hansa::node::door
