// Two nodes on loopback: what one says the other hears, and every way a link can end.
#include "node/wire/wire.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "node/wire/address.h"
#include "replication/transfer_unit.h"
#include "tests/node/wire/recorder.h"
#include "tests/node/wire/tls_client.h"

namespace hansa::node::wire {
namespace {

using replication::CloseCode;
using replication::CloseFrame;
using replication::Credit;
using replication::Frame;
using replication::RootWant;
using replication::UnitFrame;

CloseFrame Goodbye() { return {CloseCode::kShutdown, "good night", 0}; }

class WireTest : public testing::Test {
 protected:
  WireTest() { hub_->AcceptOnly({city_.pin()}); }

  // The city dials the hub; afterwards both have the link.
  void Connect() {
    city_->Dial(hub_.address(), {hub_.pin()});
    const std::optional<LinkOpened> at_city = city_.Opened();
    const std::optional<LinkOpened> at_hub = hub_.Opened();
    ASSERT_TRUE(at_city.has_value()) << city_.failed_count() << " dials failed";
    ASSERT_TRUE(at_hub.has_value());
    city_link_ = at_city->link;
    hub_link_ = at_hub->link;
  }

  RecordedWire hub_{1};
  RecordedWire city_{2, ""};
  LinkId city_link_ = 0;
  LinkId hub_link_ = 0;
};

TEST_F(WireTest, BothSidesLearnWhoTheOtherIs) {
  Connect();
  const LinkOpened at_city = *city_.Opened();
  EXPECT_EQ(at_city.peer, hub_.pin());
  EXPECT_TRUE(at_city.dialled_by_us);
  EXPECT_EQ(at_city.address, hub_.address());
  const LinkOpened at_hub = *hub_.Opened();
  EXPECT_EQ(at_hub.peer, city_.pin());
  EXPECT_FALSE(at_hub.dialled_by_us);
  EXPECT_EQ(ParseAddress(at_hub.address)->host, "127.0.0.1");
  EXPECT_NE(city_link_, hub_link_);
}

TEST_F(WireTest, FramesArriveBothWaysInOrderAndUnchanged) {
  Connect();
  const Frame unit = UnitFrame{std::string(replication::kUnitBytesMax, '\xa5')};
  for (std::uint32_t i = 0; i < 200; ++i) {
    ASSERT_TRUE(city_->Say(city_link_, RootWant{i}));
    ASSERT_TRUE(hub_->Say(hub_link_, Credit{i, i}));
  }
  ASSERT_TRUE(city_->Say(city_link_, unit));
  for (std::uint32_t i = 0; i < 200; ++i) {
    const std::optional<FrameArrived> at_hub = hub_.Frame(i);
    ASSERT_TRUE(at_hub.has_value());
    EXPECT_EQ(at_hub->link, hub_link_);
    EXPECT_EQ(at_hub->frame, Frame(RootWant{i}));
    EXPECT_EQ(city_.Frame(i)->frame, Frame(Credit{i, i}));
  }
  EXPECT_EQ(hub_.Frame(200)->frame, unit);
}

TEST_F(WireTest, TheDiallersGoodbyeArrivesAndBothLinksEndInOrder) {
  Connect();
  ASSERT_TRUE(city_->Say(city_link_, RootWant{7}));
  city_->Close(city_link_, Goodbye());
  EXPECT_FALSE(city_->Say(city_link_, RootWant{8}));
  EXPECT_EQ(hub_.Frame(0)->frame, Frame(RootWant{7}));
  EXPECT_EQ(hub_.Frame(1)->frame, Frame(Goodbye()));
  EXPECT_TRUE(city_.Ended()->why.ok()) << city_.Ended()->why;
  EXPECT_TRUE(hub_.Ended()->why.ok()) << hub_.Ended()->why;
  EXPECT_EQ(hub_.Ended()->link, hub_link_);
  EXPECT_FALSE(hub_->Say(hub_link_, RootWant{9}));
}

TEST_F(WireTest, TheListenersGoodbyeArrivesAndBothLinksEndInOrder) {
  Connect();
  ASSERT_TRUE(hub_->Say(hub_link_, RootWant{7}));
  hub_->Close(hub_link_, Goodbye());
  EXPECT_EQ(city_.Frame(0)->frame, Frame(RootWant{7}));
  EXPECT_EQ(city_.Frame(1)->frame, Frame(Goodbye()));
  EXPECT_TRUE(city_.Ended()->why.ok()) << city_.Ended()->why;
  EXPECT_TRUE(hub_.Ended()->why.ok()) << hub_.Ended()->why;
}

TEST_F(WireTest, ALinkEndsOnceHoweverOftenItIsClosed) {
  Connect();
  for (int i = 0; i < 5; ++i) {
    city_->Close(city_link_, Goodbye());
    hub_->Close(hub_link_, std::nullopt);
  }
  ASSERT_TRUE(city_.Ended().has_value());
  ASSERT_TRUE(hub_.Ended().has_value());
  city_->Shutdown();
  hub_->Shutdown();
  EXPECT_EQ(city_.ended_count(), 1u);
  EXPECT_EQ(hub_.ended_count(), 1u);
}

TEST_F(WireTest, LinksThatNeverWereAreNoHarm) {
  EXPECT_FALSE(city_->Say(12345, RootWant{1}));
  city_->Consumed(12345);
  city_->Close(12345, Goodbye());
}

TEST_F(WireTest, APeerThatGoesAwayEndsTheLink) {
  {
    RecordedWire other(3, "");
    hub_->AcceptOnly({other.pin()});
    ASSERT_TRUE(other.DialOpens(hub_.address(), hub_.pin()));
    ASSERT_TRUE(hub_.Opened().has_value());
  }
  EXPECT_TRUE(hub_.Ended().has_value());
}

TEST_F(WireTest, ShutdownEndsOpenLinksAndReturnsAndNothingIsToldAfterIt) {
  Connect();
  hub_->Shutdown();
  EXPECT_EQ(hub_.ended_count(), 1u);
  EXPECT_TRUE(city_.Ended().has_value());
  city_->Dial(hub_.address(), {hub_.pin()});
  EXPECT_EQ(city_.Failed()->why.code(), absl::StatusCode::kUnavailable);
  city_->Shutdown();
  city_->Dial(hub_.address(), {hub_.pin()});
  EXPECT_EQ(city_.failed_count(), 1u);
}

TEST_F(WireTest, AReaderThatDoesNotConsumeHoldsTheSenderBackAndNothingIsLost) {
  RecordedWire slow(4, "127.0.0.1:0", {}, RecordedWire::Consume::kNever);
  slow->AcceptOnly({city_.pin()});
  ASSERT_TRUE(city_.DialOpens(slow.address(), slow.pin()));
  const LinkId sender = city_.Opened()->link;
  const LinkId reader = slow.Opened()->link;
  const Frame unit = UnitFrame{std::string(256 * 1024, 'u')};
  // 256 frames are 64 MiB. Queue and window together hold about 4 + 2 MiB, whatever is between them less than one.
  std::size_t said = 0;
  for (int pause = 0; pause < 20; ++pause) {
    while (said < 256 && city_->Say(sender, unit)) ++said;
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_LT(said, 40u) << "bytes pile up somewhere";
  const std::size_t window = slow.frame_count();
  EXPECT_LE(window, 8u);

  std::size_t consumed = 0;
  while (consumed < said) {
    ASSERT_TRUE(slow.Frame(consumed).has_value()) << consumed << " of " << said;
    slow->Consumed(reader);
    ++consumed;
  }
  EXPECT_EQ(slow.Frame(said - 1)->frame, unit);
  EXPECT_TRUE(city_->Say(sender, unit));
}

TEST_F(WireTest, ALinkWhoseReaderIsStuckCanStillBeClosedAndShutDown) {
  RecordedWire stuck(4, "127.0.0.1:0", {.goodbye = std::chrono::milliseconds(200)}, RecordedWire::Consume::kNever);
  RecordedWire sender(5, "", {.goodbye = std::chrono::milliseconds(200)});
  stuck->AcceptOnly({sender.pin()});
  ASSERT_TRUE(sender.DialOpens(stuck.address(), stuck.pin()));
  const LinkId link = sender.Opened()->link;
  while (sender->Say(link, UnitFrame{std::string(256 * 1024, 'u')})) {
  }
  sender->Close(link, Goodbye());
  EXPECT_TRUE(sender.Ended().has_value());
  EXPECT_TRUE(stuck.Ended().has_value());
}

TEST_F(WireTest, AFrameTooLargeToSendEndsTheLinkWithTheReason) {
  Connect();
  EXPECT_FALSE(city_->Say(city_link_, replication::RootDocs{{std::string(65536, 'd')}}));
  const std::optional<LinkEnded> ended = city_.Ended();
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(ended->why.code(), absl::StatusCode::kInternal) << ended->why;
  EXPECT_TRUE(hub_.Ended().has_value());
}

TEST_F(WireTest, ManyLinksOpenTalkAndEndAtOnce) {
  RecordedWire busy(7, "127.0.0.1:0",
                    {.inbound_links_of_one_key = 64,
                     .unproven_connections_of_one_address = 64,
                     .new_connections_per_second_of_one_address = 1000});
  busy->AcceptOnly({city_.pin()});
  constexpr std::size_t kLinks = 32;
  for (std::size_t i = 0; i < kLinks; ++i) city_->Dial(busy.address(), {busy.pin()});
  std::set<LinkId> links;
  for (std::size_t i = 0; i < kLinks; ++i) {
    const std::optional<LinkOpened> opened = city_.Opened(i);
    ASSERT_TRUE(opened.has_value()) << i << " opened, " << city_.failed_count() << " failed";
    links.insert(opened->link);
    EXPECT_TRUE(city_->Say(opened->link, RootWant{1}));
    city_->Close(opened->link, Goodbye());
  }
  EXPECT_EQ(links.size(), kLinks);
  for (std::size_t i = 0; i < kLinks; ++i) {
    ASSERT_TRUE(city_.Ended(i).has_value());
    ASSERT_TRUE(busy.Ended(i).has_value());
  }
  ASSERT_TRUE(busy.Frame(2 * kLinks - 1).has_value());
}

}  // namespace
}  // namespace hansa::node::wire
