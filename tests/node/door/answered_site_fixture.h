// A site with a real service behind its gateway: a city of a network of two, an account of each role, and what is
// published shown to all.
#ifndef HANSA_TESTS_NODE_DOOR_ANSWERED_SITE_FIXTURE_H_
#define HANSA_TESTS_NODE_DOOR_ANSWERED_SITE_FIXTURE_H_

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/accounts/proposal_book.h"
#include "node/accounts/reception.h"
#include "node/api/api_server.h"
#include "node/door/gateway.h"
#include "node/door/site.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::door {

inline const google::protobuf::ServiceDescriptor& NodeService() {
  return *v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
}

inline constexpr char kSitePassword[] = "a few words together";

// Answers as de-bonn.
class AnsweredSiteTest : public ::testing::Test {
 protected:
  AnsweredSiteTest() {
    testing::AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(bonn_, germany_);
    node_.Refresh();
    for (const replication::VerifiedUnit& unit : network_.units()) node_.Receive(unit);
    for (const auto& [name, role] :
         {std::pair("edi", accounts::Role::kEditor), std::pair("pub", accounts::Role::kPublisher),
          std::pair("adm", accounts::Role::kAdministrator)}) {
      testing::Must(reception_.accounts().Add({.name = name, .role = role}));
      testing::Must(reception_.accounts().SetPassword(name, kSitePassword));
    }
    server_ = testing::Must(api::ApiServer::Start({.socket = folder_ / "run/hansa.sock",
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
  HttpResponse Call(const std::string& method, const nlohmann::json& question) const {
    return Ask("POST", absl::StrCat("/hansa.v1.Node/", method), question.dump());
  }
  void SignInAs(const std::string& name) {
    SignOut();
    const nlohmann::json typed = {{"name", name}, {"password", kSitePassword}};
    const HttpResponse entered = Ask("POST", "/session", typed.dump());
    ASSERT_EQ(entered.status, 200) << entered.body;
    for (const auto& [head, value] : entered.headers) {
      if (head == "set-cookie") cookie_ = value.substr(0, value.find(';'));
    }
    csrf_ = nlohmann::json::parse(entered.body)["csrf"];
  }
  void SignOut() {
    cookie_.clear();
    csrf_.clear();
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
  accounts::ProposalBook proposals_{
      {.folder = folder_ / "node", .now = [] { return absl::FromUnixSeconds(1'800'000'000); }}};
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
                    .gateway = &gateway_,
                    .proposals = &proposals_},
                   {.names = {}, .is_open = true}};
  std::string cookie_;
  std::string csrf_;
};

}  // namespace hansa::node::door

#endif  // HANSA_TESTS_NODE_DOOR_ANSWERED_SITE_FIXTURE_H_
