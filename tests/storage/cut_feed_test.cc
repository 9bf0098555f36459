// The contract of FeedStore about feeds that the roster ends, and about what is cut off them; held to by both stores.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/storage/feed_store_fixture.h"

namespace hansa::storage {
namespace {

using replication::Checkpoint;
using replication::EncodeUnit;
using replication::FeedTail;
using replication::Sequence;
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

class CutFeedTest : public FeedStoreFixture {
 protected:
  // The author's word that its feed ends at `tail`.
  Checkpoint Seal(const FeedTail& tail) {
    Checkpoint seal{city_.feed(), tail.len, tail.head, {}};
    seal.signature = city_.signer().Sign(CheckpointMessage(testing::TestNetwork(), seal.feed, tail.len, tail.head));
    return seal;
  }
  void ExpectNothingHeld() {
    EXPECT_THAT(feeds().Feed(city_.feed()), StatusIs(kNotFound));
    EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(IsEmpty()));
    EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), StatusIs(kNotFound));
    EXPECT_THAT(feeds().Checkpoints(city_.feed()), StatusIs(kNotFound));
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, CutFeedTest, ::testing::ValuesIn(kStoreKinds),
                         [](const auto& test) { return test.param.name; });

TEST_P(CutFeedTest, P14_WhatStandsBeyondTheSealGoesToQuarantine) {
  const VerifiedUnit first = city_.PublishSome(3);
  const Checkpoint seal = Seal(city_.tail());
  const VerifiedUnit second = city_.PublishSome(2, 500);
  const VerifiedUnit third = city_.PublishSome(1);
  ASSERT_THAT(feeds().Append({first, second, third}), IsOk());
  const HeldFeed expected{city_.feed(), city_.author(), seal, first.counted_bytes()};
  EXPECT_THAT(feeds().CutFeed(seal), IsOkAndHolds(expected));
  for (const bool anew : {false, true}) {
    if (anew) CloseAndOpen();
    EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(ElementsAre(expected)));
    EXPECT_THAT(feeds().Checkpoints(city_.feed()), IsOkAndHolds(ElementsAre(seal)));
    EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), IsOkAndHolds(EncodeUnit(first.unit())));
    EXPECT_THAT(feeds().ReadHeader(city_.feed(), Sequence(4)), StatusIs(kNotFound));
    const Quarantine aside{city_.feed(), 3, second.counted_bytes() + third.counted_bytes()};
    EXPECT_THAT(feeds().Quarantined(city_.feed()), IsOkAndHolds(aside));
    EXPECT_THAT(feeds().AllQuarantined(), IsOkAndHolds(ElementsAre(aside)));
  }
  EXPECT_THAT(Append(third), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Append(second), IsOk());  // whether it may is not the store's to judge
  EXPECT_THAT(Must(feeds().ReadEntries(city_.feed(), Sequence(1), 9)), SizeIs(5));
}

TEST_P(CutFeedTest, TheSealMayStandInsideAUnit) {
  const VerifiedUnit first = city_.PublishSome(2);
  const VerifiedUnit second = city_.PublishSome(4);
  ASSERT_THAT(feeds().Append({first, second}), IsOk());
  const Checkpoint seal = Seal({Sequence(4), second.headers()[2].prev});
  const HeldFeed held = *Must(feeds().CutFeed(seal));
  EXPECT_EQ(held.newest, seal);
  EXPECT_FALSE(held.ended);
  EXPECT_THAT(feeds().Checkpoints(city_.feed()), IsOkAndHolds(ElementsAre(first.end(), seal)));
  EXPECT_EQ(ReadUnit(city_, 1).end, seal);
  EXPECT_THAT(ReadUnit(city_, 3).entries, SizeIs(2));
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 2u);
}

TEST_P(CutFeedTest, AFeedNoLongerThanItsSealStaysAsItIs) {
  ASSERT_THAT(Append(city_.PublishSome(3)), IsOk());
  const HeldFeed before = Must(feeds().Feed(city_.feed()));
  EXPECT_THAT(feeds().CutFeed(Seal(city_.tail())), IsOkAndHolds(before));
  city_.PublishSome(2);
  EXPECT_THAT(feeds().CutFeed(Seal(city_.tail())), IsOkAndHolds(before));
  EXPECT_THAT(feeds().Feed(city_.feed()), IsOkAndHolds(before));
  EXPECT_THAT(feeds().AllQuarantined(), IsOkAndHolds(IsEmpty()));
}

TEST_P(CutFeedTest, AnotherHistoryGoesAltogetherAndTheSealedOneMayCome) {
  const VerifiedUnit common = city_.PublishSome(2);
  const FeedTail fork = city_.tail();
  const VerifiedUnit ours = city_.PublishSome(3);
  city_.Return(fork);
  const VerifiedUnit theirs = city_.PublishSome(3);
  const Checkpoint seal = Seal(city_.tail());
  ASSERT_THAT(feeds().Append({common, ours}), IsOk());
  EXPECT_THAT(feeds().CutFeed(seal), IsOkAndHolds(std::nullopt));
  ExpectNothingHeld();
  CloseAndOpen();
  ExpectNothingHeld();
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 5u);
  EXPECT_THAT(feeds().CutFeed(seal), IsOkAndHolds(std::nullopt));
  ASSERT_THAT(feeds().Append({common, theirs}), IsOk());
  EXPECT_EQ(ReceiveAll(city_), 1);
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 5u);
}

TEST_P(CutFeedTest, OfLengthZeroNothingStays) {
  ASSERT_THAT(Append(city_.PublishSome(3)), IsOk());
  EXPECT_THAT(feeds().CutFeed(Checkpoint{city_.feed(), Sequence(0), {}, {}}), IsOkAndHolds(std::nullopt));
  ExpectNothingHeld();
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 3u);
}

TEST_P(CutFeedTest, AFeedCutBeforeItsEndHasNotEndedAndOneCutAtItHas) {
  const VerifiedUnit first = city_.PublishSome(2);
  const Checkpoint before_end = Seal(city_.tail());
  replication::NewEntry last;
  last.kind = replication::kIndicatorSet;
  last.end_of_feed = true;
  ASSERT_THAT(feeds().Append({first, city_.Publish({last})}), IsOk());
  const HeldFeed ended = Must(feeds().Feed(city_.feed()));
  ASSERT_TRUE(ended.ended);
  EXPECT_THAT(feeds().CutFeed(Seal(city_.tail())), IsOkAndHolds(ended));
  EXPECT_FALSE((*Must(feeds().CutFeed(before_end))).ended);
  CloseAndOpen();
  EXPECT_FALSE(Must(feeds().Feed(city_.feed())).ended);
}

TEST_P(CutFeedTest, WhatIsAbsentBeyondTheSealIsNotMissedAnyMore) {
  const VerifiedUnit first = city_.PublishSome(2);
  const Checkpoint seal = Seal(city_.tail());
  const VerifiedUnit second = city_.PublishSome(2);
  ASSERT_THAT(feeds().Append({WithoutPayloads(first, {2}), WithoutPayloads(second, {3})}), IsOk());
  EXPECT_THAT((*Must(feeds().CutFeed(seal))).absent,
              ElementsAre(AbsentPayload{Sequence(2), first.unit().entries[1].header}));
  CloseAndOpen();
  EXPECT_THAT(Must(feeds().Feed(city_.feed())).absent, SizeIs(1));
  ASSERT_THAT(Append(second), IsOk());
  EXPECT_THAT(Must(feeds().Feed(city_.feed())).absent, SizeIs(1));
}

TEST_P(CutFeedTest, QuarantineAddsUpIsOfEachFeedAloneAndGoesWhenDropped) {
  TestAuthor other(11);
  const auto cut_all = [&](TestAuthor& author, std::size_t entries) {
    author.Return({});
    Must(Append(author.PublishSome(entries)));
    Must(feeds().CutFeed(Checkpoint{author.feed(), Sequence(0), {}, {}}));
  };
  cut_all(city_, 2);
  cut_all(other, 3);
  cut_all(city_, 4);
  CloseAndOpen();
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 6u);
  EXPECT_THAT(Must(feeds().AllQuarantined()), SizeIs(2));
  ASSERT_THAT(feeds().DropQuarantine(city_.feed()), IsOk());
  CloseAndOpen();
  EXPECT_THAT(feeds().Quarantined(city_.feed()), IsOkAndHolds(Quarantine{city_.feed(), 0, 0}));
  EXPECT_THAT(feeds().AllQuarantined(), IsOkAndHolds(ElementsAre(Must(feeds().Quarantined(other.feed())))));
  EXPECT_EQ(Must(feeds().Quarantined(other.feed())).entries, 3u);
  EXPECT_THAT(feeds().DropQuarantine(city_.feed()), IsOk());
  cut_all(city_, 1);
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 1u);
}

TEST_P(CutFeedTest, DroppingAFeedLeavesItsQuarantine) {
  ASSERT_THAT(Append(city_.PublishSome(2)), IsOk());
  const Checkpoint seal = Seal(city_.tail());
  ASSERT_THAT(Append(city_.PublishSome(2)), IsOk());
  ASSERT_THAT(feeds().CutFeed(seal), IsOk());
  ASSERT_THAT(feeds().Drop({city_.feed()}), IsOk());
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 2u);
}

TEST_P(CutFeedTest, WhoReadsMeanwhileSeesTheFeedBeforeOrAfterAndNoDamage) {
  const VerifiedUnit first = city_.PublishSome(3);
  const Checkpoint seal = Seal(city_.tail());
  const VerifiedUnit second = city_.PublishSome(30);
  const replication::FeedId feed = city_.feed();
  ASSERT_THAT(Append(first), IsOk());
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int round = 0; round < 30; ++round) {
      Must(Append(second));
      if (round % 3 == 0) {
        Must(feeds().Drop({feed}));
        Must(Append(first));
      } else {
        Must(feeds().CutFeed(seal));
      }
    }
    done = true;
  });
  absl::Status seen;
  while (!done) {
    for (const absl::Status& read :
         {feeds().Feed(feed).status(), feeds().ReadUnit(feed, Sequence(1)).status(),
          feeds().ReadEntries(feed, Sequence(1), 100).status(), feeds().ReadPayloads(feed, {Sequence(20)}).status(),
          feeds().Feeds().status(), feeds().Checkpoints(feed).status(),
          feeds().ReadHeader(feed, Sequence(9)).status()}) {
      if (!read.ok() && !absl::IsNotFound(read)) seen = read;
    }
  }
  writer.join();
  EXPECT_THAT(seen, IsOk());
}

}  // namespace
}  // namespace hansa::storage
