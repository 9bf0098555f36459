#include "node/daemon/dialler.h"

#include <gtest/gtest.h>

namespace hansa::node {
namespace {

using replication::DialTarget;
using replication::Pin;

Pin PinNumber(std::uint8_t number) {
  std::array<std::uint8_t, Pin::kSize> bytes{};
  bytes[0] = number;
  return Pin(bytes);
}

class PeerDiallerTest : public ::testing::Test {
 protected:
  void Fail(double chance) {
    dialler_.Failed("hub:1", absl::UnavailableError("nobody listens"), now_, chance, kDialPauseMax);
  }
  std::size_t DueNow() { return dialler_.Due(now_, connected_).size(); }

  absl::Time now_ = absl::UnixEpoch();
  std::set<Pin> connected_;
  PeerDialler dialler_;
  const DialTarget hub_{"hub:1", {PinNumber(1)}, "int-uil"};
};

TEST_F(PeerDiallerTest, ANewTargetIsDialledAtOnceAndOnlyOnce) {
  dialler_.SetTargets({hub_});
  EXPECT_EQ(DueNow(), 1u);
  EXPECT_EQ(DueNow(), 0u);
}

TEST_F(PeerDiallerTest, AFailureIsTriedAgainLaterAndLater) {
  dialler_.SetTargets({hub_});
  absl::Duration before = absl::ZeroDuration();
  for (int failures = 0; failures < 6; ++failures) {
    ASSERT_EQ(DueNow(), 1u);
    Fail(0.999);
    const absl::Duration pause = dialler_.deadline() - now_;
    EXPECT_GT(pause, before);
    EXPECT_EQ(DueNow(), 0u);
    before = pause;
    now_ += pause;
  }
}

TEST_F(PeerDiallerTest, NoPauseIsLongerThanFiveMinutes) {
  dialler_.SetTargets({hub_});
  for (int failures = 0; failures < 40; ++failures) {
    ASSERT_EQ(DueNow(), 1u);
    Fail(0.999);
    EXPECT_LE(dialler_.deadline() - now_, kDialPauseMax);
    now_ = dialler_.deadline();
  }
}

TEST_F(PeerDiallerTest, ChanceSpreadsThoseWhoComeBack) {
  dialler_.SetTargets({hub_});
  for (int failures = 0; failures < 5; ++failures) {
    ASSERT_EQ(DueNow(), 1u);
    Fail(0.0);
    EXPECT_LE(dialler_.deadline() - now_, absl::Milliseconds(100));
    now_ = dialler_.deadline();
  }
}

TEST_F(PeerDiallerTest, AStreamThatEndsAtOnceIsNoSuccess) {
  dialler_.SetTargets({hub_});
  absl::Duration pause = absl::ZeroDuration();
  for (int times = 0; times < 8; ++times) {
    ASSERT_EQ(DueNow(), 1u);
    dialler_.Opened("hub:1", now_);
    Fail(0.999);
    pause = dialler_.deadline() - now_;
    now_ = dialler_.deadline();
  }
  EXPECT_GT(pause, absl::Seconds(30));
}

TEST_F(PeerDiallerTest, SuccessBeginsAnew) {
  dialler_.SetTargets({hub_});
  for (int failures = 0; failures < 8; ++failures) {
    (void)DueNow();
    Fail(0.999);
    now_ = dialler_.deadline();
  }
  EXPECT_EQ(DueNow(), 1u);
  dialler_.Opened("hub:1", now_);
  EXPECT_EQ(dialler_.states().at("hub:1").last_error, "");
  now_ += kLasting;
  Fail(0.999);
  EXPECT_LE(dialler_.deadline() - now_, kDialPauseMin);
}

TEST_F(PeerDiallerTest, AMemberWhoIsConnectedIsNotDialled) {
  dialler_.SetTargets({hub_});
  connected_ = {PinNumber(1)};
  EXPECT_EQ(DueNow(), 0u);
  connected_.clear();
  now_ = dialler_.deadline();
  EXPECT_EQ(DueNow(), 1u);
}

TEST_F(PeerDiallerTest, ATargetNoLongerNamedIsForgotten) {
  dialler_.SetTargets({hub_});
  dialler_.SetTargets({});
  EXPECT_TRUE(dialler_.states().empty());
  EXPECT_EQ(dialler_.deadline(), absl::InfiniteFuture());
}

TEST_F(PeerDiallerTest, TellsWhoIsAwayFromWhoRefused) {
  dialler_.SetTargets({hub_});
  Fail(0.5);
  EXPECT_TRUE(dialler_.states().at("hub:1").away);
  dialler_.Failed("hub:1", absl::UnauthenticatedError("another key"), now_, 0.5, kDialPauseMax);
  EXPECT_FALSE(dialler_.states().at("hub:1").away);
  dialler_.Failed("hub:1", absl::OkStatus(), now_, 0.5, kDialPauseMax);
  EXPECT_TRUE(dialler_.states().at("hub:1").away);
}

}  // namespace
}  // namespace hansa::node
