// One POST to a small receiver on this machine.
#include "node/webhooks/http_post.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "replication/check.h"

namespace hansa::node::webhooks {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// Takes one connection after another, hears one request on each and says what it was told to.
class Receiver {
 public:
  explicit Receiver(std::vector<std::string> answers) : answers_(std::move(answers)) {
    listening_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    HANSA_CHECK(bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    HANSA_CHECK(listen(listening_, 8) == 0);
    socklen_t size = sizeof address;
    HANSA_CHECK(getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~Receiver() { End(); }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  // Returns once the first request was heard.
  void AwaitRequest() const { was_heard_.WaitForNotification(); }
  std::string url() const { return absl::StrCat("http://127.0.0.1:", port_, "/hook?x=1"); }
  // After all answers were given.
  const std::vector<std::string>& heard() {
    End();
    return heard_;
  }

 private:
  void End() {
    if (thread_.joinable()) thread_.join();
    if (listening_ >= 0) close(std::exchange(listening_, -1));
  }
  void Serve() {
    for (const std::string& answer : answers_) {
      const int connection = accept(listening_, nullptr, nullptr);
      std::string request;
      char bytes[4096];
      // Every body of this test ends so.
      while (!absl::EndsWith(request, "}")) {
        const ssize_t size = recv(connection, bytes, sizeof bytes, 0);
        if (size <= 0) break;
        request.append(bytes, static_cast<std::size_t>(size));
        if (request[0] == '\x16') break;  // it wants to speak TLS
      }
      heard_.push_back(request);
      if (!was_heard_.HasBeenNotified()) was_heard_.Notify();
      // An empty answer: it hears, says nothing, and waits until the other goes.
      if (answer.empty()) {
        while (recv(connection, bytes, sizeof bytes, 0) > 0) {
        }
      }
      send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
      close(connection);
    }
  }

  const std::vector<std::string> answers_;
  std::vector<std::string> heard_;
  absl::Notification was_heard_;
  int listening_ = -1;
  int port_ = 0;
  std::thread thread_;
};

HttpRequest To(const std::string& url) {
  return {.url = url, .headers = {{"webhook-id", "msg_1"}, {"content-type", "application/json"}}, .body = "{\"a\":1}"};
}

TEST(HttpPost, PostsWhatItIsGivenAndNothingElse) {
  Receiver receiver({"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"});
  const HttpAnswer answer = MakeHttpPost("Hansa/1")->Post(To(receiver.url()));
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.fault, "");
  ASSERT_THAT(receiver.heard(), SizeIs(1));
  const std::string& heard = receiver.heard()[0];
  EXPECT_TRUE(absl::StartsWith(heard, "POST /hook?x=1 HTTP/1.1\r\n")) << heard;
  EXPECT_THAT(heard, HasSubstr("\r\nwebhook-id: msg_1\r\n"));
  EXPECT_THAT(heard, HasSubstr("\r\ncontent-type: application/json\r\n"));
  EXPECT_THAT(heard, HasSubstr("\r\nUser-Agent: Hansa/1\r\n"));
  EXPECT_THAT(heard, Not(HasSubstr("Expect")));
  EXPECT_TRUE(absl::EndsWith(heard, "\r\n\r\n{\"a\":1}")) << heard;
}

TEST(HttpPost, FollowsNoRedirectAndReadsHowLongToWait) {
  Receiver receiver(
      {"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
       "HTTP/1.1 503 Busy\r\nretry-after: 120\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"});
  const auto post = MakeHttpPost("Hansa/1");
  EXPECT_EQ(post->Post(To(receiver.url())).status, 302);
  const HttpAnswer answer = post->Post(To(receiver.url()));
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.asked, absl::Minutes(2));
}

TEST(HttpPost, ALongAnswerIsCutAndCounts) {
  Receiver receiver({absl::StrCat("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n", std::string(100'000, 'x'))});
  EXPECT_EQ(MakeHttpPost("Hansa/1")->Post(To(receiver.url())).status, 200);
}

TEST(HttpPost, SaysWhyNoAnswerCame) {
  const auto post = MakeHttpPost("Hansa/1");
  std::string gone;
  {
    Receiver receiver({});
    gone = receiver.url();
  }
  EXPECT_EQ(post->Post(To(gone)).fault, "nobody answers there");
  Receiver mute({"nonsense\r\n"});
  const HttpAnswer answer = post->Post(To(mute.url()));
  EXPECT_EQ(answer.status, 0);
  EXPECT_NE(answer.fault, "");
}

TEST(HttpPost, InTheClearNothingLeavesForAnAddressOutside) {
  const HttpAnswer answer = MakeHttpPost("Hansa/1")->Post(To("http://192.0.2.1/"));
  EXPECT_EQ(answer.status, 0);
  EXPECT_THAT(answer.fault, HasSubstr("use https"));
}

TEST(HttpPost, HttpsTakesNoAnswerWithoutACertificate) {
  Receiver receiver({"HTTP/1.1 200 OK\r\n\r\n"});
  const std::string url = absl::StrCat("https", receiver.url().substr(4));
  const HttpAnswer answer = MakeHttpPost("Hansa/1")->Post(To(url));
  EXPECT_EQ(answer.status, 0);
  EXPECT_NE(answer.fault, "");
}

TEST(HttpPost, CancellingEndsWhatIsUnderWay) {
  Receiver receiver({""});
  const auto post = MakeHttpPost("Hansa/1");
  HttpAnswer answer;
  std::thread posting([&] { answer = post->Post(To(receiver.url())); });
  receiver.AwaitRequest();
  post->Cancel();
  posting.join();
  EXPECT_EQ(answer.fault, "the node is stopping");
}

}  // namespace
}  // namespace hansa::node::webhooks
