// What one node may send another: counted on both sides, and given back.
#include "replication/credit_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <limits>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "replication/transfer_unit.h"

namespace hansa::replication {
namespace {

using ::testing::Eq;
using ::testing::Optional;

constexpr std::uint64_t kEndless = std::numeric_limits<std::uint64_t>::max();

FrameCost Live(std::uint64_t bytes) { return {TrafficClass::kLive, bytes}; }
FrameCost Bulk(std::uint64_t bytes) { return {TrafficClass::kBulk, bytes}; }

// A purse as it is after the Hello of a peer with this window.
CreditPurse PurseFor(const CreditWindow& window) {
  CreditPurse purse;
  purse.Grant(window.granted());
  return purse;
}

TEST(CostOfTest, AHaveIsLiveAndCountsItsUnit) {
  EXPECT_THAT(CostOf(Have{}), Optional(Live(144)));
  EXPECT_THAT(CostOf(Have{{}, std::string(1000, 'u')}), Optional(Live(1144)));
}

TEST(CostOfTest, AUnitIsBulkAndCountsItsBytes) {
  EXPECT_THAT(CostOf(UnitFrame{std::string(70'000, 'u')}), Optional(Bulk(70'000)));
}

TEST(CostOfTest, PayloadsAreBulkAndCountAnItemThatIsEmptyToo) {
  Payloads payloads;
  EXPECT_THAT(CostOf(payloads), Optional(Bulk(16)));
  payloads.items.push_back({Sequence(1), {Salt(), std::string(500, 'p')}});
  payloads.items.push_back({Sequence(2), {}});
  EXPECT_THAT(CostOf(payloads), Optional(Bulk(16 + 540 + 40)));
}

TEST(CostOfTest, AForkProofIsBulkAndCountsAHeaderThatIsEmptyToo) {
  EXPECT_THAT(CostOf(ForkProof{{}, {}, {std::string(128, 'h'), ""}}), Optional(Bulk(240 + 132 + 4)));
}

TEST(CostOfTest, AChunkOfAFileIsBulkAndThatThereIsNoneIsFree) {
  EXPECT_THAT(CostOf(FileChunk{Hash(), 0, std::string(1000, 'f')}), Optional(Bulk(1036)));
  EXPECT_EQ(CostOf(FileChunk{Hash(), 0, ""}), std::nullopt);
}

TEST(CostOfTest, WhatKeepsTheConversationGoingIsFree) {
  const Frame free[] = {Hello{},     RootWant{}, RootDocs{},   Interest{}, ScopeRoot{},   WrongScope{}, TreeQuery{},
                        TreeReply{}, Rows{},     Want{},       WantNack{}, WantPayload{}, Ack{},        Credit{},
                        ForkWant{},  Claim{},    ClaimReply{}, Ping{},     CloseFrame{},  FileWant{},   FileChunk{}};
  EXPECT_THAT(std::size(free) + 4, Eq(std::variant_size_v<Frame>));
  for (const Frame& frame : free) EXPECT_EQ(CostOf(frame), std::nullopt) << FrameName(frame);
}

TEST(CreditWindowTest, BeginsWithAWindowOfEachClass) {
  EXPECT_EQ(CreditWindow().granted(), (Credit{256 * 1024, 1024 * 1024}));
}

TEST(CreditWindowTest, TakesAWholeWindowAndNotOneByteMore) {
  CreditWindow window;
  EXPECT_TRUE(window.Receive(Live(kLiveWindowBytes - 1)));
  EXPECT_TRUE(window.Receive(Live(1)));
  EXPECT_FALSE(window.Receive(Live(1)));
  EXPECT_TRUE(window.Receive(Bulk(kBulkWindowBytes)));
  EXPECT_FALSE(window.Receive(Bulk(1)));
}

TEST(CreditWindowTest, WhatIsDisposedOfAndNotYetGrantedMayNotBeSent) {
  CreditWindow window;
  ASSERT_TRUE(window.Receive(Live(kLiveWindowBytes)));
  window.Dispose(Live(kLiveWindowBytes));
  EXPECT_FALSE(window.Receive(Live(1)));
  ASSERT_TRUE(window.GrantDue());
  EXPECT_TRUE(window.Receive(Live(kLiveWindowBytes)));
}

TEST(CreditWindowTest, AnOverrunCountsNothing) {
  CreditWindow window;
  EXPECT_FALSE(window.Receive(Bulk(kBulkWindowBytes + 1)));
  EXPECT_EQ(window.waiting(TrafficClass::kBulk), 0u);
  EXPECT_TRUE(window.Receive(Bulk(kBulkWindowBytes)));
}

TEST(CreditWindowTest, ACostBeyondAllNumbersIsAnOverrun) {
  CreditWindow window;
  ASSERT_TRUE(window.Receive(Live(1)));
  EXPECT_FALSE(window.Receive(Live(kEndless)));
  EXPECT_FALSE(window.Receive(Live(kEndless - kLiveWindowBytes)));
}

TEST(CreditWindowTest, GrantsOnceAQuarterOfAWindowIsDisposedOf) {
  CreditWindow window;
  ASSERT_TRUE(window.Receive(Bulk(kBulkWindowBytes)));
  EXPECT_EQ(window.GrantDue(), std::nullopt);
  window.Dispose(Bulk(kBulkWindowBytes / 4 - 1));
  EXPECT_EQ(window.GrantDue(), std::nullopt);
  window.Dispose(Bulk(1));
  EXPECT_THAT(window.GrantDue(), Optional(Credit{kLiveWindowBytes, kBulkWindowBytes + kBulkWindowBytes / 4}));
  EXPECT_EQ(window.GrantDue(), std::nullopt);
}

TEST(CreditWindowTest, AGrantTellsTheOtherClassAsWell) {
  CreditWindow window;
  ASSERT_TRUE(window.Receive(Live(10)));
  ASSERT_TRUE(window.Receive(Bulk(kBulkWindowBytes)));
  window.Dispose(Live(10));
  EXPECT_EQ(window.GrantDue(), std::nullopt);
  window.Dispose(Bulk(kBulkWindowBytes));
  EXPECT_THAT(window.GrantDue(), Optional(Credit{kLiveWindowBytes + 10, 2 * kBulkWindowBytes}));
}

TEST(CreditWindowTest, WaitingIsWhatCameAndIsNotDisposedOf) {
  CreditWindow window;
  ASSERT_TRUE(window.Receive(Live(100)));
  window.Dispose(Live(30));
  EXPECT_EQ(window.waiting(TrafficClass::kLive), 70u);
  EXPECT_EQ(window.waiting(TrafficClass::kBulk), 0u);
}

TEST(CreditPurseTest, IsEmptyBeforeThePeerHasGrantedAnything) {
  const CreditPurse purse;
  EXPECT_FALSE(purse.MaySend(Live(1)));
  EXPECT_FALSE(purse.MaySend(Bulk(1)));
}

TEST(CreditPurseTest, SpendsEachClassApart) {
  CreditPurse purse;
  purse.Grant({100, 200});
  purse.Spend(Live(100));
  EXPECT_FALSE(purse.MaySend(Live(1)));
  EXPECT_TRUE(purse.MaySend(Bulk(200)));
  EXPECT_FALSE(purse.MaySend(Bulk(201)));
}

TEST(CreditPurseTest, AGrantNeverGoesDown) {
  CreditPurse purse;
  purse.Grant({100, 200});
  EXPECT_FALSE(purse.Grant({50, 150}));
  EXPECT_TRUE(purse.MaySend(Live(100)));
  EXPECT_TRUE(purse.MaySend(Bulk(200)));
  purse.Spend(Live(100));
  purse.Grant({0, 0});
  EXPECT_FALSE(purse.MaySend(Live(1)));
}

TEST(CreditPurseTest, SaysWhetherThereIsMoreOfBulk) {
  CreditPurse purse;
  EXPECT_TRUE(purse.Grant({100, 200}));
  EXPECT_FALSE(purse.Grant({300, 200}));
  EXPECT_TRUE(purse.Grant({300, 201}));
}

TEST(CreditPurseTest, AnEndlessGrantOverflowsNothing) {
  CreditPurse purse;
  purse.Grant({kEndless, kEndless});
  purse.Spend(Live(5));
  EXPECT_TRUE(purse.MaySend(Live(kEndless - 5)));
  EXPECT_FALSE(purse.MaySend(Live(kEndless - 4)));
}

TEST(CreditTest, TheLargestFramesPassHoweverLittleHasBeenGrantedAnew) {
  for (const FrameCost& largest : {Live(CostMax(TrafficClass::kLive)), Bulk(CostMax(TrafficClass::kBulk))}) {
    CreditWindow window;
    CreditPurse purse = PurseFor(window);
    // Just too little for a grant has been disposed of.
    const FrameCost before{largest.traffic, WindowBytes(largest.traffic) / 4 - 1};
    purse.Spend(before);
    ASSERT_TRUE(window.Receive(before));
    window.Dispose(before);
    ASSERT_EQ(window.GrantDue(), std::nullopt);
    ASSERT_TRUE(purse.MaySend(largest));
    EXPECT_TRUE(window.Receive(largest));
  }
}

// Frames and grants that are on their way, of two sides that keep to the rules, in any order of events.
class CreditRandomTest : public ::testing::TestWithParam<unsigned> {
 protected:
  FrameCost AnyCost() {
    const TrafficClass traffic = chance_() % 2 == 0 ? TrafficClass::kLive : TrafficClass::kBulk;
    // Small ones mostly, and every so often one of the largest.
    const std::uint64_t max = chance_() % 4 == 0 ? CostMax(traffic) : CostMax(traffic) / 100;
    return {traffic, 1 + chance_() % max};
  }
  void Send(const FrameCost& cost) {
    purse_.Spend(cost);
    frames_.push_back(cost);
  }
  void Deliver() {
    ASSERT_TRUE(window_.Receive(frames_.front())) << "overrun";
    ASSERT_LE(window_.waiting(frames_.front().traffic), WindowBytes(frames_.front().traffic));
    waiting_.push_back(frames_.front());
    frames_.pop_front();
  }
  // Not in order: what is refused goes before what is being written.
  void DisposeOfAny() {
    const auto which = waiting_.begin() + static_cast<std::ptrdiff_t>(chance_() % waiting_.size());
    window_.Dispose(*which);
    waiting_.erase(which);
    if (const std::optional<Credit> grant = window_.GrantDue()) {
      EXPECT_GE(grant->live_bytes, newest_.live_bytes);
      EXPECT_GE(grant->bulk_bytes, newest_.bulk_bytes);
      newest_ = *grant;
      grants_.push_back(*grant);
    }
  }

  std::mt19937 chance_{GetParam()};
  CreditWindow window_;
  CreditPurse purse_ = PurseFor(window_);
  Credit newest_ = window_.granted();
  std::deque<FrameCost> frames_, waiting_;
  std::deque<Credit> grants_;
};

TEST_P(CreditRandomTest, NoOverrunAndNoStandstill) {
  FrameCost next = AnyCost();
  int sent = 0;
  while (sent < 2000) {
    switch (chance_() % 4) {
      case 0:
        if (!purse_.MaySend(next)) break;
        Send(next);
        ++sent;
        next = AnyCost();
        break;
      case 1:
        if (!frames_.empty()) Deliver();
        break;
      case 2:
        if (!waiting_.empty()) DisposeOfAny();
        break;
      default:
        if (grants_.empty()) break;
        purse_.Grant(grants_.front());
        grants_.pop_front();
    }
    ASSERT_FALSE(HasFatalFailure());
    const bool on_its_way = !frames_.empty() || !waiting_.empty() || !grants_.empty();
    ASSERT_TRUE(on_its_way || purse_.MaySend(next)) << "stands still after " << sent << " frames";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CreditRandomTest, ::testing::Range(1u, 101u));

}  // namespace
}  // namespace hansa::replication
