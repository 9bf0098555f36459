// What a hub answers to claims, when it may, and what it makes of two lives of one member.
#include "replication/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

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
    // Another life each time, unless a test says otherwise.
    const ClaimVerdict verdict = hub_.On(member, incarnation, Boot(++lives_), claim);
    if (!verdict.reply) {
      ADD_FAILURE() << "no answer";
      return ClaimAnswer::kNotAWitness;
    }
    EXPECT_EQ(verdict.reply->next, claim.next);
    EXPECT_EQ(verdict.keep_first.has_value(), verdict.reply->answer == ClaimAnswer::kConfirmed);
    if (verdict.keep_first) disk_[verdict.keep_first->key] = verdict.keep_first->value;
    return verdict.reply->answer;
  }
  ClaimAnswer Claims(const Claim& claim) { return Claims(kEspoo, kOne, claim); }

  WitnessStanding standing_{kHub, kOne, Fence::kOpen, 20};
  char lives_ = 0;
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
  EXPECT_THAT(hub_.alarms(), ElementsAre(::testing::Key(kEspoo)));
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
  ASSERT_EQ(Claims(Pair('b', 'c')), ClaimAnswer::kConfirmed);
  Begin();
  EXPECT_EQ(Claims(Pair('a', 'y')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair(kNothing, 'y')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('b', 'c')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('c', 'd')), ClaimAnswer::kConfirmed);
}

// An older copy of its disk knows nothing of the claims since, and its high-water file may not show it.
TEST_F(WitnessTest, AfterARestartOneTokenThatItHasNeverSeenIsTaken) {
  ASSERT_EQ(Claims(Pair(kNothing, 'a')), ClaimAnswer::kConfirmed);
  Begin();
  EXPECT_EQ(Claims(Pair('x', 'y')), ClaimAnswer::kConfirmed);
  EXPECT_EQ(Claims(Pair('m', 'n')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('a', 'b')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair('y', 'z')), ClaimAnswer::kConfirmed);
}

TEST_F(WitnessTest, RemembersSoManyTokensAndNotMore) {
  std::vector<char> letters;
  for (std::size_t i = 0; i < kTokensKept + 2; ++i) letters.push_back(static_cast<char>(i));
  for (std::size_t i = 1; i < letters.size(); ++i) {
    ASSERT_EQ(Claims(Pair(letters[i - 1], letters[i])), ClaimAnswer::kConfirmed);
  }
  Begin();
  EXPECT_EQ(Claims(Pair(letters[2], '~')), ClaimAnswer::kClone);
  EXPECT_EQ(Claims(Pair(letters[1], '~')), ClaimAnswer::kConfirmed);
}

// One life may have claimed by two streams, and the slower one bring its words after the other's next claim.
TEST_F(WitnessTest, AClaimThatComesLateFromTheSameLifeIsNoClone) {
  const auto claims = [this](char boot, const Claim& claim) { return hub_.On(kEspoo, kOne, Boot(boot), claim).reply; };
  ASSERT_TRUE(claims('x', Pair(kNothing, 'a')).has_value());
  ASSERT_TRUE(claims('x', Pair('a', 'b')).has_value());
  EXPECT_EQ(claims('x', Pair(kNothing, 'a')), std::nullopt);
  EXPECT_THAT(hub_.alarms(), IsEmpty());
  EXPECT_EQ(claims('y', Pair(kNothing, 'a'))->answer, ClaimAnswer::kClone);
  EXPECT_EQ(claims('x', Pair(kNothing, 'c'))->answer, ClaimAnswer::kClone);
  EXPECT_EQ(claims('x', Pair('b', 'c'))->answer, ClaimAnswer::kConfirmed);
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
    EXPECT_EQ(Claims(Pair('m', 'b')), ClaimAnswer::kClone);
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
  const ClaimVerdict verdict = hub_.On(kEspoo, kOne, Boot('a'), Pair(kNothing, 'a'));
  EXPECT_EQ(verdict.reply, (ClaimReply{Token('a'), ClaimAnswer::kNotAWitness}));
  EXPECT_EQ(verdict.keep_first, std::nullopt);
  hub_.FoundEqual(kSecondHub);
  EXPECT_EQ(hub_.On(kEspoo, kOne, Boot('a'), Pair('x', 'y')).reply->answer, ClaimAnswer::kConfirmed);
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

class TwoLivesTest : public ::testing::Test {
 protected:
  // All that are to be doubted are, from their Ping 7 on.
  std::vector<SessionId> Greets(SessionId session, char boot, Incarnation incarnation = kOne, Member member = kEspoo) {
    std::vector<SessionId> doubted = hub_.Greeted(session, member, incarnation, Boot(boot));
    for (const SessionId each : doubted) hub_.Doubt(each, 7);
    return doubted;
  }
  Witness hub_{HighWaterFinding::kIntact, {}};
};

TEST_F(TwoLivesTest, ThatBothAnswerAreAnAlarmForBoth) {
  EXPECT_THAT(Greets(kFirst, 'a'), IsEmpty());
  EXPECT_THAT(Greets(kSecond, 'b'), UnorderedElementsAre(kFirst, kSecond));
  EXPECT_THAT(hub_.ProvedAlive(kSecond, 7), IsEmpty());
  EXPECT_THAT(hub_.alarms(), IsEmpty());
  EXPECT_THAT(hub_.ProvedAlive(kFirst, 8), UnorderedElementsAre(kFirst, kSecond));
  EXPECT_THAT(hub_.alarms(), ElementsAre(::testing::Key(kEspoo)));
}

TEST_F(TwoLivesTest, ARestartedMemberWhoseOldStreamHangsIsNoAlarm) {
  Greets(kFirst, 'a');
  Greets(kSecond, 'b');
  EXPECT_THAT(hub_.ProvedAlive(kSecond, 7), IsEmpty());
  EXPECT_THAT(hub_.ProvedAlive(kSecond, 8), IsEmpty());
  hub_.Lost(kFirst);
  EXPECT_THAT(hub_.ProvedAlive(kSecond, 9), IsEmpty());
  EXPECT_THAT(hub_.alarms(), IsEmpty());
}

TEST_F(TwoLivesTest, AnAnswerThatWasOnItsWayProvesNothing) {
  Greets(kFirst, 'a');
  Greets(kSecond, 'b');
  EXPECT_THAT(hub_.ProvedAlive(kSecond, 7), IsEmpty());
  EXPECT_THAT(hub_.ProvedAlive(kFirst, 6), IsEmpty());
  EXPECT_THAT(hub_.alarms(), IsEmpty());
}

// Its words were on their way when it died, and are heard after those of its next life.
TEST_F(TwoLivesTest, AHelloFromTheGraveIsNoAlarm) {
  Greets(kSecond, 'b');
  EXPECT_THAT(Greets(kFirst, 'a'), UnorderedElementsAre(kFirst, kSecond));
  EXPECT_THAT(hub_.ProvedAlive(kSecond, 7), IsEmpty());
  EXPECT_THAT(hub_.alarms(), IsEmpty());
}

TEST_F(TwoLivesTest, AnOldLifeIsNoAlarmOnceTheNewOneIsGone) {
  Greets(kFirst, 'a');
  Greets(kSecond, 'b');
  hub_.ProvedAlive(kSecond, 7);
  hub_.Lost(kSecond);
  EXPECT_THAT(hub_.ProvedAlive(kFirst, 7), IsEmpty());
}

TEST_F(TwoLivesTest, AnOldMachineUnderAnEarlierKeyIsNoAlarmForTheOneThatGoesOn) {
  Greets(kFirst, 'a', kTwo);
  EXPECT_THAT(Greets(kSecond, 'b', kOne), IsEmpty());
}

TEST_F(TwoLivesTest, TwoStreamsOfOneLifeOrTwoMembersAreNoAlarm) {
  Greets(kFirst, 'a');
  EXPECT_THAT(Greets(kSecond, 'a'), IsEmpty());
  EXPECT_THAT(Greets(kThird, 'b', kOne, kTurku), IsEmpty());
}

}  // namespace
}  // namespace hansa::replication
