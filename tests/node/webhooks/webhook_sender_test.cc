#include "node/webhooks/webhook_sender.h"

#include <map>
#include <memory>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/webhooks/webhook_body.h"
#include "node/webhooks/webhook_retry.h"
#include "replication/collections.h"
#include "storage/memory_store.h"
#include "tests/node/webhooks/fake_post.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::webhooks {
namespace {

using ::testing::ElementsAre;
using testing::FakePost;
using ::testing::HasSubstr;
using testing::HeaderOf;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Must;
using ::testing::Not;
using testing::PieceAt;
using ::testing::SizeIs;

// Virtual time; the journal is a map, and a restart reads the book anew.
class WebhookSenderTest : public ::testing::Test {
 protected:
  WebhookSenderTest() { Restart(); }

  void Restart() {
    book_ = Must(WebhookBook::Open(tables_));
    sender_.emplace(WebhookSender::Parts{.book = *book_,
                                         .post = post_,
                                         .next = [this](std::uint64_t after) { return Next(after); },
                                         .is_muted = [this](const std::string& slug) { return slug == muted_; },
                                         .now = [this] { return now_; },
                                         .chance = [] { return 0.5; },
                                         .is_ending = [this] { return ending_; },
                                         .told = [this](const Trouble& trouble) { troubles_.push_back(trouble); }});
  }
  absl::StatusOr<desk::News> Next(std::uint64_t after) const {
    desk::News news;
    const auto row = journal_.upper_bound(after);
    news.position = row == journal_.end() ? std::max(after, last_) : row->first;
    if (row != journal_.end()) news.pieces.push_back(row->second);
    return news;
  }
  void Add(const std::string& id, std::vector<std::string> on = {}) {
    ASSERT_THAT(book_->Add({.id = id, .url = "https://" + id + ".example.org/", .on = std::move(on), .secret = "s"}),
                IsOk());
  }
  void Comes(std::uint64_t number) { journal_.insert_or_assign(number, PieceAt(number)); }
  // Steps until nothing is due any more; returns when it will be.
  absl::Time StepOut() {
    absl::Time next = sender_->Step();
    while (next <= now_) next = sender_->Step();
    return next;
  }
  void RunUntil(absl::Time end) {
    while (now_ < end) now_ = std::min(std::max(StepOut(), now_ + absl::Milliseconds(1)), end);
  }
  Webhook Hook(const std::string& id = "a") { return Must(book_->Find(id)); }
  std::vector<std::string> Taken() {
    std::vector<std::string> titles;
    for (const HttpRequest& each : post_.taken()) {
      const std::size_t begin = each.body.find("\"title\":\"") + 9;
      titles.push_back(each.body.substr(begin, each.body.find('"', begin) - begin));
    }
    return titles;
  }

  storage::MemoryTables tables_;
  FakePost post_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  bool ending_ = false;
  std::string muted_;
  std::uint64_t last_ = 0;
  std::map<std::uint64_t, desk::NewsPiece> journal_;
  std::vector<Trouble> troubles_;
  std::unique_ptr<WebhookBook> book_;
  std::optional<WebhookSender> sender_;
};

TEST_F(WebhookSenderTest, SendsWhatIsNewInOrderAndOnce) {
  Add("a");
  Comes(1);
  Comes(2);
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_THAT(Taken(), ElementsAre("Reading 1", "Reading 2"));
  Comes(3);
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_THAT(Taken(), ElementsAre("Reading 1", "Reading 2", "Reading 3"));
  EXPECT_EQ(Hook().delivered, 3u);
  EXPECT_EQ(Hook().cursor, 3u);
  EXPECT_EQ(
      post_.taken()[0].body,
      R"({"type":"hansa.news","timestamp":"2023-11-14T22:13:20.001Z","data":{"at":"2023-11-14T22:13:20.001Z",)"
      R"("member":"de-aachen","collection":"practices","kind":"practice",)"
      R"("id":"00000000000000000000000000000000","title":"Reading 1","revision":1,"withdrawn":false,"topics":[]}})");
  EXPECT_EQ(HeaderOf(post_.taken()[0], "content-type"), "application/json");
}

TEST_F(WebhookSenderTest, WhatAMutedMemberPublishesIsLeftOutUnlessAskedFor) {
  Add("a");
  ASSERT_THAT(book_->Add({.id = "b", .url = "https://b.example.org/", .secret = "s", .with_muted = true}), IsOk());
  muted_ = "de-aachen";
  Comes(1);
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_THAT(Taken(), ElementsAre("Reading 1"));
  EXPECT_EQ(Hook("a").delivered, 0u);
  EXPECT_EQ(Hook("a").cursor, 1u) << "passed over";
  Restart();
  EXPECT_TRUE(Hook("b").with_muted);
  muted_.clear();
  Comes(2);
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_EQ(Hook("a").delivered, 1u);
}

TEST_F(WebhookSenderTest, OwnPublicationsGoToHooksThatAskForThemAlone) {
  Add("a");
  Add("b", {"own"});
  Add("c", {"offers", "own"});
  Comes(1);
  desk::NewsPiece own = PieceAt(2);
  own.is_own = true;
  journal_.insert_or_assign(2, own);
  own = PieceAt(3);
  own.is_own = true;
  own.collection = replication::kOffers;
  journal_.insert_or_assign(3, own);
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_EQ(Hook("a").delivered, 1u);
  EXPECT_EQ(Hook("b").delivered, 2u);
  EXPECT_EQ(Hook("c").delivered, 1u);
}

TEST_F(WebhookSenderTest, AReceiverThatIsDownForAnHourMissesNothing) {
  Add("a");
  const absl::Time begin = now_;
  post_.AnswerWith([&](const HttpRequest&) {
    return now_ < begin + absl::Hours(1) ? HttpAnswer{.fault = "nobody answers there"} : HttpAnswer{.status = 200};
  });
  std::vector<std::string> expected;
  for (std::uint64_t i = 1; i <= 120; ++i) {
    Comes(i);
    expected.push_back(absl::StrCat("Reading ", i));
    RunUntil(begin + absl::Seconds(30 * i));
    if (i == 60) Restart();  // in the middle
  }
  EXPECT_EQ(Hook().last_error, "nobody answers there");
  EXPECT_LT(post_.requests().size(), 15u);  // it is not knocked at all the time
  EXPECT_THAT(Taken(), IsEmpty());
  EXPECT_THAT(troubles_, SizeIs(1));
  RunUntil(begin + absl::Hours(2));
  EXPECT_EQ(Taken(), expected);
  EXPECT_EQ(Hook().failures, 0u);
  EXPECT_EQ(Hook().last_error, "");
  // The piece that was tried over and over had one id, before and after the restart.
  for (const HttpRequest& each : post_.requests()) {
    if (each.body == post_.requests()[0].body) {
      EXPECT_EQ(HeaderOf(each, "webhook-id"), HeaderOf(post_.requests()[0], "webhook-id"));
    }
  }
  EXPECT_NE(HeaderOf(post_.taken()[0], "webhook-id"), HeaderOf(post_.taken()[1], "webhook-id"));
  EXPECT_THAT(HeaderOf(post_.taken()[0], "webhook-id"), Not(HasSubstr(".")));
}

TEST_F(WebhookSenderTest, AfterThreeDaysItIsPausedAndKeepsItsPlace) {
  Add("a");
  Comes(1);
  post_.AnswerWith({.status = 503});
  RunUntil(now_ + absl::Hours(71));
  EXPECT_FALSE(Hook().is_paused);
  RunUntil(now_ + absl::Hours(3));
  EXPECT_TRUE(Hook().is_paused);
  EXPECT_EQ(Hook().last_error, "the receiver answered 503");
  EXPECT_THAT(troubles_, SizeIs(2));
  EXPECT_TRUE(troubles_[1].is_paused);
  EXPECT_THAT(troubles_[1].why, Not(HasSubstr("example.org")));
  const std::size_t attempts = post_.requests().size();
  EXPECT_LT(attempts, 110u);
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_EQ(post_.requests().size(), attempts);
  EXPECT_EQ(Hook().cursor, 0u);
}

TEST_F(WebhookSenderTest, WhoSaysThatItIsGoneIsPausedAtOnce) {
  Add("a");
  Comes(1);
  post_.AnswerWith({.status = 410});
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_TRUE(Hook().is_paused);
  EXPECT_THAT(post_.requests(), SizeIs(1));
}

TEST_F(WebhookSenderTest, ARedirectIsAFailureAndARequestForPeaceIsHeard) {
  Add("a");
  Comes(1);
  post_.AnswerWith({.status = 429, .asked = absl::Minutes(7)});
  EXPECT_EQ(StepOut(), now_ + absl::Minutes(7));
  now_ += absl::Minutes(7);
  post_.AnswerWith({.status = 302});
  StepOut();
  EXPECT_THAT(Hook().last_error, HasSubstr("points elsewhere (302)"));
  EXPECT_EQ(Hook().failures, 2u);
}

TEST_F(WebhookSenderTest, WhatIsGoneWhileItWaitsIsNotSent) {
  Add("a");
  Comes(1);
  Comes(2);
  post_.AnswerWith({.fault = "nobody answers there"});
  StepOut();
  journal_.erase(1);  // erased, or taken back
  post_.AnswerWith({.status = 200});
  RunUntil(now_ + absl::Minutes(1));
  EXPECT_THAT(Taken(), ElementsAre("Reading 2"));
}

TEST_F(WebhookSenderTest, WhatWasTakenBackIsNamedWithoutItsTitle) {
  Add("a");
  desk::NewsPiece piece = PieceAt(1);
  piece.withdrawn = true;
  journal_.insert_or_assign(1, piece);
  StepOut();
  ASSERT_THAT(post_.taken(), SizeIs(1));
  EXPECT_THAT(post_.taken()[0].body, HasSubstr(R"("title":"","revision":1,"withdrawn":true)"));
}

TEST_F(WebhookSenderTest, OneHookDoesNotWaitForAnother) {
  Add("a");
  Add("b");
  for (std::uint64_t i = 1; i <= 3; ++i) Comes(i);
  post_.AnswerWith([](const HttpRequest& request) {
    return request.url == "https://a.example.org/" ? HttpAnswer{.status = 500} : HttpAnswer{.status = 200};
  });
  StepOut();
  EXPECT_THAT(Taken(), ElementsAre("Reading 1", "Reading 2", "Reading 3"));
  EXPECT_EQ(Hook("a").failures, 1u);
  EXPECT_EQ(Hook("b").cursor, 3u);
}

TEST_F(WebhookSenderTest, IsToldWhatItAskedForAlone) {
  Add("a", {"offers"});
  Comes(1);
  Comes(2);
  last_ = 5;  // what comes after is no news to anybody
  EXPECT_EQ(StepOut(), absl::InfiniteFuture());
  EXPECT_THAT(post_.requests(), IsEmpty());
  EXPECT_EQ(Hook().cursor, 5u);

  const desk::NewsPiece practice = PieceAt(1);
  desk::NewsPiece about = practice;
  about.topics = {{.feature = "2.1.3"}};
  EXPECT_FALSE(IsWanted({.topics = {"2.1.3"}}, practice));
  EXPECT_TRUE(IsWanted({.topics = {"2.1.3"}}, about));
  EXPECT_FALSE(IsWanted({.on = {"offers"}, .topics = {"2.1.3"}}, about));
  EXPECT_TRUE(IsWanted({.on = {"practices"}, .topics = {"1.1.1", "2.1.3"}}, about));
}

TEST_F(WebhookSenderTest, ANodeThatEndsSendsNothingMore) {
  Add("a");
  Comes(1);
  ending_ = true;
  EXPECT_EQ(sender_->Step(), absl::InfiniteFuture());
  EXPECT_THAT(post_.requests(), IsEmpty());
}

}  // namespace
}  // namespace hansa::node::webhooks
