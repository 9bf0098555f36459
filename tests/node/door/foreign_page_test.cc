// Everything that a page elsewhere, a planted cookie or a guesser might try at a node's own page.
#include "node/door/same_origin.h"

#include "tests/node/door/sign_in_fixture.h"

namespace hansa::node::door {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using ForeignPageTest = SignInTest;

TEST_F(ForeignPageTest, P17_CookiesAreKeptFromScriptsFromOtherPagesAndFromPlainLines) {
  const std::string by_proxy = SignsIn("rea", kPassword, ByProxy()).heads.at("set-cookie");
  EXPECT_THAT(by_proxy, StartsWith("__Host-hansa="));
  EXPECT_THAT(absl::StrSplit(by_proxy.substr(by_proxy.find(';') + 2), "; "),
              ::testing::UnorderedElementsAre("Path=/", "HttpOnly", "SameSite=Strict", "Secure"));
  const std::string here = SignsIn("rea", kPassword, OwnPage()).heads.at("set-cookie");
  EXPECT_THAT(here, StartsWith(absl::StrCat("hansa-", port_, "=")));
  EXPECT_THAT(absl::StrSplit(here.substr(here.find(';') + 2), "; "),
              ::testing::UnorderedElementsAre("Path=/", "HttpOnly", "SameSite=Strict"));
  EXPECT_GE(here.substr(here.find('=') + 1, here.find(';') - here.find('=') - 1).size(), 43U);
}

TEST_F(ForeignPageTest, P17_APageElsewhereCanNeitherSignInNorAskNorChangeAnything) {
  const Heads own = As("adm");
  const std::string there = "http://localhost:" + port_;
  const std::vector<Heads> elsewhere = {
      With(own, "Sec-Fetch-Site", "cross-site"),
      With(own, "Sec-Fetch-Site", "same-site"),
      With(own, "Sec-Fetch-Site", "none"),
      With(own, "Origin", "null"),
      With(own, "Origin", "http://evil.test"),
      With(own, "Origin", "https://localhost:" + port_),
      With(own, "Origin", "http://localhost"),
      With(own, "Origin", "http://127.0.0.1:" + port_),
      With(Without(own, "Sec-Fetch-Site"), "Origin", "null"),
      With(Without(own, "Sec-Fetch-Site"), "Origin", there + ".evil.test"),
      Without(Without(own, "Sec-Fetch-Site"), "Origin"),
  };
  const std::string body = json{{"name", "adm"}, {"password", kPassword}, {"old", kPassword}, {"new", kOther}}.dump();
  for (const Heads& heads : elsewhere) {
    const std::string what = absl::StrCat(heads.count("Origin") ? heads.at("Origin") : "-", " ",
                                          heads.count("Sec-Fetch-Site") ? heads.at("Sec-Fetch-Site") : "-");
    EXPECT_EQ(Ask("POST", "/session", heads, body).status, 403) << what;
    EXPECT_EQ(Ask("POST", "/session/password", heads, body).status, 403) << what;
    EXPECT_EQ(Ask("POST", "/session/code", heads, body).status, 403) << what;
    EXPECT_EQ(Ask("DELETE", "/session/code", heads, body).status, 403) << what;
    EXPECT_EQ(Ask("POST", "/proposals/0123456789abcdef/agree", heads, "{}").status, 403) << what;
    EXPECT_EQ(Ask("DELETE", "/proposals/0123456789abcdef", heads).status, 403) << what;
    EXPECT_EQ(Ask("DELETE", "/session", heads).status, 403) << what;
    EXPECT_EQ(Call("GetStatus", heads).status, 403) << what;
    EXPECT_EQ(Call("PublishIndicators", heads).status, 403) << what;
  }
  EXPECT_THAT(Asked(), IsEmpty());
  EXPECT_EQ(Ask("GET", "/session", own).Json()["account"]["name"], "adm") << "and the session stands";
  EXPECT_EQ(Call("GetStatus", own).status, 200);
  // Browsers that say one of the two alone.
  EXPECT_EQ(Call("GetStatus", Without(own, "Sec-Fetch-Site")).status, 200);
  EXPECT_EQ(Call("GetStatus", Without(own, "Origin")).status, 200);
}

TEST_F(ForeignPageTest, P17_AFormElsewhereCannotBeSentHere) {
  const Heads own = As("adm");
  for (const std::string type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                                 "text/plain; application/json", "application/jsonx"}) {
    EXPECT_EQ(Call("PublishIndicators", With(own, "Content-Type", type)).status, 400) << type;
    EXPECT_EQ(Ask("POST", "/session", With(OwnPage(), "Content-Type", type),
                  json{{"name", "adm"}, {"password", kPassword}}.dump())
                  .status,
              400)
        << type;
  }
  EXPECT_EQ(Call("PublishIndicators", Without(own, "Content-Type")).status, 400);
  EXPECT_THAT(Asked(), IsEmpty());
  EXPECT_EQ(Call("PublishIndicators", With(own, "Content-Type", "application/json; charset=utf-8")).status, 200);
}

TEST_F(ForeignPageTest, P17_WithACookieAloneNothingIsAskedOrChanged) {
  const Heads own = As("adm");
  const std::string of_another = As("adm").at("X-Hansa-CSRF");
  for (const Heads& heads :
       {Without(own, "X-Hansa-CSRF"), With(own, "X-Hansa-CSRF", ""), With(own, "X-Hansa-CSRF", of_another),
        With(own, "X-Hansa-CSRF", own.at("X-Hansa-CSRF").substr(1))}) {
    for (const std::string method : {"GetStatus", "PublishIndicators", "RemoveAccount"}) {
      EXPECT_EQ(Call(method, heads).status, 403) << method;
    }
    EXPECT_EQ(Ask("DELETE", "/session", heads).status, 403);
    EXPECT_EQ(Ask("POST", "/session/password", heads, json{{"old", kPassword}, {"new", kOther}}.dump()).status, 403);
  }
  EXPECT_THAT(Asked(), IsEmpty());
}

TEST_F(ForeignPageTest, P17_NoGetChangesAnything) {
  const Heads own = As("adm");
  const std::string kept = testing::ReadFile(folder_ / "accounts/accounts.json");
  const std::size_t written = Log().size();
  for (const std::string& method : Methods()) {
    for (const std::string verb : {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
      EXPECT_EQ(
          Ask(verb, absl::StrCat("/hansa.v1.Node/", method, "?connect=v1&encoding=json&message=%7B%7D"), own).status,
          405)
          << verb << " " << method;
    }
  }
  for (const std::string path : {"/session/link", "/session/password"}) EXPECT_EQ(Ask("GET", path, own).status, 405);
  for (const std::string path : {"/", "/session", "/healthz", "/metrics", "/data/network.csv", "/feeds/network.atom",
                                 "/openapi.json", "/link", "/hansa.v1.Node/", "/hansa.v1.Replication/X"}) {
    EXPECT_NE(Ask("GET", path, own).status, 500) << path;
  }
  EXPECT_THAT(Asked(), IsEmpty());
  EXPECT_EQ(testing::ReadFile(folder_ / "accounts/accounts.json"), kept);
  EXPECT_EQ(Log().size(), written);
}

TEST_F(ForeignPageTest, P17_ASessionThatSomebodyElseChoseIsNotTaken) {
  // One that never was, and one of the attacker's own.
  const Heads attacker = As("rea");
  for (const std::string& planted :
       {absl::StrCat("hansa-", port_, "=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), attacker.at("Cookie")}) {
    const Heads victim = Signed(SignsIn("adm", kPassword, With(OwnPage(), "Cookie", planted)), OwnPage());
    EXPECT_NE(victim.at("Cookie"), planted);
    EXPECT_EQ(Ask("GET", "/session", victim).Json()["account"]["name"], "adm");
    const json of_planted = Ask("GET", "/session", With(OwnPage(), "Cookie", planted)).Json();
    EXPECT_TRUE(of_planted["account"].is_null()) << "what was planted is worth nothing from then on";
  }
  const Heads own = As("adm");
  const Heads twice = With(own, "Cookie", absl::StrCat(own.at("Cookie"), "; ", attacker.at("Cookie")));
  EXPECT_TRUE(Ask("GET", "/session", twice).Json()["account"].is_null()) << "nobody knows which is whose";
}

TEST_F(ForeignPageTest, P17_ACookieCountsOnlyWhereThePageItselfAsks) {
  const Heads own = As("adm");
  for (const std::string site : {"cross-site", "same-site"}) {
    const Answered answered = Ask("GET", "/session", With(own, "Sec-Fetch-Site", site));
    EXPECT_TRUE(answered.Json()["account"].is_null()) << site;
    EXPECT_EQ(answered.Json().count("csrf"), 0U) << site;
    EXPECT_EQ(Ask("GET", "/data/network.csv", With(own, "Sec-Fetch-Site", site)).status, 403) << site;
  }
  EXPECT_NE(Ask("GET", "/data/network.csv", own).status, 403) << "a link of the page itself";
  EXPECT_NE(Ask("GET", "/data/network.csv", With(own, "Sec-Fetch-Site", "none")).status, 403) << "typed by hand";
}

TEST_F(ForeignPageTest, P17_OtherNamesAndWholeAddressesAreNotAnswered) {
  const Heads own = As("adm");
  for (const std::string& host : {std::string("evil.test"), absl::StrCat("evil.test:", port_), std::string("[::2]"),
                                  std::string("localhost.evil.test"), std::string(kName) + ".evil.test"}) {
    EXPECT_EQ(Ask("GET", "/session", With(own, "Host", host)).status, 421) << host;
    EXPECT_EQ(Call("GetStatus", With(own, "Host", host)).status, 421) << host;
  }
  // A target that names another host than the head does, and two heads.
  EXPECT_NE(Ask("GET", "http://evil.test/session", own).status, 200);
  EXPECT_NE(Ask("POST", "http://evil.test/hansa.v1.Node/GetStatus", own, "{}").status, 200);
  HttpClient client(server_->address());
  client.Say(absl::StrCat("GET /session HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\nConnection: close\r\n\r\n"));
  EXPECT_NE(Read(client.HearAll()).status, 200);
  EXPECT_THAT(Asked(), IsEmpty());
  EXPECT_EQ(Ask("GET", "/session", With(Without(own, "Origin"), "Host", absl::StrCat("[::1]:", port_))).status, 200);
}

TEST_F(ForeignPageTest, P17_WhoeverComesThroughAProxyIsNotOnThisMachine) {
  EXPECT_EQ(Ask("GET", "/metrics", With(OwnPage(), "X-Forwarded-For", "192.0.2.7")).status, 421);
  EXPECT_EQ(Ask("GET", "/metrics", With(OwnPage(), "Forwarded", "for=192.0.2.7")).status, 421);
  EXPECT_EQ(Ask("GET", "/metrics", OwnPage()).status, 200);
  EXPECT_NE(Ask("GET", "/metrics", ByProxy()).status, 200);
  EXPECT_EQ(Ask("GET", "/session", ByProxy()).status, 200);
}

TEST_F(ForeignPageTest, P17_NoAnswerMayBeFramedReadElsewhereOrKept) {
  const Heads own = As("adm");
  const std::vector<Answered> answers = {
      Ask("GET", "/session", own),
      Ask("GET", "/", own),
      Call("GetStatus", own),
      Call("GetStatus", Without(own, "Cookie")),
      SignsIn("adm", kOther, OwnPage()),
      Ask("GET", "/session", With(own, "Host", "evil.test")),
      Ask("OPTIONS", "/hansa.v1.Node/GetStatus", With(own, "Access-Control-Request-Method", "POST"))};
  for (Answered answer : answers) {
    EXPECT_THAT(answer.heads["content-security-policy"],
                AllOf(HasSubstr("default-src 'none'"), HasSubstr("frame-ancestors 'none'")));
    EXPECT_EQ(answer.heads["x-content-type-options"], "nosniff");
    EXPECT_EQ(answer.heads["cross-origin-resource-policy"], "same-origin");
    EXPECT_EQ(answer.heads["cross-origin-opener-policy"], "same-origin");
    EXPECT_EQ(answer.heads["referrer-policy"], "no-referrer");
    for (const auto& [name, value] : answer.heads) EXPECT_THAT(name, Not(StartsWith("access-control")));
  }
  EXPECT_EQ(answers[0].heads.at("cache-control"), "no-store");
  EXPECT_EQ(answers[2].heads.at("cache-control"), "no-store");
}

TEST_F(ForeignPageTest, P17_PathsLeadNowhereElse) {
  const Heads own = As("adm");
  testing::WriteFile(folder_ / "canary", "CANARY");
  for (const std::string path :
       {"/../canary", "/data/../../canary", "/..%2f..%2fcanary", "/%2e%2e/%2e%2e/etc/passwd", "/data/..%5c..%5ccanary",
        "//etc/passwd", "/session/../hansa.v1.Node/GetStatus", "/hansa.v1.Node/../session", "/assets/../../canary",
        "/hansa.v1.Node/GetStatus/", "/hansa.v1.Node/Get%53tatus", "/hansa.v1.Node/getstatus"}) {
    for (const std::string method : {"GET", "POST"}) {
      const Answered answered = Ask(method, path, own, method == "POST" ? "{}" : "");
      EXPECT_THAT(answered.body, AllOf(Not(HasSubstr("CANARY")), Not(HasSubstr("root:")))) << path;
    }
  }
  EXPECT_THAT(Asked(), IsEmpty());
}

TEST_F(ForeignPageTest, P17_WhoeverGuessesWaitsAndIsToldHowLong) {
  for (int i = 0; i < accounts::kTriesFree; ++i) {
    const Answered wrong = SignsIn("adm", kOther, With(ByProxy(), "X-Forwarded-For", absl::StrCat("192.0.2.", i)));
    EXPECT_EQ(wrong.status, 403);
    EXPECT_EQ(wrong.heads.count("set-cookie"), 0U);
  }
  const Answered waits = SignsIn("adm", kPassword, With(OwnPage(), "Accept-Language", "ko"));
  EXPECT_EQ(waits.status, 429);
  EXPECT_EQ(waits.heads.at("retry-after"), "61");
  EXPECT_THAT(waits.Json()["message"].get<std::string>(), HasSubstr("1분 뒤에"));
  EXPECT_EQ(waits.heads.count("set-cookie"), 0U);
  now_ += accounts::kTryWaitFirst;
  EXPECT_EQ(SignsIn("adm", kPassword, OwnPage()).status, 200);
}

TEST_F(ForeignPageTest, P17_AnAddressThatACallerMadeUpIsNotBelieved) {
  for (int i = 0; i < accounts::kTriesFree; ++i) {
    // The proxy adds what it saw behind what the caller wrote.
    SignsIn(absl::StrCat("name", i), kOther,
            With(ByProxy(), "X-Forwarded-For", absl::StrCat("203.0.113.", i, ", 192.0.2.7")));
  }
  EXPECT_EQ(SignsIn("adm", kPassword, With(ByProxy(), "X-Forwarded-For", "203.0.113.99, 192.0.2.7")).status, 429);
  EXPECT_EQ(SignsIn("adm", kPassword, With(ByProxy(), "X-Forwarded-For", "192.0.2.8")).status, 200);
}

}  // namespace
}  // namespace hansa::node::door
