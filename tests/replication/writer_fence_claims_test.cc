// When a node may sign by a witness's word: whom it asks, with which tokens, and what a crash leaves of them.
#include "replication/writer_fence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/replication/fence_machine.h"

namespace hansa::replication {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::VariantWith;

class WriterFenceClaimsTest : public WriterFenceTest {};

TEST_F(WriterFenceClaimsTest, IsLockedWithAWitnessUntilItHasConfirmed) {
  Meet(kFirst, kHub);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  const Claim claim = OneClaim(kFirst);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().On(kFirst, Confirms(claim));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
  EXPECT_THAT(node_.Run(), IsEmpty());
}

TEST_F(WriterFenceClaimsTest, ClaimsNothingBeforeItsOwnFeedsAreCompared) {
  Meet(kFirst, kHub, PeerWord::kNone);
  EXPECT_THAT(node_.Run(), IsEmpty());
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kFirst, kHub);
  EXPECT_THAT(node_.Run(), SizeIs(1));
}

TEST_F(WriterFenceClaimsTest, TheFirstClaimHasNothingBeforeIt) {
  Meet(kFirst, kHub);
  const Claim claim = OneClaim(kFirst);
  EXPECT_TRUE(claim.previous.is_zero());
  EXPECT_FALSE(claim.next.is_zero());
}

TEST_F(WriterFenceClaimsTest, ATokenIsOnTheDiskBeforeItIsClaimed) {
  Meet(kFirst, kHub);
  std::vector<FenceStep> steps = fence().TakeSteps();
  ASSERT_THAT(steps,
              ElementsAre(VariantWith<Note>(Field(&Note::key, Eq(absl::StrCat("met/", std::string("\0\0\0\1", 4))))),
                          VariantWith<Note>(Field(&Note::key, Eq(absl::StrCat("claim/", std::string("\0\0\0\1", 4),
                                                                              std::string(16, '\0')))))));
  EXPECT_THAT(fence().TakeSteps(), IsEmpty());
  node_.Keep(std::get<Note>(steps[0]));
  EXPECT_THAT(fence().TakeSteps(), IsEmpty());
  node_.Keep(std::get<Note>(steps[1]));
  EXPECT_THAT(fence().TakeSteps(), ElementsAre(VariantWith<SendClaim>(Field(&SendClaim::session, kFirst))));
}

TEST_F(WriterFenceClaimsTest, AnOlderNoteThatIsKeptDoesNotLetTheNextTokenBeClaimed) {
  Meet(kFirst, kHub);
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  fence().Lose(kFirst);
  Meet(kSecond, kHub);
  const std::vector<FenceStep> steps = fence().TakeSteps();  // the confirmed token, then the pending one
  ASSERT_THAT(steps, SizeIs(2));
  node_.Keep(std::get<Note>(steps[0]));
  EXPECT_THAT(fence().TakeSteps(), IsEmpty());
  node_.Keep(std::get<Note>(steps[1]));
  EXPECT_THAT(fence().TakeSteps(), SizeIs(1));
}

TEST_F(WriterFenceClaimsTest, EverySessionNeedsAClaimOfItsOwn) {
  OpenWith(kFirst, kHub);
  fence().Lose(kFirst);
  Meet(kSecond, kHub);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().On(kSecond, Confirms(OneClaim(kSecond)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceClaimsTest, EachClaimBeginsWhereTheLastConfirmedOneEnded) {
  Meet(kFirst, kHub);
  const Claim first = OneClaim(kFirst);
  fence().On(kFirst, Confirms(first));
  fence().Lose(kFirst);
  Meet(kSecond, kHub);
  const Claim second = OneClaim(kSecond);
  EXPECT_EQ(second.previous, first.next);
  EXPECT_NE(second.next, first.next);
}

TEST_F(WriterFenceClaimsTest, TokensAreApartForEachHub) {
  OpenWith(kFirst, kSecondHub);
  Meet(kSecond, kHub);
  EXPECT_TRUE(OneClaim(kSecond).previous.is_zero());
}

// A hub whose machine was cloned confirms on each of the two what the other has never heard of.
TEST_F(WriterFenceClaimsTest, TokensAreApartForEachLifeOfAHub) {
  MeetLife(kFirst, kHub, 'a');
  const Claim at_first = OneClaim(kFirst);
  fence().On(kFirst, Confirms(at_first));
  MeetLife(kSecond, kHub, 'b');
  fence().Lose(kFirst);
  const Claim at_copy = OneClaim(kSecond);
  EXPECT_EQ(at_copy.previous, at_first.next);  // a hub that was started again goes on from there
  fence().On(kSecond, Confirms(at_copy));
  node_.Run();
  fence().Lose(kSecond);
  MeetLife(kThird, kHub, 'a');
  EXPECT_EQ(OneClaim(kThird).previous, at_first.next);
  node_.Start();
  MeetLife(kFourth, kHub, 'b');
  EXPECT_EQ(OneClaim(kFourth).previous, at_copy.next);
}

TEST_F(WriterFenceClaimsTest, ALifeThatIsMetFirstGoesOnFromWhatWasConfirmedLast) {
  MeetLife(kFirst, kHub, 'a');
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  fence().Lose(kFirst);
  MeetLife(kSecond, kHub, 'b');
  fence().On(kSecond, Confirms(OneClaim(kSecond)));
  fence().Lose(kSecond);
  MeetLife(kThird, kHub, 'a');
  const Claim last = OneClaim(kThird);
  fence().On(kThird, Confirms(last));
  node_.Run();
  fence().Lose(kThird);
  node_.Start();
  MeetLife(kFourth, kHub, 'c');
  EXPECT_EQ(OneClaim(kFourth).previous, last.next);
}

// The hub has started again, and the stream to its earlier life seems to be open still.
TEST_F(WriterFenceClaimsTest, WhatIsClaimedOfALifeThatIsOverLeadsNobodyElsewhere) {
  MeetLife(kFirst, kHub, 'a');
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  fence().Lose(kFirst);
  MeetLife(kSecond, kHub, 'a');
  MeetLife(kThird, kHub, 'b');
  const Claim last = OneClaim(kThird);
  fence().On(kThird, Confirms(last));
  node_.Run();
  fence().Lose(kThird);
  OneClaim(kSecond);
  fence().Lose(kSecond);
  MeetLife(kFourth, kHub, 'c');
  EXPECT_EQ(OneClaim(kFourth).previous, last.next);
}

TEST_F(WriterFenceClaimsTest, OneTokenIsFollowedByOneOtherAtAllLivesOfAHub) {
  MeetLife(kFirst, kHub, 'a');
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  fence().Lose(kFirst);
  MeetLife(kSecond, kHub, 'a');
  MeetLife(kThird, kHub, 'b');
  const Claim claim = OneClaim(kThird);  // confirmed perhaps, and the answer is lost
  fence().Lose(kThird);
  EXPECT_EQ(OneClaim(kSecond), claim);
  fence().Lose(kSecond);
  MeetLife(kFourth, kHub, 'c');
  EXPECT_EQ(OneClaim(kFourth), claim);
}

TEST_F(WriterFenceClaimsTest, NoMoreThanFourLivesOfAHubAreNoted) {
  for (char boot = 'a'; boot <= 'z'; ++boot) {
    MeetLife(kFirst, kHub, boot);
    fence().On(kFirst, Confirms(OneClaim(kFirst)));
    node_.Run();
    fence().Lose(kFirst);
  }
  std::size_t lives = 0;
  for (const auto& [key, value] : node_.disk) lives += absl::StartsWith(key, "claim/") ? 1 : 0;
  EXPECT_EQ(lives, kHubLivesKept);
}

TEST_F(WriterFenceClaimsTest, AClaimSaysAsWhichIncarnation) {
  node_.standing.incarnation = Incarnation(3);
  fence().Know(node_.standing);
  Meet(kFirst, kHub);
  EXPECT_EQ(OneClaim(kFirst).incarnation, Incarnation(3));
}

// Notes from before the tokens of each life were kept apart.
TEST_F(WriterFenceClaimsTest, ANoteThatNamesNoLifeIsOfTheHubAsItWas) {
  node_.disk = {{absl::StrCat("claim/", std::string("\0\0\0\1", 4)),
                 absl::StrCat(std::string("\0\0\0\1", 4), std::string(16, 'p'), std::string(16, '\0'))}};
  node_.Start();
  MeetLife(kFirst, kHub, 'a');
  EXPECT_EQ(OneClaim(kFirst).previous, *ClaimToken::From(std::string(16, 'p')));
}

TEST_F(WriterFenceClaimsTest, TheLowestHubIsTheWitnessAlsoWhenItComesLater) {
  OpenWith(kFirst, kSecondHub);
  EXPECT_EQ(fence().witness(), kSecondHub);
  Meet(kSecond, kHub, PeerWord::kNone);
  EXPECT_EQ(fence().witness(), kHub);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  Meet(kSecond, kHub);
  fence().On(kSecond, Confirms(OneClaim(kSecond)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
  fence().Lose(kSecond);
  EXPECT_EQ(fence().fence(), Fence::kOpen);  // by the word of the second hub
}

TEST_F(WriterFenceClaimsTest, AHubThatIsNoWitnessGivesWayToTheNext) {
  Meet(kFirst, kHub);
  Meet(kSecond, kSecondHub);
  fence().On(kFirst, NoWitness(OneClaim(kFirst)));
  EXPECT_EQ(fence().witness(), kSecondHub);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().On(kSecond, Confirms(OneClaim(kSecond)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceClaimsTest, AHubThatIsNoWitnessMayBeAskedInItsNextSession) {
  Meet(kFirst, kHub);
  fence().On(kFirst, NoWitness(OneClaim(kFirst)));
  EXPECT_EQ(fence().witness(), std::nullopt);
  EXPECT_THAT(node_.Run(), IsEmpty());
  fence().Lose(kFirst);
  Meet(kSecond, kHub);
  fence().On(kSecond, Confirms(OneClaim(kSecond)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceClaimsTest, AHubThatHasBecomeAWitnessAnswersTheSameClaimOnceMore) {
  Meet(kFirst, kHub);
  const Claim claim = OneClaim(kFirst);
  fence().On(kFirst, NoWitness(claim));
  fence().On(kFirst, {*ClaimToken::From(std::string(16, 'x')), ClaimAnswer::kConfirmed});  // never claimed
  ASSERT_EQ(fence().fence(), Fence::kUnconfirmed);
  fence().On(kFirst, Confirms(claim));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
  EXPECT_EQ(fence().witness(), kHub);
  EXPECT_THAT(node_.Run(), IsEmpty());
}

TEST_F(WriterFenceClaimsTest, ALateAnswerMaySayThatThisIsAClone) {
  Meet(kFirst, kHub);
  const Claim claim = OneClaim(kFirst);
  fence().On(kFirst, NoWitness(claim));
  fence().On(kFirst, Clone(claim));
  EXPECT_EQ(fence().fence(), Fence::kRecover);
}

TEST_F(WriterFenceClaimsTest, AskingAgainMovesNothingUntilTheHubConfirms) {
  Meet(kFirst, kHub);
  fence().On(kFirst, NoWitness(OneClaim(kFirst)));
  ASSERT_EQ(fence().fence(), Fence::kUnconfirmed);
  fence().AskAgain(kFirst);
  const Claim again = OneClaim(kFirst);
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
  fence().On(kFirst, NoWitness(again));
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
  EXPECT_THAT(node_.Run(), IsEmpty());
  fence().AskAgain(kFirst);
  fence().On(kFirst, Confirms(OneClaim(kFirst)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceClaimsTest, AWitnessThatConfirmedIsNotAskedAgain) {
  OpenWith(kFirst, kHub);
  fence().AskAgain(kFirst);
  EXPECT_THAT(node_.Run(), IsEmpty());
}

TEST_F(WriterFenceClaimsTest, AnAnswerToAnotherTokenMovesNothing) {
  Meet(kFirst, kHub);
  Claim claim = OneClaim(kFirst);
  fence().On(kFirst, {ClaimToken(), ClaimAnswer::kConfirmed});
  fence().On(kSecond, Confirms(claim));
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().On(kFirst, Confirms(claim));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceClaimsTest, ACityConfirmsNothing) {
  Meet(kFirst, kTurku);
  EXPECT_THAT(node_.Run(), IsEmpty());
  fence().On(kFirst, {ClaimToken(), ClaimAnswer::kClone});
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
}

TEST_F(WriterFenceClaimsTest, OfTwoSessionsWithTheWitnessTheConfirmedOneCounts) {
  OpenWith(kFirst, kHub);
  Meet(kSecond, kHub);
  EXPECT_THAT(node_.Run(), IsEmpty());
  EXPECT_EQ(fence().fence(), Fence::kOpen);
  fence().Lose(kFirst);
  EXPECT_EQ(fence().fence(), Fence::kLocked);
  fence().On(kSecond, Confirms(OneClaim(kSecond)));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceClaimsTest, ASessionThatClaimedAndEndedLeavesItsPairToTheNext) {
  Meet(kFirst, kHub);
  const Claim claim = OneClaim(kFirst);
  fence().Lose(kFirst);
  Meet(kSecond, kHub);
  EXPECT_EQ(OneClaim(kSecond), claim);
  fence().On(kSecond, Confirms(claim));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

// Restarts.

TEST_F(WriterFenceClaimsTest, AfterACrashThePendingPairIsRepeatedAndThenANewTokenClaimed) {
  Meet(kFirst, kHub);
  const Claim pending = OneClaim(kFirst);
  node_.Start();
  Meet(kSecond, kHub);
  EXPECT_EQ(OneClaim(kSecond), pending);
  fence().On(kSecond, Confirms(pending));
  EXPECT_EQ(fence().fence(), Fence::kLocked);  // a copy of the disk could have said the same
  const Claim fresh = OneClaim(kSecond);
  EXPECT_EQ(fresh.previous, pending.next);
  fence().On(kSecond, Confirms(fresh));
  EXPECT_EQ(fence().fence(), Fence::kOpen);
}

TEST_F(WriterFenceClaimsTest, AfterAPlainRestartTheConfirmedTokenIsTheNextOnesPrevious) {
  Meet(kFirst, kHub);
  const Claim first = OneClaim(kFirst);
  fence().On(kFirst, Confirms(first));
  node_.Run();
  node_.Start();
  Meet(kFirst, kHub);
  EXPECT_EQ(OneClaim(kFirst).previous, first.next);
}

TEST_F(WriterFenceClaimsTest, TokensOfAnOlderIncarnationCountForNothing) {
  OpenWith(kFirst, kHub);
  node_.writer = kNewKey;
  node_.standing.incarnation = Incarnation(2);
  node_.Start();
  Meet(kFirst, kHub);
  EXPECT_TRUE(OneClaim(kFirst).previous.is_zero());
}

TEST_F(WriterFenceClaimsTest, TheSameStartMakesTheSameTokensAndAnotherStartMakesOthers) {
  Meet(kFirst, kHub);
  const Claim claim = OneClaim(kFirst);
  node_.disk.clear();
  node_.starts = 0;
  node_.Start();
  Meet(kFirst, kHub);
  EXPECT_EQ(OneClaim(kFirst), claim);
  node_.disk.clear();
  node_.Start();
  Meet(kFirst, kHub);
  EXPECT_NE(OneClaim(kFirst), claim);
}

TEST_F(WriterFenceClaimsTest, NotesThatCannotBeReadCountForNothing) {
  node_.disk = {{"claim/", "x"},
                {absl::StrCat("claim/", std::string("\0\0\0\1", 4)), "short"},
                {"met/longer", "1"},
                {"other", ""}};
  node_.Start();
  EXPECT_EQ(fence().fence(), Fence::kUnconfirmed);
  Meet(kFirst, kHub);
  EXPECT_TRUE(OneClaim(kFirst).previous.is_zero());
}

}  // namespace
}  // namespace hansa::replication
