// What a hub answers to claims, when it may, and what it makes of two lives of one member.
#include "replication/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hansa::replication {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr Member kHub{1}, kSecondHub{2}, kEspoo{10}, kTurku{11}, kOulu{12};
constexpr Incarnation kOne{1}, kTwo{2};
constexpr SessionId kFirst{1}, kSecond{2}, kThird{3};

ClaimToken Token(char letter) { return *ClaimToken::From(std::string(ClaimToken::kSize, letter)); }
Claim Pair(char previous, char next) { return {Token(previous), Token(next)}; }
constexpr char kNothing = '\0';
BootId Boot(char letter) { return *BootId::From(std::string(BootId::kSize, letter)); }

class WitnessTest : public ::testing::Test {
 protected:
  WitnessTest() { Begin(); }

  void Begin(HighWaterFinding finding = HighWaterFinding::kIntact) {
    hub_ = Witness(finding, disk_);
    hub_.Know(standing_);
    hub_.FoundEqual(kSecondHub);
    for (const Note& note : hub_.TakeForgotten()) disk_.erase(note.key);
  }
  ClaimAnswer Claims(Member member, Incarnation incarnation, const Claim& claim) {
    const ClaimVerdict verdict = hub_.On(member, incarnation, claim);
    EXPECT_EQ(verdict.reply.next, claim.next);
    EXPECT_EQ(verdict.keep_first.has_value(), verdict.reply.answer == ClaimAnswer::kConfirmed);
    if (verdict.keep_first) disk_[verdict.keep_first->key] = verdict.keep_first->value;
    return verdict.reply.answer;
  }
  ClaimAnswer Claims(const Claim& claim) { return Claims(kEspoo, kOne, claim); }

  WitnessStanding standing_{kHub, kOne, Fence::kOpen, 20};
  Notes disk_;
  Witness hub_{HighWaterFinding::kIntact, {}};
};

TEST_F(WitnessTest, TakesAnyTokenOfAWriterItHasNoneOf) {
  EXPECT_EQ(Claims(Pair('x', 'a')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(kTurku, kOne, Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
}

TEST_F(WitnessTest, MovesToTheNextTokenOfWhoKnowsTheLast) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('b', 'c')), ClaimAnswer::kConfirmed);
}

TEST_F(WitnessTest, WhoDoesNotKnowTheLastTokenIsAClone) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  ASSERT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('a', 'c')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('x', 'c')), ClaimAnswer::kClone);
  EXPECT_THAT(hub_.alarms(), ElementsAre(kEspoo));
}

TEST_F(WitnessTest, WhoLostItsTokensIsAClone) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair(kNothing, 'b')), ClaimAnswer::kClone);
}

TEST_F(WitnessTest, ACloneMovesNothing) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  ASSERT_EQ(Claims(Pair('x', 'y')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('y', 'z')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
}

TEST_F(WitnessTest, TheSamePairIsConfirmedAsOftenAsItComes) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  ASSERT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('b', 'c')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kClone);
}

TEST_F(WitnessTest, TheLastTokenWithAnotherBeforeItIsNoRepetition) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  ASSERT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('x', 'b')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair(kNothing, 'b')), ClaimAnswer::kClone);
}

TEST_F(WitnessTest, AClaimThatGoesNowhereIsNotHonest) {
  EXPECT_EQ(Claims(Pair('a', kNothing)), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('a', 'a')), ClaimAnswer::kClone);
}

TEST_F(WitnessTest, WritersAndIncarnationsAreApart) {
  ASSERT_EQ(Claims(kEspoo, kOne, Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(kTurku, kOne, Pair(kNothing, 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(kEspoo, kTwo, Pair(kNothing, 'c')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(kEspoo, kOne, Pair('a', 'd')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(kTurku, kOne, Pair('a', 'e')), ClaimAnswer::kClone);
}

TEST_F(WitnessTest, RemembersTokensThroughARestart) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  ASSERT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  Begin();
  EXPECT_EQ(Claims(Pair('x', 'y')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('b', 'c')), ClaimAnswer::kConfirmed);
}

// A restored hub would otherwise take every writer for a clone.
TEST_F(WitnessTest, TokensOfACopiedDiskCountForNothing) {
  for (const HighWaterFinding finding : {HighWaterFinding::kForeign, HighWaterFinding::kLost}) {
    disk_.clear();
    Begin();
    ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
    Begin(finding);
    EXPECT_THAT(disk_, IsEmpty());
    EXPECT_EQ(Claims(Pair('m', 'n')), ClaimAnswer::kConfirmed);
    Begin();
    EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kClone);
  }
}

TEST_F(WitnessTest, TokensThatAnEarlierIncarnationOfTheHubConfirmedCountForNothing) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  standing_.incarnation = kTwo;
  Begin();
  EXPECT_EQ(Claims(Pair('m', 'n')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kClone);
}

TEST_F(WitnessTest, NotesThatCannotBeReadCountForNothing) {
  disk_ = {{"token/", "x"}, {"token/\0\0\0\1", "x"}, {"else", "x"}};
  Begin();
  EXPECT_EQ(Claims(Pair('m', 'n')), ClaimAnswer::kConfirmed);
}

// When it may speak.

class WhoMayWitnessTest : public ::testing::Test {
 protected:
  bool May(WitnessStanding standing) {
    hub_.Know(standing);
    return hub_.MayWitness();
  }
  WitnessStanding WithOthers(std::size_t others) { return {kHub, kOne, Fence::kOpen, others}; }

  Witness hub_{HighWaterFinding::kIntact, {}};
};

TEST_F(WhoMayWitnessTest, WhoIsNoWitnessSaysSoAndRemembersNothing) {
  hub_.Know(WithOthers(20));
  const ClaimVerdict verdict = hub_.On(kEspoo, kOne, Pair(kNothing, 'a'));
  EXPECT_EQ(verdict.reply, (ClaimReply{Token('a'), ClaimAnswer::kNotAWitness}));
  EXPECT_EQ(verdict.keep_first, std::nullopt);
  hub_.FoundEqual(kSecondHub);
  EXPECT_EQ(hub_.On(kEspoo, kOne, Pair('x', 'y')).reply.answer, ClaimAnswer::kConfirmed);
}

TEST_F(WhoMayWitnessTest, OnlyAHubMay) {
  hub_.FoundEqual(kSecondHub);
  EXPECT_TRUE(May({Member(9), kOne, Fence::kOpen, 20}));
  EXPECT_FALSE(May({kEspoo, kOne, Fence::kOpen, 20}));
  EXPECT_FALSE(May({std::nullopt, kOne, Fence::kOpen, 20}));
}

TEST_F(WhoMayWitnessTest, OnlyWithItsOwnFenceOpen) {
  hub_.FoundEqual(kSecondHub);
  for (const Fence fence : {Fence::kOpen, Fence::kUnconfirmed}) EXPECT_TRUE(May({kHub, kOne, fence, 20}));
  for (const Fence fence : {Fence::kLocked, Fence::kRecover, Fence::kReadonly, Fence::kSuperseded}) {
    EXPECT_FALSE(May({kHub, kOne, fence, 20}));
  }
}

TEST_F(WhoMayWitnessTest, AmongManyEqualRootsWithAHubOrTwoMembersAreNeeded) {
  EXPECT_FALSE(May(WithOthers(4)));
  hub_.FoundEqual(kEspoo);
  EXPECT_FALSE(May(WithOthers(4)));
  hub_.FoundEqual(kTurku);
  EXPECT_TRUE(May(WithOthers(4)));
}

TEST_F(WhoMayWitnessTest, AmongManyOneOtherHubIsEnough) {
  hub_.FoundEqual(kSecondHub);
  EXPECT_TRUE(May(WithOthers(4)));
}

TEST_F(WhoMayWitnessTest, AmongFewAllThatConnectedMustBeEqualAndAtLeastOne) {
  EXPECT_FALSE(May(WithOthers(3)));
  hub_.Met(kEspoo);
  EXPECT_FALSE(May(WithOthers(3)));
  hub_.FoundEqual(kEspoo);
  EXPECT_TRUE(May(WithOthers(3)));
  hub_.Met(kTurku);
  EXPECT_FALSE(May(WithOthers(3)));
  hub_.FoundEqual(kTurku);
  EXPECT_TRUE(May(WithOthers(3)));
}

// Two lives of one member.

TEST_F(WitnessTest, TwoBootIdsThatBothLiveAreAnAlarmForBoth) {
  EXPECT_THAT(hub_.Greeted(kFirst, kEspoo, Boot('a')), IsEmpty());
  EXPECT_THAT(hub_.Greeted(kSecond, kEspoo, Boot('b')), ElementsAre(kFirst));
  EXPECT_THAT(hub_.alarms(), IsEmpty());
  EXPECT_THAT(hub_.ProvedAlive(kFirst), UnorderedElementsAre(kFirst, kSecond));
  EXPECT_THAT(hub_.alarms(), ElementsAre(kEspoo));
}

TEST_F(WitnessTest, ARestartedMemberWhoseOldStreamHangsIsNoAlarm) {
  hub_.Greeted(kFirst, kEspoo, Boot('a'));
  hub_.Greeted(kSecond, kEspoo, Boot('b'));
  EXPECT_THAT(hub_.ProvedAlive(kSecond), IsEmpty());
  hub_.Lost(kFirst);
  EXPECT_THAT(hub_.ProvedAlive(kSecond), IsEmpty());
  EXPECT_THAT(hub_.alarms(), IsEmpty());
}

TEST_F(WitnessTest, AnOldLifeIsNoAlarmOnceTheNewOneIsGone) {
  hub_.Greeted(kFirst, kEspoo, Boot('a'));
  hub_.Greeted(kSecond, kEspoo, Boot('b'));
  hub_.Lost(kSecond);
  EXPECT_THAT(hub_.ProvedAlive(kFirst), IsEmpty());
}

TEST_F(WitnessTest, TwoStreamsOfOneLifeAreNoAlarm) {
  hub_.Greeted(kFirst, kEspoo, Boot('a'));
  EXPECT_THAT(hub_.Greeted(kSecond, kEspoo, Boot('a')), IsEmpty());
  EXPECT_THAT(hub_.Greeted(kThird, kTurku, Boot('b')), IsEmpty());
  EXPECT_THAT(hub_.ProvedAlive(kFirst), IsEmpty());
}

}  // namespace
}  // namespace hansa::replication
