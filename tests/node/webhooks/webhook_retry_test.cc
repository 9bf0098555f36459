#include "node/webhooks/webhook_retry.h"

#include <gtest/gtest.h>

namespace hansa::node::webhooks {
namespace {

constexpr absl::Duration kNone = absl::ZeroDuration();

TEST(WebhookRetry, PausesGrowFromSecondsToAnHourAndNoFurther) {
  EXPECT_EQ(PauseAfter(1, 1, kNone), absl::Seconds(5));
  EXPECT_EQ(PauseAfter(2, 1, kNone), absl::Seconds(10));
  EXPECT_EQ(PauseAfter(5, 1, kNone), absl::Seconds(80));
  EXPECT_EQ(PauseAfter(10, 1, kNone), absl::Seconds(2560));
  EXPECT_EQ(PauseAfter(11, 1, kNone), kPauseMax);
  EXPECT_EQ(PauseAfter(4'000'000'000, 1, kNone), kPauseMax);
}

TEST(WebhookRetry, ChanceShortensAPauseByAQuarterAtTheMost) {
  EXPECT_EQ(PauseAfter(1, 0, kNone), absl::Milliseconds(3750));
  EXPECT_EQ(PauseAfter(20, 0, kNone), absl::Minutes(45));
  EXPECT_EQ(PauseAfter(1, 7, kNone), absl::Seconds(5));
}

TEST(WebhookRetry, AReceiverMayAskToBeLeftAloneForAnHourAtTheMost) {
  EXPECT_EQ(PauseAfter(1, 1, absl::Minutes(2)), absl::Minutes(2));
  EXPECT_EQ(PauseAfter(11, 1, absl::Minutes(2)), kPauseMax);
  EXPECT_EQ(PauseAfter(1, 1, absl::Hours(1000)), kPauseMax);
}

TEST(WebhookRetry, ItEndsAfterThreeDaysAndManyAttempts) {
  const absl::Time since = absl::FromUnixSeconds(1'800'000'000);
  EXPECT_FALSE(IsGivenUp(80, since, since + absl::Hours(71)));
  EXPECT_TRUE(IsGivenUp(80, since, since + absl::Hours(72)));
  // A node that was off meanwhile.
  EXPECT_FALSE(IsGivenUp(2, since, since + absl::Hours(1000)));
}

TEST(WebhookRetry, AClockThatWasSetBackDelaysNothingForLong) {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  EXPECT_EQ(DueAt(now + absl::Minutes(10), now), now + absl::Minutes(10));
  EXPECT_EQ(DueAt(now + absl::Hours(10'000), now), now + kPauseMax);
  EXPECT_EQ(DueAt(absl::UnixEpoch(), now), absl::UnixEpoch());
}

}  // namespace
}  // namespace hansa::node::webhooks
