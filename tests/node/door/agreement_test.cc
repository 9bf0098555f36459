// What a second person agrees to is what was looked at: with a real service, what has been revised meanwhile is
// refused, and nothing is published.
#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "node/door/second_person.h"
#include "tests/node/door/answered_site_fixture.h"

namespace hansa::node::door {
namespace {

using hansa::testing::Must;
using nlohmann::json;
using ::testing::HasSubstr;

std::string FileCalled(const std::string& title) {
  return absl::Base64Escape(json{{"title", title}, {"language", "en"}, {"summary", "How it was done."}}.dump());
}

class AgreementTest : public AnsweredSiteTest {
 protected:
  AgreementTest() { SignInAs("pub"); }

  void AskForASecondPerson(bool is_asked) { Must(reception_.accounts().SetFourEyes(is_asked)); }
  // Put forward by whoever is signed in; its number.
  std::string PutForward(const std::string& method, const json& question) {
    const HttpResponse response = Call(method, question);
    EXPECT_EQ(response.status, 409) << response.body;
    for (const auto& [head, value] : response.headers) {
      if (head == kPutForwardHead) return value;
    }
    return "";
  }
  HttpResponse Agree(const std::string& proposal) {
    SignInAs("adm");
    return Ask("POST", absl::StrCat("/proposals/", proposal, "/agree"), "{}");
  }
  std::string Titles(const std::string& id) {
    const json shown = json::parse(Call("GetPractice", {{"id", id}}).body);
    return absl::StrCat(shown["content"]["title"].get<std::string>(), " r", shown["practice"]["revision"].get<int>());
  }
};

TEST_F(AgreementTest, WhatWasRevisedMeanwhileIsNotWrittenOver) {
  const HttpResponse added = Call("AddPractice", {{"file", "p.json"}, {"content", FileCalled("Reading")}});
  ASSERT_EQ(added.status, 200) << added.body;
  const std::string id = json::parse(added.body)["id"];
  const auto revision = [&](const std::string& title, int of_revision) {
    return json{{"id", id}, {"file", "p.json"}, {"content", FileCalled(title)}, {"ofRevision", of_revision}};
  };
  AskForASecondPerson(true);
  const std::string first = PutForward("RevisePractice", revision("Reading aloud", 1));
  const std::string second = PutForward("RevisePractice", revision("Reading at home", 1));
  ASSERT_EQ(Agree(first).status, 200);
  EXPECT_EQ(Titles(id), "Reading aloud r2");
  const std::size_t before = node_.units().size();
  const HttpResponse refused = Agree(second);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(json::parse(refused.body)["code"], "failed_precondition");
  EXPECT_THAT(refused.body, HasSubstr("read revision 2 and decide anew"));
  EXPECT_EQ(node_.units().size(), before) << "nothing was published";
  EXPECT_EQ(Titles(id), "Reading aloud r2");
}

TEST_F(AgreementTest, WithoutASecondPersonARevisionNeedNotSayWhatWasRead) {
  const HttpResponse added = Call("AddPractice", {{"file", "p.json"}, {"content", FileCalled("Reading")}});
  const json question = {
      {"id", json::parse(added.body)["id"]}, {"file", "p.json"}, {"content", FileCalled("Reading aloud")}};
  EXPECT_EQ(Call("RevisePractice", question).status, 200);
  AskForASecondPerson(true);
  const HttpResponse refused = Call("RevisePractice", question);
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("ofRevision"));
}

}  // namespace
}  // namespace hansa::node::door
