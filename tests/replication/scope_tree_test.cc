// The digest tree of a scope: whatever happened to its leaves, its root is the digest over all rows at once.
#include "replication/scope_tree.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/scope.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using ::testing::IsEmpty;
using testing::Random;
using ::testing::SizeIs;

// Counts what is hashed, and passes it on.
class CountingCrypto final : public Crypto {
 public:
  Hash Sha256(BytesView message) const override {
    ++hashed;
    return SodiumCrypto().Sha256(message);
  }
  bool Verify(const PublicKey& key, BytesView message, const Signature& signature) const override {
    return SodiumCrypto().Verify(key, message, signature);
  }
  bool IsValidPoint(const PublicKey& key) const override { return SodiumCrypto().IsValidPoint(key); }

  mutable std::size_t hashed = 0;
};

const Crypto& crypto() { return SodiumCrypto(); }

// Rows by feed beside the tree that must follow them.
class ScopeTreeTest : public ::testing::Test {
 protected:
  FeedId RandomFeed() {
    std::array<std::uint8_t, FeedId::kSize> id;
    for (std::uint8_t& byte : id) byte = static_cast<std::uint8_t>(random_());
    return FeedId(id);
  }
  FeedId AnyFeed() { return std::next(rows_.begin(), static_cast<std::ptrdiff_t>(random_() % rows_.size()))->first; }
  void Set(const FeedId& feed, std::uint64_t len) {
    rows_[feed] = {feed, Sequence(len), Random(std::to_string(len))};
    tree_.Set(feed, LeafDigest(crypto(), rows_[feed]));
  }
  void Remove(const FeedId& feed) {
    rows_.erase(feed);
    tree_.Remove(feed);
  }
  void Fill(std::size_t size) {
    while (rows_.size() < size) Set(RandomFeed(), random_() % 1000);
  }
  TreeDigest Expected(BytesView path = "") const {
    std::vector<FeedRow> rows;
    for (const auto& [feed, row] : rows_) {
      if (IsUnder(feed, path)) rows.push_back(row);
    }
    return RootDigest(crypto(), rows);
  }

  std::mt19937_64 random_{20};
  std::map<FeedId, FeedRow> rows_;
  CountingCrypto counting_;
  ScopeTree tree_{counting_};
};

TEST_F(ScopeTreeTest, AnEmptyTreeHasTheRootOfNoRows) {
  EXPECT_EQ(tree_.Root(), RootDigest(crypto(), {}));
  EXPECT_EQ(tree_.size(), 0u);
  EXPECT_TRUE(tree_.At("").is_bucket);
}

TEST_F(ScopeTreeTest, HasTheRootOfItsRowsAtEverySize) {
  for (const std::size_t size : {1, 15, 16, 17, 18, 100, 300, 5000}) {
    Fill(size);
    EXPECT_EQ(tree_.Root(), Expected()) << size;
    EXPECT_EQ(tree_.size(), size);
  }
}

TEST_F(ScopeTreeTest, FollowsInsertionsUpdatesAndRemovals) {
  for (const std::size_t size : {16, 17, 100, 5000}) {
    Fill(size);
    for (int step = 0; step < 300; ++step) {
      const std::uint64_t what = random_() % 3;
      if (what == 0 || rows_.size() < 2) {
        Set(RandomFeed(), random_() % 1000);
      } else if (what == 1) {
        Set(AnyFeed(), random_());
      } else {
        Remove(AnyFeed());
      }
      if (step % 10 != 0 && size > 20) continue;
      ASSERT_EQ(tree_.Root(), Expected()) << size << ", step " << step;
    }
    EXPECT_EQ(tree_.Root(), Expected());
    EXPECT_EQ(tree_.size(), rows_.size());
  }
  // Back down through every split.
  while (!rows_.empty()) {
    Remove(AnyFeed());
    if (rows_.size() % 500 != 0 && rows_.size() > 40) continue;
    ASSERT_EQ(tree_.Root(), Expected()) << rows_.size();
  }
  EXPECT_EQ(tree_.Root(), RootDigest(crypto(), {}));
}

// Ids that split at the last nibbles only: as deep as a tree can be.
TEST_F(ScopeTreeTest, FeedsAlikeToTheLastNibblesAreToldApart) {
  std::array<std::uint8_t, FeedId::kSize> id;
  id.fill(0x55);
  for (int i = 0; i < 256; ++i) {
    id.back() = static_cast<std::uint8_t>(i);
    Set(FeedId(id), 1);
    ASSERT_EQ(tree_.Root(), Expected()) << i;
  }
  EXPECT_EQ(tree_.CountUnder(Bytes(kTreeDepthMax, 5)), 1u);
  for (int i = 0; i < 256; i += 2) {
    id.back() = static_cast<std::uint8_t>(i);
    Remove(FeedId(id));
    ASSERT_EQ(tree_.Root(), Expected()) << i;
  }
}

TEST_F(ScopeTreeTest, DoesNotDependOnTheOrderOfWhatHappened) {
  Fill(400);
  std::vector<FeedId> feeds;
  for (const auto& [feed, row] : rows_) feeds.push_back(feed);
  std::shuffle(feeds.begin(), feeds.end(), random_);
  ScopeTree other(crypto());
  for (const FeedId& feed : feeds) other.Set(feed, LeafDigest(crypto(), rows_[feed]));
  EXPECT_EQ(other.Root(), tree_.Root());
}

TEST_F(ScopeTreeTest, WhatWasNotThereIsRemovedWithoutEffect) {
  Fill(40);
  const TreeDigest before = tree_.Root();
  tree_.Remove(RandomFeed());
  EXPECT_EQ(tree_.Root(), before);
  EXPECT_EQ(tree_.size(), 40u);
}

TEST_F(ScopeTreeTest, KnowsItsLeaves) {
  Fill(40);
  const FeedId feed = AnyFeed();
  EXPECT_TRUE(tree_.Contains(feed));
  EXPECT_EQ(tree_.LeafOf(feed), LeafDigest(crypto(), rows_[feed]));
  Remove(feed);
  EXPECT_FALSE(tree_.Contains(feed));
  EXPECT_EQ(tree_.LeafOf(feed), std::nullopt);
}

TEST_F(ScopeTreeTest, ShowsEveryNodeAsItIsDigested) {
  Fill(5000);
  std::vector<Bytes> open = {Bytes()};
  std::size_t buckets = 0;
  std::size_t feeds = 0;
  while (!open.empty()) {
    const Bytes path = open.back();
    open.pop_back();
    const ScopeTree::NodeView view = tree_.At(path);
    ASSERT_EQ(tree_.CountUnder(path), view.count);
    ASSERT_EQ(tree_.IsBucket(path), view.is_bucket);
    ASSERT_EQ(view.is_bucket, view.count <= 16);
    if (view.is_bucket) {
      ++buckets;
      ASSERT_EQ(tree_.DigestAt(path), Expected(path));
      feeds += tree_.FeedsUnder(path).size();
      ASSERT_THAT(view.children, IsEmpty());
      continue;
    }
    ASSERT_THAT(view.children, SizeIs(16));
    Bytes preimage(1, '\x02');
    for (std::size_t nibble = 0; nibble < 16; ++nibble) {
      open.push_back(path + static_cast<char>(nibble));
      ASSERT_EQ(tree_.DigestAt(open.back()), view.children[nibble]);
      preimage += view.children[nibble].str();
    }
    ASSERT_EQ(tree_.DigestAt(path).view(), crypto().Sha256(preimage).view().substr(0, 16));
  }
  EXPECT_EQ(feeds, 5000u);
  EXPECT_GT(buckets, 256u);
}

TEST_F(ScopeTreeTest, FeedsUnderAPathAscendAndAreAllThatBeginWithIt) {
  Fill(300);
  for (const Bytes& path : {Bytes(), Bytes(1, 7), Bytes("\x07\x0b"), Bytes("\x07\x0b\x01")}) {
    std::vector<FeedId> expected;
    for (const auto& [feed, row] : rows_) {
      if (IsUnder(feed, path)) expected.push_back(feed);
    }
    EXPECT_EQ(tree_.FeedsUnder(path), expected);
    EXPECT_EQ(tree_.CountUnder(path), expected.size());
  }
}

TEST_F(ScopeTreeTest, BelowABucketStandSmallerBuckets) {
  Fill(10);
  const FeedId feed = AnyFeed();
  Bytes path;
  for (std::size_t i = 0; i < 3; ++i) {
    path.push_back(static_cast<char>(feed[i] >> 4));
    path.push_back(static_cast<char>(feed[i] & 0x0F));
  }
  EXPECT_TRUE(tree_.At(path).is_bucket);
  EXPECT_EQ(tree_.At(path).count, 1u);
  EXPECT_EQ(tree_.DigestAt(path), RootDigest(crypto(), {rows_[feed]}));
  EXPECT_THAT(tree_.FeedsUnder(path), ::testing::ElementsAre(feed));
  path.back() = static_cast<char>(path.back() ^ 1);
  EXPECT_EQ(tree_.DigestAt(path), RootDigest(crypto(), {}));
}

TEST_F(ScopeTreeTest, OneLeafCostsOneHashForEachLevel) {
  Fill(20000);
  tree_.Root();
  for (int i = 0; i < 100; ++i) {
    const FeedId feed = AnyFeed();
    Set(feed, random_());
    counting_.hashed = 0;
    tree_.Root();
    EXPECT_LE(counting_.hashed, 6u);
    EXPECT_GE(counting_.hashed, 4u);
    tree_.Root();
    tree_.Set(feed, LeafDigest(crypto(), rows_[feed]));  // nothing new
    tree_.Root();
    EXPECT_LE(counting_.hashed, 6u);
  }
  EXPECT_EQ(tree_.Root(), Expected());
}

TEST_F(ScopeTreeTest, AForkedFeedHasALeafOfItsOwn) {
  Fill(40);
  const FeedId feed = AnyFeed();
  const Bytes preimage = Bytes(1, '\x03') + feed.str();
  EXPECT_EQ(ForkedLeafDigest(crypto(), feed).view(), crypto().Sha256(preimage).view().substr(0, 16));
  const TreeDigest before = tree_.Root();
  tree_.Set(feed, ForkedLeafDigest(crypto(), feed));
  EXPECT_NE(tree_.Root(), before);
  tree_.Set(feed, LeafDigest(crypto(), rows_[feed]));
  EXPECT_EQ(tree_.Root(), before);
}

TEST(TreePathTest, IsAtMost32Nibbles) {
  EXPECT_TRUE(IsTreePath(""));
  EXPECT_TRUE(IsTreePath(Bytes(32, '\x0f')));
  EXPECT_FALSE(IsTreePath(Bytes(33, '\x0f')));
  EXPECT_FALSE(IsTreePath(Bytes(1, '\x10')));
  EXPECT_FALSE(IsTreePath(Bytes(1, '\xff')));
}

}  // namespace
}  // namespace hansa::replication
