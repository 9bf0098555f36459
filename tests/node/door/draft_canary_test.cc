// What a city prepares is shown to nobody who is not signed in, whatever they ask, where the owner shows what is
// published to all. A real service answers behind the gateway.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/accounts/reception.h"
#include "node/api/api_server.h"
#include "node/door/gateway.h"
#include "node/door/site.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::door {
namespace {

using hansa::testing::Must;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

namespace pb = google::protobuf;

constexpr char kCanary[] = "CANARY-7f3a";
constexpr char kCell[] = "1.1.1/adult-literacy-rate#total";
constexpr char kPassword[] = "a few words together";
constexpr int kYear = 2024;

const pb::ServiceDescriptor& Service() {
  return *v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
}

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

class DraftCanaryTest : public ::testing::Test {
 protected:
  DraftCanaryTest() {
    testing::AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(bonn_, germany_);
    node_.Refresh();
    for (const replication::VerifiedUnit& unit : network_.units()) node_.Receive(unit);
    Must(reception_.accounts().Add({.name = "edi", .role = accounts::Role::kEditor}));
    Must(reception_.accounts().SetPassword("edi", kPassword));
    server_ = Must(api::ApiServer::Start({.socket = folder_ / "run/hansa.sock",
                                          .node = node_,
                                          .views = node_.views(),
                                          .catalogue = catalogue::CurrentCatalogue(),
                                          .today_year = [] { return 2026; },
                                          .reception = &reception_}));
  }

  HttpResponse Ask(const std::string& method, const std::string& path, const std::string& body = "") const {
    HttpRequest request{.method = method,
                        .path = path,
                        .query = "",
                        .headers = {{"host", "localhost:8080"},
                                    {"origin", "http://localhost:8080"},
                                    {"sec-fetch-site", "same-origin"},
                                    {"content-type", "application/json"}},
                        .body = body};
    if (!cookie_.empty()) {
      request.headers.emplace_back("cookie", cookie_);
      request.headers.emplace_back("x-hansa-csrf", csrf_);
    }
    return site_.Answer(request);
  }
  HttpResponse Call(const std::string& method, const json& question) const {
    return Ask("POST", absl::StrCat("/hansa.v1.Node/", method), question.dump());
  }
  void SignIn() {
    const HttpResponse entered = Ask("POST", "/session", json{{"name", "edi"}, {"password", kPassword}}.dump());
    ASSERT_EQ(entered.status, 200) << entered.body;
    for (const auto& [name, value] : entered.headers) {
      if (name == "set-cookie") cookie_ = value.substr(0, value.find(';'));
    }
    csrf_ = json::parse(entered.body)["csrf"];
  }
  void SignOut() {
    cookie_.clear();
    csrf_.clear();
  }
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

  const testing::TempFolder folder_;
  testing::Network network_ = testing::Network::Founded();
  testing::Applicant germany_ = testing::AuthorityOf("DEU");
  testing::Applicant bonn_ = testing::CityNamed("de-bonn", "DEU");
  testing::FakeNode node_{network_, bonn_};
  accounts::Reception reception_{{.folder = folder_ / "node",
                                  .now = [] { return absl::FromUnixSeconds(1'800'000'000); },
                                  .told = [](const absl::Status& status) { ADD_FAILURE() << status; },
                                  .cost = testing::kCheap}};
  std::unique_ptr<api::ApiServer> server_;
  const Gateway gateway_{[this](const GatewayQuestion& question) {
    return server_->Ask({.method = question.method,
                         .bytes = question.bytes,
                         .metadata = question.metadata,
                         .patience = question.patience});
  }};
  const Site site_{{.node = node_,
                    .catalogue = catalogue::CurrentCatalogue(),
                    .views = node_.views(),
                    .now = [] { return absl::UnixEpoch(); },
                    .version = "1",
                    .reception = &reception_,
                    .gateway = &gateway_},
                   {.names = {}, .is_open = true}};
  std::string cookie_;
  std::string csrf_;
};

TEST_F(DraftCanaryTest, P2_ADraftIsShownToNobodyWhoIsNotSignedIn) {
  SignIn();
  Draft();
  EXPECT_THAT(Call("ShowIndicators", {{"year", kYear}}).body, HasSubstr(kCanary)) << "its editor sees it";
  SignOut();
  int answered = 0;
  for (int i = 0; i < Service().method_count(); ++i) {
    const pb::MethodDescriptor& method = *Service().method(i);
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

TEST_F(DraftCanaryTest, P2_WhoDidWhatIsWrittenDownWithoutWhatWasTyped) {
  SignIn();
  Draft();
  const std::string log = testing::ReadFile(folder_ / "node/accounts/audit.jsonl");
  EXPECT_THAT(log, HasSubstr("EditIndicator"));
  EXPECT_THAT(log, Not(HasSubstr(kCanary)));
  EXPECT_THAT(log, Not(HasSubstr(kPassword)));
}

TEST_F(DraftCanaryTest, AnEditorOfADepartmentChangesItsCellsAlone) {
  SignIn();
  Draft();
  ASSERT_EQ(Call("AssignCells", {{"part", "1.1.1"}, {"department", "Schools"}}).status, 200);
  Must(reception_.accounts().ChangeRole("edi", accounts::Role::kEditor, {"schools"}));
  SignOut();
  SignIn();
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
