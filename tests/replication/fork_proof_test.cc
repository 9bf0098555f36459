// Fork proofs: two histories under one key are proven to anybody, and one history never is.
#include "replication/fork_proof.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/feeds.h"

namespace hansa::replication {
namespace {

using testing::IsOk;
using testing::Must;
using testing::StatusIs;
using testing::TestAuthor;
using testing::TestNetwork;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
const Crypto& crypto() { return SodiumCrypto(); }

absl::Status Check(const TestAuthor& author, const ForkProof& proof) {
  return CheckForkProof(crypto(), TestNetwork(), author.author(), proof);
}
template <typename Other>
std::optional<ForkProof> Prove(const TestAuthor& author, const Checkpoint& own, const Other& other) {
  return ProveFork(crypto(), TestNetwork(), author.author(), own, other);
}
Checkpoint SignedAt(const TestAuthor& author, Sequence len, const Hash& head) {
  return {author.feed(), len, head, author.signer().Sign(CheckpointMessage(TestNetwork(), author.feed(), len, head))};
}

// A feed of 2 entries, then two branches: 3 entries in two units, and 4 in one.
class ForkProofTest : public ::testing::Test {
 protected:
  // Goes back to the end at 2, and publishes again.
  TransferUnit Branch(std::size_t count) {
    author_.Return(common_.tail());
    return author_.PublishSome(count).unit();
  }
  // From our end at 3 on the left branch to the end of the right one at 6.
  ForkProof Longer() const {
    return {left_.end(), right_.end, {right_.entries[1].header, right_.entries[2].header, right_.entries[3].header}};
  }

  TestAuthor author_{11};
  VerifiedUnit common_ = author_.PublishSome(2);
  VerifiedUnit left_ = author_.PublishSome(1);
  VerifiedUnit left_on_ = author_.PublishSome(2);
  TransferUnit right_ = Branch(4);
  ForkProof longer_ = Longer();
};

// Two units of one entry each after the common end.
class EqualForkTest : public ForkProofTest {
 protected:
  TransferUnit other_ = Branch(1);
  ForkProof equal_{left_.end(), other_.end, {}};
};

TEST_F(EqualForkTest, TwoHeadsAtOneLengthProveAFork) {
  EXPECT_THAT(Check(author_, equal_), IsOk());
  std::swap(equal_.a, equal_.b);
  EXPECT_THAT(Check(author_, equal_), IsOk());
  EXPECT_EQ(Prove(author_, left_.end(), other_.end), (ForkProof{left_.end(), other_.end, {}}));
  EXPECT_EQ(Prove(author_, left_.end(), other_), (ForkProof{left_.end(), other_.end, {}}));
}

TEST_F(EqualForkTest, HeadersHaveNoPlaceBetweenThem) {
  equal_.headers = {other_.entries[0].header};
  EXPECT_THAT(Check(author_, equal_), StatusIs(kInvalid, "one length"));
}

TEST_F(ForkProofTest, ALongerBranchThatDoesNotPassThroughOurHeadProvesAFork) {
  ASSERT_THAT(right_.entries, ::testing::SizeIs(4));
  EXPECT_THAT(Check(author_, longer_), IsOk());
}

TEST_F(ForkProofTest, AUnitOfAnotherBranchThatReachesOverOurEndMakesTheProof) {
  // The unit begins before our end: the entries that we have too are no part of the proof.
  EXPECT_EQ(Prove(author_, left_.end(), right_), longer_);
  // It begins right after our end.
  author_.Return({right_.end.len, right_.end.head, false});
  const TransferUnit on = author_.PublishSome(3).unit();
  const Checkpoint end = SignedAt(author_, Sequence(6), Hash(std::array<std::uint8_t, 32>{7}));
  const std::optional<ForkProof> proof = Prove(author_, end, on);
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->headers.size(), 3u);
  EXPECT_THAT(Check(author_, *proof), IsOk());
}

TEST_F(ForkProofTest, AUnitThatIsNoEvidenceMakesNone) {
  // Ends before our end, or begins beyond the entry after it: what lies between is not there.
  EXPECT_EQ(Prove(author_, left_on_.end(), left_.unit()), std::nullopt);
  EXPECT_EQ(Prove(author_, right_.end, left_.unit()), std::nullopt);
  EXPECT_EQ(Prove(author_, common_.end(), left_on_.unit()), std::nullopt);
  // Follows our end.
  EXPECT_EQ(Prove(author_, common_.end(), right_), std::nullopt);
  // Altered on the way.
  TransferUnit altered = right_;
  altered.entries[3].header[100] ^= 1;
  EXPECT_EQ(Prove(author_, left_.end(), altered), std::nullopt);
  altered = right_;
  altered.end.signature = left_.end().signature;
  EXPECT_EQ(Prove(author_, left_.end(), altered), std::nullopt);
  altered = right_;
  altered.from = Sequence(0);
  EXPECT_EQ(Prove(author_, left_.end(), altered), std::nullopt);
  altered.from = Sequence(1);
  EXPECT_EQ(Prove(author_, left_.end(), altered), std::nullopt);
  altered = right_;
  altered.entries.clear();
  EXPECT_EQ(Prove(author_, left_.end(), altered), std::nullopt);
}

TEST_F(ForkProofTest, APayloadThatIsAbsentDoesNotMatter) {
  for (Entry& entry : right_.entries) entry.payload.reset();
  EXPECT_EQ(Prove(author_, left_.end(), right_), longer_);
}

TEST_F(ForkProofTest, P6_AnHonestChainNeverMakesAProof) {
  TestAuthor honest(12);
  std::vector<TransferUnit> units;
  std::vector<Bytes> headers;
  for (const std::size_t count : {1, 3, 1, 2, 5, 1}) units.push_back(honest.PublishSome(count).unit());
  for (const TransferUnit& unit : units) {
    for (const Entry& entry : unit.entries) headers.push_back(entry.header);
  }
  for (const TransferUnit& one : units) {
    for (const TransferUnit& other : units) {
      EXPECT_EQ(Prove(honest, one.end, other), std::nullopt);
      EXPECT_EQ(Prove(honest, one.end, other.end), std::nullopt);
      // Nor with any run of its headers.
      for (std::size_t begin = 0; begin <= headers.size(); ++begin) {
        for (std::size_t end = begin; end <= headers.size(); ++end) {
          const auto at = [&](std::size_t i) { return headers.begin() + static_cast<std::ptrdiff_t>(i); };
          ASSERT_THAT(Check(honest, {one.end, other.end, {at(begin), at(end)}}), StatusIs(kInvalid));
        }
      }
    }
  }
}

// A relay has every byte of a chain, and no key.
TEST_F(ForkProofTest, P6_NobodyButTheAuthorCanMakeOne) {
  TestAuthor honest(12);
  const TransferUnit first = honest.PublishSome(2).unit();
  const TransferUnit second = honest.PublishSome(2).unit();
  TransferUnit bent = second;
  EntryHeader header = Must(DecodeHeader(bent.entries[0].header));
  header.prev.data()[0] = static_cast<std::uint8_t>(header.prev[0] ^ 1);
  bent.entries[0].header = EncodeHeader(header);
  EXPECT_EQ(Prove(honest, first.end, bent), std::nullopt);
  // Chained and signed again, with the key at hand.
  header = Must(DecodeHeader(bent.entries[1].header));
  header.prev = EntryHash(crypto(), bent.entries[0].header);
  bent.entries[1].header = EncodeHeader(header);
  bent.end.head = EntryHash(crypto(), bent.entries[1].header);
  bent.end.signature =
      TestAuthor(13).signer().Sign(CheckpointMessage(TestNetwork(), bent.end.feed, bent.end.len, bent.end.head));
  EXPECT_EQ(Prove(honest, first.end, bent), std::nullopt);
  bent.end.signature =
      honest.signer().Sign(CheckpointMessage(TestNetwork(), bent.end.feed, bent.end.len, bent.end.head));
  EXPECT_NE(Prove(honest, first.end, bent), std::nullopt);
}

TEST_F(ForkProofTest, ItIsOfOneAuthorAndOneNetwork) {
  EXPECT_THAT(Check(TestAuthor(12), longer_), StatusIs(kInvalid, "another feed"));
  EXPECT_THAT(CheckForkProof(crypto(), NetworkId(), author_.author(), longer_), StatusIs(kInvalid, "another feed"));
  ForkProof mixed = longer_;
  mixed.b = TestAuthor(12).PublishSome(6).end();
  EXPECT_THAT(Check(author_, mixed), StatusIs(kInvalid, "another feed"));
}

TEST_F(ForkProofTest, TheShorterStandsFirst) {
  std::swap(longer_.a, longer_.b);
  EXPECT_THAT(Check(author_, longer_), StatusIs(kInvalid, "from the shorter checkpoint to the longer"));
}

TEST_F(ForkProofTest, TheHeadersAreAllThatLieBetween) {
  ForkProof proof = longer_;
  proof.headers.pop_back();
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "from the shorter"));
  proof = longer_;
  proof.headers.push_back(proof.headers.back());
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "from the shorter"));
  proof = longer_;
  std::swap(proof.headers[0], proof.headers[1]);
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "another place"));
  proof = longer_;
  proof.headers[2] = left_on_.unit().entries[1].header;  // of entry 5
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "another place"));
  proof = longer_;
  proof.headers[1] = left_on_.unit().entries[1].header;  // of entry 5, of the other branch
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "does not follow"));
  proof = longer_;
  proof.headers[1].resize(100);
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "entry header"));
  proof = longer_;
  proof.b = SignedAt(author_, Sequence(6), left_.end().head);
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "do not end at the longer"));
}

TEST_F(ForkProofTest, BeforeItsFirstEntryAFeedHasOneHistory) {
  const Checkpoint nothing = SignedAt(author_, Sequence(0), Hash());
  const Checkpoint something = SignedAt(author_, Sequence(0), left_.end().head);
  EXPECT_THAT(Check(author_, {nothing, something, {}}), StatusIs(kInvalid, "no entries"));
  EXPECT_EQ(Prove(author_, something, common_.unit()), std::nullopt);
}

TEST_F(ForkProofTest, ComesBackFromItsBytes) {
  EXPECT_EQ(Must(DecodeForkProof(EncodeForkProof(longer_))), longer_);
  const Bytes bytes = EncodeForkProof(longer_);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeForkProof(BytesView(bytes).substr(0, size)), StatusIs(kInvalid)) << size;
  }
  EXPECT_THAT(DecodeForkProof(bytes + '\0'), StatusIs(kInvalid));
}

TEST_F(EqualForkTest, NoFlippedBitIsAProof) {
  for (const ForkProof* proof : {&longer_, &equal_}) {
    ASSERT_THAT(Check(author_, *proof), IsOk());
    const Bytes bytes = EncodeForkProof(*proof);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      Bytes flipped = bytes;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
      const absl::StatusOr<ForkProof> decoded = DecodeForkProof(flipped);
      EXPECT_FALSE(decoded.ok() && Check(author_, *decoded).ok()) << "bit " << bit;
    }
  }
}

// Entries whose headers carry extensions of `ext_bytes`, chained and signed, from sequence 2 on.
class LargeForkTest : public ::testing::Test {
 protected:
  ForkProof WithHeaders(std::size_t count, std::size_t ext_bytes) {
    ForkProof proof{author_.PublishSome(1).end(), {}, {}};
    EntryHeader header;
    header.feed = author_.feed();
    header.seq = Sequence(1);
    header.ext = ext_bytes == 0 ? Bytes() : EncodeExt({{900, Bytes(ext_bytes - 4, 'x')}});
    for (std::size_t i = 0; i < count; ++i) {
      header.prev = proof.b.head.is_zero() ? Hash(std::array<std::uint8_t, 32>{1}) : proof.b.head;
      header.seq = Sequence(header.seq.value() + 1);
      proof.headers.push_back(EncodeHeader(header));
      proof.b.head = EntryHash(crypto(), proof.headers.back());
    }
    proof.b = SignedAt(author_, header.seq, proof.b.head);
    return proof;
  }
  TestAuthor author_{14};
};

TEST_F(LargeForkTest, AtMost4096Headers) {
  ForkProof proof = WithHeaders(4096, 0);
  EXPECT_THAT(Check(author_, proof), IsOk());
  EXPECT_EQ(Must(DecodeForkProof(EncodeForkProof(proof))), proof);
}

TEST_F(LargeForkTest, MoreThan4096HeadersAreRefused) {
  ForkProof proof = WithHeaders(4097, 0);
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "more than 4,096 headers"));
  EXPECT_THAT(DecodeForkProof(EncodeForkProof(proof)), StatusIs(kInvalid, "more than 4,096 headers"));
}

TEST_F(LargeForkTest, AtMost900Kib) {
  ForkProof proof = WithHeaders(799, 1024);
  EXPECT_THAT(Check(author_, proof), IsOk());
  EXPECT_EQ(Must(DecodeForkProof(EncodeForkProof(proof))), proof);
}

TEST_F(LargeForkTest, MoreThan900KibIsRefused) {
  ForkProof proof = WithHeaders(800, 1024);
  EXPECT_THAT(Check(author_, proof), StatusIs(kInvalid, "over 900 KiB"));
  EXPECT_THAT(DecodeForkProof(EncodeForkProof(proof)), StatusIs(kInvalid, "over 900 KiB"));
}

}  // namespace
}  // namespace hansa::replication
