// The contract of FeedStore about payloads that are absent, come later and go; held to by both stores.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/feed_store_fixture.h"

namespace hansa::storage {
namespace {

using replication::Bytes;
using replication::EncodeUnit;
using replication::FeedId;
using replication::Payloads;
using replication::Sequence;
using replication::TransferUnit;
using replication::VerifiedUnit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::Must;
using testing::StatusIs;
using testing::TestAuthor;

constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;
constexpr absl::StatusCode kFailedPrecondition = absl::StatusCode::kFailedPrecondition;

class PayloadsTest : public FeedStoreFixture {
 protected:
  // The sequences of what is absent; that each comes with the header that was published is looked at on the way.
  std::vector<std::uint64_t> Absent(const VerifiedUnit& unit) {
    std::vector<std::uint64_t> seqs;
    for (const AbsentPayload& absent : Must(feeds().Feed(city_.feed())).absent) {
      EXPECT_EQ(absent.header, unit.unit().entries[absent.seq.value() - 1].header);
      seqs.push_back(absent.seq.value());
    }
    return seqs;
  }
  std::vector<std::uint64_t> Readable(std::vector<Sequence> seqs) {
    std::vector<std::uint64_t> readable;
    for (const Payloads::Item& item : Must(feeds().ReadPayloads(city_.feed(), seqs))) {
      readable.push_back(item.seq.value());
    }
    return readable;
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, PayloadsTest, ::testing::ValuesIn(kStoreKinds),
                         [](const auto& test) { return test.param.name; });

TEST_P(PayloadsTest, AUnitMayComeWithoutPayloads) {
  const VerifiedUnit unit = city_.PublishSome(4);
  const VerifiedUnit bare = WithoutPayloads(unit, {1, 3});
  ASSERT_THAT(Append(bare), IsOk());
  for (const bool anew : {false, true}) {
    if (anew) CloseAndOpen();
    EXPECT_THAT(Absent(unit), ElementsAre(1, 3));
    EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), IsOkAndHolds(EncodeUnit(bare.unit())));
    const HeldFeed held = Must(feeds().Feed(city_.feed()));
    EXPECT_EQ(held.bytes, unit.counted_bytes());
    EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(ElementsAre(held)));
    const std::vector<StoredEntry> entries = Must(feeds().ReadEntries(city_.feed(), Sequence(1), 9));
    EXPECT_EQ(entries[0].entry.payload, std::nullopt);
    EXPECT_EQ(entries[1].entry, unit.unit().entries[1]);
  }
  EXPECT_EQ(ReceiveAll(city_), 1);
}

TEST_P(PayloadsTest, AnEntryThatNeverHadAPayloadIsNotAbsent) {
  replication::NewEntry bare;
  bare.kind = replication::kIndicatorSet;
  const VerifiedUnit unit = city_.Publish({bare});
  ASSERT_THAT(Append(unit), IsOk());
  EXPECT_THAT(Absent(unit), IsEmpty());
  EXPECT_THAT(Readable({Sequence(1)}), IsEmpty());
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(1)}), IsOk());
  EXPECT_THAT(Absent(unit), IsEmpty());
  EXPECT_EQ(ReceiveAll(city_), 1);
}

TEST_P(PayloadsTest, WhatIsAbsentIsOfItsFeedAlone) {
  TestAuthor other(11);
  const VerifiedUnit unit = city_.PublishSome(2);
  const VerifiedUnit second = WithoutPayloads(city_.PublishSome(2), {4});
  ASSERT_THAT(feeds().Append({WithoutPayloads(unit, {2}), WithoutPayloads(other.PublishSome(3), {1, 2, 3})}), IsOk());
  ASSERT_THAT(Append(second), IsOk());
  const HeldFeed held = Must(feeds().Feed(city_.feed()));
  EXPECT_THAT(held.absent, ElementsAre(AbsentPayload{Sequence(2), unit.unit().entries[1].header},
                                       AbsentPayload{Sequence(4), second.unit().entries[1].header}));
  ASSERT_THAT(feeds().Drop({other.feed()}), IsOk());
  CloseAndOpen();
  EXPECT_THAT(feeds().Feeds(), IsOkAndHolds(ElementsAre(held)));
}

TEST_P(PayloadsTest, FillsInWhatWasAbsent) {
  const VerifiedUnit unit = city_.PublishSome(4);
  ASSERT_THAT(Append(WithoutPayloads(unit, {1, 2, 4})), IsOk());
  ASSERT_THAT(feeds().WritePayloads(city_.feed(), {PayloadIn(unit, 1), PayloadIn(unit, 4)}), IsOk());
  EXPECT_THAT(Absent(unit), ElementsAre(2));
  // What is there already does no harm.
  ASSERT_THAT(feeds().WritePayloads(city_.feed(), {PayloadIn(unit, 1), PayloadIn(unit, 2), PayloadIn(unit, 3)}),
              IsOk());
  ASSERT_THAT(feeds().WritePayloads(city_.feed(), {}), IsOk());
  for (const bool anew : {false, true}) {
    if (anew) CloseAndOpen();
    EXPECT_THAT(Absent(unit), IsEmpty());
    EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), IsOkAndHolds(EncodeUnit(unit.unit())));
  }
}

TEST_P(PayloadsTest, FillsInAllOrNoneAndOnlyWhatTheHeaderCommitsTo) {
  const VerifiedUnit unit = city_.PublishSome(3);
  ASSERT_THAT(Append(WithoutPayloads(unit, {1, 2})), IsOk());
  Payloads::Item altered = PayloadIn(unit, 2);
  altered.payload.payload.back() = static_cast<char>(altered.payload.payload.back() ^ 1);
  Payloads::Item salted = PayloadIn(unit, 2);
  salted.payload.salt.data()[31] ^= 1;
  Payloads::Item longer = PayloadIn(unit, 2);
  longer.payload.payload += "x";
  Payloads::Item misplaced = PayloadIn(unit, 1);
  misplaced.seq = Sequence(2);
  Payloads::Item beyond = PayloadIn(unit, 2);
  beyond.seq = Sequence(4);
  Payloads::Item before = PayloadIn(unit, 2);
  before.seq = Sequence(0);
  Payloads::Item wrong_where_there_is_one = PayloadIn(unit, 2);
  wrong_where_there_is_one.seq = Sequence(3);
  for (const Payloads::Item& bad : {altered, salted, longer, misplaced, beyond, before, wrong_where_there_is_one}) {
    EXPECT_THAT(feeds().WritePayloads(city_.feed(), {PayloadIn(unit, 1), bad}),
                StatusIs(kFailedPrecondition, "written"));
    EXPECT_THAT(Absent(unit), ElementsAre(1, 2));
  }
  EXPECT_THAT(feeds().WritePayloads(TestAuthor(11).feed(), {PayloadIn(unit, 1)}),
              StatusIs(kFailedPrecondition, "is not held"));
  EXPECT_THAT(feeds().WritePayloads(city_.feed(), {PayloadIn(unit, 1), PayloadIn(unit, 2)}), IsOk());
}

TEST_P(PayloadsTest, AnEntryWithoutAPayloadTakesNone) {
  replication::NewEntry bare;
  bare.kind = replication::kIndicatorSet;
  ASSERT_THAT(Append(city_.Publish({bare})), IsOk());
  EXPECT_THAT(feeds().WritePayloads(city_.feed(), {{Sequence(1), {replication::Salt(), ""}}}),
              StatusIs(kFailedPrecondition));
}

TEST_P(PayloadsTest, ErasesPayloadsAndKeepsTheChain) {
  const VerifiedUnit unit = city_.PublishSome(5);
  const VerifiedUnit after = city_.PublishSome(1);
  ASSERT_THAT(feeds().Append({unit, after}), IsOk());
  const HeldFeed before = Must(feeds().Feed(city_.feed()));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(0), Sequence(2), Sequence(5), Sequence(99)}), IsOk());
  for (const bool anew : {false, true}) {
    if (anew) CloseAndOpen();
    EXPECT_THAT(Absent(unit), ElementsAre(2, 5));
    EXPECT_THAT(Readable({Sequence(1), Sequence(2), Sequence(3), Sequence(5)}), ElementsAre(1, 3));
    const HeldFeed held = Must(feeds().Feed(city_.feed()));
    EXPECT_EQ(held.newest, before.newest);
    EXPECT_EQ(held.bytes, before.bytes);
    const TransferUnit read = ReadUnit(city_, 1);
    EXPECT_EQ(read.entries[1].header, unit.unit().entries[1].header);
    EXPECT_EQ(read.entries[1].payload, std::nullopt);
    EXPECT_EQ(read.entries[2], unit.unit().entries[2]);
  }
  EXPECT_EQ(ReceiveAll(city_), 1);
  EXPECT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(2)}), IsOk());
  EXPECT_THAT(feeds().ErasePayloads(city_.feed(), {}), IsOk());
  EXPECT_THAT(feeds().ErasePayloads(TestAuthor(11).feed(), {Sequence(1)}), IsOk());
  EXPECT_THAT(Absent(unit), ElementsAre(2, 5));
  // It may come back by mistake; then it is erased once more.
  ASSERT_THAT(feeds().WritePayloads(city_.feed(), {PayloadIn(unit, 5)}), IsOk());
  EXPECT_THAT(Absent(unit), ElementsAre(2));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(5)}), IsOk());
  EXPECT_THAT(Absent(unit), ElementsAre(2, 5));
}

TEST_P(PayloadsTest, ReadsPayloadsInTheOrderAskedForAndLeavesOutWhatIsNotHere) {
  const VerifiedUnit unit = city_.PublishSome(4);
  ASSERT_THAT(Append(WithoutPayloads(unit, {3})), IsOk());
  EXPECT_THAT(feeds().ReadPayloads(city_.feed(), {Sequence(1), Sequence(3), Sequence(4), Sequence(5), Sequence(0)}),
              IsOkAndHolds(ElementsAre(PayloadIn(unit, 1), PayloadIn(unit, 4))));
  EXPECT_THAT(feeds().ReadPayloads(city_.feed(), {}), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(feeds().ReadPayloads(TestAuthor(11).feed(), {Sequence(1)}), StatusIs(kNotFound));
}

TEST_P(PayloadsTest, ReadsAHeaderByteForByte) {
  replication::NewEntry extended = testing::TextEntry(replication::kIndicatorSet, 1, "text");
  extended.ext = {{7, "kept as it is"}};
  const VerifiedUnit unit = city_.Publish({extended, extended, extended});
  ASSERT_THAT(Append(WithoutPayloads(unit, {2})), IsOk());
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    EXPECT_THAT(feeds().ReadHeader(city_.feed(), Sequence(seq)), IsOkAndHolds(unit.unit().entries[seq - 1].header));
  }
  EXPECT_THAT(feeds().ReadHeader(city_.feed(), Sequence(0)), StatusIs(kNotFound));
  EXPECT_THAT(feeds().ReadHeader(city_.feed(), Sequence(4)), StatusIs(kNotFound, "none at 4"));
  EXPECT_THAT(feeds().ReadHeader(TestAuthor(11).feed(), Sequence(1)), StatusIs(kNotFound, "is not held"));
}

TEST_P(PayloadsTest, GivesAllHeadersOfErasureFeedsFeedByFeed) {
  EXPECT_THAT(feeds().ErasureHeaders(), IsOkAndHolds(IsEmpty()));
  TestAuthor one(11, replication::kErasures);
  TestAuthor two(12, replication::kErasures);
  std::map<FeedId, std::vector<Bytes>> expected;
  ASSERT_THAT(Append(city_.PublishSome(2)), IsOk());
  for (TestAuthor* author : {&two, &one, &two}) {
    const VerifiedUnit unit = author->PublishSome(2);
    for (const replication::Entry& entry : unit.unit().entries) expected[author->feed()].push_back(entry.header);
    ASSERT_THAT(Append(unit), IsOk());
  }
  CloseAndOpen();
  std::vector<StoredHeader> in_order;
  for (const auto& [feed, headers] : expected) {
    for (const Bytes& header : headers) in_order.push_back({feed, header});
  }
  EXPECT_THAT(feeds().ErasureHeaders(), IsOkAndHolds(::testing::ElementsAreArray(in_order)));
}

}  // namespace
}  // namespace hansa::storage
