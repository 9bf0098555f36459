// What does not go as it should between real replicas: two histories, ended keys, clones.
// Tests that hold a promise carry its number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "tests/replication/repair_league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::kDialogueKind;
using ::hansa::testing::kIndicatorSetKind;
using ::hansa::testing::League;
using ::hansa::testing::NewKeysNamed;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

class RepairTest : public RepairLeague {};

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

// All that was ever signed of it is known: nothing else can be signed in its place.
TEST_F(RepairTest, P8_ARosterThatItsWritersDiskLostComesBackFromOthers) {
  ConnectAll();
  const FeedId feed = league_.network().roster().feed();
  const Checkpoint whole = loop_["hub"].disk().Feed(feed)->newest;
  ASSERT_TRUE(loop_["hub"].disk().Drop({&feed, 1}).ok());
  loop_["hub"].lost_roster = LostRoster{whole, {}};
  loop_.Crash("hub");
  EXPECT_NE(loop_["hub"].replica().lost_roster(), nullptr);
  EXPECT_FALSE(loop_["hub"].replica().own_member());
  for (const char* city : {kEspoo, kTurku, kOulu}) loop_.Dial(city, "hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_["hub"].replica().lost_roster(), nullptr);
  EXPECT_EQ(loop_["hub"].replica().roster().position(), league_.network().roster().position());
  EXPECT_EQ(loop_["hub"].replica().fence(), Fence::kUnconfirmed);
  EXPECT_TRUE(loop_.AllEqual({"hub", kEspoo, kTurku, kOulu}));
  // It goes on where it had ended.
  ::hansa::testing::Applicant library = ::hansa::testing::ApplicantNamed("fi-library", MemberKind::kPartner, "FIN");
  Enter(league_.network().EntryOf(league_.network().AdmissionOf(library)));
}

TEST_F(RepairTest, P5_UntilALostRosterIsBackItsWriterSignsNothing) {
  ConnectAll();
  const FeedId feed = league_.network().roster().feed();
  const std::vector<Checkpoint> ends = *loop_["hub"].disk().Checkpoints(feed);
  ASSERT_GT(ends.size(), 2u);
  // The last entry alone is lost, so that the hub knows itself.
  ASSERT_TRUE(loop_["hub"].disk().CutFeed(ends[ends.size() - 2]).ok());
  loop_["hub"].lost_roster = LostRoster{ends.back(), {}};
  loop_.Crash("hub");
  ASSERT_TRUE(loop_["hub"].replica().own_member());
  EXPECT_THAT(loop_.Publish("hub", kDialogueKind, "all is well"),
              ::hansa::testing::StatusIs(absl::StatusCode::kUnavailable, "has come back from others"));
  EXPECT_EQ(loop_["hub"].replica().fence(), Fence::kLocked);
}

TEST_F(RepairTest, P5_WhatGoesBeyondTheSignedEndOfALostRosterMeansRecovery) {
  ConnectAll();
  const FeedId feed = league_.network().roster().feed();
  const std::vector<Checkpoint> ends = *loop_["hub"].disk().Checkpoints(feed);
  Checkpoint other_head = ends.back();
  other_head.head = ends.front().head;
  // What was shown is marked once it is noted, since whoever reads only the mark takes it for what was signed here.
  bool is_noted = false, was_marked_before = false;
  loop_.Watch([&](const std::string& name, const Effect& effect) {
    if (name != "hub") return;
    if (const auto* note = std::get_if<Keep>(&effect)) is_noted |= absl::StartsWith(note->key, "recover/");
    was_marked_before |= std::holds_alternative<MarkOwnFeed>(effect) && !is_noted;
  });
  for (const Checkpoint& signed_to : {ends[ends.size() - 2], other_head}) {
    ASSERT_TRUE(loop_["hub"].disk().CutFeed(ends[ends.size() - 3]).ok());
    loop_["hub"].lost_roster = LostRoster{signed_to, {}};
    loop_.Crash("hub");
    loop_.Dial(kEspoo, "hub");
    loop_.Settle();
    EXPECT_EQ(loop_["hub"].replica().fence(), Fence::kRecover);
  }
  EXPECT_TRUE(is_noted);
  EXPECT_FALSE(was_marked_before);
}

}  // namespace
}  // namespace hansa::replication
