// One entry's bytes: what goes in comes out, and what everyone refuses is refused.
#include "replication/entry.h"

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::IsOkAndHolds;
using ::hansa::testing::StatusIs;
using ::testing::Eq;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

Hash Filled(std::uint8_t value) {
  std::array<std::uint8_t, Hash::kSize> bytes;
  bytes.fill(value);
  return Hash(bytes);
}

EntryHeader SomeHeader() {
  EntryHeader header;
  header.has_payload = true;
  header.kind = kIndicatorSet;
  header.schema_ver = 1;
  header.seq = Sequence(7);
  header.prev = Filled(9);
  header.claimed_time_ms = 1'700'000'000'000;
  header.payload_len = 11;
  header.payload_commit = Filled(3);
  return header;
}

TEST(EntryHeaderTest, ComesBackAsItWentIn) {
  EntryHeader header = SomeHeader();
  header.retract = true;
  header.more = true;
  header.ext = EncodeExt({{1, "ab"}, {900, ""}});
  EXPECT_THAT(DecodeHeader(EncodeHeader(header)), IsOkAndHolds(Eq(header)));
  EXPECT_EQ(EncodeHeader(header).size(), kHeaderBytes + header.ext.size());
}

TEST(EntryHeaderTest, FieldsThatContradictEachOtherAreRefused) {
  struct Case {
    const char* says;
    std::function<void(EntryHeader&)> change;
  };
  const std::vector<Case> cases = {
      {"sequence 0", [](EntryHeader& h) { h.seq = Sequence(0); }},
      {"the first entry names a previous one", [](EntryHeader& h) { h.seq = Sequence(1); }},
      {"end_of_feed together with more", [](EntryHeader& h) { h.end_of_feed = h.more = true; }},
      {"no payload, yet a length", [](EntryHeader& h) { h.has_payload = false, h.payload_commit = Hash(); }},
      {"no payload, yet", [](EntryHeader& h) { h.has_payload = false, h.payload_len = 0; }},
      {"payload of 0 bytes", [](EntryHeader& h) { h.payload_len = 0; }},
      {"payload of 262145 bytes", [](EntryHeader& h) { h.payload_len = kPayloadBytesMax + 1; }},
      {"types must ascend",
       [](EntryHeader& h) {
         h.ext = EncodeExt({{2, "a"}, {1, "b"}});
       }},
      {"types must ascend",
       [](EntryHeader& h) {
         h.ext = EncodeExt({{2, "a"}, {2, "a"}});
       }},
      {"cut short",
       [](EntryHeader& h) {
         h.ext = EncodeExt({{2, "abc"}}).substr(0, 5);
       }},
  };
  for (const Case& wrong : cases) {
    EntryHeader header = SomeHeader();
    wrong.change(header);
    EXPECT_THAT(DecodeHeader(EncodeHeader(header)), StatusIs(kInvalid, wrong.says));
  }
}

TEST(EntryHeaderTest, WhatIsJustWithinTheRulesIsAccepted) {
  const std::vector<std::function<void(EntryHeader&)>> changes = {
      [](EntryHeader&) {},
      [](EntryHeader& h) { h.seq = Sequence(1), h.prev = Hash(); },
      [](EntryHeader& h) { h.end_of_feed = true; },
      [](EntryHeader& h) { h.has_payload = false, h.payload_len = 0, h.payload_commit = Hash(); },
      [](EntryHeader& h) { h.payload_len = kPayloadBytesMax; },
      [](EntryHeader& h) { h.payload_len = 1; },
      [](EntryHeader& h) {
        h.ext = EncodeExt({{7, Bytes(kExtBytesMax - 4, 'x')}});
      },
      [](EntryHeader& h) { h.kind = Kind(0xFFFF), h.schema_ver = 0xFFFF; },
  };
  for (const auto& change : changes) {
    EntryHeader header = SomeHeader();
    change(header);
    EXPECT_THAT(DecodeHeader(EncodeHeader(header)), IsOkAndHolds(Eq(header)));
  }
}

TEST(EntryHeaderTest, EveryTruncationAndAByteTooManyAreRefused) {
  EntryHeader header = SomeHeader();
  header.ext = EncodeExt({{1, "ab"}});
  const Bytes bytes = EncodeHeader(header);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeHeader(BytesView(bytes).substr(0, size)), StatusIs(kInvalid)) << size;
  }
  EXPECT_THAT(DecodeHeader(bytes + '\0'), StatusIs(kInvalid));
}

// Whatever is accepted is exactly what encoding would give: no two byte strings stand for one header.
TEST(EntryHeaderTest, NoOtherBytesStandForTheSameHeader) {
  EntryHeader header = SomeHeader();
  header.ext = EncodeExt({{1, "ab"}});
  const Bytes bytes = EncodeHeader(header);
  int accepted = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    const absl::StatusOr<EntryHeader> decoded = DecodeHeader(flipped);
    if (!decoded.ok()) continue;
    ++accepted;
    EXPECT_NE(*decoded, header) << bit;
    EXPECT_EQ(EncodeHeader(*decoded), flipped) << bit;
  }
  EXPECT_GT(accepted, 0);
}

TEST(ExtTest, ItemsComeBackUnknownOnesToo) {
  const std::vector<ExtItem> items = {{1, "value"}, {2, ""}, {65535, Bytes(200, '\xff')}};
  EXPECT_THAT(DecodeExt(EncodeExt(items)), IsOkAndHolds(Eq(items)));
  EXPECT_THAT(DecodeExt(""), IsOkAndHolds(Eq(std::vector<ExtItem>())));
}

TEST(ExtTest, EveryTruncationInsideAnItemIsRefused) {
  const Bytes bytes = EncodeExt({{1, "value"}});
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeExt(BytesView(bytes).substr(0, size)), StatusIs(kInvalid, "cut short")) << size;
  }
}

TEST(EntryHashTest, CoversEveryBitOfHeaderAndExtensions) {
  EntryHeader header = SomeHeader();
  header.ext = EncodeExt({{1, "ab"}});
  const Bytes bytes = EncodeHeader(header);
  const Hash hash = EntryHash(SodiumCrypto(), bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(EntryHash(SodiumCrypto(), flipped), hash) << bit;
  }
}

TEST(PayloadCommitTest, DependsOnSaltAndPayloadBoth) {
  const SaltedPayload payload{*Salt::From(Bytes(32, 's')), "what was said"};
  const Hash commit = PayloadCommit(SodiumCrypto(), payload);
  EXPECT_NE(PayloadCommit(SodiumCrypto(), {*Salt::From(Bytes(32, 't')), "what was said"}), commit);
  EXPECT_NE(PayloadCommit(SodiumCrypto(), {payload.salt, "what was said."}), commit);
  EXPECT_EQ(PayloadCommit(SodiumCrypto(), payload), commit);
}

// An erased payload counts as before, so that nobody can be pushed over a limit by erasing.
TEST(CountedBytesTest, CountsByTheHeaderAlone) {
  EntryHeader header = SomeHeader();
  EXPECT_EQ(CountedBytes(header), 128u + 32u + 11u);
  header.ext = EncodeExt({{1, "ab"}});
  EXPECT_EQ(CountedBytes(header), 128u + 6u + 32u + 11u);
  header.has_payload = false;
  EXPECT_EQ(CountedBytes(header), 128u + 6u);
}

TEST(EntryHeaderDeathTest, ExtensionsThatCannotBeWrittenAreOurOwnFault) {
  EntryHeader header = SomeHeader();
  header.ext = Bytes(kExtBytesMax + 1, 'x');
  EXPECT_DEATH(EncodeHeader(header), "broken invariant");
}

}  // namespace
}  // namespace hansa::replication
