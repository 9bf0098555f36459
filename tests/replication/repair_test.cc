// What does not go as it should between real replicas: two histories, ended keys, lost and erased payloads, clones.
// Tests that hold a promise carry its number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "replication/collections.h"
#include "replication/erasure_order.h"
#include "tests/testing/league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::kDialogueKind;
using ::hansa::testing::kIndicatorSetKind;
using ::hansa::testing::League;
using ::hansa::testing::NewKeysNamed;
using ::hansa::testing::RosterEntry;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr char kEspoo[] = "fi-espoo";
constexpr char kTurku[] = "fi-turku";
constexpr char kOulu[] = "fi-oulu";
constexpr char kTwin[] = "the twin of fi-espoo";

class RepairTest : public ::testing::Test {
 protected:
  void ConnectAll() {
    for (const char* city : {kEspoo, kTurku, kOulu}) loop_.Dial(city, "hub");
    loop_.Settle();
  }
  void Publish(const std::string& node, Kind kind, const std::string& text) {
    const absl::Status published = loop_.Publish(node, kind, text);
    ASSERT_TRUE(published.ok()) << published;
  }
  // Puts an entry into the roster, at the hub and in what the test knows of it.
  void Enter(RosterEntry entry) {
    ::hansa::testing::Network& network = league_.network();
    entry.record = network.RecordOf(entry);
    NewEntry fresh;
    fresh.kind = entry.kind;
    fresh.record = *entry.record;
    fresh.payload =
        SaltedPayload{::hansa::testing::SaltNamed(entry.record->view()), network.PayloadOf(entry, *entry.record)};
    const absl::Status entered = loop_.PublishEntry("hub", fresh);
    ASSERT_TRUE(entered.ok()) << entered;
    ASSERT_TRUE(network.Append(entry).valid) << network.roster().lines().back().why_void;
  }
  Member NumberOf(const std::string& slug) { return league_.network().roster().state().Find(slug)->number; }
  Hash HeadAt(const std::string& node, const FeedId& feed) { return loop_[node].disk().Feed(feed).value().newest.head; }
  // The seal of a feed as `node` holds it.
  Seal SealAt(const std::string& node, const FeedId& feed, Collection collection) {
    const Checkpoint end = loop_[node].disk().Feed(feed).value().newest;
    return {collection, end.len, end.head, end.signature};
  }
  // A second machine with the keys of Espoo, which knows the roster and has never met anybody.
  void StartTwin() {
    loop_.Add(kTwin, league_.network().roster().root(), league_.applicant(kEspoo));
    for (const VerifiedUnit& unit : league_.network().units()) {
      ASSERT_TRUE(loop_[kTwin].disk().Append({&unit, 1}).ok());
    }
    loop_[kTwin].Start();
  }
  // Espoo's key has signed two histories; the hub knows one of them, Turku the other, and they have not met since.
  void ForkEspoo() {
    for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
    loop_.Settle();
    loop_.Cut(kTurku, "hub");
    Publish(kEspoo, kIndicatorSetKind, "one history");
    Publish(kEspoo, kDialogueKind, "not concerned");
    loop_.Settle();
    loop_.Cut(kEspoo, "hub");
    StartTwin();
    Publish(kTwin, kIndicatorSetKind, "another history");
    Publish(kTwin, kIndicatorSetKind, "and on");
    loop_.Dial(kTwin, kTurku);
    loop_.Settle();
    loop_.Cut(kTwin, kTurku);
    ASSERT_EQ(league_.LengthAt("hub", feed_), 1u);
    ASSERT_EQ(league_.LengthAt(kTurku, feed_), 2u);
  }
  // Whatever units the hub sends to Turku from now on come without their payloads; of those that Turku then asks for
  // the hub gives none up to `withheld`. Espoo has published `count` entries.
  void PublishAndLeaveOut(int count, Sequence withheld) {
    for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
    loop_.Settle();
    loop_.Meddle([this, withheld](const std::string& from, const std::string& to, Frame& frame) {
      if (from != "hub" || to != kTurku) return true;
      if (auto* payloads = std::get_if<Payloads>(&frame)) {
        std::erase_if(payloads->items, [withheld](const Payloads::Item& item) { return item.seq <= withheld; });
      }
      auto* have = std::get_if<Have>(&frame);
      auto* answer = std::get_if<UnitFrame>(&frame);
      Bytes* encoded = have != nullptr ? &have->unit : answer != nullptr ? &answer->unit : nullptr;
      if (encoded == nullptr || encoded->empty()) return true;
      TransferUnit unit = DecodeUnit(*encoded).value();
      if (unit.feed == feed_) {
        for (Entry& entry : unit.entries) entry.payload.reset();
      }
      *encoded = EncodeUnit(unit);
      return true;
    });
    for (int i = 0; i < count; ++i) Publish(kEspoo, kIndicatorSetKind, absl::StrCat("left out ", i));
    while (loop_.RunOne()) {
    }
    ASSERT_EQ(league_.LengthAt(kTurku, feed_), static_cast<std::uint64_t>(count));
  }
  void RenewEspoo() {
    const NewIncarnation renewal = league_.network().Renewal(NumberOf(kEspoo), 2, NewKeysNamed("espoo 2"), nullptr);
    Enter({roster_kind::kIncarnation, Encode(renewal), league_.network().approvers(), std::nullopt});
  }
  NewEntry OrderFor(const std::string& node, const FeedId& feed, Sequence seq, const std::string& label) {
    const Bytes header = loop_[node].disk().ReadHeader(feed, seq).value();
    NewEntry order;
    order.kind = kErasureOrder;
    order.record = ::hansa::testing::RecordNamed(label);
    order.ext = {OrderItem({feed, seq, EntryHash(SodiumCrypto(), header)}, ErasureReason::kPersonalData)};
    return order;
  }
  bool HasPayload(const std::string& node, const FeedId& feed, Sequence seq) {
    return !loop_[node].disk().ReadPayloads(feed, {&seq, 1}).value().empty();
  }

  League league_{{kEspoo, kTurku, kOulu}};
  ::hansa::testing::Loop& loop_ = league_.loop();
  const FeedId feed_ = league_.FeedOf(kEspoo, kIndicators);
};

TEST_F(RepairTest, P6_TwoHistoriesAreProvenByAnyTwoThatMeet) {
  ForkEspoo();
  loop_.Dial(kTurku, "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_THAT(loop_["hub"].replica().Forked(), ElementsAre(feed_));
  EXPECT_THAT(loop_[kTurku].replica().Forked(), ElementsAre(feed_));
  // Each keeps what it had, and both are in sync: the proof is what they have in common.
  EXPECT_EQ(league_.LengthAt("hub", feed_), 1u);
  EXPECT_EQ(league_.LengthAt(kTurku, feed_), 2u);
  EXPECT_TRUE(loop_["hub"].replica().Sessions().back().newest_comparison_equal);
  EXPECT_EQ(league_.LengthAt(kTurku, league_.FeedOf(kEspoo, kDialogue)), 1u);
}

TEST_F(RepairTest, P6_TheProofReachesThoseWhoHoldOneHistoryAlone) {
  ForkEspoo();
  loop_.Dial(kTurku, "hub");
  loop_.Dial(kOulu, "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_THAT(loop_[kOulu].replica().Forked(), ElementsAre(feed_));
  EXPECT_TRUE(loop_[kOulu].replica().Sessions().front().newest_comparison_equal);
}

TEST_F(RepairTest, P5_AWriterWhoseKeySignedTwiceSignsNothingMore) {
  ForkEspoo();
  loop_.Dial(kTurku, "hub");
  loop_.Dial(kEspoo, "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_[kEspoo].replica().fence(), Fence::kRecover);
  EXPECT_TRUE(absl::IsFailedPrecondition(loop_.Publish(kEspoo, kDialogueKind, "more")));
}

TEST_F(RepairTest, EqualRootsSayNothingOfWhoHoldsAForkedFeed) {
  ForkEspoo();
  loop_.Dial(kTurku, "hub");
  loop_.Dial(kEspoo, "hub");
  loop_.Settle(absl::Minutes(2));
  loop_.Crash(kEspoo);  // what was acknowledged is known no longer
  loop_.Dial(kEspoo, "hub");
  loop_.Settle(absl::Minutes(2));
  const Replica& espoo = loop_[kEspoo].replica();
  ASSERT_THAT(espoo.Forked(), ElementsAre(feed_));
  EXPECT_THAT(espoo.HoldingsOf(league_.FeedOf(kEspoo, kDialogue), Sequence(1)), SizeIs(1));
  EXPECT_THAT(espoo.HoldingsOf(feed_, Sequence(1)), IsEmpty());
}

TEST_F(RepairTest, AMemberThatBeginsAnewHoldsNothingUntilItSaysSo) {
  ConnectAll();
  loop_.Cut(kTurku, "hub");  // Espoo alone gives and is answered
  loop_.Dial(kTurku, kEspoo);
  loop_.Settle();
  Publish(kEspoo, kIndicatorSetKind, "held by both");
  loop_.Settle();
  const Replica& espoo = loop_[kEspoo].replica();
  ASSERT_THAT(espoo.HoldersOf(feed_, Sequence(1)), SizeIs(2));
  const NewIncarnation renewal = league_.network().Renewal(NumberOf(kTurku), 2, NewKeysNamed("turku 2"), nullptr);
  Enter({roster_kind::kIncarnation, Encode(renewal), league_.network().approvers(), std::nullopt});
  loop_.Settle();
  EXPECT_THAT(espoo.HoldersOf(feed_, Sequence(1)), ElementsAre(Member(1)));
  EXPECT_THAT(espoo.HoldingsOf(feed_, Sequence(1)), SizeIs(1));
}

TEST_F(RepairTest, WhoHoldsTheFeedsOfAnEarlierIncarnationIsKnownAfterAStart) {
  constexpr char kAgain[] = "fi-espoo, begun anew";
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "of the first");
  loop_.Settle();
  loop_.Cut(kEspoo, "hub");
  RenewEspoo();
  SealList list{NumberOf(kEspoo), Incarnation(1), {}, std::nullopt};
  list.seals.push_back(SealAt("hub", feed_, kIndicators));
  Enter({roster_kind::kSeal, Encode(list), league_.network().approvers(), std::nullopt});
  ::hansa::testing::Applicant renewed = league_.applicant(kEspoo);
  renewed.writer = NewKeysNamed("espoo 2").writer;
  renewed.tls = NewKeysNamed("espoo 2").tls;
  loop_.Add(kAgain, league_.network().roster().root(), renewed);
  loop_.Dial(kAgain, "hub");
  loop_.Settle(absl::Minutes(2));
  ASSERT_EQ(league_.LengthAt(kAgain, feed_), 1u);
  loop_.Crash(kAgain);
  loop_.Dial(kAgain, "hub");
  loop_.Settle(absl::Minutes(2));
  const std::vector<Holding> holdings = loop_[kAgain].replica().HoldingsOf(feed_, Sequence(1));
  ASSERT_THAT(holdings, SizeIs(1));
  EXPECT_EQ(holdings[0].member, Member(1));
}

TEST_F(RepairTest, AProofOutlivesARestart) {
  ForkEspoo();
  loop_.Dial(kTurku, "hub");
  loop_.Settle(absl::Minutes(2));
  loop_.Crash(kTurku);
  EXPECT_THAT(loop_[kTurku].replica().Forked(), ElementsAre(feed_));
}

TEST_F(RepairTest, ASealSettlesAForkWhereverItsBranchIsHeld) {
  ForkEspoo();
  loop_.Dial(kTurku, "hub");
  loop_.Settle(absl::Minutes(2));
  const Checkpoint kept = loop_["hub"].disk().Feed(feed_).value().newest;
  RenewEspoo();
  const FeedAuthor old{NumberOf(kEspoo), kDialogue, Incarnation(1), league_.applicant(kEspoo).writer->public_key(), {}};
  SealList list{NumberOf(kEspoo), Incarnation(1), {}, std::nullopt};
  list.seals.push_back(SealAt("hub", feed_, kIndicators));
  list.seals.push_back(SealAt("hub", FeedIdOf(SodiumCrypto(), league_.network().id(), old), kDialogue));
  Enter({roster_kind::kSeal, Encode(list), league_.network().approvers(), std::nullopt});
  loop_.Settle(absl::Minutes(3));
  EXPECT_THAT(loop_[kTurku].replica().Forked(), IsEmpty());
  EXPECT_EQ(league_.LengthAt(kTurku, feed_), 1u);
  EXPECT_EQ(HeadAt(kTurku, feed_), kept.head);
  EXPECT_EQ(loop_[kTurku].disk().Quarantined(feed_).value().entries, 2u);
  EXPECT_TRUE(loop_[kTurku].replica().Sessions().front().newest_comparison_equal);
}

TEST_F(RepairTest, WhatIsInQuarantineIsDestroyedAfterThirtyDaysOfRunning) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "before");
  loop_.Settle();
  const Seal seal = SealAt("hub", feed_, kIndicators);
  Publish(kEspoo, kIndicatorSetKind, "after");
  loop_.Settle();
  const Revoke revoke{NumberOf(kEspoo), RevokeReason::kRetired, {seal}};
  Enter({roster_kind::kRevoke, Encode(revoke), league_.network().approvers(), std::nullopt});
  loop_.Settle(absl::Minutes(3));
  for (const char* city : {kEspoo, kTurku, kOulu}) loop_.Cut(city, "hub");
  loop_.Settle(absl::Hours(24 * 29));
  EXPECT_EQ(loop_[kTurku].disk().Quarantined(feed_).value().entries, 1u);
  loop_.Crash(kTurku);
  loop_.Settle(absl::Hours(24 * 2));
  EXPECT_EQ(loop_[kTurku].disk().Quarantined(feed_).value().entries, 0u);
}

TEST_F(RepairTest, P14_WhatStandsBeyondTheSealOfAnEndedMemberDisappears) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "before");
  loop_.Settle();
  const Seal seal = SealAt("hub", feed_, kIndicators);
  Publish(kEspoo, kIndicatorSetKind, "after");
  loop_.Settle();
  ASSERT_EQ(league_.LengthAt(kTurku, feed_), 2u);
  const Revoke revoke{NumberOf(kEspoo), RevokeReason::kCompromised, {seal}};
  Enter({roster_kind::kRevoke, Encode(revoke), league_.network().approvers(), std::nullopt});
  loop_.Settle(absl::Minutes(3));
  for (const char* node : {"hub", kTurku}) EXPECT_EQ(league_.LengthAt(node, feed_), 1u) << node;
  EXPECT_TRUE(loop_.AllEqual({"hub", kTurku, kOulu}));
  // Its stream is closed once it has heard why.
  for (const SessionView& session : loop_["hub"].replica().Sessions()) {
    EXPECT_NE(session.peer, loop_[kEspoo].pin());
  }
}

TEST_F(RepairTest, P14_WhatIsWrittenAsTheEndArrivesIsNotCalledPublished) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "before");
  loop_.Settle();
  const Revoke revoke{NumberOf(kEspoo), RevokeReason::kRetired, {SealAt("hub", feed_, kIndicators)}};
  // The roster's entry lies before the disk when the city publishes, and is written before what it publishes.
  loop_.HoldDisk(kEspoo);
  Enter({roster_kind::kRevoke, Encode(revoke), league_.network().approvers(), std::nullopt});
  while (loop_.RunOne()) {
  }
  loop_.FreeDisk(kEspoo);
  const absl::Status published = loop_.Publish(kEspoo, kIndicatorSetKind, "after the end");
  EXPECT_EQ(published.code(), absl::StatusCode::kFailedPrecondition) << published;
  EXPECT_THAT(std::string(published.message()), HasSubstr("this feed has ended"));
  loop_.Settle(absl::Minutes(3));
  for (const char* node : {"hub", kEspoo, kTurku}) EXPECT_EQ(league_.LengthAt(node, feed_), 1u) << node;
}

TEST_F(RepairTest, P14_WhatIsBeingCutIsNotAcknowledged) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "before");
  loop_.Settle();
  const Revoke revoke{NumberOf(kEspoo), RevokeReason::kRetired, {SealAt("hub", feed_, kIndicators)}};
  // Turku has both before its disk: the roster's entry from the hub, and then from Oulu what stands beyond the end.
  for (const char* city : {kEspoo, kOulu}) loop_.Cut(city, "hub");
  loop_.Dial(kEspoo, kOulu);
  loop_.Dial(kOulu, kTurku);
  loop_.Settle();
  loop_.HoldDisk(kTurku);
  Enter({roster_kind::kRevoke, Encode(revoke), league_.network().approvers(), std::nullopt});
  while (loop_.RunOne()) {
  }
  std::vector<std::uint64_t> acknowledged;
  bool came = false;
  loop_.Listen([&](const std::string& from, const std::string& to, const Frame& frame) {
    const auto* have = std::get_if<Have>(&frame);
    if (have != nullptr && to == kTurku && !have->unit.empty()) came = came || DecodeUnit(have->unit)->feed == feed_;
    const auto* ack = std::get_if<Ack>(&frame);
    if (ack != nullptr && from == kTurku && ack->feed == feed_) acknowledged.push_back(ack->durable_through.value());
  });
  Publish(kEspoo, kIndicatorSetKind, "after the end");
  while (loop_.RunOne()) {
  }
  ASSERT_TRUE(came);
  loop_.FreeDisk(kTurku);
  loop_.Settle(absl::Minutes(3));
  EXPECT_THAT(acknowledged, Each(Le(1u)));
  EXPECT_EQ(league_.LengthAt(kTurku, feed_), 1u);
}

TEST_F(RepairTest, P14_ANewcomerReachesEverySeal) {
  ConnectAll();
  for (const char* text : {"1", "2", "3"}) Publish(kEspoo, kIndicatorSetKind, text);
  loop_.Settle();
  const std::vector<Checkpoint> checkpoints = loop_["hub"].disk().Checkpoints(feed_).value();
  const Seal seal{kIndicators, checkpoints[1].len, checkpoints[1].head, checkpoints[1].signature};
  loop_.Cut(kOulu, "hub");
  const Revoke revoke{NumberOf(kEspoo), RevokeReason::kRetired, {seal}};
  Enter({roster_kind::kRevoke, Encode(revoke), league_.network().approvers(), std::nullopt});
  loop_.Settle(absl::Minutes(3));
  League later({kEspoo, kTurku, kOulu});
  loop_.Add("newcomer", league_.network().roster().root(), league_.applicant(kOulu));
  loop_.Dial("newcomer", "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(league_.LengthAt("newcomer", feed_), 2u);
  EXPECT_TRUE(loop_.AllEqual({"hub", "newcomer"}));
}

// A relay that strips payloads can delay, and nothing else.
TEST_F(RepairTest, P4_APayloadThatARelayLeftOutIsFetchedElsewhere) {
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
TEST_F(RepairTest, ManyMissingPayloadsComeWithoutWaitingForAMinuteEach) {
  constexpr int kCount = 6 * static_cast<int>(kPayloadsWantedMax);
  PublishAndLeaveOut(kCount, Sequence());
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_[kTurku].replica().missing(), 0u);
}

// What is on its way to the disk is not taken a second time, however often it is sent.
TEST_F(RepairTest, APayloadThatIsBeingWrittenIsNotTakenAgain) {
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

TEST_F(RepairTest, PayloadsThatNobodyGivesKeepNoOthersWaiting) {
  constexpr int kGiven = 3;
  const Sequence withheld(kPayloadsWantedMax);
  PublishAndLeaveOut(static_cast<int>(withheld.value()) + kGiven, withheld);
  loop_.Settle(absl::Minutes(4));
  EXPECT_FALSE(HasPayload(kTurku, feed_, Sequence(1)));
  EXPECT_TRUE(HasPayload(kTurku, feed_, Sequence(withheld.value() + kGiven)));
  EXPECT_EQ(loop_[kTurku].replica().missing(), withheld.value());
}

TEST_F(RepairTest, P19_APayloadThatBothSidesOrderedIsErasedEverywhere) {
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
TEST_F(RepairTest, P19_WhatWasFollowedAgainIsErasedLikeTheRest) {
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
TEST_F(RepairTest, ManyOrdersOfOneFeedAreToldTogether) {
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

TEST_F(RepairTest, P19_OneOrderErasesAfterItsHoldOfRunningTime) {
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

TEST_F(RepairTest, AnEntryThatIsOrderedToBeErasedIsNotServedMeanwhile) {
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

TEST_F(RepairTest, P5_ACloneOfAWriterThatHasMetTheHubIsNotConfirmed) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "of the first machine");
  loop_.Settle();
  StartTwin();
  loop_.Dial(kTwin, "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_[kTwin].replica().fence(), Fence::kRecover);
  EXPECT_FALSE(loop_.Publish(kTwin, kDialogueKind, "of the second").ok());
}

TEST_F(RepairTest, P5_TwoLivesOfOneKeyAtOnceAreToldToBoth) {
  ConnectAll();
  StartTwin();
  loop_.Dial(kTwin, "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_THAT(loop_["hub"].replica().clones_met(), ElementsAre(NumberOf(kEspoo)));
  EXPECT_EQ(loop_[kEspoo].replica().fence(), Fence::kRecover);
  EXPECT_EQ(loop_[kTwin].replica().fence(), Fence::kRecover);
  RenewEspoo();  // under another key there is one of it again
  loop_.Settle();
  EXPECT_THAT(loop_["hub"].replica().clones_met(), IsEmpty());
}

TEST_F(RepairTest, ADifferenceAmongManyFeedsIsFoundByWalkingTheTree) {
  constexpr int kCities = 24;
  std::vector<std::string> cities;
  cities.reserve(kCities);
  for (int i = 0; i < kCities; ++i) cities.push_back(absl::StrCat("fi-city-", i));
  League league(cities);
  ::hansa::testing::Loop& loop = league.loop();
  loop.Dial(cities[0], "hub");
  loop.Dial(cities[1], "hub");
  loop.Settle();
  loop.Cut(cities[1], "hub");
  ASSERT_TRUE(loop.Publish(cities[0], kIndicatorSetKind, "one").ok());
  loop.Settle();
  std::size_t rows = 0;
  std::size_t replies = 0;
  loop.Listen([&](const std::string&, const std::string&, const Frame& frame) {
    if (const auto* found = std::get_if<Rows>(&frame)) rows += found->rows.size();
    replies += std::holds_alternative<TreeReply>(frame) ? 1 : 0;
  });
  loop.Dial(cities[1], "hub");
  loop.Settle();
  EXPECT_TRUE(loop.AllEqual({"hub", cities[0], cities[1]}));
  EXPECT_EQ(replies, 1u);
  EXPECT_LE(rows, 16u);
}

}  // namespace
}  // namespace hansa::replication
