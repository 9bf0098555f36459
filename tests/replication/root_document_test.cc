// The root of trust: only the thresholds of both versions carry it on, one version at a time.
#include "replication/root_document.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "replication/feed.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using ::testing::Eq;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::Key;
using testing::KeyNamed;
using testing::Keys;
using testing::KeysNamed;
using testing::Must;
using testing::PublicKeysOf;
using testing::Random;
using testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kUnsigned = absl::StatusCode::kUnauthenticated;
const Crypto& crypto() { return SodiumCrypto(); }

// Who signs: keys of one version by their place in it.
struct Signing {
  std::uint32_t of_version = 1;
  Keys keys;
  std::vector<std::uint16_t> places;
};

SignedRoot Sign(const RootDocument& document, const std::vector<Signing>& signings) {
  SignedRoot root{EncodeRootBody(document), {}};
  for (const Signing& signing : signings) {
    for (const std::uint16_t place : signing.places) {
      root.signatures.push_back({place, signing.of_version, signing.keys[place]->Sign(RootMessage(root.body))});
    }
  }
  return root;
}

class RootDocumentTest : public ::testing::Test {
 protected:
  RootDocument First() const {
    RootDocument document;
    document.root_keys = PublicKeysOf(old_keys_);
    document.threshold = 2;
    document.roster_writer = KeyNamed("roster")->public_key();
    document.officer_keys = PublicKeysOf(KeysNamed("officer", 3));
    document.approvals = 2;
    return document;
  }
  // Version 2: other root keys, one more officer needed.
  RootDocument Second() const {
    RootDocument document = First();
    document.version = 2;
    document.prev_hash = RootHash(crypto(), EncodeRootBody(First()));
    document.root_keys = PublicKeysOf(new_keys_);
    document.approvals = 3;
    document.from_len = Sequence(10);
    return document;
  }
  RootDocument Third() const {
    RootDocument document = Second();
    document.version = 3;
    document.prev_hash = RootHash(crypto(), EncodeRootBody(Second()));
    return document;
  }
  RootChain Begun() const { return Must(RootChain::Begin(crypto(), Sign(First(), {{1, old_keys_, {0, 1}}}))); }
  RootChain WithTwo() const {
    RootChain chain = Begun();
    Must(chain.Append(crypto(), Sign(Second(), Both())));
    return chain;
  }
  std::vector<Signing> Both() const { return {{1, old_keys_, {0, 1}}, {2, new_keys_, {1, 2}}}; }
  // The first roster's, at 20 entries.
  RosterSeal EndOfFirst() const {
    const Key writer = KeyNamed("roster");
    const NetworkId network = NetworkIdOf(crypto(), EncodeRootBody(First()));
    const FeedAuthor author{kRosterWriter, kRosterCollection, Incarnation(1), writer->public_key(), {}};
    const FeedId feed = FeedIdOf(crypto(), network, author);
    RosterSeal seal{Sequence(20), Random("head"), Signature()};
    seal.author_signature = writer->Sign(CheckpointMessage(network, feed, seal.len, seal.head));
    return seal;
  }
  // Version 3 begins a new roster, version 4 goes on with it from entry 8 on.
  RootChain WithNewRoster() const {
    RootChain chain = WithTwo();
    const RootDocument third = chain.NextWithRoster(crypto(), KeyNamed("roster 2")->public_key(), EndOfFirst());
    Must(chain.Append(crypto(), Sign(third, {{2, new_keys_, {0, 1}}, {3, new_keys_, {0, 1}}})));
    RootDocument fourth = chain.Next(crypto(), Sequence(7));
    fourth.previous_roster = RosterSeal{Sequence(3), Random("not said here"), Signature()};
    Must(chain.Append(crypto(), Sign(fourth, {{3, new_keys_, {0, 1}}, {4, new_keys_, {0, 1}}})));
    return chain;
  }
  absl::Status AppendThird(const RootDocument& document) const {
    RootChain chain = WithTwo();
    return chain.Append(crypto(), Sign(document, {{2, new_keys_, {0, 1}}, {3, new_keys_, {0, 1}}}));
  }

  Keys old_keys_ = KeysNamed("old root", 3);
  Keys new_keys_ = KeysNamed("new root", 3);
};

TEST_F(RootDocumentTest, ComesBackFromItsBytesAsSigned) {
  RootDocument document = Second();
  document.previous_roster = RosterSeal{Sequence(9), Random("head"), *Signature::From(Bytes(64, 's'))};
  EXPECT_THAT(DecodeRootBody(EncodeRootBody(document)), IsOkAndHolds(Eq(document)));
  document.previous_roster->author_signature = Signature();
  EXPECT_THAT(DecodeRootBody(EncodeRootBody(document)), IsOkAndHolds(Eq(document)));
  const SignedRoot root = Sign(document, Both());
  EXPECT_THAT(DecodeSignedRoot(EncodeSignedRoot(root)), IsOkAndHolds(Eq(root)));
}

TEST_F(RootDocumentTest, FieldsThatContradictEachOtherAreRefused) {
  const std::vector<std::function<void(RootDocument&)>> changes = {
      [](RootDocument& d) { d.version = 0; },
      [](RootDocument& d) { d.version = 1; },                        // yet it follows another
      [](RootDocument& d) { d.version = 1, d.prev_hash = Hash(); },  // yet it begins at length 10
      [](RootDocument& d) { d.root_keys.clear(); },
      [](RootDocument& d) { d.root_keys.push_back(d.root_keys[0]); },
      [](RootDocument& d) { d.root_keys = PublicKeysOf(KeysNamed("many", 17)); },
      [](RootDocument& d) { d.threshold = 0; },
      [](RootDocument& d) { d.threshold = 4; },
      [](RootDocument& d) { d.officer_keys.clear(); },
      [](RootDocument& d) { d.officer_keys.push_back(d.officer_keys[0]); },
      [](RootDocument& d) { d.approvals = 0; },
      [](RootDocument& d) { d.approvals = 4; },
      [](RootDocument& d) { d.roster_incarnation = Incarnation(0); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    RootDocument document = Second();
    changes[i](document);
    EXPECT_THAT(DecodeRootBody(EncodeRootBody(document)), StatusIs(kInvalid, "root document")) << i;
  }
  RootDocument sixteen = Second();
  sixteen.root_keys = PublicKeysOf(KeysNamed("many", 16));
  EXPECT_THAT(DecodeRootBody(EncodeRootBody(sixteen)), IsOk());
}

TEST_F(RootDocumentTest, RubbishIsRefused) {
  EXPECT_THAT(DecodeRootBody("\xff\xff\xff"), StatusIs(kInvalid));
  EXPECT_THAT(DecodeRootBody(""), StatusIs(kInvalid));
  EXPECT_THAT(DecodeRootBody(Bytes(64 * 1024 + 1, '\0')), StatusIs(kInvalid));
  EXPECT_THAT(DecodeSignedRoot("\xff\xff\xff"), StatusIs(kInvalid));
  EXPECT_THAT(RootChain::Begin(crypto(), SignedRoot{}), StatusIs(kInvalid));
}

// Written by hand behind a good document: a later field of the same number joins or replaces the earlier.
TEST_F(RootDocumentTest, KeysHashesAndSignaturesHaveTheirLength) {
  const Bytes good = EncodeRootBody(Second());
  const Bytes short_value = "\x1f" + Bytes(31, 'x');           // 31 bytes, and how many they are
  for (const char field : {'\x12', '\x1a', '\x32', '\x3a'}) {  // prev_hash, a root key, the roster's key, an officer
    EXPECT_THAT(DecodeRootBody(good + field + short_value), StatusIs(kInvalid, "32 bytes")) << +field;
  }
  const Bytes short_head = "\x52\x21\x12" + short_value;
  EXPECT_THAT(DecodeRootBody(good + short_head), StatusIs(kInvalid, "seal"));
  const Bytes whole_head = "\x52\x45\x12\x20" + Bytes(32, 'h');
  EXPECT_THAT(DecodeRootBody(good + whole_head + "\x1a\x21" + Bytes(33, 's')), StatusIs(kInvalid, "seal"));
  const Bytes signed_root = EncodeSignedRoot(Sign(Second(), Both()));
  EXPECT_THAT(DecodeSignedRoot(signed_root + "\x12\x21\x1a" + short_value), StatusIs(kInvalid, "signature"));
  const Bytes far_index = Bytes("\x08\x80\x80\x04\x1a\x40", 6) + Bytes(64, 's');  // key 65,536
  EXPECT_THAT(DecodeSignedRoot(signed_root + "\x12\x46" + far_index), StatusIs(kInvalid, "signature"));
}

TEST_F(RootDocumentTest, TheFirstVersionNeedsItsOwnThreshold) {
  const auto begin = [&](const std::vector<std::uint16_t>& places) {
    return RootChain::Begin(crypto(), Sign(First(), {{1, old_keys_, places}}));
  };
  EXPECT_THAT(begin({}), StatusIs(kUnsigned, "0 of the 2"));
  EXPECT_THAT(begin({1}), StatusIs(kUnsigned, "1 of the 2"));
  EXPECT_THAT(begin({1, 1}), StatusIs(kUnsigned, "1 of the 2"));
  EXPECT_THAT(begin({1, 2}), IsOk());
}

TEST_F(RootDocumentTest, SignaturesThatNameAnotherKeyOrVersionDoNotCount) {
  SignedRoot root = Sign(First(), {{1, old_keys_, {0, 1}}});
  root.signatures[1].key_index = 2;
  EXPECT_THAT(RootChain::Begin(crypto(), root), StatusIs(kUnsigned));
  root.signatures[1].key_index = 3;
  EXPECT_THAT(RootChain::Begin(crypto(), root), StatusIs(kUnsigned));
  root.signatures[1].key_index = 1;
  root.signatures[1].of_version = 2;
  EXPECT_THAT(RootChain::Begin(crypto(), root), StatusIs(kUnsigned));
  root.signatures[1].of_version = 1;
  EXPECT_THAT(RootChain::Begin(crypto(), root), IsOk());
}

TEST_F(RootDocumentTest, ANetworkBeginsWithVersionOne) {
  EXPECT_THAT(RootChain::Begin(crypto(), Sign(Second(), {{2, new_keys_, {0, 1}}})), StatusIs(kInvalid, "version 1"));
}

TEST_F(RootDocumentTest, EveryKeyMustBeAValidPoint) {
  const PublicKey small_order = *PublicKey::From(Bytes("\1", 1) + Bytes(31, '\0'));
  const std::vector<std::function<void(RootDocument&)>> changes = {
      [&](RootDocument& d) { d.root_keys[2] = small_order; },
      [&](RootDocument& d) { d.officer_keys[1] = small_order; },
      [&](RootDocument& d) { d.roster_writer = small_order; },
  };
  for (const auto& change : changes) {
    RootDocument document = First();
    change(document);
    EXPECT_THAT(RootChain::Begin(crypto(), Sign(document, {{1, old_keys_, {0, 1}}})),
                StatusIs(kInvalid, "valid Ed25519 point"));
  }
}

TEST_F(RootDocumentTest, P15_TheNextVersionNeedsBothThresholds) {
  const auto append = [&](const std::vector<Signing>& signings) {
    RootChain chain = Begun();
    const absl::Status status = chain.Append(crypto(), Sign(Second(), signings));
    EXPECT_EQ(chain.newest().version, status.ok() ? 2u : 1u);
    return status;
  };
  EXPECT_THAT(append({{2, new_keys_, {0, 1}}}), StatusIs(kUnsigned, "of version 1"));
  EXPECT_THAT(append({{1, old_keys_, {0, 1}}}), StatusIs(kUnsigned, "of version 2"));
  EXPECT_THAT(append({{1, old_keys_, {0}}, {2, new_keys_, {0, 1, 2}}}), StatusIs(kUnsigned, "1 of the 2"));
  EXPECT_THAT(append({{1, old_keys_, {0, 1, 2}}, {2, new_keys_, {0}}}), StatusIs(kUnsigned, "1 of the 2"));
  EXPECT_THAT(append(Both()), IsOk());
}

TEST_F(RootDocumentTest, P15_VersionsAreWalkedOneByOne) {
  RootDocument skipping = Third();
  skipping.version = 4;
  EXPECT_THAT(AppendThird(skipping), StatusIs(kInvalid, "one by one"));
  RootDocument again = Third();
  again.version = 2;
  EXPECT_THAT(AppendThird(again), StatusIs(kInvalid, "one by one"));
  RootDocument elsewhere = Third();
  elsewhere.prev_hash = RootHash(crypto(), EncodeRootBody(First()));
  EXPECT_THAT(AppendThird(elsewhere), StatusIs(kInvalid, "does not follow"));
  EXPECT_THAT(AppendThird(Third()), IsOk());
}

TEST_F(RootDocumentTest, WithinARosterTheJudgedLengthNeverGoesBack) {
  RootDocument back = Third();
  back.from_len = Sequence(9);
  EXPECT_THAT(AppendThird(back), StatusIs(kInvalid, "from_len goes back"));
  RootDocument on = Third();
  on.from_len = Sequence(11);
  EXPECT_THAT(AppendThird(on), IsOk());
  RootDocument other_writer = Third();
  other_writer.roster_writer = KeyNamed("roster 2")->public_key();
  EXPECT_THAT(AppendThird(other_writer), StatusIs(kInvalid, "same incarnation"));
}

TEST_F(RootDocumentTest, EveryKeyOfALaterVersionMustBeAValidPointToo) {
  RootDocument document = Third();
  document.officer_keys[0] = *PublicKey::From(Bytes("\1", 1) + Bytes(31, '\0'));
  EXPECT_THAT(AppendThird(document), StatusIs(kInvalid, "valid Ed25519 point"));
}

TEST_F(RootDocumentTest, ANewRosterBeginsAtZeroWithTheSealOfTheOldOne) {
  RootDocument fresh = Third();
  fresh.roster_incarnation = Incarnation(2);
  fresh.roster_writer = KeyNamed("roster 2")->public_key();
  fresh.from_len = Sequence(0);
  fresh.previous_roster = RosterSeal{Sequence(20), Random("head"), Signature()};
  EXPECT_THAT(AppendThird(fresh), IsOk());

  RootDocument unsealed = fresh;
  unsealed.previous_roster.reset();
  EXPECT_THAT(AppendThird(unsealed), StatusIs(kInvalid, "seal"));
  RootDocument late = fresh;
  late.from_len = Sequence(10);
  EXPECT_THAT(AppendThird(late), StatusIs(kInvalid, "from_len is 0"));
  RootDocument skipping = fresh;
  skipping.roster_incarnation = Incarnation(3);
  EXPECT_THAT(AppendThird(skipping), StatusIs(kInvalid, "one by one"));
}

TEST_F(RootDocumentTest, EachEntryIsJudgedByTheVersionInForceAtItsPlace) {
  const RootChain chain = WithTwo();
  EXPECT_EQ(chain.JudgeOf(Incarnation(1), Sequence(1)).version, 1u);
  EXPECT_EQ(chain.JudgeOf(Incarnation(1), Sequence(10)).version, 1u);
  EXPECT_EQ(chain.JudgeOf(Incarnation(1), Sequence(11)).version, 2u);
}

TEST_F(RootDocumentTest, EachRosterIncarnationIsJudgedByItsOwnVersions) {
  const RootChain chain = WithNewRoster();
  EXPECT_EQ(chain.JudgeOf(Incarnation(1), Sequence(10)).version, 1u);
  EXPECT_EQ(chain.JudgeOf(Incarnation(1), Sequence(1'000)).version, 2u);
  EXPECT_EQ(chain.JudgeOf(Incarnation(2), Sequence(1)).version, 3u);
  EXPECT_EQ(chain.JudgeOf(Incarnation(2), Sequence(7)).version, 3u);
  EXPECT_EQ(chain.JudgeOf(Incarnation(2), Sequence(8)).version, 4u);
  EXPECT_DEATH(chain.JudgeOf(Incarnation(3), Sequence(1)), "broken invariant");
}

TEST_F(RootDocumentTest, RostersAreThoseThatVersionsBeganEachWithItsSeal) {
  EXPECT_EQ(WithTwo().Rosters().size(), 1u);
  const std::vector<RosterLife> lives = WithNewRoster().Rosters();
  ASSERT_EQ(lives.size(), 2u);
  EXPECT_EQ(lives[0].number, Incarnation(1));
  EXPECT_EQ(lives[0].writer, KeyNamed("roster")->public_key());
  EXPECT_EQ(lives[0].seal, EndOfFirst());
  EXPECT_EQ(lives[1].number, Incarnation(2));
  EXPECT_EQ(lives[1].writer, KeyNamed("roster 2")->public_key());
  EXPECT_EQ(lives[1].seal, std::nullopt) << "the newest goes on, whatever later versions repeat";
}

TEST_F(RootDocumentTest, ASealThatIsSignedIsACheckpointOfTheOldRostersKey) {
  const auto with = [&](const RosterSeal& seal) {
    return AppendThird(WithTwo().NextWithRoster(crypto(), KeyNamed("roster 2")->public_key(), seal));
  };
  EXPECT_THAT(with(EndOfFirst()), IsOk());
  for (std::size_t bit = 0; bit < 8 * Signature::kSize; bit += 7) {
    RosterSeal flipped = EndOfFirst();
    flipped.author_signature.data()[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    EXPECT_THAT(with(flipped), StatusIs(kInvalid, "checkpoint")) << bit;
  }
  RosterSeal other = EndOfFirst();
  other.len = Sequence(21);
  EXPECT_THAT(with(other), StatusIs(kInvalid, "checkpoint"));
  other = EndOfFirst();
  other.head = Random("another head");
  EXPECT_THAT(with(other), StatusIs(kInvalid, "checkpoint"));
  other.author_signature = Signature();
  EXPECT_THAT(with(other), IsOk()) << "where the key was lost there is none";
}

TEST_F(RootDocumentTest, ASealOfLengthZeroHasAZeroHeadAndNoOtherHas) {
  RootDocument document = Second();
  document.previous_roster = RosterSeal{Sequence(0), Hash(), Signature()};
  EXPECT_THAT(DecodeRootBody(EncodeRootBody(document)), IsOk());
  document.previous_roster = RosterSeal{Sequence(0), Random("head"), Signature()};
  EXPECT_THAT(DecodeRootBody(EncodeRootBody(document)), StatusIs(kInvalid, "zero head"));
  document.previous_roster = RosterSeal{Sequence(1), Hash(), Signature()};
  EXPECT_THAT(DecodeRootBody(EncodeRootBody(document)), StatusIs(kInvalid, "zero head"));
}

TEST_F(RootDocumentTest, ADraftFollowsTheNewestVersionAndChangesNothingElse) {
  const RootDocument draft = WithTwo().Next(crypto(), Sequence(12));
  RootDocument expected = Third();
  expected.from_len = Sequence(12);
  EXPECT_EQ(draft, expected);
  EXPECT_THAT(AppendThird(draft), IsOk());
  RootDocument stronger = draft;
  stronger.root_keys = PublicKeysOf(KeysNamed("strong root", 5));
  stronger.threshold = 3;
  RootChain chain = WithTwo();
  EXPECT_THAT(
      chain.Append(crypto(), Sign(stronger, {{2, new_keys_, {0, 1}}, {3, KeysNamed("strong root", 5), {0, 2, 4}}})),
      IsOk());
}

TEST_F(RootDocumentTest, ADraftOfANewRosterNamesItsWriterAndTheEndOfTheOldOne) {
  const RootDocument draft = WithTwo().NextWithRoster(crypto(), KeyNamed("roster 2")->public_key(), EndOfFirst());
  EXPECT_EQ(draft.version, 3u);
  EXPECT_EQ(draft.roster_incarnation, Incarnation(2));
  EXPECT_EQ(draft.from_len, Sequence(0));
  EXPECT_EQ(draft.officer_keys, Second().officer_keys);
  EXPECT_EQ(draft.previous_roster, EndOfFirst());
  EXPECT_EQ(WithNewRoster().Next(crypto(), Sequence(9)).previous_roster, std::nullopt) << "said once";
}

TEST_F(RootDocumentTest, TheNetworksIdStaysThatOfTheFirstVersion) {
  EXPECT_EQ(WithTwo().network(), NetworkIdOf(crypto(), EncodeRootBody(First())));
  RootDocument other = First();
  other.approvals = 1;
  EXPECT_NE(NetworkIdOf(crypto(), EncodeRootBody(other)), WithTwo().network());
}

TEST_F(RootDocumentTest, ANewcomerWalksTheChainFromItsBytes) {
  const std::vector<Bytes> documents = WithTwo().SignedFrom(1);
  ASSERT_EQ(documents.size(), 2u);
  EXPECT_EQ(WithTwo().SignedFrom(2), std::vector<Bytes>({documents[1]}));
  EXPECT_TRUE(WithTwo().SignedFrom(3).empty());
  RootChain chain = Must(RootChain::Begin(crypto(), Must(DecodeSignedRoot(documents[0]))));
  EXPECT_THAT(chain.Append(crypto(), Must(DecodeSignedRoot(documents[1]))), IsOk());
  EXPECT_EQ(chain.newest(), Second());
}

}  // namespace
}  // namespace hansa::replication
