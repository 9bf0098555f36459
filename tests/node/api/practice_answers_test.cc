// Practices asked over the socket: translated, shown in another language and as HTML.
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/node.grpc.pb.h"
#include "node/api/api_server.h"
#include "node/api/socket_address.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using ::testing::ElementsAre;

class PracticeAnswersTest : public ::testing::Test {
 protected:
  PracticeAnswersTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    bonn_.Refresh();
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = bonn_,
                                                .views = bonn_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
    address_.emplace(Must(node::api::SocketAddress::ForDialling(socket_)));
    stub_ = v1::Node::NewStub(grpc::CreateChannel(address_->target(), grpc::InsecureChannelCredentials()));
  }

  v1::PublishedRecord Add() {
    v1::AddPracticeRequest request;
    request.set_file("p.json");
    request.set_content(R"json({"title": "Reading", "language": "en", "summary": "S", "problem": "Few *read*.",
        "done": "<script>alert(1)</script> [x](javascript:alert(1)) [y](https://a.example)"})json");
    v1::PublishedRecord reply;
    grpc::ClientContext context;
    EXPECT_TRUE(stub_->AddPractice(&context, request, &reply).ok());
    return reply;
  }
  v1::GetPracticeReply Get(const v1::GetPracticeRequest& request) {
    v1::GetPracticeReply reply;
    grpc::ClientContext context;
    const grpc::Status status = stub_->GetPractice(&context, request, &reply);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return reply;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  std::unique_ptr<node::api::ApiServer> server_;
  std::optional<node::api::SocketAddress> address_;
  std::unique_ptr<v1::Node::Stub> stub_;
};

TEST_F(PracticeAnswersTest, MarkdownIsGivenAsSafeHtmlWhereItIsAskedFor) {
  v1::GetPracticeRequest request;
  request.set_id(Add().id());
  EXPECT_FALSE(Get(request).has_html());
  request.set_as_html(true);
  const v1::PracticeHtml html = Get(request).html();
  EXPECT_EQ(html.problem(), "<p>Few <em>read</em>.</p>\n");
  EXPECT_EQ(html.done(),
            "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) "
            "[y](https://a.example)\n</code></pre>\n");
  EXPECT_EQ(html.outcome(), "");
}

TEST_F(PracticeAnswersTest, ATranslationIsPublishedShownAndFound) {
  const std::string id = Add().id();
  v1::TranslatePracticeRequest translated;
  translated.set_id(id.substr(0, 8));
  translated.set_file("t.json");
  translated.set_content(R"({"language": "de", "title": "Lesen", "problem": "Wenige **lesen**.", "method": "people",
      "done": "Lesen.", "translated_by": "Office"})");
  v1::PublishedRecord published;
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->TranslatePractice(&context, translated, &published).ok());
  EXPECT_EQ(published.title(), "Lesen");
  v1::GetPracticeRequest request;
  request.set_id(id);
  request.set_language("de");
  request.set_as_html(true);
  const v1::GetPracticeReply shown = Get(request);
  EXPECT_EQ(shown.html().problem(), "<p>Wenige <strong>lesen</strong>.</p>\n");
  EXPECT_EQ(shown.shown_in().translation().id(), published.id());
  EXPECT_EQ(shown.shown_in().method(), "people");
  EXPECT_EQ(shown.shown_in().translated_by(), "Office");
  EXPECT_THAT(shown.remarks(), ElementsAre("not translated, so shown in en: In short"));
  v1::ListPracticesRequest list;
  list.set_language("de");
  v1::ListPracticesReply listed;
  grpc::ClientContext listing;
  ASSERT_TRUE(stub_->ListPractices(&listing, list, &listed).ok());
  ASSERT_EQ(listed.practices_size(), 1);
  EXPECT_EQ(listed.practices(0).title(), "Reading");
  EXPECT_EQ(listed.practices(0).translated_title(), "Lesen");
  EXPECT_EQ(listed.practices(0).translated_language(), "de");
}

TEST_F(PracticeAnswersTest, ShowsMarkdownAsSafeHtmlTextByText) {
  v1::RenderMarkdownRequest request;
  request.add_texts("Few *read*.");
  request.add_texts("");
  request.add_texts("<script>alert(1)</script>");
  v1::RenderMarkdownReply reply;
  grpc::ClientContext context;
  const grpc::Status status = stub_->RenderMarkdown(&context, request, &reply);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(reply.html_size(), 3);
  EXPECT_EQ(reply.html(0), "<p>Few <em>read</em>.</p>\n");
  EXPECT_EQ(reply.html(1), "");
  EXPECT_THAT(reply.html(2), ::testing::Not(::testing::HasSubstr("<script")));
}

TEST_F(PracticeAnswersTest, RefusesMoreTextsThanItShowsAtOnce) {
  v1::RenderMarkdownRequest request;
  for (int text = 0; text <= 200; ++text) request.add_texts("x");
  v1::RenderMarkdownReply reply;
  grpc::ClientContext context;
  const grpc::Status status = stub_->RenderMarkdown(&context, request, &reply);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), ::testing::HasSubstr("ask for 200 at once"));
}

}  // namespace
}  // namespace hansa::testing
