// Signing as an author: what everyone would refuse is never signed, and says so before anything is.
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "replication/transfer_unit.h"
#include "tests/testing/feeds.h"

namespace hansa::replication {
namespace {

using testing::IsOk;
using testing::Must;
using testing::StatusIs;
using testing::TestAuthor;
using testing::TestNetwork;
using testing::TextEntry;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
const Crypto& crypto() { return SodiumCrypto(); }

absl::StatusOr<VerifiedUnit> Sign(const std::vector<NewEntry>& entries) {
  const TestAuthor author(11);
  return VerifiedUnit::Sign(crypto(), TestNetwork(), author.author(), author.signer(), {}, entries);
}

NewEntry Sized(std::size_t bytes) { return TextEntry(kIndicatorSet, 1, std::string(bytes, 'x')); }

// A unit must fit the limits of its receiver, to the byte.
void ExpectThatEveryoneAccepts(const VerifiedUnit& unit) {
  const TransferUnit decoded = Must(DecodeUnit(EncodeUnit(unit.unit())));
  EXPECT_THAT(VerifiedUnit::Verify(crypto(), TestNetwork(), TestAuthor(11).author(), {}, decoded), IsOk());
}

TEST(SignTest, RefusesNothingAndTooMany) {
  EXPECT_THAT(Sign({}), StatusIs(kInvalid, "1 to 4,096 entries"));
  const NewEntry bare{kIndicatorSet, 1, {}, false, false, 0, {}, std::nullopt};
  EXPECT_THAT(Sign(std::vector<NewEntry>(kUnitEntriesMax + 1, bare)), StatusIs(kInvalid, "1 to 4,096 entries"));
  // 4,096 bare headers are exactly 512 KiB.
  ExpectThatEveryoneAccepts(Must(Sign(std::vector<NewEntry>(kUnitEntriesMax, bare))));
}

TEST(SignTest, RefusesAnEmptyPayloadAndOneTooLarge) {
  EXPECT_THAT(Sign({Sized(0)}), StatusIs(kInvalid));
  EXPECT_THAT(Sign({Sized(kPayloadBytesMax + 1)}), StatusIs(kInvalid, "262145 bytes; at most 262144 fit; shorten it"));
  ExpectThatEveryoneAccepts(Must(Sign({Sized(kPayloadBytesMax)})));
  ExpectThatEveryoneAccepts(Must(Sign({Sized(1)})));
}

TEST(SignTest, RefusesMoreThanOneUnitHolds) {
  const std::size_t half = kUnitBytesMax / 2 - 160;
  EXPECT_THAT(Sign({Sized(half), Sized(half + 1)}), StatusIs(kInvalid, "512 KiB"));
  const VerifiedUnit full = Must(Sign({Sized(half), Sized(half)}));
  EXPECT_EQ(full.counted_bytes(), kUnitBytesMax);
  ExpectThatEveryoneAccepts(full);
}

TEST(SignTest, RefusesExtensionsThatAreTooLongOrOutOfOrder) {
  NewEntry entry = Sized(10);
  entry.ext = {{1, Bytes(kExtBytesMax - 3, 'x')}};
  EXPECT_THAT(Sign({entry}), StatusIs(kInvalid, "1,024 bytes"));
  entry.ext = {{2, "b"}, {1, "a"}};
  EXPECT_THAT(Sign({entry}), StatusIs(kInvalid, "ascend"));
  entry.ext = {{1, Bytes(kExtBytesMax - 4, 'x')}};
  ExpectThatEveryoneAccepts(Must(Sign({entry})));
}

// An item of more than 65,535 bytes is the caller's fault as well: it must not stop the node.
TEST(SignDeathTest, RefusesAnItemThatNoLengthCanName) {
  NewEntry entry = Sized(10);
  entry.ext = {{1, Bytes(70'000, 'x')}};
  EXPECT_EXIT(std::exit(Sign({entry}).status().code() == kInvalid ? 0 : 1), ::testing::ExitedWithCode(0), "");
}

TEST(SignTest, RefusesAnEndInsideABatch) {
  NewEntry last = Sized(10);
  last.end_of_feed = true;
  EXPECT_THAT(Sign({last, Sized(10)}), StatusIs(kInvalid, "end_of_feed"));
  ExpectThatEveryoneAccepts(Must(Sign({Sized(10), last})));
}

TEST(SignTest, RefusesToGoOnAfterTheEnd) {
  TestAuthor author(11);
  NewEntry last = Sized(10);
  last.end_of_feed = true;
  const FeedTail tail = author.Publish({last}).tail();
  const std::vector<NewEntry> more = {Sized(10)};
  EXPECT_THAT(VerifiedUnit::Sign(crypto(), TestNetwork(), author.author(), author.signer(), tail, more),
              StatusIs(kInvalid, "has ended"));
}

TEST(SignTest, RefusesToGoBeyondThePolicysLimit) {
  const TestAuthor author(11);
  FeedAuthor limited = author.author();
  limited.length_max = Sequence(2);
  const auto sign = [&](const std::vector<NewEntry>& entries) {
    return VerifiedUnit::Sign(crypto(), TestNetwork(), limited, author.signer(), {}, entries);
  };
  EXPECT_THAT(sign({Sized(1), Sized(2), Sized(3)}), StatusIs(absl::StatusCode::kResourceExhausted, "allows 2"));
  EXPECT_THAT(sign({Sized(1), Sized(2)}), IsOk());
}

TEST(SignTest, SaysWhatItWasTold) {
  NewEntry entry = Sized(10);
  entry.kind = Kind(514);
  entry.schema_ver = 3;
  entry.retract = true;
  entry.claimed_time_ms = 1'700'000'000'000;
  entry.ext = {{1, "ab"}};
  const VerifiedUnit unit = Must(Sign({entry}));
  const EntryHeader& header = unit.headers().front();
  EXPECT_EQ(header.kind, Kind(514));
  EXPECT_EQ(header.schema_ver, 3);
  EXPECT_TRUE(header.retract);
  EXPECT_EQ(header.claimed_time_ms, 1'700'000'000'000u);
  EXPECT_EQ(header.ext, EncodeExt({{1, "ab"}}));
  EXPECT_EQ(header.record, entry.record);
  EXPECT_EQ(header.seq, Sequence(1));
  EXPECT_TRUE(header.prev.is_zero());
  EXPECT_EQ(Must(DecodeHeader(unit.unit().entries.front().header)), header);
}

TEST(SignTest, OneSignatureVouchesForTheWholeBatch) {
  const VerifiedUnit unit = Must(Sign({Sized(1), Sized(2), Sized(3)}));
  EXPECT_TRUE(IsSignedBy(crypto(), TestNetwork(), unit.end(), TestAuthor(11).author().writer));
  EXPECT_FALSE(IsSignedBy(crypto(), TestNetwork(), unit.end(), TestAuthor(12).author().writer));
  EXPECT_EQ(unit.end().len, Sequence(3));
}

TEST(SignDeathTest, NobodySignsAsSomebodyElse) {
  const TestAuthor author(11);
  const std::vector<NewEntry> entries = {Sized(1)};
  EXPECT_DEATH((void)VerifiedUnit::Sign(crypto(), TestNetwork(), author.author(), TestAuthor(12).signer(), {}, entries),
               "broken invariant");
}

}  // namespace
}  // namespace hansa::replication
