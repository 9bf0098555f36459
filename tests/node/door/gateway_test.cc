// hansa.v1.Node by HTTP, without a node behind it: what a request becomes, and what becomes of the reply.
#include "node/door/gateway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/caller_metadata.h"
#include "node/words/words.h"

namespace hansa::node::door {
namespace {

using accounts::Role;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using Json = nlohmann::json;

// A sentence that nodes say of a neighbour, and one that no member wrote.
constexpr char kSaid[] = "the disk refuses what is written";

class GatewayTest : public ::testing::Test {
 protected:
  HttpResponse Ask(const std::string& method, const std::string& body, const std::string& type = "application/json") {
    return Ask({.method = "POST",
                .path = absl::StrCat(kGatewayPath, method),
                .query = "",
                .headers = {{"content-type", type}},
                .body = body});
  }
  HttpResponse Ask(const HttpRequest& request) {
    const Gateway gateway([this](const GatewayQuestion& question) -> absl::StatusOr<std::string> {
      asked_ = question;
      return reply_;
    });
    return gateway.Answer(request, caller_);
  }
  std::string MessageOf(const HttpResponse& response) { return Json::parse(response.body).at("message"); }
  std::string CodeOf(const HttpResponse& response) { return Json::parse(response.body).at("code"); }

  Caller caller_ = {.role = Role::kAdministrator, .account = "park"};
  absl::StatusOr<std::string> reply_ = "";
  std::optional<GatewayQuestion> asked_;
};

TEST_F(GatewayTest, EveryMethodSaysWhoMayCallIt) {
  const auto* const service = v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
  ASSERT_GT(service->method_count(), 100);
  for (int i = 0; i < service->method_count(); ++i) {
    EXPECT_TRUE(Gateway::NeedsOf(service->method(i)->name()).has_value()) << service->method(i)->name();
  }
  EXPECT_EQ(Gateway::NeedsOf("ListPractices"), Role::kPublic);
  EXPECT_EQ(Gateway::NeedsOf("GetStatus"), Role::kReader);
  EXPECT_EQ(Gateway::NeedsOf("EditIndicator"), Role::kEditor);
  EXPECT_EQ(Gateway::NeedsOf("PublishIndicators"), Role::kPublisher);
  EXPECT_EQ(Gateway::NeedsOf("Backup"), Role::kAdministrator);
  EXPECT_EQ(Gateway::NeedsOf("NoSuchMethod"), std::nullopt);
  EXPECT_EQ(Gateway::NeedsOf(""), std::nullopt);
}

TEST_F(GatewayTest, JsonIsAskedAndAnsweredInJson) {
  v1::GetMemberReply reply;
  reply.mutable_member()->set_slug("kr-osan");
  reply.mutable_member()->set_recommended_by("kr-authority");
  reply_ = reply.SerializeAsString();
  const HttpResponse answer = Ask("GetMember", R"({"slug":"kr-osan"})", "application/json; charset=utf-8");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.headers, Contains(Pair("content-type", "application/json")));
  EXPECT_EQ(Json::parse(answer.body).at("member").at("recommendedBy"), "kr-authority");
  ASSERT_TRUE(asked_);
  EXPECT_EQ(asked_->method, "GetMember");
  v1::GetMemberRequest question;
  ASSERT_TRUE(question.ParseFromString(asked_->bytes));
  EXPECT_EQ(question.slug(), "kr-osan");
}

TEST_F(GatewayTest, BytesAreAskedAndAnsweredInBytes) {
  v1::ImportIndicatorsRequest question;
  question.set_file("figures.csv");
  question.set_content(std::string("\0\xff", 2));
  v1::ImportIndicatorsReply reply;
  reply.set_accepted(31);
  reply_ = reply.SerializeAsString();
  const HttpResponse answer = Ask("ImportIndicators", question.SerializeAsString(), "application/proto");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.headers, Contains(Pair("content-type", "application/proto")));
  EXPECT_EQ(answer.body, *reply_);
  ASSERT_TRUE(asked_);
  EXPECT_EQ(asked_->bytes, question.SerializeAsString());
}

TEST_F(GatewayTest, WhatIsNotTheQuestionIsRefusedAndSaysWhy) {
  const HttpResponse unknown = Ask("GetMember", R"({"slug":"a","colour":"red"})");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(CodeOf(unknown), "invalid_argument");
  EXPECT_THAT(MessageOf(unknown), AllOf(HasSubstr("'colour'"), HasSubstr("GetMember")));
  EXPECT_THAT(MessageOf(Ask("EditIndicator", R"({"fields":[{"column":"value"},{"colour":"red"}]})")),
              HasSubstr("'fields[1].colour'"));
  for (const std::string body : {"", "{", "[]", "3", R"({"slug":3})", R"({"slug":{}})", "\xff", "{}}"}) {
    const HttpResponse refused = Ask("GetMember", body);
    EXPECT_EQ(refused.status, 400) << body;
    EXPECT_EQ(CodeOf(refused), "invalid_argument") << body;
  }
  const std::string deep(100'000, '[');
  EXPECT_EQ(Ask("GetMember", absl::StrCat("{\"slug\":", deep)).status, 400);
  EXPECT_EQ(Ask("GetMember", "\x0a\xff", "application/proto").status, 400);
  EXPECT_FALSE(asked_) << "nothing of it reaches the node";
}

TEST_F(GatewayTest, OtherMediaTypesMethodsAndVersionsAreRefused) {
  EXPECT_EQ(Ask("GetMember", "{}", "text/plain").status, 415);
  EXPECT_EQ(Ask("GetMember", "{}", "").status, 415);
  EXPECT_EQ(Ask("GetMember", "{}", "application/connect+json").status, 415);
  const HttpResponse none = Ask("NoSuchMethod", "{}");
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(CodeOf(none), "unimplemented");
  HttpRequest request{
      .method = "GET", .path = "/hansa.v1.Node/GetStatus", .query = "message=%7B%7D", .headers = {}, .body = ""};
  EXPECT_EQ(Ask(request).status, 405);
  request = {.method = "POST",
             .path = "/hansa.v1.Node/GetStatus",
             .query = "",
             .headers = {{"content-type", "application/json"}, {"connect-protocol-version", "2"}},
             .body = "{}"};
  EXPECT_EQ(Ask(request).status, 400);
  request.headers.back() = {"content-encoding", "gzip"};
  EXPECT_EQ(CodeOf(Ask(request)), "unimplemented");
  EXPECT_FALSE(asked_);
}

TEST_F(GatewayTest, TheTimeThatSomebodyWaitsIsBounded) {
  HttpRequest request{.method = "POST",
                      .path = "/hansa.v1.Node/GetStatus",
                      .query = "",
                      .headers = {{"content-type", "application/json"}, {"connect-protocol-version", "1"}},
                      .body = "{}"};
  EXPECT_EQ(Ask(request).status, 200);
  EXPECT_EQ(asked_->patience, absl::Seconds(60));
  request.headers.emplace_back("connect-timeout-ms", "1500");
  EXPECT_EQ(Ask(request).status, 200);
  EXPECT_EQ(asked_->patience, absl::Milliseconds(1500));
  request.headers.back().second = "9999999";
  EXPECT_EQ(Ask(request).status, 200);
  EXPECT_EQ(asked_->patience, absl::Seconds(60));
  for (const std::string wrong : {"soon", "-1", "1.5", "99999999999"}) {
    request.headers.back().second = wrong;
    EXPECT_EQ(Ask(request).status, 400) << wrong;
  }
}

TEST_F(GatewayTest, WhatTheNodeRefusesIsAnErrorOfConnect) {
  const std::vector<std::pair<absl::Status, std::pair<int, std::string>>> refusals = {
      {absl::NotFoundError(kSaid), {404, "not_found"}},
      {absl::InvalidArgumentError(kSaid), {400, "invalid_argument"}},
      {absl::FailedPreconditionError(kSaid), {400, "failed_precondition"}},
      {absl::AlreadyExistsError(kSaid), {409, "already_exists"}},
      {absl::PermissionDeniedError(kSaid), {403, "permission_denied"}},
      {absl::ResourceExhaustedError(kSaid), {429, "resource_exhausted"}},
      {absl::UnavailableError(kSaid), {503, "unavailable"}},
      {absl::DeadlineExceededError(kSaid), {504, "deadline_exceeded"}},
      {absl::CancelledError(kSaid), {499, "canceled"}},
      {absl::DataLossError(kSaid), {500, "data_loss"}},
      {absl::InternalError(kSaid), {500, "internal"}},
      {absl::UnauthenticatedError(kSaid), {401, "unauthenticated"}}};
  for (const auto& [status, expected] : refusals) {
    reply_ = status;
    for (const std::string type : {"application/json", "application/proto"}) {
      const HttpResponse answer = Ask("GetStatus", type == "application/json" ? "{}" : "", type);
      EXPECT_EQ(answer.status, expected.first);
      EXPECT_EQ(CodeOf(answer), expected.second);
      EXPECT_EQ(MessageOf(answer), kSaid);
      EXPECT_THAT(answer.headers, ElementsAre(Pair("content-type", "application/json")));
    }
  }
}

TEST_F(GatewayTest, SentencesOfOursAreSaidInTheLanguageOfTheCaller) {
  const std::string korean = words::Words(words::Language::kKorean).Translated(kSaid);
  ASSERT_NE(korean, kSaid);
  v1::ListPeersReply reply;
  reply.add_peers()->set_last_error(kSaid);
  reply.mutable_peers(0)->set_address(kSaid);  // no sentence, whatever is in it
  reply.add_peers()->set_last_error("");
  reply_ = reply.SerializeAsString();
  const Json english = Json::parse(Ask("ListPeers", "{}").body);
  EXPECT_EQ(english.at("peers").at(0).at("lastError"), kSaid);

  caller_.language = words::Language::kKorean;
  const Json said = Json::parse(Ask("ListPeers", "{}").body);
  EXPECT_EQ(said.at("peers").at(0).at("lastError"), korean);
  EXPECT_EQ(said.at("peers").at(0).at("address"), kSaid);
  EXPECT_EQ(said.at("peers").size(), 2);
  v1::ListPeersReply bytes;
  ASSERT_TRUE(bytes.ParseFromString(Ask("ListPeers", "", "application/proto").body));
  EXPECT_EQ(bytes.peers(0).last_error(), korean);

  reply_ = absl::UnavailableError(kSaid);
  EXPECT_EQ(MessageOf(Ask("ListPeers", "{}")), korean);
}

TEST_F(GatewayTest, WhatIsSaidInListsIsTranslatedToo) {
  v1::TestWebhookReply one;
  one.set_why_not(kSaid);
  reply_ = one.SerializeAsString();
  caller_.language = words::Language::kKorean;
  const std::string korean = words::Words(words::Language::kKorean).Translated(kSaid);
  EXPECT_EQ(Json::parse(Ask("TestWebhook", "{}").body).at("whyNot"), korean);
}

TEST_F(GatewayTest, TheNodeIsToldOfWhichDepartmentsAnEditorIs) {
  EXPECT_EQ(Ask("GetStatus", "{}").status, 200);
  EXPECT_THAT(asked_->metadata, Not(Contains(Pair(api::kDepartmentMetadata, ::testing::_))));
  caller_.departments = {"교육과", "health"};
  EXPECT_EQ(Ask("GetStatus", "{}").status, 200);
  EXPECT_THAT(asked_->metadata, AllOf(Contains(Pair(api::kDepartmentMetadata, "교육과")),
                                      Contains(Pair(api::kDepartmentMetadata, "health"))));
}

TEST_F(GatewayTest, OnlyMethodsThatTakeFilesMayBeAskedAtLength) {
  const auto takes = [](const std::string& method, const std::string& type) {
    return Gateway::TakesFiles({.method = "POST",
                                .path = absl::StrCat(kGatewayPath, method),
                                .query = "",
                                .headers = {{"content-type", type}},
                                .body = ""});
  };
  EXPECT_TRUE(takes("ImportIndicators", "application/proto"));
  EXPECT_TRUE(takes("AttachFile", "application/proto"));
  EXPECT_FALSE(takes("ImportIndicators", "application/json"));
  EXPECT_FALSE(takes("GetStatus", "application/proto"));
  EXPECT_FALSE(takes("NoSuchMethod", "application/proto"));
}

}  // namespace
}  // namespace hansa::node::door
