// Payloads that are lost on the way, and those that are erased. Tests that hold a promise carry its number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/replication/repair_league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::kIndicatorSetKind;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

class PayloadRepairTest : public RepairLeague {};

// A relay that strips payloads can delay, and nothing else.
TEST_F(PayloadRepairTest, P4_APayloadThatARelayLeftOutIsFetchedElsewhere) {
  for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
  loop_.Settle();
  loop_.Meddle([](const std::string& from, const std::string& to, Frame& frame) {
    auto* payloads = std::get_if<Payloads>(&frame);
    if (from == "hub" && to == kTurku && payloads != nullptr) payloads->items.clear();
    auto* have = std::get_if<Have>(&frame);
    if (from != "hub" || to != kTurku || have == nullptr || have->unit.empty()) return true;
    TransferUnit unit = DecodeUnit(have->unit).value();
    for (Entry& entry : unit.entries) entry.payload.reset();
    have->unit = EncodeUnit(unit);
    return true;
  });
  Publish(kEspoo, kIndicatorSetKind, "left out");
  while (loop_.RunOne()) {
  }
  EXPECT_EQ(loop_[kTurku].replica().missing(), 1u);
  EXPECT_EQ(league_.LengthAt(kTurku, feed_), 1u);
  loop_.Dial(kTurku, kEspoo);
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_[kTurku].replica().missing(), 0u);
  EXPECT_TRUE(HasPayload(kTurku, feed_, Sequence(1)));
}

// More than one answer holds: the next ones are asked for when some have come, not a minute later.
TEST_F(PayloadRepairTest, ManyMissingPayloadsComeWithoutWaitingForAMinuteEach) {
  constexpr int kCount = 6 * static_cast<int>(kPayloadsWantedMax);
  PublishAndLeaveOut(kCount, Sequence());
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_[kTurku].replica().missing(), 0u);
}

// What is on its way to the disk is not taken a second time, however often it is sent.
TEST_F(PayloadRepairTest, APayloadThatIsBeingWrittenIsNotTakenAgain) {
  PublishAndLeaveOut(2, Sequence(2));
  loop_.Meddle([](const std::string&, const std::string&, Frame&) { return true; });
  std::map<Sequence, int> written;
  int came = 0;
  loop_.Watch([&](const std::string& name, const Effect& effect) {
    const auto* write = std::get_if<WritePayloads>(&effect);
    if (name != kTurku || write == nullptr) return;
    for (const Payloads::Item& item : write->items) ++written[item.seq];
  });
  loop_.Listen([&](const std::string&, const std::string& to, const Frame& frame) {
    const auto* payloads = std::get_if<Payloads>(&frame);
    if (to == kTurku && payloads != nullptr) came += static_cast<int>(payloads->items.size());
  });
  loop_.HoldDisk(kTurku);
  for (int again = 0; again < 3; ++again) {
    loop_.Cut(kTurku, "hub");
    loop_.Dial(kTurku, "hub");
    loop_.Settle(absl::Minutes(2));
  }
  EXPECT_GE(came, 4);
  EXPECT_THAT(written, ElementsAre(Pair(Sequence(1), 1), Pair(Sequence(2), 1)));
  loop_.FreeDisk(kTurku);
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_[kTurku].replica().missing(), 0u);
}

TEST_F(PayloadRepairTest, PayloadsThatNobodyGivesKeepNoOthersWaiting) {
  constexpr int kGiven = 3;
  const Sequence withheld(kPayloadsWantedMax);
  PublishAndLeaveOut(static_cast<int>(withheld.value()) + kGiven, withheld);
  loop_.Settle(absl::Minutes(4));
  EXPECT_FALSE(HasPayload(kTurku, feed_, Sequence(1)));
  EXPECT_TRUE(HasPayload(kTurku, feed_, Sequence(withheld.value() + kGiven)));
  EXPECT_EQ(loop_[kTurku].replica().missing(), withheld.value());
}

TEST_F(PayloadRepairTest, P19_APayloadThatBothSidesOrderedIsErasedEverywhere) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "to be erased");
  Publish(kEspoo, kIndicatorSetKind, "to stay");
  loop_.Settle();
  ASSERT_TRUE(loop_.PublishEntry(kEspoo, OrderFor("hub", feed_, Sequence(1), "by the author")).ok());
  loop_.Settle();
  EXPECT_TRUE(HasPayload(kTurku, feed_, Sequence(1)));  // one key alone destroys nothing at once
  ASSERT_TRUE(loop_.PublishEntry("hub", OrderFor("hub", feed_, Sequence(1), "by the secretariat")).ok());
  loop_.Settle(absl::Minutes(2));
  for (const char* node : {"hub", kEspoo, kTurku, kOulu}) {
    EXPECT_FALSE(HasPayload(node, feed_, Sequence(1))) << node;
    EXPECT_TRUE(HasPayload(node, feed_, Sequence(2))) << node;
    EXPECT_EQ(loop_[node].replica().missing(), 0u) << node;
  }
  EXPECT_TRUE(loop_.AllEqual({"hub", kEspoo, kTurku, kOulu}));
  // A newcomer gets the chain without it, and misses nothing.
  loop_.Add("newcomer", league_.network().roster().root(), league_.applicant(kOulu));
  loop_.Cut(kOulu, "hub");
  loop_.Dial("newcomer", "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_TRUE(loop_.AllEqual({"hub", "newcomer"}));
  EXPECT_EQ(loop_["newcomer"].replica().missing(), 0u);
}

// What was known of a feed that is not kept any more says nothing of what is fetched of it later.
TEST_F(PayloadRepairTest, P19_WhatWasFollowedAgainIsErasedLikeTheRest) {
  PublishAndLeaveOut(1, Sequence(1));
  ASSERT_FALSE(HasPayload(kTurku, feed_, Sequence(1)));
  loop_.Meddle([](const std::string&, const std::string&, Frame&) { return true; });
  loop_.Choose(kTurku, league_.Only({kOulu}, kIndicators));
  loop_.Settle();
  ASSERT_EQ(league_.LengthAt(kTurku, feed_), 0u);
  loop_.Choose(kTurku, InterestInEverything());
  loop_.Settle();
  ASSERT_TRUE(HasPayload(kTurku, feed_, Sequence(1)));
  ASSERT_TRUE(loop_.PublishEntry(kEspoo, OrderFor("hub", feed_, Sequence(1), "by the author")).ok());
  ASSERT_TRUE(loop_.PublishEntry("hub", OrderFor("hub", feed_, Sequence(1), "by the secretariat")).ok());
  loop_.Settle(absl::Minutes(2));
  for (const char* node : {"hub", kEspoo, kTurku}) EXPECT_FALSE(HasPayload(node, feed_, Sequence(1))) << node;
}

// Whoever shows what is held is told of many orders at once, and not of each with all that came before.
TEST_F(PayloadRepairTest, ManyOrdersOfOneFeedAreToldTogether) {
  constexpr std::uint64_t kCount = 40;
  ConnectAll();
  for (std::uint64_t i = 1; i <= kCount; ++i) Publish(kEspoo, kIndicatorSetKind, absl::StrCat("entry ", i));
  loop_.Settle();
  std::vector<NewEntry> orders;
  for (std::uint64_t seq = 1; seq <= kCount; ++seq) {
    orders.push_back(OrderFor("hub", feed_, Sequence(seq), absl::StrCat("order ", seq)));
  }
  std::map<std::string, std::vector<std::size_t>> told;
  loop_.Watch([&](const std::string& name, const Effect& effect) {
    const auto* moved = std::get_if<HiddenMoved>(&effect);
    if (moved != nullptr) told[name].push_back(moved->hidden.size());
  });
  ASSERT_TRUE(loop_.PublishEntries(kEspoo, orders).ok());
  loop_.Settle();
  for (const char* node : {"hub", kEspoo, kTurku, kOulu}) EXPECT_THAT(told[node], ElementsAre(kCount)) << node;
}

// Who shows what is held hears also of what is destroyed as soon as it is looked at.
TEST_F(PayloadRepairTest, P19_WhatIsErasedAtOnceIsToldToo) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "to be erased");
  loop_.Settle();
  NewEntry order = OrderFor("hub", feed_, Sequence(1), "approved");
  std::vector<OrderApproval> approvals;
  for (const auto& officer : league_.network().approvers()) {
    const Statement statement =
        league_.network().Signed(StatementType::kApproval, *officer,
                                 ApprovalBody(SodiumCrypto(), order.kind, order.record, order.ext.front().value));
    approvals.push_back({statement.signer, statement.signature});
  }
  order.ext.push_back(ApprovalsItem(approvals));
  std::map<std::string, std::vector<HiddenMoved>> told;
  loop_.Watch([&](const std::string& name, const Effect& effect) {
    if (const auto* moved = std::get_if<HiddenMoved>(&effect)) told[name].push_back(*moved);
  });
  ASSERT_TRUE(loop_.PublishEntry("hub", order).ok());
  loop_.Settle(absl::Minutes(2));
  for (const char* node : {"hub", kEspoo, kTurku, kOulu}) {
    EXPECT_FALSE(HasPayload(node, feed_, Sequence(1))) << node;
    ASSERT_THAT(told[node], SizeIs(1)) << node;
    EXPECT_THAT(told[node].front().hidden, ElementsAre(Sequence(1))) << node;
  }
}

TEST_F(PayloadRepairTest, P19_OneOrderErasesAfterItsHoldOfRunningTime) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "to be erased");
  loop_.Settle();
  ASSERT_TRUE(loop_.PublishEntry(kEspoo, OrderFor("hub", feed_, Sequence(1), "by the author")).ok());
  loop_.Settle();
  for (const char* city : {kEspoo, kTurku, kOulu}) loop_.Cut(city, "hub");
  loop_.Settle(absl::Hours(24 * 13));
  EXPECT_TRUE(HasPayload(kTurku, feed_, Sequence(1)));
  loop_.Crash(kTurku);  // what it ran before counts
  loop_.Settle(absl::Hours(24 * 2));
  EXPECT_FALSE(HasPayload(kTurku, feed_, Sequence(1)));
  EXPECT_FALSE(HasPayload("hub", feed_, Sequence(1)));
}

TEST_F(PayloadRepairTest, AnEntryThatIsOrderedToBeErasedIsNotServedMeanwhile) {
  for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
  loop_.Settle();
  Publish(kEspoo, kIndicatorSetKind, "hidden");
  loop_.Settle();
  ASSERT_TRUE(loop_.PublishEntry(kEspoo, OrderFor("hub", feed_, Sequence(1), "by the author")).ok());
  loop_.Settle();
  loop_.Dial(kOulu, "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(league_.LengthAt(kOulu, feed_), 1u);
  EXPECT_FALSE(HasPayload(kOulu, feed_, Sequence(1)));
  EXPECT_EQ(loop_[kOulu].replica().missing(), 0u);
}

}  // namespace
}  // namespace hansa::replication
