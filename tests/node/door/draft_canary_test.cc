// What a city prepares is shown to nobody who is not signed in, whatever they ask, where the owner shows what is
// published to all. A real service answers behind the gateway.
#include <gmock/gmock.h>

#include "tests/node/door/answered_site_fixture.h"

namespace hansa::node::door {
namespace {

using hansa::testing::Must;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

namespace pb = google::protobuf;

constexpr char kCanary[] = "CANARY-7f3a";
constexpr char kCell[] = "1.1.1/adult-literacy-rate#total";
constexpr int kYear = 2024;

// What a question of that type may plausibly ask of the city and its draft.
json Plausible(const pb::Descriptor& type) {
  json question = json::object();
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    const std::string& name = field.name();
    json value;
    if (field.type() == pb::FieldDescriptor::TYPE_STRING) {
      if (name == "member" || name == "slug" || name == "members") value = "de-bonn";
      if (name == "cell" || name == "cells") value = kCell;
      if (name == "part" || name == "feature") value = "1.1.1";
      if (name == "text" || name == "query" || name == "words") value = kCanary;
    } else if (absl::StrContains(name, "year")) {
      value = kYear;
    }
    if (value.is_null()) continue;
    question[field.json_name()] = field.is_repeated() ? json::array({value}) : value;
  }
  return question;
}

class DraftCanaryTest : public AnsweredSiteTest {
 protected:
  // With the canary in every field that takes words.
  void Draft() {
    json fields = json::array();
    for (const char* const column : {"source", "note", "supplier", "area", "period"}) {
      fields.push_back({{"column", column}, {"text", absl::StrCat(kCanary, " ", column)}});
    }
    fields.push_back({{"column", "value"}, {"text", "97.5"}});
    fields.push_back({{"column", "source_kind"}, {"text", "official_data"}});
    const HttpResponse drafted = Call("EditIndicator", {{"year", kYear}, {"cell", kCell}, {"fields", fields}});
    ASSERT_EQ(drafted.status, 200) << drafted.body;
    ASSERT_TRUE(json::parse(drafted.body)["ok"]) << drafted.body;
  }
};

TEST_F(DraftCanaryTest, P2_ADraftIsShownToNobodyWhoIsNotSignedIn) {
  SignInAs("edi");
  Draft();
  EXPECT_THAT(Call("ShowIndicators", {{"year", kYear}}).body, HasSubstr(kCanary)) << "its editor sees it";
  SignOut();
  int answered = 0;
  for (int i = 0; i < NodeService().method_count(); ++i) {
    const pb::MethodDescriptor& method = *NodeService().method(i);
    for (const json& question : {json::object(), Plausible(*method.input_type())}) {
      const HttpResponse response = Call(method.name(), question);
      // An error may say again what was asked for, and nothing else.
      if (response.status != 200) continue;
      EXPECT_THAT(response.body, Not(HasSubstr(kCanary))) << method.name() << " " << question;
      EXPECT_THAT(response.body, Not(HasSubstr("97.5"))) << method.name() << " " << question;
      ++answered;
    }
  }
  EXPECT_GT(answered, 20) << "much is shown to all";
  for (const std::string path :
       {"/session", "/healthz", "/metrics", "/data/network.csv", "/data/network.jsonl", "/data/de-bonn-2024.csv",
        "/data/de-bonn.csv", "/feeds/network.atom", "/feeds/network.json", "/feeds/de-bonn.atom"}) {
    EXPECT_THAT(Ask("GET", path).body, Not(HasSubstr(kCanary))) << path;
  }
}

TEST_F(DraftCanaryTest, P2_WhatIsPublishedOfACellIsShownToAllAndItsDraftIsNot) {
  const auto publish = [&] {
    const std::string draft = json::parse(Call("CheckIndicators", {{"year", kYear}}).body)["draft"];
    return Call("PublishIndicators", {{"year", kYear}, {"draft", draft}});
  };
  const auto enter = [&](const std::string& value, const std::string& source) {
    const json fields = {{{"column", "value"}, {"text", value}},
                         {{"column", "source"}, {"text", source}},
                         {{"column", "source_kind"}, {"text", "official_data"}}};
    return Call("EditIndicator", {{"year", kYear}, {"cell", kCell}, {"fields", fields}});
  };
  const json question = {{"member", "de-bonn"}};
  SignInAs("pub");
  ASSERT_EQ(enter("93.5", "census").status, 200);
  const HttpResponse published = publish();
  ASSERT_EQ(published.status, 200) << published.body;
  ASSERT_EQ(enter("97.5", kCanary).status, 200);
  for (const bool is_signed_in : {true, false}) {
    if (!is_signed_in) SignOut();
    const json rows = json::parse(Call("ShowPublishedIndicators", question).body)["rows"];
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["source"], "census");
    EXPECT_EQ(rows[0]["published"], true);
    EXPECT_EQ(Call("ShowPublishedIndicators", json::object()).status, 400) << "of no member";
    EXPECT_EQ(Call("ShowPublishedIndicators", {{"member", "de-aachen"}}).status, 404);
    EXPECT_EQ(Call("ShowPublishedIndicators", {{"member", "de-bonn"}, {"year", 2020}}).body, "{}");
    EXPECT_EQ(Call("ShowPublishedIndicators", {{"member", "de-bonn"}, {"part", "2"}}).body, "{}");
    EXPECT_THAT(Call("ShowPublishedIndicators", {{"member", "de-bonn"}, {"part", "1.1.1"}}).body, HasSubstr("census"));
  }
}

TEST_F(DraftCanaryTest, P2_WhoDidWhatIsWrittenDownWithoutWhatWasTyped) {
  SignInAs("edi");
  Draft();
  const std::string log = testing::ReadFile(folder_ / "node/accounts/audit.jsonl");
  EXPECT_THAT(log, HasSubstr("EditIndicator"));
  EXPECT_THAT(log, Not(HasSubstr(kCanary)));
  EXPECT_THAT(log, Not(HasSubstr(kSitePassword)));
}

TEST_F(DraftCanaryTest, AnEditorOfADepartmentChangesItsCellsAlone) {
  SignInAs("edi");
  Draft();
  ASSERT_EQ(Call("AssignCells", {{"part", "1.1.1"}, {"department", "Schools"}}).status, 200);
  Must(reception_.accounts().ChangeRole("edi", accounts::Role::kEditor, {"schools"}));
  SignOut();
  SignInAs("edi");
  Draft();
  const json value = {{{"column", "value"}, {"text", "5.0"}}, {{"column", "source"}, {"text", "register"}}};
  const std::string other = "1.2.2/unemployment-rate#total";
  const HttpResponse refused = Call("EditIndicator", {{"year", kYear}, {"cell", other}, {"fields", value}});
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("another department"));
  EXPECT_EQ(Call("AssignCells", {{"part", "1"}, {"department", "Schools"}}).status, 403);
  EXPECT_EQ(Call("DiscardIndicators", {{"year", kYear}, {"cell", other}}).status, 403);
  EXPECT_EQ(json::parse(Call("DiscardIndicators", {{"year", kYear}}).body)["cells"], "1");
}

}  // namespace
}  // namespace hansa::node::door
