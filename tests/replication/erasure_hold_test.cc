// When what is ordered is destroyed: at once by two sides or enough officers, else after a hold, and not too much of
// it.
#include "replication/erasure_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/replication/erasure_books.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::KeysNamed;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ErasureHoldTest : public ErasureBookTest {};

TEST_F(ErasureHoldTest, AuthorAndSecretariatTogetherDestroyAtOnce) {
  OrderHeld(kEspoo, entry_);
  EXPECT_THAT(Due(), IsEmpty());
  Order(kHub, entry_);
  EXPECT_THAT(Due(), ElementsAre(entry_));
}

TEST_F(ErasureHoldTest, EnoughOfficersDestroyAtOnce) {
  OrderHeld(kEspoo, entry_, {books_.officers_[0]});
  EXPECT_THAT(Due(), IsEmpty());
  Order(kEspoo, entry_, ErasureReason::kLaw, {books_.officers_[0], books_.officers_[2]});
  EXPECT_THAT(Due(), ElementsAre(entry_));
}

TEST_F(ErasureHoldTest, OfficersOfTheNewestRootDocumentCount) {
  OrderHeld(kEspoo, entry_, {books_.officers_[0], books_.officers_[1]});
  ASSERT_THAT(Due(), ElementsAre(entry_));
  books_.officers_ = KeysNamed("newer officer", 3);
  book_->Judge(books_.Law());
  EXPECT_THAT(Due(), IsEmpty());
  books_.officers_ = KeysNamed("officer", 3);
  books_.approvals_ = 3;
  book_->Judge(books_.Law());
  EXPECT_THAT(Due(), IsEmpty());
  books_.approvals_ = 2;
  book_->Judge(books_.Law());
  EXPECT_THAT(Due(), ElementsAre(entry_));
}

TEST_F(ErasureHoldTest, TheSecretariatAloneWaitsForThreeDays) {
  OrderHeld(kHub, entry_);
  EXPECT_EQ(book_->NextDue(), kStart + absl::Hours(72));
  Run(absl::Hours(72) - absl::Milliseconds(1));
  EXPECT_THAT(Due(), IsEmpty());
  Run(absl::Milliseconds(1));
  EXPECT_THAT(Due(), ElementsAre(entry_));
}

TEST_F(ErasureHoldTest, TheAuthorAloneWaitsForFourteenDays) {
  OrderHeld(kEspoo, entry_);
  EXPECT_EQ(book_->NextDue(), kStart + absl::Hours(14 * 24));
  Run(kAuthorHold - absl::Milliseconds(1));
  EXPECT_THAT(Due(), IsEmpty());
  Run(absl::Milliseconds(1));
  EXPECT_THAT(Due(), ElementsAre(entry_));
}

TEST_F(ErasureHoldTest, OneSideOrderingTwiceIsStillOneSide) {
  OrderHeld(kEspoo, entry_);
  Order(kEspoo, entry_);
  EXPECT_THAT(Due(), IsEmpty());
  const ErasureTarget other = books_.Entry(2);
  OrderHeld(kHub, other);
  OrderHeld(kSecondHub, other);
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(ErasureHoldTest, AHubThatErasesItsOwnIsOneSideUntilAnotherHubOrdersToo) {
  const ErasureTarget notice = books_.Entry(1, kHub);
  OrderHeld(kHub, notice);
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(book_->NextDue(), kStart + kAuthorHold);
  Order(kSecondHub, notice);
  EXPECT_THAT(Due(), ElementsAre(notice));
}

TEST_F(ErasureHoldTest, TheHoldBeginsWithTheFirstOrderOfASide) {
  OrderHeld(kEspoo, entry_);
  Run(absl::Hours(24));
  Order(kEspoo, entry_);
  EXPECT_EQ(book_->NextDue(), kStart + kAuthorHold);
}

TEST_F(ErasureHoldTest, AHoldGoesOnAfterARestart) {
  OrderHeld(kHub, entry_);
  Run(absl::Hours(71));
  Restart({entry_});
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(book_->NextDue(), kStart + kSecretariatHold);
  Run(absl::Hours(1));
  EXPECT_THAT(Due(), ElementsAre(entry_));
}

TEST_F(ErasureHoldTest, WhenOrdersCameSaysHowLongItHasRunAtLeast) {
  EXPECT_EQ(book_->newest_received(), absl::ZeroDuration());
  const absl::Duration before = ran_;
  Run(absl::Hours(71));
  OrderHeld(kHub, entry_);
  Run(absl::Hours(5));
  Restart({entry_});
  EXPECT_EQ(book_->newest_received(), before + absl::Hours(71));
}

TEST_F(ErasureHoldTest, AHoldWhoseBeginningWasNotKeptBeginsAgain) {
  OrderHeld(kHub, entry_);
  Run(absl::Hours(71));
  notes_.clear();
  Restart({entry_});
  EXPECT_EQ(book_->NextDue(), ran_ + kSecretariatHold);
}

TEST_F(ErasureHoldTest, WhatIsDueIsSaidUntilThePayloadIsGone) {
  OrderHeld(kEspoo, entry_);
  Order(kHub, entry_);
  ASSERT_THAT(Due(), ElementsAre(entry_));
  EXPECT_THAT(Due(), ElementsAre(entry_));
  book_->PayloadGone(entry_.feed, entry_.seq);
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(book_->NextDue(), absl::InfiniteDuration());
  EXPECT_TRUE(IsHidden(entry_));
  EXPECT_EQ(book_->coverage(), (ErasureCoverage{.ordered = 1, .erased = 1}));
  book_->PayloadCame(entry_.feed, entry_.seq);
  EXPECT_THAT(Due(), ElementsAre(entry_));
}

TEST_F(ErasureHoldTest, APayloadThatWasNeverHereIsNotDestroyed) {
  book_->PayloadGone(entry_.feed, entry_.seq);
  OrderHeld(kEspoo, entry_);
  Order(kHub, entry_);
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(ErasureHoldTest, WithNothingOrderedNothingIsAwaited) {
  EXPECT_EQ(book_->NextDue(), absl::InfiniteDuration());
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(book_->OpenOrders(ran_), IsEmpty());
}

// Too many.

TEST_F(ErasureHoldTest, OrdersOfOneAuthorBeyondTwentyWaitForTheSecretariat) {
  for (std::uint64_t seq = 1; seq <= kOpenOrdersMax + 5; ++seq) OrderHeld(kEspoo, books_.Entry(seq));
  EXPECT_THAT(book_->HiddenIn(entry_.feed), SizeIs(kOpenOrdersMax + 5));
  Run(absl::Hours(10'000));
  EXPECT_THAT(Due(), SizeIs(kOpenOrdersMax));
  std::vector<OpenErasure> open = book_->OpenOrders(ran_);
  ASSERT_THAT(open, SizeIs(5));
  for (const OpenErasure& order : open) {
    EXPECT_TRUE(order.waits_for_secretariat);
    EXPECT_EQ(order.due_after, std::nullopt);
    EXPECT_GT(order.target.seq, Sequence(kOpenOrdersMax));
  }
  Order(kHub, open.front().target);
  EXPECT_THAT(Due(), SizeIs(kOpenOrdersMax + 1));
}

TEST_F(ErasureHoldTest, WhatTheSecretariatDoublesMakesRoomForOthers) {
  for (std::uint64_t seq = 1; seq <= 2 * kOpenOrdersMax; ++seq) OrderHeld(kEspoo, books_.Entry(seq));
  for (std::uint64_t seq = 1; seq <= kOpenOrdersMax; ++seq) Order(kHub, books_.Entry(seq));
  EXPECT_THAT(Due(), SizeIs(kOpenOrdersMax));
  Run(kAuthorHold);
  EXPECT_THAT(Due(), SizeIs(2 * kOpenOrdersMax));
}

TEST_F(ErasureHoldTest, OrdersThatAreDueMakeRoomForThoseThatComeLater) {
  for (std::uint64_t seq = 1; seq <= kOpenOrdersMax; ++seq) OrderHeld(kEspoo, books_.Entry(seq));
  Run(kAuthorHold);
  OrderHeld(kEspoo, books_.Entry(100));
  EXPECT_EQ(book_->OpenOrders(ran_).front().due_after, ran_ + kAuthorHold);
}

TEST_F(ErasureHoldTest, TheTwentyOfOneAuthorAreNotThoseOfAnother) {
  for (std::uint64_t seq = 1; seq <= kOpenOrdersMax; ++seq) {
    OrderHeld(kEspoo, books_.Entry(seq));
    OrderHeld(kTurku, books_.Entry(seq, kTurku));
  }
  Run(kAuthorHold);
  EXPECT_THAT(Due(), SizeIs(2 * kOpenOrdersMax));
}

TEST_F(ErasureHoldTest, TheSecretariatsOwnOrdersAreNotCounted) {
  for (std::uint64_t seq = 1; seq <= 3 * kOpenOrdersMax; ++seq) OrderHeld(kHub, books_.Entry(seq));
  Run(kSecretariatHold);
  EXPECT_THAT(Due(), SizeIs(3 * kOpenOrdersMax));
}

TEST_F(ErasureHoldTest, WhatWaitsForTheSecretariatWaitsAfterARestartToo) {
  std::vector<ErasureTarget> held;
  for (std::uint64_t seq = 1; seq <= kOpenOrdersMax + 1; ++seq) {
    held.push_back(books_.Entry(seq));
    OrderHeld(kEspoo, held.back());
    Run(absl::Hours(1));
  }
  Run(kAuthorHold);
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(Due(), SizeIs(kOpenOrdersMax));
    Restart(held);
  }
}

}  // namespace
}  // namespace hansa::replication
