// Finding what differs between two trees: every difference is found, few cost little, and no answer leads astray.
#include "replication/tree_walk.h"

#include <algorithm>
#include <array>
#include <deque>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/scope.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Must;
using testing::Random;
using ::testing::SizeIs;
using testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
const Crypto& crypto() { return SodiumCrypto(); }
const ScopeId kScope = *ScopeId::From("12345678");

// What one side holds of the scope.
struct Side {
  std::map<FeedId, FeedRow> rows;
  ScopeTree tree{crypto()};

  void Set(const FeedRow& row) {
    rows[row.feed] = row;
    tree.Set(row.feed, LeafDigest(crypto(), row));
  }
  std::vector<Frame> Answer(const TreeQuery& query) const {
    return Must(AnswerQuery(
        tree, [this](const FeedId& feed) { return rows.at(feed); }, query));
  }
};

// What a comparison came to, and what it cost.
struct Course {
  std::map<FeedId, FeedRow> rows;
  std::vector<Bytes> equal_paths;
  std::size_t frames = 0;   // both ways
  std::size_t payload = 0;  // bytes of digests, rows and paths
  std::size_t nodes = 0;    // digests of how many nodes were asked
  bool was_flat = false;    // the whole list was asked for
};

void Count(const TreeQuery& query, Course& course) {
  ++course.frames;
  for (const Bytes& path : query.paths) course.payload += path.size() + 1;
  if (!query.flat) course.nodes += query.paths.size();
  course.was_flat |= query.flat && query.paths.front().empty();
}
void Count(const Frame& frame, Course& course) {
  ++course.frames;
  if (const Rows* rows = std::get_if<Rows>(&frame)) course.payload += rows->path.size() + 56 * rows->rows.size();
  if (const TreeReply* reply = std::get_if<TreeReply>(&frame)) course.payload += 256 * reply->nodes.size();
}

class TreeWalkTest : public ::testing::Test {
 protected:
  // Both sides hold the same `size` feeds; then `differences` of them go on at the other side.
  void Make(std::size_t size, std::size_t differences) {
    while (mine_.rows.size() < size) {
      std::array<std::uint8_t, FeedId::kSize> id;
      for (std::uint8_t& byte : id) byte = static_cast<std::uint8_t>(random_());
      const FeedRow row{FeedId(id), Sequence(1 + random_() % 50), Random("head")};
      mine_.Set(row);
      theirs_.Set(row);
    }
    std::vector<FeedId> feeds;
    for (const auto& [feed, row] : mine_.rows) feeds.push_back(feed);
    std::shuffle(feeds.begin(), feeds.end(), random_);
    feeds.resize(differences);
    for (const FeedId& feed : feeds) {
      FeedRow row = theirs_.rows.at(feed);
      // Longer, shorter, or another history of the same length.
      const std::uint64_t len = row.len.value();
      row.len = Sequence(std::array<std::uint64_t, 3>{len + 1, len - 1, len}[random_() % 3]);
      row.head = Random("other head");
      theirs_.Set(row);
    }
  }

  // Walks to the end, in whatever order the questions of a level are answered.
  Course Walk() {
    Course course;
    TreeWalk walk(kScope);
    std::vector<TreeQuery> asked = walk.Start(mine_.tree);
    while (!asked.empty()) {
      std::shuffle(asked.begin(), asked.end(), random_);
      const TreeQuery query = asked.back();
      asked.pop_back();
      Count(query, course);
      EXPECT_EQ(query.scope, kScope);
      for (const Frame& frame : theirs_.Answer(query)) {
        Count(frame, course);
        for (TreeQuery& next : Must(Take(walk, frame))) asked.push_back(std::move(next));
      }
    }
    EXPECT_TRUE(walk.done());
    course.rows = walk.rows();
    course.equal_paths = walk.equal_paths();
    return course;
  }
  absl::StatusOr<std::vector<TreeQuery>> Take(TreeWalk& walk, const Frame& frame) const {
    if (const Rows* rows = std::get_if<Rows>(&frame)) return walk.OnRows(mine_.tree, *rows);
    return walk.OnReply(mine_.tree, std::get<TreeReply>(frame));
  }

  // Every feed is either under one equal path or has the peer's row, and those that differ have the row.
  void ExpectComplete(const Course& course) const {
    for (const auto& [feed, row] : mine_.rows) {
      const auto found = course.rows.find(feed);
      const auto covers = [&feed = feed](const Bytes& path) { return IsUnder(feed, path); };
      const auto equal = std::count_if(course.equal_paths.begin(), course.equal_paths.end(), covers);
      ASSERT_EQ(equal + (found != course.rows.end() ? 1 : 0), 1) << feed.hex();
      const FeedRow& theirs = theirs_.rows.at(feed);
      ASSERT_EQ(found == course.rows.end() ? theirs : found->second, theirs);
      ASSERT_TRUE(row == theirs || equal == 0) << feed.hex();
    }
  }

  std::mt19937_64 random_{7};
  Side mine_;
  Side theirs_;
};

TEST_F(TreeWalkTest, EqualTreesAreToldByTheFirstAnswer) {
  Make(1000, 0);
  const Course course = Walk();
  EXPECT_EQ(course.frames, 2u);
  EXPECT_THAT(course.rows, IsEmpty());
  ExpectComplete(course);
}

TEST_F(TreeWalkTest, FindsEveryDifferenceWhateverTheirNumber) {
  for (const std::size_t size : {1, 16, 17, 64, 65, 100, 257, 1000, 5000}) {
    for (const std::size_t differences : {0, 1, 2, 3, 10, 40, 200, 1250, 5000}) {
      if (differences > size) continue;
      mine_ = Side();
      theirs_ = Side();
      Make(size, differences);
      SCOPED_TRACE(absl::StrCat(size, " feeds, ", differences, " differences"));
      ExpectComplete(Walk());
    }
  }
}

// A level has 16 times the nodes of the one above, so log16(n) levels, and each difference opens one node on each.
TEST_F(TreeWalkTest, FewDifferencesCostLogarithmicallyEach) {
  const std::vector<std::pair<std::size_t, std::size_t>> sizes_and_levels = {{1000, 2}, {3000, 3}, {50000, 4}};
  for (const auto& [size, levels] : sizes_and_levels) {
    mine_ = Side();
    theirs_ = Side();
    Make(size, 0);
    for (const std::size_t differences : {1, 2, 5, 20}) {
      Make(size, differences);
      const Course course = Walk();
      SCOPED_TRACE(absl::StrCat(size, " feeds, ", differences, " differences"));
      ExpectComplete(course);
      const std::size_t differing =
          static_cast<std::size_t>(std::count_if(mine_.rows.begin(), mine_.rows.end(), [&](const auto& row) {
            return theirs_.rows.at(row.first) != row.second;
          }));
      EXPECT_LE(course.nodes, differing * levels);
      EXPECT_LE(course.frames, 2 * levels + 2 + differing);
      EXPECT_LE(course.payload, differing * levels * 270 + differing * 16 * 60);
      EXPECT_LE(course.rows.size(), differing * 16);
    }
  }
}

TEST_F(TreeWalkTest, ASmallScopeIsAskedForWhole) {
  Make(64, 1);
  const Course course = Walk();
  EXPECT_EQ(course.frames, 2u);
  EXPECT_THAT(course.rows, SizeIs(64));
}

TEST_F(TreeWalkTest, AnEmptyScopeIsDoneAfterOneAnswer) {
  const Course course = Walk();
  EXPECT_EQ(course.frames, 2u);
  EXPECT_THAT(course.rows, IsEmpty());
}

TEST_F(TreeWalkTest, ManyDifferencesAreTakenAsOneListAfterFewQuestions) {
  for (const std::size_t size : {100, 1000, 5000, 30000}) {
    mine_ = Side();
    theirs_ = Side();
    Make(size, size * 2 / 5);
    const Course course = Walk();
    SCOPED_TRACE(size);
    ExpectComplete(course);
    EXPECT_TRUE(course.was_flat);
    EXPECT_THAT(course.rows, SizeIs(size));
    EXPECT_THAT(course.equal_paths, IsEmpty());
    EXPECT_LE(course.frames, size / 900 + 20);
    EXPECT_LE(course.payload, size * 56 * 5 / 4 + 10000);
  }
}

TEST_F(TreeWalkTest, FewDifferencesAreNeverTakenAsOneList) {
  Make(1000, 20);
  EXPECT_FALSE(Walk().was_flat);
  mine_ = Side();
  theirs_ = Side();
  Make(30000, 1000);
  EXPECT_FALSE(Walk().was_flat);
}

TEST_F(TreeWalkTest, AsksForNoMorePathsAtOnceThanAnswersMayBeWaiting) {
  Make(100000, 2000);
  TreeWalk walk(kScope);
  std::deque<TreeQuery> asked;
  std::size_t out = 0;
  std::size_t most = 0;
  const auto ask = [&](std::vector<TreeQuery> queries) {
    for (TreeQuery& query : queries) {
      EXPECT_LE(query.paths.size(), kQueryPathsMax);
      out += query.paths.size();
      asked.push_back(std::move(query));
    }
    most = std::max(most, out);
  };
  ask(walk.Start(mine_.tree));
  while (!asked.empty()) {
    const TreeQuery query = asked.front();
    asked.pop_front();
    for (const Frame& frame : theirs_.Answer(query)) {
      out -= std::holds_alternative<Rows>(frame) ? 1 : query.paths.size();
      ask(Must(Take(walk, frame)));
    }
  }
  EXPECT_TRUE(walk.done());
  EXPECT_EQ(most, kPathsOutMax);
}

TEST_F(TreeWalkTest, LeavesThatChangeMeanwhileDoNotBreakIt) {
  Make(3000, 20);
  TreeWalk walk(kScope);
  std::vector<TreeQuery> asked = walk.Start(mine_.tree);
  while (!asked.empty()) {
    const TreeQuery query = asked.back();
    asked.pop_back();
    for (const Frame& frame : theirs_.Answer(query)) {
      for (TreeQuery& next : Must(Take(walk, frame))) asked.push_back(std::move(next));
      Make(3000, 2);                            // at the other side
      mine_.Set(theirs_.rows.begin()->second);  // and at ours
    }
  }
  EXPECT_TRUE(walk.done());
}

// One that answers as it should until a test alters an answer.
class CrookedAnswerTest : public TreeWalkTest {
 protected:
  // The first answer to a walk over 1,000 feeds.
  TreeReply FirstReply() {
    Make(1000, 3);
    const std::vector<TreeQuery> queries = walk_.Start(mine_.tree);
    EXPECT_THAT(queries, SizeIs(1));
    return std::get<TreeReply>(theirs_.Answer(queries[0]).at(0));
  }
  // The first frame with rows of a walk over 1,000 feeds.
  Rows FirstRows() {
    std::vector<TreeQuery> asked = Must(walk_.OnReply(mine_.tree, FirstReply()));
    while (!asked[0].flat) asked = Must(Take(walk_, theirs_.Answer(asked[0]).at(0)));
    return std::get<Rows>(theirs_.Answer(asked[0]).at(0));
  }
  void ExpectRefused(const Frame& frame, const std::string& why) {
    EXPECT_THAT(Take(walk_, frame), StatusIs(kInvalid, why));
    EXPECT_FALSE(walk_.done());
    // And nothing is taken from it after that.
    EXPECT_THAT(walk_.OnReply(mine_.tree, {}), StatusIs(kInvalid));
    EXPECT_THAT(walk_.OnRows(mine_.tree, {}), StatusIs(kInvalid));
  }

  TreeWalk walk_{kScope};
};

TEST_F(CrookedAnswerTest, DigestsOfAnotherPathAreRefused) {
  TreeReply reply = FirstReply();
  reply.nodes[0].path = Bytes(1, '\x03');
  ExpectRefused(reply, "digests that were not asked for");
}

TEST_F(CrookedAnswerTest, DigestsOfOnePathTwiceAreRefused) {
  TreeReply reply = FirstReply();
  reply.nodes.push_back(reply.nodes[0]);
  ExpectRefused(reply, "digests that were not asked for");
}

TEST_F(CrookedAnswerTest, AnotherNumberOfChildrenIsRefused) {
  TreeReply reply = FirstReply();
  reply.nodes[0].children.pop_back();
  ExpectRefused(reply, "16 children");
}

TEST_F(CrookedAnswerTest, NoChildrenIsRefusedForTheShapesAreTheSame) {
  TreeReply reply = FirstReply();
  reply.nodes[0].children.clear();
  ExpectRefused(reply, "16 children");
}

TEST_F(CrookedAnswerTest, AnAnswerWithoutDigestsIsRefused) {
  FirstReply();
  ExpectRefused(TreeReply{kScope, {}}, "an answer without digests");
}

TEST_F(CrookedAnswerTest, RowsInsteadOfDigestsAreRefused) {
  FirstReply();
  ExpectRefused(Rows{kScope, "", {mine_.rows.begin()->second}, true}, "rows that were not asked for");
}

TEST_F(CrookedAnswerTest, DigestsInsteadOfRowsAreRefused) {
  const Rows rows = FirstRows();
  ExpectRefused(TreeReply{kScope, {{rows.path, std::vector<TreeDigest>(16)}}}, "digests that were not asked for");
}

TEST_F(CrookedAnswerTest, RowsOfAnotherPathAreRefused) {
  Rows rows = FirstRows();
  rows.path.pop_back();
  ExpectRefused(rows, "rows that were not asked for");
}

TEST_F(CrookedAnswerTest, RowsOfOnePathTwiceAreRefused) {
  const Rows rows = FirstRows();
  EXPECT_THAT(Take(walk_, rows), testing::IsOk());
  ExpectRefused(rows, "rows that were not asked for");
}

TEST_F(CrookedAnswerTest, ARowOfAnotherPathIsRefused) {
  Rows rows = FirstRows();
  for (const auto& [feed, row] : mine_.rows) {
    if (feed > rows.rows.back().feed) rows.rows.back() = row;
  }
  ExpectRefused(rows, "not under its path");
}

TEST_F(CrookedAnswerTest, ARowOfAFeedThatNobodyKnowsIsRefused) {
  Rows rows = FirstRows();
  rows.rows.back().feed.data()[15] = static_cast<std::uint8_t>(rows.rows.back().feed[15] + 1);
  ExpectRefused(rows, "outside the scope");
}

TEST_F(CrookedAnswerTest, RowsOutOfOrderOrTwiceAreRefused) {
  Rows rows = FirstRows();
  rows.rows.push_back(rows.rows.back());
  ExpectRefused(rows, "do not ascend");
}

TEST_F(CrookedAnswerTest, RowsLeftOutAreRefused) {
  Rows rows = FirstRows();
  rows.rows.pop_back();
  ExpectRefused(rows, "left out");
}

TEST_F(CrookedAnswerTest, RowsThatGoOnAfterTheLastOfThePathAreRefused) {
  Rows rows = FirstRows();
  rows.last = false;
  EXPECT_THAT(Take(walk_, rows), testing::IsOk());
  ExpectRefused(rows, "do not ascend");
}

TEST_F(CrookedAnswerTest, FramesWithoutRowsThatNeverEndAreRefused) {
  Rows rows = FirstRows();
  rows.rows.clear();
  rows.last = false;
  ExpectRefused(rows, "no rows in a frame");
}

TEST_F(CrookedAnswerTest, TooManyRowsInAFrameAreRefused) {
  Make(2000, 1000);
  std::vector<TreeQuery> asked = walk_.Start(mine_.tree);
  while (!asked[0].flat) asked = Must(Take(walk_, theirs_.Answer(asked[0]).at(0)));
  ASSERT_THAT(asked[0].paths, ElementsAre(Bytes()));
  Rows rows{kScope, "", {}, false};
  for (const auto& [feed, row] : theirs_.rows) rows.rows.push_back(row);
  rows.rows.resize(901);
  ExpectRefused(rows, "more than 900 rows");
}

TEST_F(CrookedAnswerTest, NothingIsTakenBeforeTheStartOrAfterTheEnd) {
  Make(1000, 0);
  ExpectRefused(TreeReply{kScope, {{"", std::vector<TreeDigest>(16)}}}, "not asked for");
  TreeWalk walk(kScope);
  const TreeReply reply = std::get<TreeReply>(theirs_.Answer(walk.Start(mine_.tree).at(0)).at(0));
  EXPECT_THAT(Must(walk.OnReply(mine_.tree, reply)), IsEmpty());
  EXPECT_TRUE(walk.done());
  EXPECT_THAT(walk.OnReply(mine_.tree, reply), StatusIs(kInvalid, "not asked for"));
}

// The worst that digests can say is that everything differs.
TEST_F(CrookedAnswerTest, DigestsMadeUpLeadToOneFlatListAtWorst) {
  Make(20000, 0);
  std::vector<TreeQuery> asked = walk_.Start(mine_.tree);
  std::size_t questions = 0;
  while (!asked.empty() && !asked.back().flat) {
    TreeReply reply{kScope, {}};
    for (const Bytes& path : asked.back().paths) reply.nodes.push_back({path, std::vector<TreeDigest>(16)});
    asked.pop_back();
    ++questions;
    for (TreeQuery& next : Must(walk_.OnReply(mine_.tree, reply))) asked.push_back(std::move(next));
  }
  ASSERT_THAT(asked, SizeIs(1));
  EXPECT_THAT(asked[0].paths, ElementsAre(Bytes()));
  EXPECT_LE(questions, 20u);
}

TEST_F(TreeWalkTest, ABucketThatIsAskedLikeAnInnerNodeIsAnsweredWithItsRows) {
  Make(270, 0);
  TreeQuery query{kScope, false, {}};
  std::vector<Bytes> inner;
  std::vector<Bytes> buckets;
  for (char nibble = 0; nibble < 16; ++nibble) {
    query.paths.emplace_back(1, nibble);
    (mine_.tree.IsBucket(query.paths.back()) ? buckets : inner).push_back(query.paths.back());
  }
  ASSERT_FALSE(inner.empty() || buckets.empty());
  const std::vector<Frame> frames = mine_.Answer(query);
  ASSERT_THAT(frames, SizeIs(1 + buckets.size()));
  std::vector<Bytes> answered;
  for (const TreeReply::Node& node : std::get<TreeReply>(frames[0]).nodes) {
    answered.push_back(node.path);
    EXPECT_THAT(node.children, SizeIs(16));
  }
  EXPECT_EQ(answered, inner);
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    const Rows& rows = std::get<Rows>(frames[i + 1]);
    EXPECT_EQ(rows.path, buckets[i]);
    EXPECT_THAT(rows.rows, SizeIs(mine_.tree.CountUnder(buckets[i])));
    EXPECT_TRUE(rows.last);
  }
}

TEST_F(TreeWalkTest, RowsUnderAPathComeInFramesOf900WithTheLastOneMarked) {
  Make(1801, 0);
  const std::vector<Frame> frames = mine_.Answer({kScope, true, {Bytes()}});
  ASSERT_THAT(frames, SizeIs(3));
  std::vector<std::size_t> sizes;
  std::vector<bool> last;
  for (const Frame& frame : frames) {
    sizes.push_back(std::get<Rows>(frame).rows.size());
    last.push_back(std::get<Rows>(frame).last);
    EXPECT_EQ(std::get<Rows>(frame).scope, kScope);
  }
  EXPECT_THAT(sizes, ElementsAre(900, 900, 1));
  EXPECT_THAT(last, ElementsAre(false, false, true));
}

TEST_F(TreeWalkTest, NoQuestionHasAnAnswerLongerThanTheScope) {
  Make(300, 0);
  const auto answer = [&](bool flat, std::vector<Bytes> paths) {
    return AnswerQuery(mine_.tree, [this](const FeedId& feed) { return mine_.rows.at(feed); },
                       {kScope, flat, std::move(paths)});
  };
  for (const bool flat : {false, true}) {
    EXPECT_THAT(answer(flat, {}), StatusIs(kInvalid, "1 to 64 paths"));
    EXPECT_THAT(answer(flat, std::vector<Bytes>(65, Bytes())), StatusIs(kInvalid, "1 to 64 paths"));
    EXPECT_THAT(answer(flat, {Bytes(), Bytes()}), StatusIs(kInvalid, "must ascend"));
    EXPECT_THAT(answer(flat, {Bytes(), Bytes(1, '\x01')}), StatusIs(kInvalid, "must ascend"));
    EXPECT_THAT(answer(flat, {Bytes(1, '\x02'), Bytes(1, '\x01')}), StatusIs(kInvalid, "must ascend"));
    EXPECT_THAT(answer(flat, {Bytes(1, '\x10')}), StatusIs(kInvalid, "up to 32 nibbles"));
    EXPECT_THAT(answer(flat, {Bytes(33, '\x01')}), StatusIs(kInvalid, "up to 32 nibbles"));
    EXPECT_THAT(answer(flat, {Bytes(32, '\x01')}), testing::IsOk());
  }
}

}  // namespace
}  // namespace hansa::replication
