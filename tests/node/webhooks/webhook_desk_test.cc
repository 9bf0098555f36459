#include "node/webhooks/webhook_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_format.h"
#include "node/webhooks/webhook_signature.h"
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
using ::testing::SizeIs;

class WebhookDeskTest : public ::testing::Test {
 protected:
  absl::Status AddStatus(const NewWebhook& asked) { return desk_.Add(asked).status(); }

  storage::MemoryTables tables_;
  const std::unique_ptr<WebhookBook> book_ = Must(WebhookBook::Open(tables_));
  FakePost post_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  int drawn_ = 0;
  int wakings_ = 0;
  WebhookDesk desk_{{.book = *book_,
                     .post = post_,
                     .journal_end = [] { return 7; },
                     .topics =
                         [] {
                           return std::vector<desk::FollowedTopic>{{.feature = "2.1.3"}, {.action = "BD1.2"}};
                         },
                     .now = [this] { return now_; },
                     .chance = [this] { return absl::StrFormat("%08x%024x", ++drawn_, 0); },
                     .wake = [this] { ++wakings_; }}};
};

TEST_F(WebhookDeskTest, AHookIsToldFromNowOn) {
  const Webhook hook = Must(desk_.Add(
      {.url = "https://example.org/h", .on = {"practices", "offers", "practices"}, .topics = {"2.1.3", "bd1.2"}}));
  EXPECT_EQ(hook.id, "00000001");
  EXPECT_EQ(hook.cursor, 7u);
  EXPECT_THAT(hook.on, ElementsAre("offers", "practices"));
  EXPECT_EQ(hook.secret.size(), kSecretBytes);
  EXPECT_STREQ(StateName(hook), "delivering");
  EXPECT_THAT(desk_.List(), ElementsAre(hook));
  EXPECT_EQ(wakings_, 1);
}

TEST_F(WebhookDeskTest, WhatCannotBeToldIsRefusedWithAReason) {
  EXPECT_EQ(AddStatus({.url = "http://93.184.216.34/"}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(AddStatus({.url = "https://e.org/", .on = {"numbers"}}).message(), HasSubstr("indicators, practices"));
  EXPECT_THAT(AddStatus({.url = "https://e.org/", .topics = {"1.1.1"}}).message(), HasSubstr("follow it first"));
  EXPECT_THAT(AddStatus({.url = "https://e.org/", .topics = {""}}).message(), HasSubstr("follow it first"));
  ASSERT_THAT(AddStatus({.url = "https://e.org/"}), IsOk());
  EXPECT_THAT(AddStatus({.url = "https://e.org/"}).message(), HasSubstr("already"));
  EXPECT_THAT(AddStatus({.url = "https://e.org/", .on = {"offers"}}), IsOk());
}

TEST_F(WebhookDeskTest, ATestIsSignedAndLetsAPausedHookGoOn) {
  const Webhook hook = Must(desk_.Add({.url = "https://e.org/"}));
  const auto pause = [](Webhook& each) {
    each.is_paused = true;
    each.failures = 80;
    each.next_attempt_ms = 99;
    each.last_error = "the receiver answered 500";
  };
  ASSERT_THAT(book_->Change(hook.id, pause, storage::Durability::kLazy), IsOk());
  post_.AnswerWith({.status = 301});
  EXPECT_THAT(Must(desk_.Test(hook.id)).why_not, HasSubstr("points elsewhere (301)"));
  EXPECT_TRUE(Must(book_->Find(hook.id)).is_paused);

  post_.AnswerWith({.status = 204});
  const TestReport report = Must(desk_.Test(hook.id));
  EXPECT_TRUE(report.taken && report.goes_on);
  EXPECT_EQ(Must(book_->Find(hook.id)).failures, 0u);
  EXPECT_STREQ(StateName(Must(book_->Find(hook.id))), "delivering");
  ASSERT_THAT(post_.taken(), SizeIs(1));
  const HttpRequest sent = post_.taken()[0];
  EXPECT_EQ(sent.body, R"({"type":"hansa.test","timestamp":"2027-01-15T08:00:00.000Z","data":{"webhook":"00000001"}})");
  EXPECT_EQ(HeaderOf(sent, "webhook-timestamp"), "1800000000");
  EXPECT_EQ(HeaderOf(sent, "webhook-signature"),
            SignatureOf({HeaderOf(sent, "webhook-id"), 1'800'000'000, sent.body}, hook.secret));
  EXPECT_FALSE(Must(desk_.Test(hook.id)).goes_on);
  EXPECT_EQ(desk_.Test("ffffffff").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(WebhookDeskTest, ANewSecretStandsBesideTheOlderForADay) {
  const Webhook hook = Must(desk_.Add({.url = "https://e.org/"}));
  const Webhook rotated = Must(desk_.RotateSecret(hook.id));
  EXPECT_NE(rotated.secret, hook.secret);
  EXPECT_EQ(rotated.older_secret, hook.secret);
  EXPECT_EQ(rotated.older_until_ms, 1'800'086'400'000u);
  EXPECT_EQ(Must(desk_.Remove(hook.id)), "https://e.org/");
  EXPECT_EQ(desk_.RotateSecret(hook.id).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(WebhookDeskTest, TheDoctorSpeaksOfHooksThatAreNotTaken) {
  desk::Examination nothing;
  desk_.Judge(nothing);
  EXPECT_THAT(nothing.checks, IsEmpty());
  const Webhook hook = Must(desk_.Add({.url = "https://e.org/"}));
  const auto judged = [&](bool is_paused, absl::Duration failing) {
    const auto fail = [&](Webhook& each) {
      each.is_paused = is_paused;
      each.failures = 1;
      each.failing_since_ms = static_cast<std::uint64_t>(absl::ToUnixMillis(now_ - failing));
    };
    EXPECT_THAT(book_->Change(hook.id, fail, storage::Durability::kLazy), IsOk());
    desk::Examination examination;
    desk_.Judge(examination);
    EXPECT_THAT(examination.checks, SizeIs(1));
    return examination.findings;
  };
  EXPECT_THAT(judged(false, absl::Hours(2)), IsEmpty());
  ASSERT_THAT(judged(false, absl::Hours(25)), SizeIs(1));
  EXPECT_EQ(judged(false, absl::Hours(25))[0].level, desk::FindingLevel::kDoubt);
  EXPECT_EQ(judged(true, absl::Hours(80))[0].level, desk::FindingLevel::kProblem);
  EXPECT_THAT(judged(true, absl::Hours(80))[0].remedy, HasSubstr("hansa webhooks test 00000001"));
}

}  // namespace
}  // namespace hansa::node::webhooks
