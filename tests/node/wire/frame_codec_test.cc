#include "node/wire/frame_codec.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "replication/files.h"
#include "replication/session.h"
#include "replication/transfer_unit.h"

namespace hansa::node::wire {
namespace {

using namespace hansa::replication;  // the frames, all of them

template <typename Fixed>
Fixed Filled(std::uint8_t byte) {
  return *Fixed::From(std::string(Fixed::kSize, static_cast<char>(byte)));
}

RosterPosition SomePosition() { return {3, Sequence(77), Filled<Hash>(1)}; }

Checkpoint SomeCheckpoint(std::uint8_t byte) {
  return {Filled<FeedId>(byte), Sequence(9), Filled<Hash>(byte), Filled<Signature>(byte)};
}

Hello SomeHello() {
  Hello hello;
  hello.protocol_min = 1;
  hello.protocol_max = 7;
  hello.network = Filled<NetworkId>(2);
  hello.member = kMemberUnknown;
  hello.incarnation = Incarnation(4);
  hello.boot = Filled<BootId>(3);
  hello.features = {"a", "b"};
  hello.roster = SomePosition();
  hello.interest = Filled<Hash>(4);
  hello.assumed_peer_interest = Filled<Hash>(5);
  hello.predicted_root = Filled<Hash>(6);
  hello.credit = {262144, ~std::uint64_t{0}};
  return hello;
}

// At least one frame of every kind, and the odd ones.
std::vector<Frame> EveryFrame() {
  std::vector<Frame> frames;
  frames.push_back(SomeHello());
  frames.push_back(Hello{});
  frames.push_back(RootWant{2});
  frames.push_back(RootDocs{{"one", std::string(1000, '\0')}});
  frames.push_back(Interest{true, {{Collection(0), true, {}}}});
  frames.push_back(Interest{false, {{Collection(2), false, {Member(10), Member(11)}}}});
  frames.push_back(ScopeRoot{Filled<ScopeId>(7), Filled<TreeDigest>(8)});
  frames.push_back(WrongScope{SomePosition(), Filled<Hash>(9)});
  frames.push_back(TreeQuery{Filled<ScopeId>(7), true, {"", std::string("\x0f\x00", 2)}});
  frames.push_back(TreeReply{Filled<ScopeId>(7),
                             {{std::string("\x01", 1), std::vector<TreeDigest>(16, Filled<TreeDigest>(1))}, {"", {}}}});
  frames.push_back(Rows{
      Filled<ScopeId>(7), std::string("\x02", 1), {{Filled<FeedId>(1), Sequence(~std::uint64_t{0}), Hash()}}, true});
  frames.push_back(Want{Filled<FeedId>(1), Sequence(5)});
  frames.push_back(WantNack{Filled<FeedId>(1), Sequence(5), NackReason::kBusy});
  frames.push_back(WantPayload{Filled<FeedId>(1), {Sequence(1), Sequence(300)}});
  frames.push_back(Payloads{Filled<FeedId>(1), {{Sequence(1), {Filled<Salt>(1), std::string(kPayloadBytesMax, 'p')}}}});
  frames.push_back(UnitFrame{std::string(kUnitBytesMax, '\xfe')});
  frames.push_back(UnitFrame{});
  frames.push_back(Have{SomeCheckpoint(1), std::string(16384, 'u')});
  frames.push_back(Have{SomeCheckpoint(1), ""});
  frames.push_back(Ack{Filled<FeedId>(1), Sequence(12)});
  frames.push_back(Credit{1, 2});
  frames.push_back(Credit{});
  frames.push_back(ForkWant{Filled<FeedId>(1)});
  frames.push_back(FileWant{Filled<FeedId>(1), Sequence(3), Filled<Hash>(4), kChunksMax - 1});
  frames.push_back(FileChunk{Filled<Hash>(4), 2, std::string(kChunkBytes, 'c')});
  frames.push_back(FileChunk{Filled<Hash>(4), 0, ""});
  frames.push_back(ForkProof{SomeCheckpoint(1), SomeCheckpoint(2), {std::string(128, 'h'), std::string(140, 'i')}});
  frames.push_back(Claim{Filled<ClaimToken>(0), Filled<ClaimToken>(1), Incarnation(3)});
  frames.push_back(ClaimReply{Filled<ClaimToken>(1), ClaimAnswer::kClone});
  frames.push_back(Ping{99, true, SomePosition(), Filled<ScopeId>(1), Filled<TreeDigest>(2)});
  frames.push_back(Ping{});
  frames.push_back(CloseFrame{CloseCode::kBusy, "später", 30});
  return frames;
}

// A field with a length, as protobuf writes it.
std::string Field(std::uint32_t number, const std::string& body) {
  std::string bytes;
  for (std::uint64_t value : {static_cast<std::uint64_t>(number) << 3 | 2, static_cast<std::uint64_t>(body.size())}) {
    for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
    bytes.push_back(static_cast<char>(value));
  }
  return bytes + body;
}

void ExpectRefused(const std::string& bytes, absl::StatusCode code, const std::string& why) {
  const absl::StatusOr<Frame> frame = DecodeFrame(bytes);
  ASSERT_FALSE(frame.ok()) << why;
  EXPECT_EQ(frame.status().code(), code) << frame.status();
  EXPECT_NE(std::string(frame.status().message()).find(why), std::string::npos) << frame.status();
}

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(FrameCodecTest, EveryKindOfFrameComesBackAsItWas) {
  std::set<std::size_t> kinds;
  for (const Frame& frame : EveryFrame()) {
    kinds.insert(frame.index());
    const std::string bytes = EncodeFrame(frame);
    EXPECT_LE(bytes.size(), EncodedBytesMax(frame)) << FrameName(frame);
    const absl::StatusOr<Frame> back = DecodeFrame(bytes);
    ASSERT_TRUE(back.ok()) << FrameName(frame) << ": " << back.status();
    EXPECT_EQ(*back, frame) << FrameName(frame);
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Frame>);
}

TEST(FrameCodecTest, AChunkBeyondItsFileOrItsSizeIsRefused) {
  ExpectRefused(EncodeFrame(FileWant{Filled<FeedId>(1), Sequence(3), Filled<Hash>(4), kChunksMax}), kInvalid,
                "FileWant.index");
  ExpectRefused(EncodeFrame(FileChunk{Filled<Hash>(4), kChunksMax, "c"}), kInvalid, "FileChunk.index");
  ExpectRefused(EncodeFrame(FileChunk{Filled<Hash>(4), 0, std::string(kChunkBytes + 1, 'c')}), kInvalid,
                "FileChunk.bytes");
  ExpectRefused(Field(25, Field(1, std::string(31, 'h'))), kInvalid, "FileChunk.file");
}

TEST(FrameCodecTest, AFrameCutAnywhereIsRefusedOrIsAnotherFrameButNeverCrashes) {
  for (const Frame& frame : EveryFrame()) {
    const std::string bytes = EncodeFrame(frame);
    if (bytes.size() > 4096) continue;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_FALSE(DecodeFrame(absl::string_view(bytes).substr(0, size)).ok()) << FrameName(frame) << " at " << size;
    }
  }
}

TEST(FrameCodecTest, NoByteFlippedMakesItCrash) {
  for (const Frame& frame : EveryFrame()) {
    const std::string bytes = EncodeFrame(frame);
    if (bytes.size() > 1024) continue;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      for (const int mask : {0x01, 0x80, 0xff}) {
        std::string flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ mask);
        const absl::StatusOr<Frame> back = DecodeFrame(flipped);
        if (back.ok()) {
          EXPECT_LE(EncodeFrame(*back).size(), kDataFrameBytesMax);
        }
      }
    }
  }
}

TEST(FrameCodecTest, NotExactlyOneFrameIsRefused) {
  ExpectRefused("", kInvalid, "no frame");
  ExpectRefused(std::string("\x00", 1), kInvalid, "no frame");
  ExpectRefused("\xff\xff\xff", kInvalid, "no frame");
  ExpectRefused("GET / HTTP/1.1\r\n\r\n", kInvalid, "frame");
  const std::string want = EncodeFrame(RootWant{2});
  ExpectRefused(want + want, kInvalid, "more than one");
  ExpectRefused(EncodeFrame(SomeHello()) + want, kInvalid, "more than one");
  ExpectRefused(std::string("\x08\x01", 2), kInvalid, "not a frame");  // field 1 as a number
}

TEST(FrameCodecTest, AFrameFromTheFutureIsToldApartFromADamagedOne) {
  ExpectRefused(Field(26, "later"), absl::StatusCode::kUnimplemented, "26");
}

// What a session sends at once must fit what a frame may be, or the stream would end for ever at the same place.
TEST(FrameCodecTest, AFullFrameOfRowsFits) {
  Rows rows{Filled<ScopeId>(1), Bytes(), {}, true};
  for (std::size_t i = 0; i < kRowsFrameMax; ++i) {
    rows.rows.push_back({Filled<FeedId>(2), Sequence(~std::uint64_t{0}), Filled<Hash>(3)});
  }
  const absl::StatusOr<Frame> decoded = DecodeFrame(EncodeFrame(rows));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(*decoded, Frame(rows));
}

TEST(FrameCodecTest, SizeIsJudgedBeforeAnythingElse) {
  const std::string large(kControlFrameBytesMax, 'x');
  ExpectRefused(Field(1, large), absl::StatusCode::kResourceExhausted, "at most 65536");
  ExpectRefused(Field(23, large), absl::StatusCode::kResourceExhausted, "at most 65536");
  ExpectRefused(Field(14, std::string(kDataFrameBytesMax, 'x')), absl::StatusCode::kResourceExhausted,
                "at most 1048576");
  EXPECT_TRUE(DecodeFrame(Field(14, std::string(kDataFrameBytesMax - 4, 'x'))).ok());
}

TEST(FrameCodecTest, ManyEmptyPartsAreRefusedUnparsed) {
  std::string empty_items;
  for (int i = 0; i < 500000; ++i) empty_items += std::string("\x12\x00", 2);
  ExpectRefused(Field(13, empty_items), kInvalid, "parts");
  ExpectRefused(Field(15, empty_items), kInvalid, "parts");
  ExpectRefused(Field(9, empty_items.substr(0, 60000)), kInvalid, "parts");
  ExpectRefused(Field(8, empty_items.substr(0, 2 * 65)), kInvalid, "TreeReply");
}

TEST(FrameCodecTest, AFixedLengthThatIsWrongIsNamed) {
  ExpectRefused(Field(10, Field(1, std::string(15, 'f'))), kInvalid, "Want.feed_id: has 15 bytes instead of 16");
  ExpectRefused(Field(10, ""), kInvalid, "Want.feed_id: has 0 bytes");
  ExpectRefused(Field(5, Field(1, std::string(8, 's')) + Field(2, std::string(17, 'r'))), kInvalid, "ScopeRoot.root");
  ExpectRefused(Field(15, ""), kInvalid, "Have.checkpoint: is missing");
  ExpectRefused(Field(19, ""), kInvalid, "ForkProof.checkpoint: is missing");
  ExpectRefused(Field(1, ""), kInvalid, "Hello.network_id");
  ExpectRefused(Field(22, ""), kInvalid, "Ping.roster: is missing");
  ExpectRefused(Field(20, Field(1, std::string(16, 'p'))), kInvalid, "Claim.next");
}

TEST(FrameCodecTest, CountsAboveTheirLimitAreRefused) {
  const std::string scope = Field(1, std::string(8, 's'));
  std::string paths;
  for (int i = 0; i < 65; ++i) paths += Field(3, "");
  ExpectRefused(Field(7, scope + paths), kInvalid, "TreeQuery.paths: has 65 items");
  ExpectRefused(Field(7, scope + Field(3, std::string(33, '\x01'))), kInvalid, "path");
  ExpectRefused(Field(7, scope + Field(3, "\x10")), kInvalid, "path");

  const std::string node = Field(2, Field(2, std::string(16, 'd')));
  ExpectRefused(Field(8, scope + node), kInvalid, "1 digests instead of 16 or none");

  EXPECT_FALSE(DecodeFrame(EncodeFrame(WantPayload{Filled<FeedId>(1), std::vector<Sequence>(1025, Sequence(1))})).ok());
  Hello hello = SomeHello();
  hello.features.assign(65, "f");
  EXPECT_FALSE(DecodeFrame(EncodeFrame(hello)).ok());
  ExpectRefused(Field(4, Field(2, std::string("\x08\x80\x02", 3))), kInvalid, "above 255");
}

TEST(FrameCodecTest, PayloadsAreNeitherEmptyNorTooLarge) {
  for (const std::size_t size : {std::size_t{0}, kPayloadBytesMax + 1}) {
    const Payloads payloads{Filled<FeedId>(1), {{Sequence(1), {Filled<Salt>(1), std::string(size, 'p')}}}};
    EXPECT_FALSE(DecodeFrame(EncodeFrame(payloads)).ok()) << size;
  }
}

TEST(FrameCodecTest, NumbersOfAnEnumerationThatAreNotKnownAreKept) {
  const auto later = static_cast<CloseCode>(1000);
  const absl::StatusOr<Frame> frame = DecodeFrame(EncodeFrame(CloseFrame{later, "", 0}));
  ASSERT_TRUE(frame.ok());
  EXPECT_EQ(std::get<CloseFrame>(*frame).code, later);
}

TEST(FrameCodecTest, TheWordsOfAGoodbyeAreCutAndCleanedSoThatThePeerCanReadThem) {
  std::string umlauts;
  for (int i = 0; i < 300; ++i) umlauts += "ä";
  absl::StatusOr<Frame> frame = DecodeFrame(EncodeFrame(CloseFrame{CloseCode::kProtocol, umlauts, 0}));
  ASSERT_TRUE(frame.ok()) << frame.status();
  EXPECT_EQ(std::get<CloseFrame>(*frame).detail, umlauts.substr(0, 2 * kCloseDetailCharactersMax));

  frame = DecodeFrame(EncodeFrame(CloseFrame{CloseCode::kProtocol, "a\xff\xc3(\xed\xa0\x80z", 0}));
  ASSERT_TRUE(frame.ok()) << frame.status();
  EXPECT_EQ(std::get<CloseFrame>(*frame).detail,
            "a?"
            "?(???z");

  ExpectRefused(Field(23, Field(2, std::string(257, 'x'))), kInvalid, "Close.detail");
  ExpectRefused(Field(23, Field(2, "\xff")), kInvalid, "damaged");
}

}  // namespace
}  // namespace hansa::node::wire
