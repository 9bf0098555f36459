// Who may order what to be erased, which entry an order is about, what it hides and excuses, and how it ends.
#include "replication/erasure_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

#include "tests/replication/erasure_books.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::Random;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

// Who may order.

TEST_F(ErasureBookTest, TheAuthorsOrderHidesAndExcuses) {
  OrderHeld(kEspoo, entry_);
  EXPECT_TRUE(IsHidden(entry_));
  EXPECT_TRUE(Excuses(entry_));
  EXPECT_THAT(book_->HiddenIn(entry_.feed), ElementsAre(entry_.seq));
}

TEST_F(ErasureBookTest, SoDoesTheOrderOfAnySecretariatNode) {
  OrderHeld(kSecondHub, entry_);
  EXPECT_TRUE(IsHidden(entry_));
  EXPECT_TRUE(Excuses(entry_));
}

TEST_F(ErasureBookTest, TheOrderOfAnybodyElseIsVoid) {
  OrderHeld(kTurku, entry_, {books_.officers_});
  EXPECT_FALSE(IsHidden(entry_));
  EXPECT_FALSE(Excuses(entry_));
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(book_->coverage().void_orders, 1u);
  EXPECT_THAT(notes_, IsEmpty());
}

TEST_F(ErasureBookTest, AnAuthorsLaterIncarnationOrdersForTheEarlier) {
  const FeedId erasures = books_.FeedOf(kEspoo, kErasures, 2);
  Add(books_.HeaderOf(erasures, 1, entry_));
  Holds(entry_);
  EXPECT_TRUE(IsHidden(entry_));
}

TEST_F(ErasureBookTest, RosterAndErasuresCannotBeErased) {
  for (const FeedId& feed : {books_.FeedOf(Member(0), kRosterCollection), books_.FeedOf(kEspoo, kErasures)}) {
    const ErasureTarget target = Books::EntryOf(feed, 1);
    OrderHeld(kEspoo, target, books_.officers_);
    OrderHeld(kHub, target, books_.officers_);
    Run(absl::Hours(10'000));
    EXPECT_FALSE(IsHidden(target));
    EXPECT_FALSE(Excuses(target));
    EXPECT_THAT(Due(), IsEmpty());
  }
}

TEST_F(ErasureBookTest, AnEntryThatOrdersNothingChangesNothing) {
  EntryHeader header = books_.HeaderOf(books_.FeedOf(kEspoo, kErasures), 1, entry_);
  header.ext = {};
  Add(header);
  EXPECT_EQ(book_->coverage(), ErasureCoverage());
  EXPECT_THAT(notes_, IsEmpty());
}

TEST_F(ErasureBookTest, ReasonsOfTheFutureOrderLikeTheOthers) {
  Order(kEspoo, entry_, static_cast<ErasureReason>(77));
  Holds(entry_);
  EXPECT_TRUE(IsHidden(entry_));
}

// Which entry.

TEST_F(ErasureBookTest, AnOrderWithAnotherHashDoesNothingToTheEntry) {
  ErasureTarget wrong = entry_;
  wrong.entry = Random("another history");
  Order(kEspoo, wrong);
  Order(kHub, wrong);
  Holds(entry_);
  EXPECT_FALSE(IsHidden(entry_));
  EXPECT_FALSE(Excuses(entry_));
  EXPECT_TRUE(Excuses(wrong));
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(book_->Unverified(), IsEmpty());
}

TEST_F(ErasureBookTest, UntilTheHashIsKnownNothingIsHiddenOrErased) {
  Order(kEspoo, entry_);
  Order(kHub, entry_);
  EXPECT_FALSE(IsHidden(entry_));
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(book_->Unverified(), ElementsAre(Pair(entry_.feed, entry_.seq)));
  EXPECT_THAT(book_->UnverifiedIn(entry_.feed, entry_.seq, entry_.seq), ElementsAre(entry_.seq));
  EXPECT_THAT(book_->UnverifiedIn(entry_.feed, Sequence(entry_.seq.value() + 1), Sequence(99)), IsEmpty());
  EXPECT_THAT(book_->UnverifiedIn(FeedNamed("another"), Sequence(1), Sequence(99)), IsEmpty());
  Holds(entry_);
  EXPECT_TRUE(IsHidden(entry_));
  EXPECT_THAT(Due(), ElementsAre(entry_));
  EXPECT_THAT(book_->Unverified(), IsEmpty());
}

TEST_F(ErasureBookTest, APlaceIsAskedForOnceHoweverManyHashesAreNamed) {
  ErasureTarget wrong = entry_;
  wrong.entry = Random("another history");
  Order(kEspoo, wrong);
  Order(kEspoo, entry_);
  EXPECT_THAT(book_->Unverified(), SizeIs(1));
  EXPECT_THAT(book_->UnverifiedIn(entry_.feed, Sequence(1), Sequence(99)), SizeIs(1));
}

TEST_F(ErasureBookTest, EntriesThatNoOrderNamesAreNotRemembered) {
  Holds(entry_);
  Order(kEspoo, entry_);
  EXPECT_THAT(book_->Unverified(), SizeIs(1));
}

TEST_F(ErasureBookTest, AnotherHistoryOfTheFeedIsJudgedAnew) {
  OrderHeld(kEspoo, entry_);
  ASSERT_TRUE(IsHidden(entry_));
  book_->EntriesGone(entry_.feed, Sequence(0));
  EXPECT_FALSE(IsHidden(entry_));
  EXPECT_THAT(book_->Unverified(), SizeIs(1));
  book_->EntryIs(entry_.feed, entry_.seq, Random("another history"));
  EXPECT_FALSE(IsHidden(entry_));
}

TEST_F(ErasureBookTest, WhatStaysOfACutFeedStaysHidden) {
  OrderHeld(kEspoo, books_.Entry(1));
  OrderHeld(kEspoo, books_.Entry(5));
  book_->EntriesGone(entry_.feed, Sequence(4));
  EXPECT_THAT(book_->HiddenIn(entry_.feed), ElementsAre(Sequence(1)));
}

TEST_F(ErasureBookTest, OrdersAboutFeedsNotKnownYetAreKeptUntilTheyAre) {
  const FeedId feed = FeedNamed("of a member that our roster lacks");
  const ErasureTarget target = Books::EntryOf(feed, 3);
  Order(kEspoo, target);
  Order(kHub, target);
  EXPECT_EQ(book_->coverage().undecided, 2u);
  EXPECT_FALSE(Excuses(target));
  EXPECT_THAT(book_->Unverified(), IsEmpty());
  FeedAuthor author;
  author.member = kTurku;
  author.collection = kOffers;
  books_.feeds_.emplace(feed, author);
  book_->Judge(books_.Law());
  EXPECT_TRUE(Excuses(target));
  EXPECT_THAT(book_->Unverified(), SizeIs(1));
  EXPECT_EQ(book_->coverage(), (ErasureCoverage{.ordered = 1, .unverified = 1, .void_orders = 1}));
  Holds(target);
  Run(kSecretariatHold);  // counted since it came
  EXPECT_THAT(Due(), ElementsAre(target));
}

// LOST.

TEST_F(ErasureBookTest, LostExcusesAndNeitherHidesNorDestroys) {
  Order(kHub, entry_, ErasureReason::kLost);
  Holds(entry_);
  EXPECT_TRUE(Excuses(entry_));
  EXPECT_FALSE(IsHidden(entry_));
  Run(absl::Hours(10'000));
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(book_->Unverified(), IsEmpty());
  EXPECT_EQ(book_->coverage(), (ErasureCoverage{.lost = 1}));
}

TEST_F(ErasureBookTest, OnlyTheSecretariatSaysLost) {
  Order(kEspoo, entry_, ErasureReason::kLost, books_.officers_);
  EXPECT_FALSE(Excuses(entry_));
  const ErasureTarget notice = books_.Entry(1, kHub);
  Order(kHub, notice, ErasureReason::kLost);
  EXPECT_TRUE(Excuses(notice));
}

TEST_F(ErasureBookTest, LostIsNotTheSecretariatsHalfOfAnOrder) {
  OrderHeld(kEspoo, entry_);
  Order(kHub, entry_, ErasureReason::kLost, books_.officers_);
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_TRUE(IsHidden(entry_));
}

// Acting, and orders that end.

TEST_F(ErasureBookTest, ASealThatCutsAnOrderUndoesIt) {
  OrderHeld(kEspoo, entry_);
  OrderHeld(kEspoo, books_.Entry(2));
  const FeedId erasures = books_.FeedOf(kEspoo, kErasures);
  for (const Note& note : book_->Rebuild(erasures, Sequence(1))) Keep(note);
  EXPECT_TRUE(IsHidden(entry_));
  EXPECT_FALSE(IsHidden(books_.Entry(2)));
  EXPECT_FALSE(Excuses(books_.Entry(2)));
  EXPECT_THAT(notes_, SizeIs(1));
  for (const Note& note : book_->Rebuild(erasures, Sequence(0))) Keep(note);
  EXPECT_FALSE(IsHidden(entry_));
  EXPECT_THAT(notes_, IsEmpty());
  EXPECT_EQ(book_->coverage(), ErasureCoverage());
}

TEST_F(ErasureBookTest, ACutLeavesTheOrdersOfOtherFeeds) {
  OrderHeld(kEspoo, entry_);
  Order(kHub, entry_);
  static_cast<void>(book_->Rebuild(books_.FeedOf(kEspoo, kErasures), Sequence(0)));
  EXPECT_TRUE(IsHidden(entry_));
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(book_->NextDue(), kStart + kSecretariatHold);
}

TEST_F(ErasureBookTest, WhatComesInPlaceOfACutOrderBeginsItsOwnHold) {
  OrderHeld(kEspoo, entry_);
  const FeedId erasures = books_.FeedOf(kEspoo, kErasures);
  for (const Note& note : book_->Rebuild(erasures, Sequence(0))) Keep(note);
  Run(absl::Hours(100));
  Add(books_.HeaderOf(erasures, 1, entry_, ErasureReason::kRights));
  EXPECT_EQ(book_->NextDue(), ran_ + kAuthorHold);
}

TEST_F(ErasureBookTest, AnExcuseOnceActedOnStays) {
  OrderHeld(kEspoo, entry_);
  const std::optional<Note> note = book_->ActOn(entry_);
  ASSERT_TRUE(note.has_value());
  Keep(*note);
  EXPECT_EQ(book_->ActOn(entry_), std::nullopt);
  for (const Note& forgotten : book_->Rebuild(books_.FeedOf(kEspoo, kErasures), Sequence(0))) Keep(forgotten);
  EXPECT_TRUE(Excuses(entry_));
  EXPECT_FALSE(IsHidden(entry_));
  added_.clear();
  Restart({});
  EXPECT_TRUE(Excuses(entry_));
  ErasureTarget other = entry_;
  other.entry = Random("another history");
  EXPECT_FALSE(Excuses(other));
}

TEST_F(ErasureBookTest, TheSameHeaderTwiceChangesNothing) {
  OrderHeld(kEspoo, entry_);
  Run(absl::Hours(24));
  EXPECT_EQ(book_->Add(books_.Law(), added_.front(), ran_), std::nullopt);
  EXPECT_EQ(book_->NextDue(), kStart + kAuthorHold);
  EXPECT_EQ(book_->coverage().ordered, 1u);
}

TEST_F(ErasureBookTest, WhatHasChangedIsToldOnce) {
  Order(kEspoo, entry_);
  EXPECT_THAT(book_->TakeToVerify(), ElementsAre(Pair(entry_.feed, entry_.seq)));
  EXPECT_THAT(book_->TakeRestood(), ElementsAre(entry_.feed));
  EXPECT_THAT(book_->TakeExcusesMoved(), ElementsAre(Pair(entry_.feed, entry_.seq)));
  Order(kHub, books_.Entry(2));
  EXPECT_THAT(book_->TakeToVerify(), ElementsAre(Pair(books_.Entry(2).feed, books_.Entry(2).seq)));
  book_->TakeRestood();
  book_->TakeExcusesMoved();
  Holds(entry_);
  EXPECT_THAT(book_->TakeRestood(), ElementsAre(entry_.feed));
  EXPECT_EQ(book_->Add(books_.Law(), added_.front(), ran_), std::nullopt);
  book_->PayloadGone(entry_.feed, entry_.seq);
  EXPECT_THAT(book_->TakeToVerify(), IsEmpty());
  EXPECT_THAT(book_->TakeRestood(), IsEmpty());
  EXPECT_THAT(book_->TakeExcusesMoved(), IsEmpty());
  ASSERT_TRUE(book_->ActOn(entry_).has_value());
  EXPECT_THAT(book_->TakeExcusesMoved(), ElementsAre(Pair(entry_.feed, entry_.seq)));
}

// Whatever is said of a place, it is the entry held there that is hidden and awaited, and no other.
TEST_F(ErasureBookTest, OfManyOrdersAboutOnePlaceTheOneForWhatIsHeldCounts) {
  std::vector<ErasureTarget> others(30, entry_);
  for (std::size_t i = 0; i < others.size(); ++i) {
    others[i].entry = Random(absl::StrCat("another history ", i));
    Order(kHub, others[i]);
  }
  Order(kHub, entry_);
  EXPECT_THAT(book_->Unverified(), SizeIs(1));
  Holds(others[7]);
  EXPECT_TRUE(IsHidden(others[7]));
  EXPECT_EQ(book_->NextDue(), kStart + kSecretariatHold);
  book_->PayloadGone(entry_.feed, entry_.seq);
  EXPECT_EQ(book_->NextDue(), absl::InfiniteDuration());
  book_->PayloadCame(entry_.feed, entry_.seq);
  Run(kSecretariatHold);
  EXPECT_THAT(Due(), ElementsAre(others[7]));
  Holds(entry_);
  EXPECT_THAT(Due(), ElementsAre(entry_));
  book_->EntriesGone(entry_.feed, Sequence(0));
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_FALSE(IsHidden(entry_));
}

// While a feed is being cut, nothing of it is looked at.
TEST_F(ErasureBookTest, WhatIsLeftOfACutFeedIsToBeVerifiedAgain) {
  for (const std::uint64_t seq : {1, 2, 3}) Order(kEspoo, books_.Entry(seq));
  Holds(books_.Entry(1));
  book_->TakeToVerify();
  book_->EntriesGone(entry_.feed, Sequence(2));
  EXPECT_THAT(book_->TakeToVerify(), ElementsAre(Pair(entry_.feed, Sequence(2))));
  EXPECT_THAT(book_->TakeRestood(), ElementsAre(entry_.feed));
}

TEST_F(ErasureBookTest, NotesThatCannotBeReadCountForNothing) {
  book_.emplace(crypto(), Notes{{"order/", "x"}, {"erased/x", "y"}, {"erased/", ""}, {"else", "z"}});
  OrderHeld(kEspoo, entry_);
  EXPECT_EQ(book_->NextDue(), kStart + kAuthorHold);
}

TEST_F(ErasureBookTest, OpenOrdersShowWhatTheyWaitFor) {
  Order(kEspoo, entry_, ErasureReason::kRights);
  OrderHeld(kHub, books_.Entry(2));
  OrderHeld(kEspoo, books_.Entry(3));
  Order(kHub, books_.Entry(3));
  const std::vector<OpenErasure> open = book_->OpenOrders(ran_);
  ASSERT_THAT(open, SizeIs(2));  // the third is due
  EXPECT_EQ(open[0].target, entry_);
  EXPECT_EQ(open[0].reason, ErasureReason::kRights);
  EXPECT_TRUE(open[0].by_author && !open[0].by_secretariat && !open[0].is_verified);
  EXPECT_EQ(open[0].due_after, kStart + kAuthorHold);
  EXPECT_TRUE(!open[1].by_author && open[1].by_secretariat && open[1].is_verified);
  EXPECT_EQ(open[1].due_after, kStart + kSecretariatHold);
}

}  // namespace
}  // namespace hansa::replication
