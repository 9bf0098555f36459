// What is told to pages as it happens: to whom, in what form, and from where somebody goes on who was away.
#include "node/door/event_hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/door/event_watch.h"
#include "tests/node/door/http_client.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::door {
namespace {

using hansa::testing::HttpClient;
using hansa::testing::Must;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kAccount[] = "park";

// What a stream has told so far: "views", "drafts 2025", …
std::vector<std::string> Told(const std::string& text) {
  std::vector<std::string> told;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!absl::StartsWith(line, "data: ")) continue;
    const std::vector<std::string> parts = absl::StrSplit(line, '"');
    const std::size_t year = line.find("\"year\":");
    told.push_back(parts.at(7));
    if (year != absl::string_view::npos) {
      absl::StrAppend(&told.back(), " ", absl::StripSuffix(line.substr(year + 7), "}"));
    }
  }
  return told;
}

// The last id that a stream has told.
std::string LastId(const std::string& text) {
  std::string id;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StartsWith(line, "id: ")) id = std::string(line.substr(4));
  }
  return id;
}

class EventHubTest : public ::testing::Test {
 protected:
  std::shared_ptr<HttpStream> Listen(const std::string& account, const std::string& last_id = "") {
    return hub_.Listen({.account = account, .last_id = last_id});
  }

  EventHub hub_;
};

TEST_F(EventHubTest, WhoListensIsToldWhatHappensFromThenOn) {
  hub_.Tell({.what = EventKind::kViews});
  const auto stream = Listen(kAccount);
  const std::string beginning = stream->Take().value();
  EXPECT_THAT(beginning, StartsWith("retry: "));
  EXPECT_THAT(Told(beginning), IsEmpty());
  EXPECT_THAT(LastId(beginning), Not(IsEmpty())) << "so that it can resume though nothing was told";
  EXPECT_THAT(stream->Take().value(), IsEmpty());
  hub_.Tell({.what = EventKind::kStatus});
  hub_.Tell({.what = EventKind::kDrafts, .year = 2025});
  const std::string said = stream->Take().value();
  EXPECT_THAT(said, AllOf(HasSubstr("event: status\n"), HasSubstr("\"what\":\"drafts\",\"year\":2025}\n\n")));
  EXPECT_THAT(Told(said), ElementsAre("status", "drafts 2025"));
}

TEST_F(EventHubTest, WhoIsNotSignedInIsToldOfWhatIsPublishedAlone) {
  const auto stream = Listen("");
  hub_.Tell({.what = EventKind::kDrafts, .year = 2025});
  hub_.Tell({.what = EventKind::kViews});
  hub_.Tell({.what = EventKind::kStatus});
  hub_.Tell({.what = EventKind::kNews});
  const std::string said = stream->Take().value();
  EXPECT_THAT(Told(said), ElementsAre("views"));
  EXPECT_THAT(said, Not(HasSubstr("2025")));
}

TEST_F(EventHubTest, AStreamEndsWithTheSessionThatItWasOpenedIn) {
  bool is_signed_in = true;
  const auto ending =
      hub_.Listen({.account = kAccount, .last_id = "", .is_signed_in = [&is_signed_in] { return is_signed_in; }});
  const auto staying = hub_.Listen({.account = kAccount, .last_id = "", .is_signed_in = [] { return true; }});
  const auto unsigned_one = Listen("");
  int woken = 0;
  ending->OnMore([&woken] { ++woken; });
  hub_.EndOfWhoLeft();
  EXPECT_TRUE(ending->Take().has_value());
  EXPECT_EQ(woken, 0);
  is_signed_in = false;
  hub_.EndOfWhoLeft();
  EXPECT_EQ(woken, 1) << "so that it ends at once";
  EXPECT_EQ(ending->Take(), std::nullopt);
  EXPECT_TRUE(staying->Take().has_value());
  EXPECT_TRUE(unsigned_one->Take().has_value());
}

TEST_F(EventHubTest, WhoWasAwayGoesOnWhereItWas) {
  std::string id;
  {
    const auto stream = Listen(kAccount);
    hub_.Tell({.what = EventKind::kViews});
    id = LastId(stream->Take().value());
  }
  EXPECT_EQ(hub_.listening(), 0);
  hub_.Tell({.what = EventKind::kDrafts, .year = 2024});
  hub_.Tell({.what = EventKind::kNews});
  EXPECT_THAT(Told(Listen(kAccount, id)->Take().value()), ElementsAre("drafts 2024", "news"));
}

TEST_F(EventHubTest, WhoWasAwayTooLongReadsAllAgain) {
  const std::string id = LastId(Listen(kAccount)->Take().value());
  for (std::size_t i = 0; i < EventHub::kKept; ++i) hub_.Tell({.what = EventKind::kViews});
  EXPECT_THAT(Told(Listen(kAccount, id)->Take().value()), Not(::testing::Contains("all")));
  hub_.Tell({.what = EventKind::kViews});
  const std::string said = Listen(kAccount, id)->Take().value();
  EXPECT_THAT(Told(said), ElementsAre("all"));
  hub_.Tell({.what = EventKind::kNews});
  EXPECT_THAT(Told(Listen(kAccount, LastId(said))->Take().value()), ElementsAre("news"));
}

TEST_F(EventHubTest, AnIdOfAnotherProcessOrOfNobodyReadsAllAgain) {
  EventHub before;
  before.Tell({.what = EventKind::kViews});
  const std::string foreign = LastId(before.Listen({.account = kAccount, .last_id = ""})->Take().value());
  const std::string own = LastId(Listen(kAccount)->Take().value());
  const std::string ahead = own.substr(0, own.find('-')) + "-99";
  for (const std::string& id : {foreign, ahead, std::string("7"), std::string("-"), own + "x", std::string("x\ny")}) {
    const std::string said = Listen(kAccount, id)->Take().value();
    EXPECT_THAT(Told(said), ElementsAre("all")) << id;
    EXPECT_THAT(said, HasSubstr(own)) << "it says where it stands by a number of its own";
  }
}

TEST_F(EventHubTest, WhoFallsBehindAllThatIsKeptIsSentAway) {
  const auto stream = Listen(kAccount);
  EXPECT_TRUE(stream->Take().has_value());
  for (std::size_t i = 0; i <= EventHub::kKept; ++i) hub_.Tell({.what = EventKind::kViews});
  EXPECT_EQ(stream->Take(), std::nullopt);
}

TEST_F(EventHubTest, NoMoreListenThanTheNodeBears) {
  std::vector<std::shared_ptr<HttpStream>> streams;
  for (std::size_t i = 0; i < EventHub::kPerAccount; ++i) streams.push_back(Listen(kAccount));
  EXPECT_EQ(Listen(kAccount), nullptr);
  streams.back().reset();
  EXPECT_NE(Listen(kAccount), nullptr) << "a place that was left is there for the next";
  for (std::size_t i = 0; i < EventHub::kUnsigned; ++i) streams.push_back(Listen(""));
  EXPECT_EQ(Listen(""), nullptr);
  int others = 0;
  while (auto stream = Listen(absl::StrCat("officer ", others))) {
    streams.push_back(std::move(stream));
    ++others;
  }
  EXPECT_EQ(hub_.listening(), EventHub::kListeners);
  EXPECT_EQ(EventsAnswer(hub_, {}, "one more").status, 429);
}

TEST_F(EventHubTest, AStreamMayOutliveItsHub) {
  auto hub = std::make_unique<EventHub>();
  const auto stream = hub->Listen({.account = kAccount, .last_id = ""});
  hub->Tell({.what = EventKind::kViews});
  hub.reset();
  EXPECT_THAT(Told(stream->Take().value()), ElementsAre("views"));
}

// Through the server, as a browser hears it.
class EventStreamTest : public EventHubTest {
 protected:
  void Start(const HttpLimits& limits = {}) {
    server_ = Must(HttpServer::Start(
        "127.0.0.1:0", [this](const HttpRequest& request) { return EventsAnswer(hub_, request, kAccount); }, limits));
  }
  ~EventStreamTest() override {
    if (server_ != nullptr) server_->Stop();
  }

  std::unique_ptr<HttpServer> server_;
};

TEST_F(EventStreamTest, EventsComeWhileTheConnectionIsOpen) {
  Start({.answering = 1});
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<HttpClient>(server_->address()));
    clients.back()->Say("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(clients.back()->HearHead(), HasSubstr("text/event-stream"));
    clients.back()->HearTo("id: ");
  }
  // All of them are open at once, and hold none of the threads that answer, of which there is one.
  for (const EventKind kind : {EventKind::kStatus, EventKind::kNews}) {
    hub_.Tell({.what = kind});
    for (const auto& client : clients) {
      EXPECT_THAT(Told(client->HearTo("}\n\n")), ElementsAre(kind == EventKind::kStatus ? "status" : "news"));
    }
  }
}

TEST_F(EventStreamTest, ALineWithNothingToSaySaysThatItIsThere) {
  Start({.heartbeat = absl::Milliseconds(1)});
  HttpClient client(server_->address());
  client.Say("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.HearTo("\r\n:\n\n"), Not(IsEmpty()));
  EXPECT_THAT(client.HearTo("\r\n:\n\n"), Not(IsEmpty()));
}

TEST_F(EventStreamTest, WhoGoesAwayLeavesItsPlace) {
  Start();
  for (std::size_t i = 0; i < 3 * EventHub::kPerAccount; ++i) {
    std::string head;
    while (!absl::StartsWith(head, "HTTP/1.1 200")) {  // the place of one that left is free soon, and no later
      HttpClient client(server_->address());
      client.Say("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
      head = client.HearHead();
      ASSERT_TRUE(absl::StartsWith(head, "HTTP/1.1 200") || absl::StartsWith(head, "HTTP/1.1 429")) << head;
    }
  }
}

TEST_F(EventStreamTest, StoppingTheServerEndsStreams) {
  Start();
  HttpClient client(server_->address());
  client.Say("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  client.HearTo("id: ");
  server_->Stop();
  server_.reset();
  hub_.Tell({.what = EventKind::kViews});  // nobody is there any more
  client.HearAll();
  EXPECT_EQ(hub_.listening(), 0);
}

TEST(StatusPrintTest, IsAnotherWheneverAPageWouldShowSomethingElse) {
  NodeView view;
  view.slug = "kr-osan";
  view.peers.emplace_back();
  view.peers[0].member = "int-uil";
  view.peers[0].connected = true;
  const std::string print = StatusPrint(view);
  view.in_sync_age_s = 3.0;
  view.peers[0].last_equal_root_s = 2.0;
  EXPECT_EQ(StatusPrint(view), print) << "what merely grows older is no news";
  NodeView other = view;
  other.in_sync = true;
  EXPECT_NE(StatusPrint(other), print);
  other = view;
  other.fence = Fence::kOpen;
  EXPECT_NE(StatusPrint(other), print);
  other = view;
  other.outbox.waiting = 1;
  EXPECT_NE(StatusPrint(other), print);
  other = view;
  other.peers[0].connected = false;
  EXPECT_NE(StatusPrint(other), print);
  other = view;
  other.peers.clear();
  EXPECT_NE(StatusPrint(other), print);
}

}  // namespace
}  // namespace hansa::node::door
