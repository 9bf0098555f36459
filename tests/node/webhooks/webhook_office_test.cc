// Hooks of a node in memory: what a followed city publishes reaches a receiver, what was taken back or erased meanwhile
// does not.
#include "node/webhooks/webhook_office.h"

#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "hansa/v1/practices.pb.h"
#include "tests/node/webhooks/fake_post.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using node::desk::FollowingDesk;
using node::webhooks::HttpAnswer;
using node::webhooks::HttpRequest;
using node::webhooks::Webhook;
using node::webhooks::WebhookOffice;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Bonn follows Aachen.
class WebhookOfficeTest : public ::testing::Test {
 protected:
  WebhookOfficeTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    for (FakeNode* each : {&bonn_, &aachen_}) network_.AdmitCity(CityNamed(each->View().slug, "DEU"), germany_);
    for (FakeNode* each : {&bonn_, &aachen_}) each->Refresh();
    Must(desk_.Follow("de-aachen", {}));
  }

  // `receiver` outlives the office.
  std::unique_ptr<WebhookOffice> Open(FakePost& receiver) {
    return Must(WebhookOffice::Start({.node = bonn_,
                                      .catalogue = node::catalogue::CurrentCatalogue(),
                                      .views = bonn_.views(),
                                      .sending = std::make_unique<Through>(receiver),
                                      .testing = std::make_unique<Through>(receiver),
                                      .now = absl::Now,
                                      .told = [](const node::webhooks::Trouble&) {}}));
  }
  struct Entry {
    std::string title;
    std::optional<replication::RecordId> record = std::nullopt;
    bool retract = false;
  };
  node::Published Publish(const Entry& entry) {
    v1::Practice practice;
    practice.set_title(entry.title);
    practice.set_language("en");
    const replication::Bytes payload = entry.retract ? "" : practice.SerializeAsString();
    const node::Published published = Must(
        aachen_.Publish({{replication::kPractices, replication::kPractice, entry.record, entry.retract, payload}}))[0];
    bonn_.Receive(aachen_.units().back());
    Must(bonn_.AwaitViews());
    return published;
  }

  // Hands on to a receiver that outlives it.
  class Through final : public node::webhooks::HttpPost {
   public:
    explicit Through(FakePost& receiver) : receiver_(receiver) {}
    HttpAnswer Post(const HttpRequest& request) override { return receiver_.Post(request); }
    void Cancel() override {}

   private:
    FakePost& receiver_;
  };

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  FakeNode aachen_{network_, CityNamed("de-aachen", "DEU")};
  FollowingDesk desk_{bonn_, node::catalogue::CurrentCatalogue(), bonn_.views()};
};

TEST_F(WebhookOfficeTest, WhatComesIsSentWithoutBeingAskedFor) {
  FakePost receiver;
  const auto office = Open(receiver);
  Publish({.title = "Before the hook"});
  const Webhook hook = Must(office->desk().Add({.url = "https://example.org/"}));
  Publish({.title = "Reading aloud"});
  receiver.AwaitTaken(1);
  EXPECT_THAT(receiver.taken()[0].body, HasSubstr("Reading aloud"));
  EXPECT_THAT(receiver.taken()[0].body,
              HasSubstr(R"("member":"de-aachen","collection":"practices","kind":"practice")"));
  Must(office->desk().Remove(hook.id));
}

TEST_F(WebhookOfficeTest, WhatWasTakenBackWhileItWaitedIsNotSent) {
  FakePost receiver;
  receiver.AnswerWith({.status = 500});
  std::string id;
  {
    const auto office = Open(receiver);
    id = Must(office->desk().Add({.url = "https://example.org/"})).id;
    office->Stop();  // from here on it waits
    const node::Published practice = Publish({.title = "A mistake"});
    Publish({.title = "Singing"});
    Publish({.title = "", .record = practice.record, .retract = true});
  }
  receiver.AnswerWith({.status = 200});
  const auto office = Open(receiver);
  receiver.AwaitTaken(2);
  EXPECT_THAT(receiver.taken()[0].body, HasSubstr("Singing"));
  EXPECT_THAT(receiver.taken()[1].body, HasSubstr(R"("title":"","revision":2,"withdrawn":true)"));
  for (const HttpRequest& each : receiver.requests()) EXPECT_THAT(each.body, ::testing::Not(HasSubstr("A mistake")));
  EXPECT_EQ(office->desk().List()[0].id, id);
}

TEST_F(WebhookOfficeTest, WhatThisMemberPublishesIsToldToWhoAsksForItAndIsNoNewsHere) {
  FakePost receiver;
  const auto office = Open(receiver);
  Must(office->desk().Add({.url = "https://example.org/", .on = {"own"}}));
  Publish({.title = "Of Aachen"});
  v1::Practice practice;
  practice.set_title("Of Bonn");
  practice.set_language("en");
  Must(bonn_.Publish(
      {{replication::kPractices, replication::kPractice, std::nullopt, false, practice.SerializeAsString()}}));
  Must(bonn_.AwaitViews());
  receiver.AwaitTaken(1);
  EXPECT_THAT(receiver.taken()[0].body, HasSubstr(R"("member":"de-bonn")"));
  EXPECT_THAT(receiver.taken()[0].body, HasSubstr("Of Bonn"));
  const node::desk::News news = Must(desk_.ListNews(0, node::desk::Listing::kAll));
  ASSERT_THAT(news.pieces, SizeIs(1));
  EXPECT_EQ(news.pieces[0].title, "Of Aachen");
  office->Stop();
  Must(bonn_.Reindex());
  EXPECT_THAT(Must(desk_.ListNews(0, node::desk::Listing::kAll)).pieces, SizeIs(1));
  EXPECT_THAT(receiver.taken(), SizeIs(1));
}

TEST_F(WebhookOfficeTest, ViewsThatAreBuiltAnewLoseNothing) {
  FakePost receiver;
  const auto office = Open(receiver);
  Must(office->desk().Add({.url = "https://example.org/"}));
  office->Stop();
  Publish({.title = "Reading aloud"});
  Must(bonn_.Reindex());
  const auto again = Open(receiver);
  receiver.AwaitTaken(1);
  EXPECT_THAT(receiver.taken(), SizeIs(1));
}

}  // namespace
}  // namespace hansa::testing
