// A site that people sign in to, behind a real server: an account of each role, and a gateway that only says what it
// was asked, since what may be asked by whom is decided before it.
#ifndef HANSA_TESTS_NODE_DOOR_SIGN_IN_FIXTURE_H_
#define HANSA_TESTS_NODE_DOOR_SIGN_IN_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/descriptor.h"
#include "hansa/v1/node.pb.h"
#include "node/accounts/reception.h"
#include "node/catalogue/current.h"
#include "node/door/http_server.h"
#include "node/door/site.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/node/door/http_client.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::door {

using hansa::testing::HttpClient;
using hansa::testing::kCheap;
using hansa::testing::Must;
using nlohmann::json;

inline constexpr char kPassword[] = "a few words together";
inline constexpr char kOther[] = "other words together";
inline constexpr char kName[] = "learning.city.example";

using Heads = std::map<std::string, std::string>;

struct Answered {
  int status = 0;
  Heads heads;  // names in lower case
  std::string body;
  json Json() const { return json::parse(body); }
};

class SignInTest : public ::testing::Test {
 protected:
  SignInTest() {
    testing::AdoptCurrentFramework(network_);
    for (const auto& [name, role] :
         {std::pair("rea", accounts::Role::kReader), std::pair("edi", accounts::Role::kEditor),
          std::pair("pub", accounts::Role::kPublisher), std::pair("adm", accounts::Role::kAdministrator)}) {
      Must(reception_->accounts().Add({.name = name, .role = role}));
      Must(reception_->accounts().SetPassword(name, kPassword));
    }
    Open(false);
  }

  void Open(bool is_open) {
    server_.reset();
    site_ = std::make_unique<Site>(Site::Parts{.node = node_,
                                               .catalogue = catalogue::CurrentCatalogue(),
                                               .views = node_.views(),
                                               .now = [] { return absl::UnixEpoch(); },
                                               .version = "1",
                                               .reception = reception_.get(),
                                               .gateway = &gateway_,
                                               .events = &events_,
                                               .proposals = proposals_.get(),
                                               .csp_reports = &csp_reports_},
                                   SiteOptions{.names = {kName}, .is_open = is_open});
    server_ = Must(HttpServer::Start("127.0.0.1:0", [this](const HttpRequest& asked) { return site_->Answer(asked); }));
    port_ = server_->address().substr(server_->address().rfind(':') + 1);
  }
  std::unique_ptr<accounts::Reception> NewReception() {
    return std::make_unique<accounts::Reception>(
        accounts::Reception::Options{.folder = folder_.path(),
                                     .now = [this] { return now_; },
                                     .told = [](const absl::Status& status) { ADD_FAILURE() << status; },
                                     .cost = kCheap});
  }

  std::unique_ptr<accounts::ProposalBook> NewProposals() {
    return std::make_unique<accounts::ProposalBook>(
        accounts::ProposalBook::Options{.folder = folder_.path(), .now = [this] { return now_; }});
  }

  // What a page of this node sends, by the name of this machine.
  Heads OwnPage() const {
    return {{"Host", "localhost:" + port_},
            {"Origin", "http://localhost:" + port_},
            {"Sec-Fetch-Site", "same-origin"},
            {"Content-Type", "application/json"}};
  }
  // The same, by the name of the proxy.
  static Heads ByProxy() {
    return {{"Host", kName},
            {"Origin", absl::StrCat("https://", kName)},
            {"Sec-Fetch-Site", "same-origin"},
            {"Content-Type", "application/json"},
            {"X-Forwarded-For", "192.0.2.7"}};
  }

  Answered Ask(const std::string& method, const std::string& target, const Heads& heads,
               const std::string& body = "") const {
    std::string request = absl::StrCat(method, " ", target, " HTTP/1.1\r\n");
    for (const auto& [name, value] : heads) absl::StrAppend(&request, name, ": ", value, "\r\n");
    absl::StrAppend(&request, "Content-Length: ", body.size(), "\r\nConnection: close\r\n\r\n", body);
    HttpClient client(server_->address());
    client.Say(request);
    return Read(client.HearAll());
  }
  static Answered Read(const std::string& said) {
    Answered answered;
    const std::pair<std::string, std::string> parts = absl::StrSplit(said, absl::MaxSplits("\r\n\r\n", 1));
    answered.body = parts.second;
    const std::vector<std::string> lines = absl::StrSplit(parts.first, "\r\n");
    for (const std::string& line : lines) {
      const std::pair<std::string, std::string> head = absl::StrSplit(line, absl::MaxSplits(": ", 1));
      answered.heads[absl::AsciiStrToLower(head.first)] = head.second;
    }
    answered.status = said.size() > 12 ? std::atoi(said.c_str() + 9) : 0;
    return answered;
  }

  Answered SignsIn(const std::string& name, const std::string& password, const Heads& heads) const {
    return Ask("POST", "/session", heads, json{{"name", name}, {"password", password}}.dump());
  }
  // The heads of a page whose reader has signed in.
  Heads As(const std::string& name) const { return Signed(SignsIn(name, kPassword, OwnPage()), OwnPage()); }
  static Heads Signed(const Answered& entered, Heads heads) {
    EXPECT_EQ(entered.status, 200) << entered.body;
    const std::string cookie = entered.heads.at("set-cookie");
    heads["Cookie"] = cookie.substr(0, cookie.find(';'));
    heads["X-Hansa-CSRF"] = entered.Json()["csrf"].get<std::string>();
    return heads;
  }
  static Heads Without(Heads heads, const std::string& name) {
    heads.erase(name);
    return heads;
  }
  static Heads With(Heads heads, const std::string& name, const std::string& value) {
    heads[name] = value;
    return heads;
  }
  Answered Call(const std::string& method, const Heads& heads, const std::string& body = "{}") const {
    return Ask("POST", absl::StrCat("/hansa.v1.Node/", method), heads, body);
  }
  std::vector<std::string> Asked() const {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  std::vector<std::string> Log() const {
    std::vector<std::string> lines;
    const accounts::AuditLog log({.folder = folder_.path(), .now = absl::UnixEpoch});
    for (const accounts::AuditLine& line : Must(log.Read(1000))) {
      lines.push_back(absl::StrCat(line.entry.account, " ", line.entry.what, " ", line.entry.result));
    }
    return lines;
  }
  static std::vector<std::string> Methods() {
    std::vector<std::string> names;
    const auto* const service = v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
    for (int i = 0; i < service->method_count(); ++i) names.push_back(service->method(i)->name());
    return names;
  }

  const testing::TempFolder folder_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  std::unique_ptr<accounts::Reception> reception_ = NewReception();
  std::unique_ptr<accounts::ProposalBook> proposals_ = NewProposals();
  testing::Network network_ = testing::Network::Founded();
  testing::FakeNode node_{network_, testing::ApplicantNamed("int-uil", replication::MemberKind::kSecretariat, "INT")};
  mutable absl::Mutex mutex_;
  std::vector<std::string> asked_ ABSL_GUARDED_BY(mutex_);
  std::string bytes_ ABSL_GUARDED_BY(mutex_);              // of the last that was asked
  absl::Status refuses_ ABSL_GUARDED_BY(mutex_);           // what the node answers
  std::vector<std::string> told_ ABSL_GUARDED_BY(mutex_);  // of the content security policy
  std::vector<std::pair<std::string, std::string>> metadata_ ABSL_GUARDED_BY(mutex_);
  const Gateway gateway_{[this](const GatewayQuestion& question) -> absl::StatusOr<std::string> {
    absl::MutexLock lock(&mutex_);
    asked_.push_back(question.method);
    bytes_ = question.bytes;
    metadata_ = question.metadata;
    if (!refuses_.ok()) return refuses_;
    return "";
  }};
  EventHub events_;
  CspReports csp_reports_{{.now = [this] { return now_; },
                           .told =
                               [this](const std::string& line) {
                                 absl::MutexLock lock(&mutex_);
                                 told_.push_back(line);
                               }}};
  std::unique_ptr<Site> site_;
  std::unique_ptr<HttpServer> server_;  // ends first
  std::string port_;
};

}  // namespace hansa::node::door

#endif  // HANSA_TESTS_NODE_DOOR_SIGN_IN_FIXTURE_H_
