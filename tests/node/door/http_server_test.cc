// The server before anything is behind it: what a request may be, and what becomes of those that are none.
#include "node/door/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "tests/node/door/http_client.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::door {
namespace {

using hansa::testing::HttpClient;
using hansa::testing::Must;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string Get(const std::string& target) { return absl::StrCat("GET ", target, " HTTP/1.1\r\nHost: x\r\n\r\n"); }

// Says what it was asked.
HttpResponse Echo(const HttpRequest& request) {
  return {.status = 200,
          .headers = {{"content-type", "text/plain"}},
          .body = absl::StrCat(request.method, " ", request.path, " ", request.query, " ", request.Header("x-mark"),
                               " ", request.body)};
}

class HttpServerTest : public ::testing::Test {
 protected:
  void Start(HttpHandler handler, const HttpLimits& limits = {}, HttpRoomOf room = nullptr) {
    server_ = Must(HttpServer::Start("127.0.0.1:0", std::move(handler), limits, std::move(room)));
  }
  HttpClient Client() const { return HttpClient(server_->address()); }
  // What is answered to these bytes, after which the connection ends.
  std::string Answer(const std::string& bytes) const {
    HttpClient client(server_->address());
    client.Say(bytes);
    return client.HearAll();
  }

  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, RequestsOfOneConnectionAreAnsweredInOrder) {
  Start(Echo);
  HttpClient client(server_->address());
  client.Say(Get("/a?b=c") + Get("/second"));
  EXPECT_THAT(client.Hear(), AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), EndsWith("GET /a b=c  ")));
  EXPECT_THAT(client.Hear(), EndsWith("GET /second   "));
  client.Say("POST /form HTTP/1.1\r\nHost: x\r\nX-Mark: yes\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_THAT(client.Hear(), EndsWith("POST /form  yes hello"));
  client.Say("POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
  EXPECT_THAT(client.Hear(), EndsWith("POST /form   hello"));
  client.Say("GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.HearAll(), EndsWith("GET /last   "));
}

TEST_F(HttpServerTest, AHeadIsAnsweredWithoutItsBody) {
  Start(Echo);
  EXPECT_THAT(Answer("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              AllOf(HasSubstr("Content-Length: 10\r\n"), EndsWith("\r\n\r\n")));
}

TEST_F(HttpServerTest, WhoAsksWhetherToGoOnIsToldSo) {
  Start(Echo);
  HttpClient client(server_->address());
  client.Say("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_THAT(client.HearHead(), StartsWith("HTTP/1.1 100 "));
  client.Say("ok");
  EXPECT_THAT(client.Hear(), EndsWith("POST /   ok"));
}

TEST_F(HttpServerTest, WhatIsTooLargeOrNoRequestIsRefusedAndTheConnectionEnds) {
  Start(Echo, {.head_bytes = 1024, .body_bytes = 1000});
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_THAT(Answer(absl::StrCat(head, "Content-Length: 1001\r\n\r\n", std::string(1001, 'x'))),
              StartsWith("HTTP/1.1 413 Payload Too Large\r\n"));
  EXPECT_THAT(Answer(absl::StrCat(head, "Transfer-Encoding: chunked\r\n\r\n3ea\r\n", std::string(1002, 'x'))),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(Answer(absl::StrCat(head, "X: ", std::string(2000, 'x'), "\r\n\r\n")), StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(Answer(absl::StrCat("GET /", std::string(2000, 'x'), " HTTP/1.1\r\n\r\n")), StartsWith("HTTP/1.1 431 "));
  for (const std::string bytes : {"nonsense\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                                  "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                                  "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                                  "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    EXPECT_THAT(Answer(bytes), AllOf(StartsWith("HTTP/1.1 400 Bad Request\r\n"), HasSubstr("Connection: close\r\n")))
        << bytes;
  }
  EXPECT_THAT(Answer("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 200 ")) << "it goes on";
}

TEST_F(HttpServerTest, ALargeBodyIsReadWhereThereIsRoomForIt) {
  std::atomic<int> asked = 0;
  Start(
      [](const HttpRequest& request) {
        return HttpResponse{.status = 200, .headers = {}, .body = absl::StrCat("bytes: ", request.body.size())};
      },
      {.body_bytes = 8},
      [&asked](const HttpRequest& head, const HttpRoom& usual) {
        ++asked;
        EXPECT_THAT(head.body, IsEmpty());
        EXPECT_EQ(usual.body_bytes, 8);
        return head.Header("x-mark") == "file" ? HttpRoom{.body_bytes = 100'000, .request_time = absl::Minutes(10)}
                                               : usual;
      });
  const std::string large(100'000, 'x');
  const auto post = [](const std::string& mark, const std::string& body) {
    return absl::StrCat("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Mark: ", mark,
                        "\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
  };
  EXPECT_THAT(Answer(post("", "eight by")), EndsWith("bytes: 8"));
  EXPECT_EQ(asked, 0) << "what is small is not asked about";
  EXPECT_THAT(Answer(post("file", large)), EndsWith("bytes: 100000"));
  EXPECT_EQ(asked, 1);
  EXPECT_THAT(Answer(post("file", large + "x")), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(Answer(post("", "nine byte")), StartsWith("HTTP/1.1 413 "));
  const std::string chunked = absl::StrCat("186a0\r\n", large, "\r\n");
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n";
  EXPECT_THAT(Answer(absl::StrCat(head, "X-Mark: file\r\n\r\n", chunked, "0\r\n\r\n")), EndsWith("bytes: 100000"));
  EXPECT_THAT(Answer(absl::StrCat(head, "X-Mark: file\r\n\r\n", chunked, "1\r\nx\r\n0\r\n\r\n")),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(Answer(absl::StrCat(head, "\r\n", chunked, "0\r\n\r\n")), StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpServerTest, OneLargeBodyTooManyIsSentAway) {
  Start(Echo, {.body_bytes = 8, .large_bodies = 1}, [](const HttpRequest&, const HttpRoom&) {
    return HttpRoom{.body_bytes = 100, .request_time = absl::Minutes(10)};
  });
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n";
  HttpClient first(server_->address());
  first.Say(head + "Expect: 100-continue\r\n\r\n");
  EXPECT_THAT(first.HearHead(), StartsWith("HTTP/1.1 100 "));  // it has its place
  EXPECT_THAT(Answer(head + "\r\n"), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("retry-after")));
  first.Say("nine byte");
  EXPECT_THAT(first.Hear(), EndsWith("nine byte"));
  HttpClient next(server_->address());
  next.Say(head + "\r\nnine byte");
  EXPECT_THAT(next.Hear(), EndsWith("nine byte")) << "its place is free again";
}

TEST_F(HttpServerTest, OneBodyByTwoLengthsIsNone) {
  Start(Echo);
  const std::string answer = Answer(
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled "
      "HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(answer, Not(HasSubstr("smuggled")));
}

TEST_F(HttpServerTest, AnAnswerOfPiecesComesWholeOrVisiblyNot) {
  Start([](const HttpRequest& request) {
    auto left = std::make_shared<int>(3);
    const bool fails = request.path == "/fails";
    return HttpResponse{.body = "first ", .more = [left, fails]() -> absl::StatusOr<std::string> {
                          if (*left == 1 && fails) return absl::DataLossError("the disk");
                          return --*left > 0 ? absl::StrCat("piece", *left, " ") : "";
                        }};
  });
  HttpClient client(server_->address());
  client.Say(Get("/"));
  EXPECT_THAT(client.HearHead(), HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_EQ(client.HearTo("0\r\n\r\n"), "6\r\nfirst \r\n7\r\npiece2 \r\n7\r\npiece1 \r\n0\r\n\r\n");
  client.Say(Get("/"));
  EXPECT_THAT(client.HearTo("0\r\n\r\n"), HasSubstr("piece1")) << "the connection goes on";
  EXPECT_THAT(Answer("GET / HTTP/1.0\r\n\r\n"), EndsWith("\r\n\r\nfirst piece2 piece1 "));
  EXPECT_THAT(Answer(Get("/fails")), AllOf(HasSubstr("piece1"), Not(HasSubstr("\r\n0\r\n"))));
}

TEST_F(HttpServerTest, WhoIsSlowOrSilentIsSentAway) {
  Start(Echo, {.request_time = absl::Milliseconds(50), .idle_time = absl::Milliseconds(50)});
  EXPECT_THAT(Answer(""), IsEmpty());
  EXPECT_THAT(Answer("GET / HTTP/1.1\r\nHos"), IsEmpty());
  EXPECT_THAT(Answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"), IsEmpty());
  EXPECT_THAT(Client().Say(Get("/")), true);
}

TEST_F(HttpServerTest, OneConnectionTooManyIsToldSoAndThoseBeforeGoOn) {
  Start(Echo, {.connections = 2});
  HttpClient first(server_->address());
  HttpClient second(server_->address());
  for (HttpClient* client : {&first, &second}) {
    client->Say(Get("/"));
    EXPECT_THAT(client->Hear(), StartsWith("HTTP/1.1 200 "));
  }
  EXPECT_THAT(Answer(Get("/")), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("retry-after: 5\r\n")));
  first.Say(Get("/still"));
  EXPECT_THAT(first.Hear(), EndsWith("GET /still   "));
}

TEST_F(HttpServerTest, ARequestThatTakesLongKeepsNobodyElseWaiting) {
  absl::Notification go_on;
  Start([&](const HttpRequest& request) {
    if (request.path == "/slow") go_on.WaitForNotification();
    return Echo(request);
  });
  HttpClient slow(server_->address());
  slow.Say(Get("/slow"));
  EXPECT_THAT(Answer("GET /quick HTTP/1.1\r\nConnection: close\r\n\r\n"), HasSubstr("GET /quick"));
  go_on.Notify();
  EXPECT_THAT(slow.Hear(), HasSubstr("GET /slow"));
}

TEST_F(HttpServerTest, StoppingEndsEveryConnectionAndWaitsForWhatIsBeingAnswered) {
  absl::Notification begun;
  absl::Notification go_on;
  bool is_done = false;
  Start([&](const HttpRequest& request) {
    begun.Notify();
    go_on.WaitForNotification();
    is_done = true;
    return Echo(request);
  });
  HttpClient idle(server_->address());
  HttpClient asking(server_->address());
  asking.Say(Get("/"));
  begun.WaitForNotification();
  std::thread stopping([&] { server_->Stop(); });
  go_on.Notify();
  stopping.join();
  EXPECT_TRUE(is_done);
  server_.reset();
  EXPECT_THAT(idle.HearAll(), IsEmpty());
  asking.HearAll();
}

TEST(HttpServerAddressTest, BothFamiliesAreListenedAtAndWhatIsNoneIsRefused) {
  const auto six = HttpServer::Start("[::1]:0", Echo);
  if (!six.ok()) GTEST_SKIP() << "this machine has no ::1";
  HttpClient client((*six)->address());
  client.Say(Get("/"));
  EXPECT_THAT(client.Hear(), StartsWith("HTTP/1.1 200 "));
  EXPECT_TRUE(absl::IsUnavailable(HttpServer::Start((*six)->address(), Echo).status()));
  for (const std::string address : {"", "8080", "localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "1:2x"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(HttpServer::Start(address, Echo).status())) << address;
  }
}

}  // namespace
}  // namespace hansa::node::door
