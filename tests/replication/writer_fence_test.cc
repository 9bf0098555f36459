// When a node may sign, rule by rule: without a witness, in recovery, by the roster's word.
#include "replication/writer_fence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/replication/fence_machine.h"

namespace hansa::replication {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Clones and lost ends.

TEST_F(WriterFenceTest, ACloneMustRecoverForAsLongAsItHasThatKey) {
  Meet(kFirst, kHub);
  fence().On(kFirst, Clone(OneClaim(kFirst)));
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  EXPECT_THAT(node_.Run(), IsEmpty());
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  Meet(kSecond, kHub);
  EXPECT_THAT(node_.Run(), IsEmpty());
  node_.writer = kNewKey;
  node_.standing.incarnation = Incarnation(2);
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  OpenWith(kThird, kHub);
}

TEST_F(WriterFenceTest, AHubThatSeesTwoMachinesIsHeardUnasked) {
  OpenWith(kFirst, kHub);
  fence().On(kFirst, {ClaimToken(), ClaimAnswer::kClone});
  EXPECT_EQ(fence().fence(), Fence::kRecover);
}

TEST_F(WriterFenceTest, WhatAPeerShowsBeyondOurEndMeansRecovery) {
  OpenWith(kFirst, kHub);
  fence().OwnAhead(kOwnKey);
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  node_.Run();
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kRecover);
}

TEST_F(WriterFenceTest, AnOlderKeysEntriesDoNotConcernIt) {
  OpenWith(kFirst, kHub);
  fence().OwnAhead(kNewKey);
  fence().OwnAhead(kRosterKey);
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceTest, TheRostersKeyIsGuardedLikeItsOwn) {
  node_.roster_writer = kRosterKey;
  BeHub();
  fence().OwnAhead(kRosterKey);
  node_.Run();
  node_.writer = kNewKey;  // does not help the roster
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  node_.roster_writer = kNewKey;
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceTest, ALostEndMeansRecoveryWhoeverIsInReach) {
  node_.Start(HighWaterFinding::kLost);
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  Meet(kFirst, kHub);
  Meet(kSecond, kTurku);
  Meet(kThird, kOulu);
  EXPECT_THAT(node_.Run(), IsEmpty());
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kRecover);
}

TEST_F(WriterFenceTest, OnAnotherMachineOnlyAWitnessCanTell) {
  node_.Start(HighWaterFinding::kForeign);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kFirst, kTurku);
  Meet(kSecond, kOulu);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kThird, kHub);
  fence().On(kThird, Confirms(OneClaim(kThird)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
  fence().Lose(kThird);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);  // it is the one now
}

TEST_F(WriterFenceTest, ACopiedDiskIsNotTheOneBecauseItsPendingPairIsConfirmed) {
  Meet(kFirst, kHub);
  const Claim pending = OneClaim(kFirst);
  node_.Start(HighWaterFinding::kForeign);
  Meet(kFirst, kHub);
  EXPECT_EQ(OneClaim(kFirst), pending);
  fence().On(kFirst, Confirms(pending));
  fence().Lose(kFirst);
  Meet(kSecond, kTurku);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
}

// Without a witness.

TEST_F(WriterFenceTest, WhereNobodyHasEverConnectedNobodyNeedsToAgree) {
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceTest, WhereFewHaveEverConnectedOneMustAgree) {
  HasMet({kTurku, kOulu, kVaasa});
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kFirst, kOulu);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceTest, WhereFourHaveEverConnectedTwoMustAgree) {
  HasMet({kTurku, kOulu, kVaasa, kLahti});
  Meet(kFirst, kOulu);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kSecond, kVaasa);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
  fence().Lose(kFirst);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
}

TEST_F(WriterFenceTest, TwoSessionsWithOneMemberAreOneWord) {
  HasMet({kTurku, kOulu, kVaasa, kLahti});
  Meet(kFirst, kOulu);
  Meet(kSecond, kOulu);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
}

TEST_F(WriterFenceTest, AllMembersInReachMustHaveCompared) {
  Meet(kFirst, kTurku);
  Meet(kSecond, kOulu, PeerWord::kNone);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kSecond, kOulu);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceTest, WhoStoresNoneOfItsFeedsNeitherCountsNorStandsInTheWay) {
  Meet(kFirst, kTurku, PeerWord::kStoresNone);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kSecond, kOulu);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceTest, TheWriterItselfNeverCounts) {
  HasMet({kTurku});
  Meet(kFirst, kEspoo);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
}

TEST_F(WriterFenceTest, AHubThatIsNotYetAWitnessCountsAsAMember) {
  HasMet({kTurku, kOulu, kVaasa, kLahti});
  Meet(kFirst, kHub);
  fence().On(kFirst, NoWitness(OneClaim(kFirst)));
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kSecond, kTurku);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceTest, WhoEverConnectedIsRememberedThroughARestart) {
  HasMet({kTurku});
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  HasMet({kOulu, kVaasa, kLahti});
  node_.Start();
  Meet(kFirst, kTurku);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kSecond, kOulu);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceTest, NoMoreThanFourOfThoseMetAreNoted) {
  for (std::uint32_t member = 10; member < 60; ++member) {
    if (Member(member) != kEspoo) Meet(SessionId(member), Member(member));
  }
  node_.Run();
  EXPECT_THAT(node_.disk, SizeIs(kManyOthers));
}

TEST_F(WriterFenceTest, APersonsWordOpensWhereThereIsNoWitness) {
  HasMet({kTurku, kOulu, kVaasa, kLahti});
  ASSERT_EQ(fence().fence(), Fence::kLocked);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
  Meet(kFirst, kHub);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceTest, APersonsWordCountsForNothingBesideAWitnessThatHasCompared) {
  HasMet({kTurku});
  Meet(kFirst, kHub);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().Lose(kFirst);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
}

// A hub that is stuck, or gives no credit, must not lock everybody else for ever.
TEST_F(WriterFenceTest, APersonsWordCountsBesideAWitnessThatHasNothingToSay) {
  Meet(kFirst, kHub, PeerWord::kNone);
  ASSERT_EQ(fence().fence(), Fence::kLocked);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
  Meet(kFirst, kHub);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
}

TEST_F(WriterFenceTest, APersonsWordOpensAHubThatLostItsHighWaterFileOrMoved) {
  for (const HighWaterFinding finding : {HighWaterFinding::kLost, HighWaterFinding::kForeign}) {
    node_.standing.member = kHub;
    node_.Start(finding);
    EXPECT_NE(fence().fence(), Fence::kUnconfirmed);
    fence().ConfirmedByPerson();
    EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
  }
}

TEST_F(WriterFenceTest, APersonsWordDoesNotOutweighWhatAPeerHasShown) {
  BeHub();
  fence().OwnAhead(kOwnKey);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kRecover);
}

// Another hub may be mistaken, or lie, and nobody else could give the roster's writer a new key.
TEST_F(WriterFenceTest, APersonsWordOutweighsOnAHubThatAnotherHubSaidItIsAClone) {
  BeHub();
  Meet(kFirst, kSecondHub);
  fence().On(kFirst, Clone(OneClaim(kFirst)));
  node_.Run();
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  node_.Start();
  Meet(kSecond, kSecondHub);
  EXPECT_EQ(fence().fence(), Fence::kRecover);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().On(kSecond, Confirms(OneClaim(kSecond)));  // the pair from before this start
  fence().On(kSecond, Confirms(OneClaim(kSecond)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
  node_.Run();
  node_.Start();
  EXPECT_NE(fence().fence(), Fence::kRecover);
}

TEST_F(WriterFenceTest, APersonsWordDoesNotOutweighOnACityThatAHubSaidItIsAClone) {
  Meet(kFirst, kHub);
  fence().On(kFirst, Clone(OneClaim(kFirst)));
  fence().Lose(kFirst);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kRecover);
}

// Hubs.

TEST_F(WriterFenceTest, AHubHasTheOtherHubsAsItsWitnesses) {
  BeHub();
  Meet(kFirst, kHub);  // somebody with its key
  EXPECT_EQ(fence().witness(), std::nullopt);
  OpenWith(kSecond, kSecondHub);
}

// The roster's word.

TEST_F(WriterFenceTest, IsLockedUntilItIsAMember) {
  node_.standing.member.reset();
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kFirst, kHub);
  EXPECT_THAT(node_.Run(), IsEmpty());
  node_.standing.member = kEspoo;
  fence().Know(node_.standing);
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceTest, ANewIncarnationWritesOnlyOnceTheOlderOnesAreSealed) {
  node_.standing.incarnation = Incarnation(2);
  node_.standing.older_sealed = false;
  fence().Know(node_.standing);
  Meet(kFirst, kHub);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  EXPECT_THAT(node_.Run(), IsEmpty());
  node_.standing.older_sealed = true;
  fence().Know(node_.standing);
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceTest, AKeyThatANewerIncarnationReplacedSignsNothingMore) {
  OpenWith(kFirst, kHub);
  node_.standing.incarnation = Incarnation(2);
  node_.standing.holds_present_key = false;
  fence().Know(node_.standing);
  EXPECT_EQ(fence().fence(), Fence::kSuperseded);
  fence().OwnAhead(kOwnKey);
  fence().ConfirmedByPerson();
  EXPECT_EQ(fence().fence(), Fence::kSuperseded);
}

TEST_F(WriterFenceTest, ADiskThatRefusedEndsWritingUntilTheNextStart) {
  OpenWith(kFirst, kHub);
  fence().DiskRefused();
  EXPECT_EQ(fence().fence(), Fence::kReadonly);
  fence().Lose(kFirst);
  Meet(kSecond, kHub);
  EXPECT_THAT(node_.Run(), IsEmpty());
  EXPECT_EQ(fence().fence(), Fence::kReadonly);
  node_.Start();
  EXPECT_NE(fence().fence(), Fence::kReadonly);
}

}  // namespace
}  // namespace hansa::replication
