// Signing in and out by HTTP, and who may ask for what.
#include "node/door/sign_in.h"

#include "node/accounts/one_time_code.h"
#include "tests/node/door/sign_in_fixture.h"

namespace hansa::node::door {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(SignInTest, WhoOpensThePageLearnsWhoseNodeItIsAndWhetherTheyAreSignedIn) {
  const json before = Ask("GET", "/session", OwnPage()).Json();
  EXPECT_TRUE(before["account"].is_null());
  EXPECT_EQ(before.count("csrf"), 0U);
  EXPECT_EQ(before["node"]["slug"], "int-uil");
  EXPECT_EQ(before["open"], false);
  EXPECT_EQ(before["has_accounts"], true);
  const json after = Ask("GET", "/session", As("pub")).Json();
  EXPECT_EQ(after["account"]["name"], "pub");
  EXPECT_EQ(after["account"]["role"], "publisher");
  EXPECT_EQ(after["account"]["departments"], json::array());
  EXPECT_EQ(after["csrf"].get<std::string>().size(), 43U);
}

TEST_F(SignInTest, SigningOutEndsTheSessionAndTakesTheCookie) {
  const Heads heads = As("rea");
  const Answered left = Ask("DELETE", "/session", Without(heads, "Content-Type"));
  EXPECT_EQ(left.status, 200);
  EXPECT_THAT(left.heads.at("set-cookie"), HasSubstr("Max-Age=0"));
  EXPECT_TRUE(Ask("GET", "/session", heads).Json()["account"].is_null());
  EXPECT_EQ(Ask("DELETE", "/session", heads).status, 401);
}

TEST_F(SignInTest, ALinkIsOpenedOnceAndSignsIn) {
  const std::string token = Must(reception_->accounts().IssueLink("rea")).token;
  const std::string body = json{{"token", token}, {"password", kOther}}.dump();
  EXPECT_EQ(Ask("POST", "/session/link", OwnPage(), json{{"token", token}, {"password", "short"}}.dump()).status, 400);
  const Heads heads = Signed(Ask("POST", "/session/link", OwnPage(), body), OwnPage());
  EXPECT_EQ(Ask("GET", "/session", heads).Json()["account"]["name"], "rea");
  EXPECT_EQ(Ask("POST", "/session/link", OwnPage(), body).status, 403);
}

TEST_F(SignInTest, AnotherPasswordGoesOnInANewSession) {
  const Heads elsewhere = As("rea");
  const Heads before = As("rea");
  EXPECT_EQ(Ask("POST", "/session/password", before, json{{"old", kOther}, {"new", kOther}}.dump()).status, 403);
  const Heads after =
      Signed(Ask("POST", "/session/password", before, json{{"old", kPassword}, {"new", kOther}}.dump()), OwnPage());
  EXPECT_NE(after.at("Cookie"), before.at("Cookie"));
  EXPECT_TRUE(Ask("GET", "/session", elsewhere).Json()["account"].is_null());
  EXPECT_TRUE(Ask("GET", "/session", before).Json()["account"].is_null());
  EXPECT_EQ(Ask("GET", "/session", after).Json()["account"]["name"], "rea");
}

TEST_F(SignInTest, ACodeIsAskedForAndNoMoreByWhoIsSignedIn) {
  const Heads before = As("rea");
  const std::string password = json{{"password", kPassword}}.dump();
  EXPECT_EQ(Ask("POST", "/session/code", OwnPage(), password).status, 401);
  EXPECT_EQ(Ask("POST", "/session/code", Without(before, "X-Hansa-CSRF"), password).status, 403);
  EXPECT_EQ(Ask("POST", "/session/code", With(before, "Origin", "https://elsewhere.example"), password).status, 403);
  EXPECT_EQ(Ask("POST", "/session/code", before, json{{"password", kOther}}.dump()).status, 403);
  EXPECT_EQ(Ask("POST", "/session/code", before, "{}").status, 400);
  const json offer = Ask("POST", "/session/code", before, password).Json();
  const std::string secret = offer["secret"].get<std::string>();
  EXPECT_THAT(offer["address"].get<std::string>(), HasSubstr(secret));
  const std::string code = accounts::CodeAt(*accounts::FromBase32(secret), accounts::StepAt(now_));
  const Heads after = Signed(Ask("POST", "/session/code", before, json{{"code", code}}.dump()), OwnPage());
  EXPECT_TRUE(Ask("GET", "/session", before).Json()["account"].is_null());
  EXPECT_EQ(Ask("GET", "/session", after).Json()["account"]["has_code"], true);
  EXPECT_EQ(SignsIn("rea", kPassword, OwnPage()).Json()["code"], "failed_precondition");
  EXPECT_EQ(Ask("DELETE", "/session/code", after, json{{"password", kOther}}.dump()).status, 403);
  EXPECT_EQ(Ask("POST", "/session/code", after, password).Json()["code"], "failed_precondition");
  EXPECT_EQ(Ask("DELETE", "/session/code", after, password).Json()["code"], "failed_precondition");
  EXPECT_EQ(Ask("DELETE", "/session/code", after, json{{"password", kPassword}, {"code", code}}.dump()).status, 403);
  const std::string next = accounts::CodeAt(*accounts::FromBase32(secret), accounts::StepAt(now_ + absl::Seconds(30)));
  const std::string both = json{{"password", kPassword}, {"code", next}}.dump();
  EXPECT_EQ(Ask("DELETE", "/session/code", after, both).Json()["account"]["has_code"], false);
  EXPECT_EQ(SignsIn("rea", kPassword, OwnPage()).status, 200);
}

TEST_F(SignInTest, WhatIsNoQuestionIsSaid) {
  for (const std::string body : {"", "x", "[]", "{}", R"({"name": 1, "password": "x"})", R"({"name": "rea"})"}) {
    const Answered refused = Ask("POST", "/session", OwnPage(), body);
    EXPECT_EQ(refused.status, 400) << body;
    EXPECT_EQ(refused.Json()["code"], "invalid_argument");
  }
  EXPECT_EQ(Ask("PUT", "/session", OwnPage()).status, 405);
  EXPECT_EQ(Ask("GET", "/session/link", OwnPage()).status, 405);
  EXPECT_EQ(Ask("DELETE", "/session/password", OwnPage()).status, 405);
}

TEST_F(SignInTest, ASessionOutlivesTheNodesProcess) {
  const Heads heads = As("rea");
  server_->Stop();
  site_.reset();
  reception_.reset();
  reception_ = NewReception();
  Open(false);
  // A cookie is of a port; this server has got another one.
  const std::string cookie = heads.at("Cookie");
  const Heads again = With(OwnPage(), "Cookie", absl::StrCat("hansa-", port_, cookie.substr(cookie.find('='))));
  EXPECT_EQ(Ask("GET", "/session", again).Json()["account"]["name"], "rea");
}

TEST_F(SignInTest, EveryMethodAsksForTheRoleThatItsProtoSays) {
  const std::vector<std::pair<accounts::Role, Heads>> callers = {
      {accounts::Role::kNobody, OwnPage()},        {accounts::Role::kReader, As("rea")},
      {accounts::Role::kEditor, As("edi")},        {accounts::Role::kPublisher, As("pub")},
      {accounts::Role::kAdministrator, As("adm")},
  };
  for (const std::string& method : Methods()) {
    const auto needs = Gateway::NeedsOf(method);
    ASSERT_TRUE(needs.has_value()) << method << " does not say who may call it";
    for (const auto& [role, heads] : callers) {
      const int expected = role >= *needs ? 200 : role == accounts::Role::kNobody ? 401 : 403;
      EXPECT_EQ(Call(method, heads).status, expected) << method << " as " << RoleName(role);
    }
  }
  EXPECT_EQ(Call("NoSuchMethod", callers.back().second).status, 404);
}

TEST_F(SignInTest, WithoutAnAccountOnlyWhatIsPublishedIsShownAndOnlyWhereTheOwnerSaysSo) {
  EXPECT_EQ(Call("ListPractices", OwnPage()).status, 401);
  EXPECT_EQ(Ask("GET", "/data/network.csv", OwnPage()).status, 403);
  Open(true);
  EXPECT_EQ(Ask("GET", "/session", OwnPage()).Json()["open"], true);
  EXPECT_EQ(Call("ListPractices", OwnPage()).status, 200);
  EXPECT_EQ(Call("GetStatus", OwnPage()).status, 401);
  EXPECT_EQ(Call("ShowIndicators", OwnPage()).status, 401) << "it shows drafts";
  EXPECT_NE(Ask("GET", "/data/network.csv", OwnPage()).status, 403);
}

TEST_F(SignInTest, WhatPreparesPublishesOrChangesIsWrittenDown) {
  const Heads own = As("edi");
  Call("ListPractices", own);
  Call("EditIndicator", own);
  Call("PublishIndicators", own);
  EXPECT_THAT(Log(), ElementsAre("edi sign in done", "edi EditIndicator done", "edi PublishIndicators refused"));
}

TEST_F(SignInTest, WhoeverIsBoundToDepartmentsIsHandedOnAsSuch) {
  Must(reception_->accounts().ChangeRole("edi", accounts::Role::kEditor, {"Schools", "도서관"}));
  Call("EditIndicator", As("edi"));
  absl::MutexLock lock(&mutex_);
  EXPECT_THAT(metadata_,
              ::testing::IsSupersetOf({std::pair<std::string, std::string>("hansa-department-bin", "Schools"),
                                       std::pair<std::string, std::string>("hansa-department-bin", "도서관"),
                                       std::pair<std::string, std::string>("hansa-account-bin", "edi")}));
}

}  // namespace
}  // namespace hansa::node::door
