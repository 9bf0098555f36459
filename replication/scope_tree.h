// The digest tree of one scope, kept up to date leaf by leaf: its root is RootDigest over the same rows, byte for byte,
// at the price of what has changed. It holds leaves, not rows, and does not know what they say.
#ifndef HANSA_REPLICATION_SCOPE_TREE_H_
#define HANSA_REPLICATION_SCOPE_TREE_H_

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "replication/bytes.h"
#include "replication/crypto.h"

namespace hansa::replication {

// A path is a string of nibbles, one byte each (0-15), the first nibbles of the feeds under it; the empty path is the
// root. No path is longer than a feed id.
inline constexpr std::size_t kTreeRadix = 16;
inline constexpr std::size_t kTreeDepthMax = 2 * FeedId::kSize;

bool IsTreePath(BytesView path);
bool IsUnder(const FeedId& feed, BytesView path);

// Not thread-safe, reading neither: digests are computed when they are asked for, and kept until a leaf under them
// changes. Paths given to it satisfy IsTreePath.
class ScopeTree {
 public:
  // `crypto` outlives the tree.
  explicit ScopeTree(const Crypto& crypto) : crypto_(&crypto) {}

  // Adds the feed, or gives it another leaf: LeafDigest or ForkedLeafDigest.
  void Set(const FeedId& feed, const TreeDigest& leaf);
  void Remove(const FeedId& feed);

  std::size_t size() const { return root_.count; }
  bool Contains(const FeedId& feed) const { return LeafOf(feed).has_value(); }
  std::optional<TreeDigest> LeafOf(const FeedId& feed) const;
  TreeDigest Root() const { return DigestOf(root_); }

  // What stands at a path. Below a bucket stand smaller buckets, of its feeds that are under the path.
  struct NodeView {
    bool is_bucket = true;
    std::size_t count = 0;             // feeds under it
    std::vector<TreeDigest> children;  // 16, by nibble; none of a bucket
  };
  NodeView At(BytesView path) const;
  TreeDigest DigestAt(BytesView path) const;
  bool IsBucket(BytesView path) const { return Find(path)->children == nullptr; }
  std::size_t CountUnder(BytesView path) const;
  std::vector<FeedId> FeedsUnder(BytesView path) const;  // ascending

 private:
  struct Leaf {
    FeedId feed;
    TreeDigest digest;
  };
  struct Node;
  using Children = std::array<Node, kTreeRadix>;
  struct Node {
    std::size_t count = 0;
    std::vector<Leaf> leaves;                  // of a bucket: ascending by feed
    std::unique_ptr<Children> children;        // of an inner node
    mutable std::optional<TreeDigest> digest;  // nullopt: not computed since a leaf under it changed
  };
  enum class Change { kNone, kLeaf, kFeeds };

  static Change Put(Node& node, std::size_t depth, const Leaf& leaf);
  static Change Take(Node& node, std::size_t depth, const FeedId& feed);
  static void Split(Node& bucket, std::size_t depth);
  static void Merge(Node& inner);
  static void Gather(const Node& node, std::vector<Leaf>& leaves);
  static absl::Span<const Leaf> LeavesUnder(const Node& bucket, BytesView path);
  // The inner node at `path`, or the bucket there or above.
  const Node* Find(BytesView path) const;
  TreeDigest DigestOf(const Node& node) const;
  TreeDigest BucketDigest(absl::Span<const Leaf> leaves) const;

  const Crypto* crypto_;
  Node root_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_SCOPE_TREE_H_
