// The contract of FeedStore, held to by both stores.
#include "storage/feed_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/storage/feed_store_fixture.h"

namespace hansa::storage {
namespace {

using replication::DecodeUnit;
using replication::EncodeUnit;
using replication::FeedTail;
using replication::Sequence;
using replication::TransferUnit;
using replication::VerifiedUnit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::Must;
using ::testing::SizeIs;
using testing::StatusIs;
using testing::TestAuthor;

constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;
constexpr absl::StatusCode kFailedPrecondition = absl::StatusCode::kFailedPrecondition;

class FeedStoreTest : public FeedStoreFixture {};

INSTANTIATE_TEST_SUITE_P(Stores, FeedStoreTest, ::testing::ValuesIn(kStoreKinds),
                         [](const auto& test) { return test.param.name; });

TEST_P(FeedStoreTest, HoldsNothingAtFirst) {
  EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(feeds().Feed(city_.feed()), StatusIs(kNotFound));
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), StatusIs(kNotFound));
  EXPECT_THAT(feeds().ReadEntries(city_.feed(), Sequence(1), 10), StatusIs(kNotFound));
  EXPECT_THAT(feeds().Checkpoints(city_.feed()), StatusIs(kNotFound));
}

TEST_P(FeedStoreTest, GivesBackAUnitByteForByte) {
  const VerifiedUnit unit = city_.PublishSome(3);
  ASSERT_THAT(Append(unit), IsOk());
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), IsOkAndHolds(EncodeUnit(unit.unit())));
  CloseAndOpen();
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), IsOkAndHolds(EncodeUnit(unit.unit())));
}

TEST_P(FeedStoreTest, GivesBackEveryEntryByteForByte) {
  const VerifiedUnit first = city_.PublishSome(2);
  replication::NewEntry bare;  // no payload, with an extension
  bare.kind = replication::kIndicatorSet;
  bare.retract = true;
  bare.ext = {{7, "kept as it is"}};
  const VerifiedUnit second = city_.Publish({bare});
  ASSERT_THAT(feeds().Append({first, second}), IsOk());
  const std::vector<StoredEntry> read = Must(feeds().ReadEntries(city_.feed(), Sequence(1), 100));
  ASSERT_THAT(read, SizeIs(3));
  EXPECT_EQ(read[0].entry, first.unit().entries[0]);
  EXPECT_EQ(read[1].entry, first.unit().entries[1]);
  EXPECT_EQ(read[2].entry, second.unit().entries[0]);
  EXPECT_FALSE(read[2].entry.payload.has_value());
  EXPECT_EQ(read[2].seq, Sequence(3));
}

TEST_P(FeedStoreTest, SaysOfAFeedWhoWritesItHowLongItIsAndHowLarge) {
  const VerifiedUnit first = city_.PublishSome(3);
  const VerifiedUnit second = city_.PublishSome(4, 1000);
  ASSERT_THAT(Append(first), IsOk());
  ASSERT_THAT(Append(second), IsOk());
  const HeldFeed expected{city_.feed(), city_.author(), second.end(), first.counted_bytes() + second.counted_bytes()};
  EXPECT_THAT(feeds().Feed(city_.feed()), IsOkAndHolds(expected));
  EXPECT_EQ(Must(feeds().Feed(city_.feed())).tail(), city_.tail());
  CloseAndOpen();
  EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(ElementsAre(expected)));
}

TEST_P(FeedStoreTest, KeepsEveryCheckpointInOrder) {
  const VerifiedUnit first = city_.PublishSome(300);
  const VerifiedUnit second = city_.PublishSome(1);
  const VerifiedUnit third = city_.PublishSome(2);
  ASSERT_THAT(feeds().Append({first, second}), IsOk());
  ASSERT_THAT(Append(third), IsOk());
  EXPECT_THAT(feeds().Checkpoints(city_.feed()), IsOkAndHolds(ElementsAre(first.end(), second.end(), third.end())));
}

TEST_P(FeedStoreTest, ListsFeedsByIdWhateverTheOrderOfTheirCreation) {
  std::vector<replication::FeedId> ids;
  std::vector<VerifiedUnit> units;
  for (std::uint32_t member = 10; member < 210; ++member) {
    TestAuthor author(member);
    ids.push_back(author.feed());
    units.push_back(author.PublishSome(1 + member % 3));
  }
  ASSERT_THAT(feeds().Append(units), IsOk());
  CloseAndOpen();
  const std::vector<HeldFeed> held = Must(feeds().Feeds());
  std::sort(ids.begin(), ids.end());
  ASSERT_EQ(held.size(), ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(held[i].feed, ids[i]);
}

TEST_P(FeedStoreTest, KeepsFeedsApartThatGrowInTurns) {
  TestAuthor other(11);
  for (int round = 0; round < 20; ++round) {
    ASSERT_THAT(feeds().Append({city_.PublishSome(2), other.PublishSome(3)}), IsOk());
    if (round == 10) CloseAndOpen();
  }
  EXPECT_EQ(ReceiveAll(city_), 1);
  EXPECT_EQ(ReceiveAll(other), 1);
}

TEST_P(FeedStoreTest, AppendingNothingIsFine) { EXPECT_THAT(feeds().Append({}), IsOk()); }

TEST_P(FeedStoreTest, RefusesAUnitThatLeavesAGap) {
  const VerifiedUnit first = city_.PublishSome(2);
  const VerifiedUnit second = city_.PublishSome(2);
  EXPECT_THAT(Append(second), StatusIs(kFailedPrecondition, "does not follow"));
  EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(Append(first), IsOk());
  EXPECT_THAT(Append(second), IsOk());
}

TEST_P(FeedStoreTest, RefusesAUnitItHoldsAlready) {
  const VerifiedUnit unit = city_.PublishSome(2);
  ASSERT_THAT(Append(unit), IsOk());
  const HeldFeed before = Must(feeds().Feed(city_.feed()));
  EXPECT_THAT(Append(unit), StatusIs(kFailedPrecondition));
  EXPECT_THAT(feeds().Feed(city_.feed()), IsOkAndHolds(before));
}

TEST_P(FeedStoreTest, RefusesAUnitOfAnotherHistoryOfTheSameLength) {
  const VerifiedUnit one = city_.PublishSome(2);
  city_.Return({});
  const VerifiedUnit other = city_.PublishSome(2);
  const VerifiedUnit after_other = city_.PublishSome(1);
  ASSERT_THAT(Append(one), IsOk());
  EXPECT_THAT(Append(other), StatusIs(kFailedPrecondition));
  EXPECT_THAT(Append(after_other), StatusIs(kFailedPrecondition, "another history"));
  EXPECT_EQ(Must(feeds().Feed(city_.feed())).newest, one.end());
}

TEST_P(FeedStoreTest, NothingFollowsTheEndOfAFeed) {
  ASSERT_THAT(Append(city_.PublishSome(2)), IsOk());
  EXPECT_FALSE(Must(feeds().Feed(city_.feed())).ended);
  replication::NewEntry last;
  last.kind = replication::kIndicatorSet;
  last.end_of_feed = true;
  const FeedTail before = city_.tail();
  ASSERT_THAT(Append(city_.Publish({last})), IsOk());
  const FeedTail end = city_.tail();
  // An author who forgot that the feed had ended.
  city_.Return({end.len, end.head});
  const VerifiedUnit after = city_.PublishSome(1);
  EXPECT_THAT(Append(after), StatusIs(kFailedPrecondition, "has ended at 3"));
  CloseAndOpen();
  EXPECT_THAT(Append(after), StatusIs(kFailedPrecondition, "has ended at 3"));
  const HeldFeed held = Must(feeds().Feed(city_.feed()));
  EXPECT_TRUE(held.ended);
  EXPECT_EQ(held.tail(), end);
  EXPECT_NE(held.tail(), before);
}

TEST_P(FeedStoreTest, WritesAllUnitsOrNone) {
  TestAuthor other(11);
  TestAuthor third(12);
  ASSERT_THAT(Append(city_.PublishSome(1)), IsOk());
  const HeldFeed before = Must(feeds().Feed(city_.feed()));
  const VerifiedUnit fits = city_.PublishSome(2);
  const VerifiedUnit fits_too = other.PublishSome(2);
  third.PublishSome(1);
  const VerifiedUnit does_not = third.PublishSome(1);
  EXPECT_THAT(feeds().Append({fits, fits_too, does_not}), StatusIs(kFailedPrecondition));
  CloseAndOpen();
  EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(ElementsAre(before)));
  EXPECT_THAT(Must(feeds().Checkpoints(city_.feed())), SizeIs(1));
  EXPECT_THAT(Must(feeds().ReadEntries(city_.feed(), Sequence(1), 10)), SizeIs(1));
  EXPECT_THAT(feeds().Append({fits, fits_too}), IsOk());
}

TEST_P(FeedStoreTest, TakesSeveralUnitsOfOneFeedInOrderOnly) {
  const VerifiedUnit first = city_.PublishSome(2);
  const VerifiedUnit second = city_.PublishSome(2);
  EXPECT_THAT(feeds().Append({second, first}), StatusIs(kFailedPrecondition));
  EXPECT_THAT(feeds().Append({first, first}), StatusIs(kFailedPrecondition));
  EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(feeds().Append({first, second}), IsOk());
}

TEST_P(FeedStoreTest, OfTwoThatAppendAtOnceOneIsRefused) {
  for (int round = 0; round < 20; ++round) {
    const FeedTail tail = city_.tail();
    const VerifiedUnit one = city_.PublishSome(1);
    const FeedTail after_one = city_.tail();
    city_.Return(tail);
    const VerifiedUnit two = city_.PublishSome(1);
    absl::Status of_one;
    absl::Status of_two;
    std::thread beside([&] { of_one = Append(one); });
    of_two = Append(two);
    beside.join();
    EXPECT_NE(of_one.ok(), of_two.ok());
    if (of_one.ok()) city_.Return(after_one);
    EXPECT_EQ(Must(feeds().Feed(city_.feed())).tail(), city_.tail());
  }
  EXPECT_EQ(ReceiveAll(city_), 1);
}

TEST_P(FeedStoreTest, ReadsWhileItIsWritten) {
  ASSERT_THAT(Append(city_.PublishSome(1)), IsOk());
  std::thread writer([&] {
    for (int i = 0; i < 100; ++i) Must(Append(city_.PublishSome(2)));
  });
  const replication::FeedId feed = city_.feed();
  std::uint64_t seen = 0;
  while (seen < 201) {
    const std::uint64_t len = Must(feeds().Feed(feed)).newest.len.value();
    const TransferUnit unit = Must(DecodeUnit(Must(feeds().ReadUnit(feed, Sequence(1)))));
    EXPECT_GE(unit.end.len.value(), len);
    EXPECT_GE(len, seen);
    seen = len;
  }
  writer.join();
}

TEST_P(FeedStoreTest, AUnitRunsToTheLastCheckpointWithinTheLimitOfBytes) {
  // 40 publishes of about 40 KiB: 12 or 13 fit in 512 KiB.
  for (int i = 0; i < 40; ++i) ASSERT_THAT(Append(city_.PublishSome(1, 40 * 1024)), IsOk());
  const std::size_t each = 128 + 32 + 40 * 1024;
  const std::uint64_t fit = replication::kUnitBytesMax / each;
  EXPECT_EQ(ReadUnit(city_, 1).end.len, Sequence(fit));
  EXPECT_EQ(ReadUnit(city_, 5).end.len, Sequence(4 + fit));
  EXPECT_EQ(ReadUnit(city_, 40).end.len, Sequence(40));
  EXPECT_EQ(ReceiveAll(city_), static_cast<int>((40 + fit - 1) / fit));
}

TEST_P(FeedStoreTest, AUnitOfExactlyTheLimitIsGivenWhole) {
  // Two entries, 512 KiB with headers and salts.
  const std::size_t payload = replication::kUnitBytesMax / 2 - 128 - 32;
  const VerifiedUnit unit = city_.PublishSome(2, payload);
  ASSERT_EQ(unit.counted_bytes(), replication::kUnitBytesMax);
  ASSERT_THAT(Append(unit), IsOk());
  ASSERT_THAT(Append(city_.PublishSome(1, 1)), IsOk());
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), IsOkAndHolds(EncodeUnit(unit.unit())));
}

// 4,096 bare headers are 512 KiB exactly: both limits at once.
TEST_P(FeedStoreTest, AUnitHoldsAtMost4096Entries) {
  replication::NewEntry bare;
  bare.kind = replication::kIndicatorSet;
  ASSERT_THAT(Append(city_.Publish(std::vector<replication::NewEntry>(4000, bare))), IsOk());
  ASSERT_THAT(Append(city_.Publish(std::vector<replication::NewEntry>(96, bare))), IsOk());
  ASSERT_THAT(Append(city_.Publish({bare})), IsOk());
  EXPECT_EQ(ReadUnit(city_, 1).end.len, Sequence(4096));
  EXPECT_EQ(ReadUnit(city_, 2).end.len, Sequence(4097));
  EXPECT_EQ(ReceiveAll(city_), 2);
}

TEST_P(FeedStoreTest, AUnitKeepsToTheBytesAskedForButIsAtLeastTheShortest) {
  // Publishes of 1, 2, 3 and 1 entries of 260 bytes each.
  for (const std::size_t entries : {1, 2, 3, 1}) ASSERT_THAT(Append(city_.PublishSome(entries)), IsOk());
  const auto end_of = [&](std::uint64_t from, std::size_t bytes_max) {
    return Must(DecodeUnit(Must(feeds().ReadUnit(city_.feed(), Sequence(from), bytes_max)))).end.len.value();
  };
  EXPECT_EQ(end_of(1, 0), 1u);
  EXPECT_EQ(end_of(1, 3 * 260 - 1), 1u);
  EXPECT_EQ(end_of(1, 3 * 260), 3u);
  EXPECT_EQ(end_of(1, 6 * 260 - 1), 3u);
  EXPECT_EQ(end_of(1, 6 * 260), 6u);
  EXPECT_EQ(end_of(1, ~std::size_t{0}), 7u);
  EXPECT_EQ(end_of(2, 1), 3u);
  EXPECT_EQ(end_of(4, 1), 6u);
  EXPECT_EQ(end_of(7, 1), 7u);
}

TEST_P(FeedStoreTest, AUnitLargerThanAskedForKeepsToTheLimitAllTheSame) {
  const VerifiedUnit first = city_.PublishSome(2, replication::kUnitBytesMax / 2 - 128 - 32);
  ASSERT_THAT(feeds().Append({first, city_.PublishSome(1, 1)}), IsOk());
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1), 1), IsOkAndHolds(EncodeUnit(first.unit())));
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1), ~std::size_t{0}), IsOkAndHolds(EncodeUnit(first.unit())));
}

TEST_P(FeedStoreTest, AUnitMayBeginInsideAnother) {
  ASSERT_THAT(Append(city_.PublishSome(10)), IsOk());
  const TransferUnit unit = ReadUnit(city_, 7);
  EXPECT_EQ(unit.from, Sequence(7));
  EXPECT_THAT(unit.entries, SizeIs(4));
}

TEST_P(FeedStoreTest, ThereIsNoUnitOutsideTheFeed) {
  ASSERT_THAT(Append(city_.PublishSome(10)), IsOk());
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(11)), StatusIs(kNotFound));
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(0)), StatusIs(kNotFound));
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(~0ull)), StatusIs(kNotFound));
}

TEST_P(FeedStoreTest, WhatIsDroppedIsGoneAndMayComeAgain) {
  TestAuthor other(11);
  const VerifiedUnit first = city_.PublishSome(3);
  const VerifiedUnit second = city_.PublishSome(2);
  ASSERT_THAT(feeds().Append({first, second, other.PublishSome(4)}), IsOk());
  ASSERT_THAT(feeds().Drop({city_.feed(), TestAuthor(12).feed()}), IsOk());
  for (const bool anew : {false, true}) {
    if (anew) CloseAndOpen();
    EXPECT_THAT(feeds().Feed(city_.feed()), StatusIs(kNotFound));
    EXPECT_THAT(feeds().ReadEntries(city_.feed(), Sequence(1), 9), StatusIs(kNotFound));
    EXPECT_THAT(feeds().Checkpoints(city_.feed()), StatusIs(kNotFound));
    EXPECT_THAT(Must(feeds().Feeds()), SizeIs(1));
  }
  EXPECT_THAT(Append(second), StatusIs(kFailedPrecondition));
  ASSERT_THAT(feeds().Append({first, second}), IsOk());
  EXPECT_EQ(ReceiveAll(city_), 1);
  EXPECT_THAT(Must(feeds().Checkpoints(city_.feed())), SizeIs(2));
  EXPECT_THAT(feeds().Drop({}), IsOk());
}

TEST_P(FeedStoreTest, ReadsEntriesInPieces) {
  ASSERT_THAT(feeds().Append({city_.PublishSome(4), city_.PublishSome(3)}), IsOk());
  const auto seqs = [&](std::uint64_t from, std::size_t count_max) {
    std::vector<std::uint64_t> read_seqs;
    for (const StoredEntry& read : Must(feeds().ReadEntries(city_.feed(), Sequence(from), count_max))) {
      read_seqs.push_back(read.seq.value());
    }
    return read_seqs;
  };
  EXPECT_THAT(seqs(1, 3), ElementsAre(1, 2, 3));
  EXPECT_THAT(seqs(0, 2), ElementsAre(1, 2));
  EXPECT_THAT(seqs(3, 3), ElementsAre(3, 4, 5));
  EXPECT_THAT(seqs(6, 100), ElementsAre(6, 7));
  EXPECT_THAT(seqs(6, ~std::size_t{0}), ElementsAre(6, 7));
  EXPECT_THAT(seqs(5, 0), IsEmpty());
  EXPECT_THAT(seqs(8, 10), IsEmpty());
  EXPECT_THAT(seqs(~0ull, 10), IsEmpty());
}

}  // namespace
}  // namespace hansa::storage
