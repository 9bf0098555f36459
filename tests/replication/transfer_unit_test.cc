// Transfer units: what verifies is exactly what its author signed, and every refusal says why.
#include "replication/transfer_unit.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "tests/testing/feeds.h"

namespace hansa::replication {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::Must;
using testing::StatusIs;
using testing::TestAuthor;
using testing::TestNetwork;
using testing::TextEntry;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
const Crypto& crypto() { return SodiumCrypto(); }

absl::StatusOr<VerifiedUnit> Verify(const TestAuthor& author, const FeedTail& tail, TransferUnit unit) {
  return VerifiedUnit::Verify(crypto(), TestNetwork(), author.author(), tail, std::move(unit));
}

// Why `unit` is refused; fails the test when it is not.
Refusal RefusalFor(const TestAuthor& author, const FeedTail& tail, TransferUnit unit) {
  const absl::StatusOr<VerifiedUnit> verified = Verify(author, tail, std::move(unit));
  EXPECT_THAT(verified, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(verified.status().message()), HasSubstr(RefusalName(RefusalOf(verified.status()))));
  EXPECT_THAT(std::string(verified.status().message()), HasSubstr("sequence "));
  return RefusalOf(verified.status());
}

// Chains `headers` again from `tail` on and signs the end as the author would: a liar with the author's key.
TransferUnit Forged(const TestAuthor& author, const FeedTail& tail, TransferUnit unit,
                    const std::vector<EntryHeader>& headers) {
  Hash prev = tail.head;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    EntryHeader header = headers[i];
    header.prev = prev;
    unit.entries[i].header = EncodeHeader(header);
    prev = EntryHash(crypto(), unit.entries[i].header);
  }
  unit.end.head = prev;
  unit.end.signature =
      author.signer().Sign(CheckpointMessage(TestNetwork(), unit.end.feed, unit.end.len, unit.end.head));
  return unit;
}

class TransferUnitTest : public ::testing::Test {
 protected:
  TestAuthor author_{11};
  VerifiedUnit first_ = author_.PublishSome(1);
  VerifiedUnit batch_ = author_.PublishSome(3);
};

TEST_F(TransferUnitTest, WhatIsSignedVerifiesAndComesBackFromItsBytes) {
  for (const VerifiedUnit* unit : {&first_, &batch_}) {
    const FeedTail before = unit == &first_ ? FeedTail{} : first_.tail();
    const TransferUnit decoded = Must(DecodeUnit(EncodeUnit(unit->unit())));
    EXPECT_EQ(decoded, unit->unit());
    const VerifiedUnit verified = Must(Verify(author_, before, decoded));
    EXPECT_EQ(verified.tail(), unit->tail());
    EXPECT_EQ(verified.headers(), unit->headers());
    EXPECT_EQ(verified.counted_bytes(), unit->counted_bytes());
    EXPECT_EQ(verified.author(), author_.author());
  }
  EXPECT_EQ(batch_.counted_bytes(), 3u * (128 + 32 + 100));
  EXPECT_EQ(batch_.tail().len, Sequence(4));
}

TEST_F(TransferUnitTest, EveryEntryButTheLastOfABatchSaysMore) {
  std::vector<bool> more;
  for (const EntryHeader& header : batch_.headers()) more.push_back(header.more);
  EXPECT_EQ(more, std::vector<bool>({true, true, false}));
}

TEST_F(TransferUnitTest, P3_NoFlippedBitEverVerifies) {
  for (const VerifiedUnit* unit : {&first_, &batch_}) {
    const FeedTail before = unit == &first_ ? FeedTail{} : first_.tail();
    const Bytes bytes = EncodeUnit(unit->unit());
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      Bytes flipped = bytes;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
      absl::StatusOr<TransferUnit> decoded = DecodeUnit(flipped);
      if (!decoded.ok()) continue;
      EXPECT_FALSE(Verify(author_, before, *std::move(decoded)).ok()) << "bit " << bit;
    }
  }
}

// The smallest unit there is: every byte of it must count too.
TEST_F(TransferUnitTest, NoFlippedBitOfABareHeaderVerifies) {
  TestAuthor author(12);
  NewEntry bare;
  bare.kind = kIndicatorSet;
  const Bytes bytes = EncodeUnit(author.Publish({bare}).unit());
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    absl::StatusOr<TransferUnit> decoded = DecodeUnit(flipped);
    EXPECT_FALSE(decoded.ok() && Verify(author, {}, *std::move(decoded)).ok()) << "bit " << bit;
  }
}

// Each entry fits, both together do not, and the author signed them all the same.
TEST_F(TransferUnitTest, MoreThan512KibIsRefusedWhoeverSignedIt) {
  TestAuthor author(12);
  const VerifiedUnit first = author.PublishSome(1, kPayloadBytesMax);
  const VerifiedUnit second = author.PublishSome(1, kPayloadBytesMax);
  TransferUnit both = first.unit();
  both.entries.push_back(second.unit().entries[0]);
  both.end = second.end();
  EXPECT_THAT(DecodeUnit(EncodeUnit(both)), StatusIs(kInvalid, "over 512 KiB"));
  EXPECT_EQ(RefusalFor(author, {}, both), Refusal::kMalformed);
  EXPECT_THAT(std::string(Verify(author, {}, both).status().message()), HasSubstr("over 512 KiB"));
}

TEST_F(TransferUnitTest, EveryTruncationAndAByteTooManyAreRefused) {
  const Bytes bytes = EncodeUnit(batch_.unit());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeUnit(BytesView(bytes).substr(0, size)), StatusIs(kInvalid)) << size;
  }
  EXPECT_THAT(DecodeUnit(bytes + '\0'), StatusIs(kInvalid));
}

TEST_F(TransferUnitTest, ACountThatNoUnitHasIsRefusedBeforeAnythingIsRead) {
  TransferUnit none = first_.unit();
  none.entries.clear();
  EXPECT_THAT(DecodeUnit(EncodeUnit(none)), StatusIs(kInvalid, "1 to 4,096 entries"));
  Bytes huge = EncodeUnit(first_.unit());
  huge.replace(24, 4, Bytes(4, '\xff'));
  EXPECT_THAT(DecodeUnit(huge), StatusIs(kInvalid, "1 to 4,096 entries"));
}

TEST_F(TransferUnitTest, MalformedIsWhatNoRuleAllows) {
  TransferUnit empty = first_.unit();
  empty.entries.clear();
  EXPECT_EQ(RefusalFor(author_, {}, empty), Refusal::kMalformed);
  empty.end.len = Sequence(0);
  EXPECT_EQ(RefusalFor(author_, {}, empty), Refusal::kMalformed);

  TransferUnit broken = first_.unit();
  broken.entries[0].header[0] = 2;
  EXPECT_EQ(RefusalFor(author_, {}, broken), Refusal::kMalformed);

  TransferUnit other_end = batch_.unit();
  other_end.end.len = Sequence(5);
  EXPECT_EQ(RefusalFor(author_, first_.tail(), other_end), Refusal::kMalformed);

  std::vector<EntryHeader> headers = batch_.headers();
  headers[1].feed = TestAuthor(12).feed();
  EXPECT_EQ(RefusalFor(author_, first_.tail(), Forged(author_, first_.tail(), batch_.unit(), headers)),
            Refusal::kMalformed);
}

TEST_F(TransferUnitTest, MalformedIsAlsoAUnitThatEndsInsideABatch) {
  std::vector<EntryHeader> headers = batch_.headers();
  headers[2].more = true;
  EXPECT_EQ(RefusalFor(author_, first_.tail(), Forged(author_, first_.tail(), batch_.unit(), headers)),
            Refusal::kMalformed);
  headers[2].more = false;
  EXPECT_THAT(Verify(author_, first_.tail(), Forged(author_, first_.tail(), batch_.unit(), headers)), IsOk());
}

TEST_F(TransferUnitTest, APayloadWhereTheHeaderHasNoneIsMalformed) {
  NewEntry bare;
  bare.kind = kIndicatorSet;
  TransferUnit unit = TestAuthor(12).Publish({bare}).unit();
  EXPECT_THAT(Verify(TestAuthor(12), {}, unit), IsOk());
  unit.entries[0].payload = SaltedPayload{Salt(), "smuggled"};
  EXPECT_EQ(RefusalFor(TestAuthor(12), {}, unit), Refusal::kMalformed);
}

TEST_F(TransferUnitTest, P4_BadChainIsAnEntryThatDoesNotFollow) {
  TransferUnit swapped = batch_.unit();
  std::swap(swapped.entries[0], swapped.entries[1]);
  EXPECT_EQ(RefusalFor(author_, first_.tail(), swapped), Refusal::kBadChain);

  // The right length, but our copy ends in another head: a fork, whoever signed it.
  FeedTail elsewhere = first_.tail();
  elsewhere.head = Hash();
  EXPECT_EQ(RefusalFor(author_, elsewhere, batch_.unit()), Refusal::kBadChain);

  std::vector<EntryHeader> headers = batch_.headers();
  headers[1].seq = Sequence(9);
  EXPECT_EQ(RefusalFor(author_, first_.tail(), Forged(author_, first_.tail(), batch_.unit(), headers)),
            Refusal::kBadChain);
}

TEST_F(TransferUnitTest, BadPayloadIsOneThatWasNotCommittedTo) {
  TransferUnit changed = batch_.unit();
  changed.entries[1].payload->payload[0] ^= 1;
  EXPECT_EQ(RefusalFor(author_, first_.tail(), changed), Refusal::kBadPayload);
  TransferUnit salted = batch_.unit();
  salted.entries[1].payload->salt = Salt();
  EXPECT_EQ(RefusalFor(author_, first_.tail(), salted), Refusal::kBadPayload);
  TransferUnit longer = batch_.unit();
  longer.entries[1].payload->payload += "!";
  EXPECT_EQ(RefusalFor(author_, first_.tail(), longer), Refusal::kBadPayload);
}

TEST_F(TransferUnitTest, P3_BadSignatureIsACheckpointThatIsNotTheAuthors) {
  TransferUnit unsigned_unit = batch_.unit();
  unsigned_unit.end.signature = Signature();
  EXPECT_EQ(RefusalFor(author_, first_.tail(), unsigned_unit), Refusal::kBadSignature);

  TransferUnit other_head = batch_.unit();
  other_head.end.head = Hash();
  EXPECT_EQ(RefusalFor(author_, first_.tail(), other_head), Refusal::kBadSignature);

  // A relay that alters an entry and chains it well still has no key to sign with.
  std::vector<EntryHeader> headers = batch_.headers();
  headers[0].claimed_time_ms = 1;
  TransferUnit altered = Forged(author_, first_.tail(), batch_.unit(), headers);
  altered.end.signature = TestAuthor(12).signer().Sign(
      CheckpointMessage(TestNetwork(), altered.end.feed, altered.end.len, altered.end.head));
  EXPECT_EQ(RefusalFor(author_, first_.tail(), altered), Refusal::kBadSignature);
}

TEST_F(TransferUnitTest, ASignatureForAnotherNetworkIsWorthNothing) {
  const NetworkId other = *NetworkId::From(Bytes(16, 'o'));
  const FeedId there = FeedIdOf(crypto(), other, author_.author());
  TransferUnit unit = first_.unit();
  EXPECT_EQ(RefusalOf(VerifiedUnit::Verify(crypto(), other, author_.author(), {}, unit).status()),
            Refusal::kUnknownFeed);
  EXPECT_NE(there, unit.feed);
}

TEST_F(TransferUnitTest, AfterTheEndOfAFeedNothingFollows) {
  std::vector<EntryHeader> headers = batch_.headers();
  headers[1].more = false;
  headers[1].end_of_feed = true;
  EXPECT_EQ(RefusalFor(author_, first_.tail(), Forged(author_, first_.tail(), batch_.unit(), headers)),
            Refusal::kAfterEnd);
}

TEST_F(TransferUnitTest, AfterTheEndOfAFeedNoFurtherUnitFollows) {
  TestAuthor author(12);
  NewEntry last = TextEntry(kIndicatorSet, 1, "the last word");
  last.end_of_feed = true;
  const VerifiedUnit ended = author.Publish({last});
  const VerifiedUnit more = Must(VerifiedUnit::Sign(crypto(), TestNetwork(), author.author(), author.signer(),
                                                    {ended.tail().len, ended.tail().head},
                                                    std::vector{TextEntry(kIndicatorSet, 2, "and yet")}));
  EXPECT_EQ(RefusalFor(author, ended.tail(), more.unit()), Refusal::kAfterEnd);
}

TEST_F(TransferUnitTest, NotContiguousIsAUnitThatBeginsElsewhere) {
  EXPECT_EQ(RefusalFor(author_, {}, batch_.unit()), Refusal::kNotContiguous);
  EXPECT_EQ(RefusalFor(author_, first_.tail(), first_.unit()), Refusal::kNotContiguous);
  TransferUnit zero = first_.unit();
  zero.from = Sequence(0);
  EXPECT_THAT(DecodeUnit(EncodeUnit(zero)), StatusIs(kInvalid));
}

TEST_F(TransferUnitTest, UnknownFeedIsOneOfAnotherAuthor) {
  EXPECT_EQ(RefusalFor(TestAuthor(12), {}, first_.unit()), Refusal::kUnknownFeed);
  EXPECT_EQ(RefusalFor(TestAuthor(11, kDialogue), {}, first_.unit()), Refusal::kUnknownFeed);
  EXPECT_EQ(RefusalFor(TestAuthor(11, kIndicators, 2), {}, first_.unit()), Refusal::kUnknownFeed);
  TransferUnit mixed = first_.unit();
  mixed.end.feed = TestAuthor(12).feed();
  EXPECT_EQ(RefusalFor(author_, {}, mixed), Refusal::kUnknownFeed);
}

TEST_F(TransferUnitTest, BeyondLimitIsLongerThanThePolicyAllows) {
  FeedAuthor limited = author_.author();
  limited.length_max = Sequence(4);
  EXPECT_THAT(VerifiedUnit::Verify(crypto(), TestNetwork(), limited, first_.tail(), batch_.unit()), IsOk());
  limited.length_max = Sequence(3);
  EXPECT_EQ(RefusalOf(VerifiedUnit::Verify(crypto(), TestNetwork(), limited, first_.tail(), batch_.unit()).status()),
            Refusal::kBeyondLimit);
}

TEST_F(TransferUnitTest, APayloadMayBeAbsentAndTheChainStillHolds) {
  TransferUnit erased = batch_.unit();
  erased.entries[1].payload.reset();
  const VerifiedUnit verified = Must(Verify(author_, first_.tail(), erased));
  EXPECT_EQ(verified.tail(), batch_.tail());
  EXPECT_EQ(verified.counted_bytes(), batch_.counted_bytes());
  EXPECT_EQ(Must(DecodeUnit(EncodeUnit(erased))), erased);
}

TEST_F(TransferUnitTest, APayloadOfTheRosterIsNeverAbsent) {
  TestAuthor roster(0, kRosterCollection);
  TransferUnit stripped = roster.Publish({TextEntry(Kind(130), 1, "of the roster")}).unit();
  stripped.entries[0].payload.reset();
  EXPECT_EQ(RefusalFor(roster, {}, stripped), Refusal::kPayloadMissing);
}

TEST_F(TransferUnitTest, NothingIsTakenBeyondASeal) {
  FeedAuthor sealed = author_.author();
  sealed.seal = first_.end();
  EXPECT_EQ(RefusalOf(VerifiedUnit::Verify(crypto(), TestNetwork(), sealed, first_.tail(), batch_.unit()).status()),
            Refusal::kBeyondSeal);
  EXPECT_THAT(VerifiedUnit::Verify(crypto(), TestNetwork(), sealed, {}, first_.unit()), IsOk());
}

TEST_F(TransferUnitTest, WhatEndsAtTheSealEndsInTheSealedEntry) {
  FeedAuthor sealed = author_.author();
  sealed.seal = first_.end();
  sealed.seal->head = batch_.end().head;
  EXPECT_EQ(RefusalOf(VerifiedUnit::Verify(crypto(), TestNetwork(), sealed, {}, first_.unit()).status()),
            Refusal::kOtherBranch);
}

TEST_F(TransferUnitTest, AFeedSealedAtNothingTakesNothing) {
  FeedAuthor sealed = author_.author();
  sealed.seal = Checkpoint{first_.end().feed, Sequence(), Hash(), Signature()};
  EXPECT_EQ(RefusalOf(VerifiedUnit::Verify(crypto(), TestNetwork(), sealed, {}, first_.unit()).status()),
            Refusal::kBeyondSeal);
}

TEST_F(TransferUnitTest, ARosterEntryOfAnotherCollectionIsMalformed) {
  TestAuthor roster(0, kRosterCollection);
  const VerifiedUnit unit = roster.Publish({TextEntry(kIndicatorSet, 1, "not of the roster")});
  EXPECT_EQ(RefusalFor(roster, {}, unit.unit()), Refusal::kMalformed);
  // Elsewhere a relay does not judge kinds.
  EXPECT_THAT(Verify(author_, {}, TestAuthor(11).Publish({TextEntry(Kind(2305), 1, "later")}).unit()), IsOk());
}

TEST(RefusalTest, SaysWhoseFaultItIs) {
  for (const Refusal fault : {Refusal::kMalformed, Refusal::kBadChain, Refusal::kBadPayload, Refusal::kBadSignature,
                              Refusal::kAfterEnd, Refusal::kPayloadMissing}) {
    EXPECT_TRUE(IsSendersFault(fault)) << RefusalName(fault);
  }
  for (const Refusal lag : {Refusal::kNotContiguous, Refusal::kUnknownFeed, Refusal::kBeyondLimit, Refusal::kOwnFeed,
                            Refusal::kBeyondSeal, Refusal::kOtherBranch, Refusal::kForked}) {
    EXPECT_FALSE(IsSendersFault(lag)) << RefusalName(lag);
  }
}

TEST(RefusalTest, AStatusThatNamesNoReasonCountsAsMalformed) {
  EXPECT_EQ(RefusalOf(absl::InternalError("of another origin")), Refusal::kMalformed);
}

}  // namespace
}  // namespace hansa::replication
