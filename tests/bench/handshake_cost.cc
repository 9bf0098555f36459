// What it costs two nodes to find out what differs: frames, bytes, rounds and CPU time over scopes of 100 to 100,000
// feeds; by walking the digest tree and, beside it, by one flat list. And what a root costs when one leaf has changed.
//
// Bytes are estimated: each field of a frame counts its bytes and 3 more, a message within a message likewise.
//   Hello      3 + fields: 4 numbers of 4, 2 ids of 16, 3 hashes of 32, roster (3 + 4, 8, 32), credit (3 + 8, 8)
//   TreeQuery  3 + scope 8 + flat 1 + each path
//   TreeReply  3 + scope 8 + each node: 3 + path + 16 digests of 16
//   Rows       3 + scope 8 + path + last 1 + each row: 3 + 16, 8, 32
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "replication/check.h"
#include "replication/scope.h"
#include "replication/scope_tree.h"
#include "replication/tree_walk.h"

namespace hansa::replication {
namespace {

constexpr std::size_t kPerField = 3;
constexpr std::size_t Field(std::size_t bytes) { return kPerField + bytes; }

constexpr std::size_t kHelloBytes = kPerField + 4 * Field(4) + 2 * Field(16) + 3 * Field(32) +
                                    Field(Field(4) + Field(8) + Field(32)) + Field(2 * Field(8));
constexpr std::size_t kScopeBytes = kPerField + Field(ScopeId::kSize);

std::size_t BytesOf(const TreeQuery& query) {
  std::size_t bytes = kScopeBytes + Field(1);
  for (const Bytes& path : query.paths) bytes += Field(path.size());
  return bytes;
}
std::size_t BytesOf(const TreeReply& reply) {
  std::size_t bytes = kScopeBytes;
  for (const TreeReply::Node& node : reply.nodes) {
    bytes += Field(Field(node.path.size()) + node.children.size() * Field(TreeDigest::kSize));
  }
  return bytes;
}
std::size_t BytesOf(const Rows& rows) {
  constexpr std::size_t kRowBytes = Field(Field(FeedId::kSize) + Field(8) + Field(Hash::kSize));
  return kScopeBytes + Field(rows.path.size()) + Field(1) + rows.rows.size() * kRowBytes;
}

const Crypto& crypto() { return SodiumCrypto(); }

double Milliseconds(std::clock_t ticks) { return static_cast<double>(ticks) * 1000 / CLOCKS_PER_SEC; }

// Runs `work` and says how long the processor was at it.
template <typename Work>
double MillisecondsOf(Work work) {
  const std::clock_t begun = std::clock();
  work();
  return Milliseconds(std::clock() - begun);
}

// What one node holds.
struct Side {
  std::map<FeedId, FeedRow> rows;
  ScopeTree tree{crypto()};

  void Set(const FeedRow& row) {
    rows[row.feed] = row;
    tree.Set(row.feed, LeafDigest(crypto(), row));
  }
};

std::vector<FeedRow> RandomRows(std::size_t count, std::mt19937_64& random) {
  std::map<FeedId, FeedRow> rows;
  while (rows.size() < count) {
    std::array<std::uint8_t, FeedId::kSize> id;
    for (std::uint8_t& byte : id) byte = static_cast<std::uint8_t>(random());
    const FeedId feed(id);
    rows[feed] = {feed, Sequence(1 + random() % 1000), crypto().Sha256(feed.view())};
  }
  std::vector<FeedRow> result;
  result.reserve(rows.size());
  for (const auto& [feed, row] : rows) result.push_back(row);
  return result;
}

struct Cost {
  std::size_t frames = 2;  // both Hellos
  std::size_t bytes = 2 * kHelloBytes;
  std::size_t rounds = 1;
  double milliseconds = 0;  // of both sides
};

// From the two Hellos to the last row; both sides had the other's root in them.
Cost Compare(const Side& mine, const Side& theirs) {
  Cost cost;
  TreeWalk walk{ScopeId()};
  const RowOf row_of = [&](const FeedId& feed) { return theirs.rows.at(feed); };
  cost.milliseconds = MillisecondsOf([&] {
    if (mine.tree.Root() == theirs.tree.Root()) return;
    std::vector<TreeQuery> asked = walk.Start(mine.tree);
    for (; !asked.empty(); ++cost.rounds) {
      std::vector<TreeQuery> next;
      for (const TreeQuery& query : std::exchange(asked, {})) {
        ++cost.frames;
        cost.bytes += BytesOf(query);
        const absl::StatusOr<std::vector<Frame>> answer = AnswerQuery(theirs.tree, row_of, query);
        HANSA_CHECK(answer.ok());
        for (const Frame& frame : *answer) {
          ++cost.frames;
          const Rows* rows = std::get_if<Rows>(&frame);
          cost.bytes += rows != nullptr ? BytesOf(*rows) : BytesOf(std::get<TreeReply>(frame));
          absl::StatusOr<std::vector<TreeQuery>> more =
              rows != nullptr ? walk.OnRows(mine.tree, *rows) : walk.OnReply(mine.tree, std::get<TreeReply>(frame));
          HANSA_CHECK(more.ok());
          next.insert(next.end(), more->begin(), more->end());
        }
      }
      asked = std::move(next);
    }
  });
  for (const auto& [feed, row] : mine.rows) {
    HANSA_CHECK(row == theirs.rows.at(feed) || walk.rows().at(feed) == theirs.rows.at(feed));
  }
  return cost;
}

// The same by one flat list, whatever differs.
Cost CompareFlat(const Side& theirs) {
  Cost cost;
  const RowOf row_of = [&](const FeedId& feed) { return theirs.rows.at(feed); };
  const TreeQuery query{ScopeId(), true, {Bytes()}};
  cost.milliseconds = MillisecondsOf([&] {
    const absl::StatusOr<std::vector<Frame>> answer = AnswerQuery(theirs.tree, row_of, query);
    HANSA_CHECK(answer.ok());
    cost.frames += 1 + answer->size();
    cost.bytes += BytesOf(query);
    for (const Frame& frame : *answer) cost.bytes += BytesOf(std::get<Rows>(frame));
  });
  return cost;
}

void PrintComparisons() {
  std::printf("%8s %11s | %6s %10s %6s %8s | %6s %10s | %s\n", "feeds", "differences", "frames", "bytes", "rounds",
              "CPU ms", "flat", "bytes", "walk : flat");
  for (const std::size_t feeds : {100, 10000, 100000}) {
    for (const std::size_t differences : {std::size_t{0}, std::size_t{1}, std::size_t{100}, feeds / 4}) {
      std::mt19937_64 random(feeds);
      Side mine;
      Side theirs;
      std::vector<FeedRow> rows = RandomRows(feeds, random);
      for (const FeedRow& row : rows) {
        mine.Set(row);
        theirs.Set(row);
      }
      std::shuffle(rows.begin(), rows.end(), random);
      rows.resize(differences);
      for (FeedRow row : rows) {
        row.len = Sequence(row.len.value() + 1);
        theirs.Set(row);
      }
      mine.tree.Root();
      theirs.tree.Root();
      const Cost walk = Compare(mine, theirs);
      const Cost flat = differences == 0 ? Cost() : CompareFlat(theirs);
      std::printf("%8zu %11zu | %6zu %10zu %6zu %8.2f | %6zu %10zu | %9.3f\n", feeds, differences, walk.frames,
                  walk.bytes, walk.rounds, walk.milliseconds, flat.frames, flat.bytes,
                  static_cast<double>(walk.bytes) / static_cast<double>(flat.bytes));
    }
  }
}

void PrintRoots() {
  constexpr int kUpdates = 1000;
  std::printf("\n%8s | %14s %13s | %13s %14s | %s\n", "feeds", "RootDigest ms", "fill tree ms", "one leaf us",
              "all leaves ms", "RootDigest : one leaf");
  for (const std::size_t feeds : {100, 10000, 100000}) {
    std::mt19937_64 random(feeds);
    const std::vector<FeedRow> rows = RandomRows(feeds, random);
    TreeDigest root;
    const double whole = MillisecondsOf([&] { root = RootDigest(crypto(), rows); });
    ScopeTree tree(crypto());
    const double fill = MillisecondsOf([&] {
      for (const FeedRow& row : rows) tree.Set(row.feed, LeafDigest(crypto(), row));
      HANSA_CHECK(tree.Root() == root);
    });
    const double some = MillisecondsOf([&] {
      for (int i = 0; i < kUpdates; ++i) {
        FeedRow row = rows[random() % rows.size()];
        row.len = Sequence(2000 + static_cast<std::uint64_t>(i));
        tree.Set(row.feed, LeafDigest(crypto(), row));
        tree.Root();
      }
    });
    const double all = MillisecondsOf([&] {
      for (const FeedRow& row : rows) tree.Set(row.feed, LeafDigest(crypto(), {row.feed, Sequence(5000), row.head}));
      tree.Root();
    });
    const double one = some / kUpdates;
    std::printf("%8zu | %14.2f %13.2f | %13.2f %14.2f | %9.0f\n", feeds, whole, fill, one * 1000, all, whole / one);
  }
}

}  // namespace
}  // namespace hansa::replication

int main() {
  hansa::replication::PrintComparisons();
  hansa::replication::PrintRoots();
  return EXIT_SUCCESS;
}
