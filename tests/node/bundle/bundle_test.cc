// A bundle gives back what was written, and nothing that anybody altered.
#include "node/bundle/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "hansa/v1/replication.pb.h"
#include "node/catalogue/current.h"
#include "node/desk/offer_desk.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::bundle::Bundle;
using node::bundle::ReadBundle;
using node::bundle::VerifyBundledPartnership;
using node::bundle::WriteBundle;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::size_t kMarkBytes = 16;

// Bonn and Espoo have a partnership; Bonn writes the bundle.
class BundleTest : public ::testing::Test {
 protected:
  BundleTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    for (const Applicant& city : {bonn_, espoo_}) network_.AdmitCity(city, germany_);
    node_.Refresh();
    partner_.Refresh();
    for (const replication::VerifiedUnit& unit : network_.units()) node_.Receive(unit);
    Agree();
  }

  void Agree() {
    const auto today = [] { return std::string("2025-06-15"); };
    node::desk::OfferDesk desk(node_, node::catalogue::CurrentCatalogue(), node_.views(), today);
    node::desk::OfferDesk other(partner_, node::catalogue::CurrentCatalogue(), partner_.views(), today);
    const std::string file = R"({"title": "Exchange", "language": "en", "text": "To learn.", "partners": "one"})";
    offer_ = Must(desk.Publish({.name = "o.json", .content = file})).id.hex();
    partner_.Receive(node_.units()[0]);
    Must(other.Accept({.id = offer_, .with = "", .note = "", .approved_by = ""}, partnership_));
    node_.Receive(partner_.units()[0]);
    Must(desk.Accept({.id = offer_, .with = "", .note = "", .approved_by = ""}, partnership_));
  }

  std::set<replication::FeedId> Feeds() const {
    return {node_.units()[0].unit().feed, partner_.units()[0].unit().feed};
  }
  std::string Written() const { return Must(WriteBundle(node_.feeds(), network_.roster(), Feeds())); }
  static node::Charter CharterOf(const Network& network) {
    return {"Test", *replication::DecodeSignedRoot(network.roster().root().SignedFrom(1)[0]), {}};
  }
  node::Charter Charter() const { return CharterOf(network_); }
  absl::StatusOr<Bundle> Read(const std::string& bytes) const { return ReadBundle(Charter(), bytes); }

  // Everything that a bundle says, in bytes.
  static std::string ContentOf(const Bundle& bundle) {
    replication::ByteWriter content;
    content.U64(bundle.roster.root().newest().version);
    content.U64(bundle.roster.position().len.value()).Raw(bundle.roster.position().head.view());
    for (const storage::HeldFeed& held : Must(bundle.feeds->Feeds())) {
      content.Raw(held.feed.view());
      for (const storage::StoredEntry& stored :
           Must(bundle.feeds->ReadEntries(held.feed, replication::Sequence(1), 1000))) {
        content.Raw(stored.entry.header);
        if (stored.entry.payload) content.Raw(stored.entry.payload->salt.view()).Raw(stored.entry.payload->payload);
      }
    }
    return content.bytes();
  }

  // Where each frame begins, and the end.
  static std::vector<std::size_t> Boundaries(const std::string& bundle) {
    std::vector<std::size_t> at = {kMarkBytes};
    while (at.back() < bundle.size()) {
      replication::ByteReader reader(replication::BytesView(bundle).substr(at.back(), 4));
      at.push_back(at.back() + 4 + reader.U32());
    }
    return at;
  }
  static std::vector<std::string> Frames(const std::string& bundle) {
    std::vector<std::string> frames;
    const std::vector<std::size_t> at = Boundaries(bundle);
    for (std::size_t i = 0; i + 1 < at.size(); ++i) frames.push_back(bundle.substr(at[i], at[i + 1] - at[i]));
    return frames;
  }
  static std::string FrameOf(const replication::VerifiedUnit& unit) {
    v1::Frame frame;
    frame.set_unit(EncodeUnit(unit.unit()));
    const std::string bytes = frame.SerializeAsString();
    return replication::ByteWriter().U32(static_cast<std::uint32_t>(bytes.size())).Raw(bytes).bytes();
  }
  static std::string Joined(const std::string& bundle, const std::vector<std::string>& frames) {
    std::string joined = bundle.substr(0, kMarkBytes);
    for (const std::string& frame : frames) joined += frame;
    return joined;
  }

  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_ = CityNamed("de-bonn", "DEU"), espoo_ = CityNamed("de-espoo", "DEU");
  Network network_ = Network::Founded();
  FakeNode node_{network_, bonn_};
  FakeNode partner_{network_, espoo_};
  std::string offer_, partnership_;
};

TEST_F(BundleTest, ANetworkWhoseRosterWasTakenOverComesWithEveryRoster) {
  network_.TakeOver(KeyNamed("roster writer 2"), network_.roster().position().len);
  network_.AdmitCity(CityNamed("de-kiel", "DEU"), germany_);
  node_.Receive(network_.units().back());
  const Bundle bundle = Must(Read(Written()));
  EXPECT_TRUE(bundle.roster.is_whole());
  EXPECT_EQ(bundle.roster.position(), network_.roster().position());
  EXPECT_NE(bundle.roster.state().Find("de-kiel"), nullptr);
  EXPECT_NE(bundle.roster.state().Find("de-bonn"), nullptr);
}

TEST_F(BundleTest, WhatIsWrittenIsReadBack) {
  const std::string bytes = Written();
  const Bundle bundle = Must(Read(bytes));
  EXPECT_EQ(bundle.roster.position().head, network_.roster().position().head);
  EXPECT_EQ(bundle.roster.state().members.size(), network_.roster().state().members.size());
  ASSERT_THAT(Must(bundle.feeds->Feeds()), SizeIs(2));
  for (const replication::FeedId& feed : Feeds()) {
    EXPECT_EQ(Must(bundle.feeds->ReadUnit(feed, replication::Sequence(1))),
              Must(node_.feeds().ReadUnit(feed, replication::Sequence(1))));
    EXPECT_EQ(Must(bundle.feeds->Feed(feed)).newest.head, Must(node_.feeds().Feed(feed)).newest.head);
  }
  EXPECT_EQ(Written(), bytes) << "the same bytes each time";
}

TEST_F(BundleTest, ItsPartnershipIsVerifiedWithTheCharterAlone) {
  const std::string bytes = Written();
  for (const std::string& id : {std::string(), partnership_, partnership_.substr(0, 8), offer_}) {
    v1::VerifyPartnershipReply reply;
    ASSERT_THAT(VerifyBundledPartnership(Charter(), bytes, id, reply), IsOk()) << id;
    EXPECT_TRUE(reply.ok());
    EXPECT_EQ(reply.text_sha256(), partnership_);
    EXPECT_EQ(reply.signatures_size(), 2);
  }
  v1::VerifyPartnershipReply reply;
  EXPECT_THAT(VerifyBundledPartnership(Charter(), bytes, "00000000", reply), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(VerifyBundledPartnership(Charter(), bytes, "xyz", reply), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(BundleTest, WithoutThePartnersFeedTheProofIsNotWhole) {
  const std::string bytes = Must(WriteBundle(node_.feeds(), network_.roster(), {node_.units()[0].unit().feed}));
  v1::VerifyPartnershipReply reply;
  ASSERT_THAT(VerifyBundledPartnership(Charter(), bytes, "", reply), IsOk());
  EXPECT_FALSE(reply.ok());
  ASSERT_EQ(reply.problems_size(), 1);
  EXPECT_THAT(reply.problems(0), HasSubstr("de-espoo has not signed"));
}

TEST_F(BundleTest, AByteChangedAnywhereGivesNoOtherContent) {
  const std::string bytes = Written();
  const std::string content = ContentOf(Must(Read(bytes)));
  constexpr std::uint32_t kSeed = 20'250'615;
  SCOPED_TRACE(kSeed);
  std::mt19937 chance(kSeed);
  std::size_t tried = 0, refused = 0;
  for (std::size_t at = 0; at < bytes.size(); at += at < 64 ? 1 : 1 + chance() % 8) {
    std::string altered = bytes;
    altered[at] = static_cast<char>(altered[at] ^ (1 << (chance() % 8)));
    ++tried;
    const absl::StatusOr<Bundle> read = Read(altered);
    if (read.ok()) {
      ASSERT_EQ(ContentOf(*read), content) << "byte " << at;
    } else {
      ++refused;
    }
  }
  // What may be altered unseen are bytes that say nothing, in the frames around what was signed.
  EXPECT_GT(tried, 500u);
  EXPECT_GT(refused, tried * 9 / 10);
}

TEST_F(BundleTest, CutAnywhereButBetweenFramesItIsRefused) {
  const std::string bytes = Written();
  const std::vector<std::size_t> boundaries = Boundaries(bytes);
  const std::set<std::size_t> whole(boundaries.begin(), boundaries.end());
  std::mt19937 chance(7);
  for (std::size_t size = 0; size < bytes.size(); size += 1 + chance() % 5) {
    if (whole.contains(size)) continue;
    EXPECT_THAT(Read(bytes.substr(0, size)), StatusIs(StatusCode::kInvalidArgument)) << size;
  }
  // Between frames it is a bundle of an earlier day: less, and nothing else.
  for (const std::size_t size : whole) EXPECT_THAT(Read(bytes.substr(0, size)), IsOk()) << size;
}

TEST_F(BundleTest, WhatFollowsItIsRefused) {
  const std::string bytes = Written();
  for (const std::string& more : {std::string("x"), std::string("\n"), std::string(3, '\0'), std::string(4, '\0'),
                                  std::string(64, '\0'), std::string("\0\0\0\1x", 5), bytes}) {
    EXPECT_THAT(Read(bytes + more), StatusIs(StatusCode::kInvalidArgument)) << more.size();
  }
}

TEST_F(BundleTest, FramesRepeatedOrWithoutTheRosterBeforeThemAreRefused) {
  const std::string bytes = Written();
  const std::vector<std::string> frames = Frames(bytes);  // root documents, roster, two feeds
  ASSERT_THAT(frames, SizeIs(4));
  EXPECT_EQ(Joined(bytes, frames), bytes);
  for (std::size_t i = 1; i < frames.size(); ++i) {
    std::vector<std::string> repeated = frames;
    repeated.insert(repeated.begin() + static_cast<std::ptrdiff_t>(i), frames[i]);
    EXPECT_THAT(Read(Joined(bytes, repeated)), StatusIs(StatusCode::kUnauthenticated, "altered")) << i;
  }
  for (const std::vector<std::string>& wrong :
       {std::vector{frames[0], frames[2], frames[3]}, std::vector{frames[0], frames[2], frames[1], frames[3]}}) {
    EXPECT_THAT(Read(Joined(bytes, wrong)), StatusIs(StatusCode::kUnauthenticated, "its roster does not name"));
  }
}

TEST_F(BundleTest, UnitsAreTakenOneAfterTheOtherFromTheFirstOn) {
  const std::string bytes = Written();
  const std::vector<std::string> frames = Frames(bytes);
  const std::string first = FrameOf(node_.units()[0]), second = FrameOf(node_.units()[1]);
  const std::string other = FrameOf(partner_.units()[0]);
  const std::string split = Joined(bytes, {frames[0], frames[1], first, other, second});
  EXPECT_EQ(ContentOf(Must(Read(split))), ContentOf(Must(Read(bytes))));
  for (const std::vector<std::string>& wrong :
       {std::vector{frames[0], frames[1], second}, std::vector{frames[0], frames[1], second, first}}) {
    EXPECT_THAT(Read(Joined(bytes, wrong)), StatusIs(StatusCode::kUnauthenticated, "altered"));
  }
}

TEST_F(BundleTest, WhatAnotherKeySignedInAMembersNameIsRefused) {
  const std::string bytes = Written();
  const std::vector<std::string> frames = Frames(bytes);
  const Key stranger = KeyNamed("stranger");
  replication::FeedAuthor author = node_.units()[0].author();
  author.writer = stranger->public_key();
  FeedWriter forger(network_.id(), author, stranger);
  const replication::VerifiedUnit forged =
      forger.Publish({EntryOf(replication::kOffer, RecordNamed("forged"), "anything")});
  EXPECT_THAT(Read(Joined(bytes, {frames[0], frames[1], FrameOf(forged)})), StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(BundleTest, TheBundleOfAnotherNetworkIsRefused) {
  const Network other = Network::Founded({.officers = 2});
  ASSERT_NE(other.id(), network_.id());
  const std::string bytes = Written();
  EXPECT_THAT(ReadBundle(CharterOf(other), bytes),
              StatusIs(StatusCode::kUnauthenticated, "take the charter of that network"));
  std::vector<std::string> without_roots = Frames(bytes);
  without_roots.erase(without_roots.begin());
  EXPECT_THAT(ReadBundle(CharterOf(other), Joined(bytes, without_roots)), StatusIs(StatusCode::kUnauthenticated));
  v1::VerifyPartnershipReply reply;
  EXPECT_THAT(VerifyBundledPartnership(CharterOf(other), bytes, "", reply), StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(BundleTest, LaterRootDocumentsComeWithIt) {
  const replication::Sequence from = network_.roster().position().len;
  Must(network_.AppendRoot(network_.RootWithOfficers(KeysNamed("later officer", 1), from)));
  const std::string bytes = Written();
  EXPECT_EQ(Must(Read(bytes)).roster.root().newest().version, 2u);
}

TEST_F(BundleTest, WhatIsNoBundleIsSaid) {
  for (const std::string& bytes :
       {std::string(), std::string("Dear city"), std::string(16, '\0'), std::string("hansa/bundle/2\0\0", 16)}) {
    EXPECT_THAT(Read(bytes), StatusIs(StatusCode::kInvalidArgument, "this is no bundle"));
  }
  EXPECT_THAT(Read(std::string(node::bundle::kBundleBytesMax + 1, 'x')),
              StatusIs(StatusCode::kInvalidArgument, "larger than 64 MiB"));
  EXPECT_THAT(Read(Written().substr(0, kMarkBytes) + "\xff\xff\xff\xff"),
              StatusIs(StatusCode::kInvalidArgument, "its end is missing"));
}

}  // namespace
}  // namespace hansa::testing
