// What two nodes have in common, and the digest that tells whether they hold the same of it.
#include "replication/scope.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using testing::AuthorityOf;
using testing::CityNamed;
using testing::Network;
using testing::Random;

const Crypto& crypto() { return SodiumCrypto(); }
FeedId FeedNamed(const std::string& label) { return *FeedId::From(Random(label).view().substr(0, 16)); }

FeedAuthor AuthorOfFeed(std::uint32_t member, Collection collection) {
  FeedAuthor author;
  author.member = Member(member);
  author.collection = collection;
  return author;
}

std::vector<FeedRow> Rows(int count) {
  std::vector<FeedRow> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back({FeedNamed(absl::StrCat("feed ", i)), Sequence(static_cast<std::uint64_t>(i) + 1),
                    Random(absl::StrCat("head ", i))});
  }
  std::sort(rows.begin(), rows.end(), [](const FeedRow& a, const FeedRow& b) { return a.feed < b.feed; });
  return rows;
}

TEST(ScopeOfInterestTest, EverythingCoversCollectionsOfTheFutureToo) {
  EXPECT_TRUE(Covers(InterestInEverything(), AuthorOfFeed(10, kIndicators)));
  EXPECT_TRUE(Covers(InterestInEverything(), AuthorOfFeed(10, Collection(200))));
}

TEST(ScopeOfInterestTest, AListCoversItsMembersAndNobodyElse) {
  const Interest interest{false, {{kIndicators, false, {Member(10), Member(12)}}, {kNotices, true, {}}}};
  EXPECT_TRUE(Covers(interest, AuthorOfFeed(10, kIndicators)));
  EXPECT_FALSE(Covers(interest, AuthorOfFeed(11, kIndicators)));
  EXPECT_TRUE(Covers(interest, AuthorOfFeed(12, kIndicators)));
  EXPECT_TRUE(Covers(interest, AuthorOfFeed(11, kNotices)));
  EXPECT_FALSE(Covers(interest, AuthorOfFeed(10, kPractices)));
}

TEST(ScopeOfInterestTest, RosterAndErasuresAreOfInterestToEveryone) {
  const Interest nothing;
  EXPECT_TRUE(Covers(nothing, AuthorOfFeed(0, kRosterCollection)));
  EXPECT_TRUE(Covers(nothing, AuthorOfFeed(77, kErasures)));
  EXPECT_FALSE(Covers(nothing, AuthorOfFeed(77, kIndicators)));
}

TEST(ScopeOfInterestTest, DifferentInterestsHaveDifferentHashes) {
  const std::vector<Interest> interests = {
      {},
      InterestInEverything(),
      {false, {{kIndicators, true, {}}}},
      {false, {{kIndicators, false, {}}}},
      {false, {{kIndicators, false, {Member(10)}}}},
      {false, {{kIndicators, false, {Member(11)}}}},
      {false, {{kPractices, false, {Member(10)}}}},
      {false, {{kIndicators, false, {Member(10), Member(11)}}}},
  };
  std::set<Hash> hashes;
  for (const Interest& interest : interests) hashes.insert(InterestHash(crypto(), interest));
  EXPECT_EQ(hashes.size(), interests.size());
}

TEST(ScopeTest, IsWhatBothStoreAndTheSameFromBothSides) {
  Network network = Network::Founded();
  const testing::Applicant finland = AuthorityOf("FIN");
  network.AdmitAuthority(finland);
  const Member espoo = network.AdmitCity(CityNamed("fi-espoo", "FIN"), finland);
  const Member turku = network.AdmitCity(CityNamed("fi-turku", "FIN"), finland);
  const Roster& roster = network.roster();
  const Interest followed{false, {{kIndicators, false, {espoo}}, {kDialogue, true, {}}}};

  const std::set<FeedId> whole = ScopeOf(roster, InterestInEverything(), InterestInEverything());
  EXPECT_EQ(whole.size(), roster.feeds().size());
  const std::set<FeedId> part = ScopeOf(roster, followed, InterestInEverything());
  EXPECT_EQ(part, ScopeOf(roster, InterestInEverything(), followed));
  const auto feed_of = [&](Member member, Collection collection) {
    return FeedIdOf(crypto(), roster.network(), *roster.PresentFeed(member, collection));
  };
  EXPECT_TRUE(part.contains(roster.feed()));
  EXPECT_TRUE(part.contains(feed_of(espoo, kIndicators)));
  EXPECT_FALSE(part.contains(feed_of(turku, kIndicators)));
  EXPECT_TRUE(part.contains(feed_of(turku, kDialogue)));
  // Whatever somebody chose: roster and erasures.
  EXPECT_EQ(ScopeOf(roster, {}, InterestInEverything()),
            std::set<FeedId>({roster.feed(), feed_of(kFirstSecretariat, kErasures), feed_of(espoo, kErasures),
                              feed_of(turku, kErasures)}));
}

TEST(ScopeIdTest, ChangesWithRosterAndEitherInterest) {
  const RosterPosition here{1, Sequence(4), Random("head")};
  const RosterPosition there{1, Sequence(4), Random("other head")};
  const RosterPosition longer{1, Sequence(5), Random("head")};
  const RosterPosition newer{2, Sequence(4), Random("head")};
  const Hash all = InterestHash(crypto(), InterestInEverything());
  const Hash none = InterestHash(crypto(), {});
  std::set<ScopeId> ids;
  for (const RosterPosition& position : {here, there, longer, newer}) {
    for (const auto& [low, high] : {std::pair(all, all), std::pair(all, none), std::pair(none, all)}) {
      ids.insert(ScopeIdOf(crypto(), position, low, high));
    }
  }
  EXPECT_EQ(ids.size(), 12u);
  EXPECT_EQ(EncodePosition(here).size(), 44u);
}

// Around each edge of the tree: empty, one bucket, the split, many.
TEST(RootDigestTest, NoticesEveryDifferenceInAnyRow) {
  for (const int count : {1, 2, 16, 17, 40, 300}) {
    const std::vector<FeedRow> rows = Rows(count);
    const TreeDigest root = RootDigest(crypto(), rows);
    EXPECT_EQ(RootDigest(crypto(), rows), root);
    for (std::size_t i = 0; i < rows.size(); i += rows.size() / 8 + 1) {
      std::vector<FeedRow> other = rows;
      other[i].len = Sequence(other[i].len.value() + 1);
      EXPECT_NE(RootDigest(crypto(), other), root) << count << " " << i;
      other = rows;
      other[i].head.data()[31] ^= 1;
      EXPECT_NE(RootDigest(crypto(), other), root) << count << " " << i;
      other = rows;
      other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_NE(RootDigest(crypto(), other), root) << count << " " << i;
    }
  }
}

TEST(RootDigestTest, AFeedOfLengthZeroIsNotAnAbsentFeed) {
  const FeedRow empty{FeedNamed("feed"), Sequence(0), Hash()};
  EXPECT_NE(RootDigest(crypto(), {empty}), RootDigest(crypto(), {}));
}

TEST(RootDigestTest, FeedsAlikeToTheLastNibbleAreToldApart) {
  std::vector<FeedRow> rows;
  for (int i = 0; i < 40; ++i) {
    std::array<std::uint8_t, 16> id;
    id.fill(0x55);
    id[15] = static_cast<std::uint8_t>(i);
    rows.push_back({FeedId(id), Sequence(1), Hash()});
  }
  const TreeDigest root = RootDigest(crypto(), rows);
  rows.back().len = Sequence(2);
  EXPECT_NE(RootDigest(crypto(), rows), root);
}

TEST(PredictedRootTest, IsBoundToItsDirection) {
  const Pin a = *Pin::From(Random("a").view());
  const Pin b = *Pin::From(Random("b").view());
  const ScopeId scope = *ScopeId::From(Bytes(8, 's'));
  const TreeDigest root = *TreeDigest::From(Bytes(16, 'r'));
  const Hash there = PredictedRoot(crypto(), a, b, scope, root);
  EXPECT_EQ(PredictedRoot(crypto(), a, b, scope, root), there);
  EXPECT_NE(PredictedRoot(crypto(), b, a, scope, root), there);
  EXPECT_NE(PredictedRoot(crypto(), a, b, ScopeId(), root), there);
  EXPECT_NE(PredictedRoot(crypto(), a, b, scope, TreeDigest()), there);
}

}  // namespace
}  // namespace hansa::replication
