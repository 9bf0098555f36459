// The code and an independent script agree on roster positions, interests, scopes and the digest tree.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/scope.h"
#include "tests/replication/vectors.h"

namespace hansa::replication {
namespace {

const Crypto& crypto() { return SodiumCrypto(); }

FeedRow RowOf(const Json& row) {
  return {Take<FeedId>(row, "feed"), Number<Sequence>(row, "len"), Take<Hash>(row, "head")};
}

class ScopeVectors : public ::testing::Test {
 protected:
  RosterPosition Position() const {
    const Json& row = vectors_.at("position");
    return {row.at("root_version").get<std::uint32_t>(), Number<Sequence>(row, "len"), Take<Hash>(row, "head")};
  }
  Json vectors_ = ReadVectors("scope");
};

TEST_F(ScopeVectors, RosterPositionsHaveTheSameBytes) {
  EXPECT_EQ(EncodePosition(Position()), BytesOf(vectors_.at("position"), "bytes"));
  EXPECT_EQ(EncodePosition(RosterPosition{}), BytesOf(vectors_, "no_roster"));
}

TEST_F(ScopeVectors, InterestsHaveTheSameHash) {
  ASSERT_EQ(vectors_.at("interests").size(), 5u);
  for (const Json& row : vectors_.at("interests")) {
    Interest interest;
    interest.everything = row.at("everything").get<bool>();
    if (!interest.everything) {
      for (const Json& one : row.at("rows")) {
        InterestRow added{Number<Collection>(one, "collection"), one.at("all").get<bool>(), {}};
        for (const Json& member : one.at("members")) added.members.push_back(Member(member.get<std::uint32_t>()));
        interest.rows.push_back(added);
      }
    }
    EXPECT_EQ(InterestHash(crypto(), interest), Take<Hash>(row, "hash")) << row.at("what");
  }
}

TEST_F(ScopeVectors, ScopesHaveTheSameId) {
  const Json& row = vectors_.at("scope_id");
  EXPECT_EQ(ScopeIdOf(crypto(), Position(), Take<Hash>(row, "lower"), Take<Hash>(row, "higher")),
            Take<ScopeId>(row, "id"));
}

TEST_F(ScopeVectors, TreesHaveTheSameDigests) {
  EXPECT_EQ(LeafDigest(crypto(), RowOf(vectors_.at("leaf"))), Take<TreeDigest>(vectors_.at("leaf"), "digest"));
  ASSERT_EQ(vectors_.at("trees").size(), 8u);
  for (const Json& tree : vectors_.at("trees")) {
    std::vector<FeedRow> rows;
    for (const Json& row : tree.at("rows")) rows.push_back(RowOf(row));
    EXPECT_EQ(RootDigest(crypto(), rows), Take<TreeDigest>(tree, "root")) << tree.at("what");
  }
}

TEST_F(ScopeVectors, PredictedRootsAreTheSame) {
  const Json& row = vectors_.at("predicted");
  EXPECT_EQ(PredictedRoot(crypto(), Take<Pin>(row, "sender"), Take<Pin>(row, "receiver"), Take<ScopeId>(row, "scope"),
                          Take<TreeDigest>(row, "root")),
            Take<Hash>(row, "hash"));
}

}  // namespace
}  // namespace hansa::replication
