#include "replication/scope_tree.h"

#include <algorithm>
#include <utility>

#include "replication/check.h"

namespace hansa::replication {
namespace {

constexpr std::size_t kBucketMax = 16;

std::size_t NibbleOf(const FeedId& feed, std::size_t depth) {
  const std::uint8_t byte = feed[depth / 2];
  return depth % 2 == 0 ? byte >> 4 : byte & 0x0F;
}

TreeDigest Short(const Hash& hash) { return *TreeDigest::From(hash.view().substr(0, TreeDigest::kSize)); }

}  // namespace

bool IsTreePath(BytesView path) {
  return path.size() <= kTreeDepthMax && std::all_of(path.begin(), path.end(), [](char nibble) {
           return static_cast<unsigned char>(nibble) < kTreeRadix;
         });
}

bool IsUnder(const FeedId& feed, BytesView path) {
  for (std::size_t depth = 0; depth < path.size(); ++depth) {
    if (NibbleOf(feed, depth) != static_cast<unsigned char>(path[depth])) return false;
  }
  return true;
}

void ScopeTree::Set(const FeedId& feed, const TreeDigest& leaf) { Put(root_, 0, {feed, leaf}); }
void ScopeTree::Remove(const FeedId& feed) { Take(root_, 0, feed); }

ScopeTree::Change ScopeTree::Put(Node& node, std::size_t depth, const Leaf& leaf) {
  Change change = Change::kFeeds;
  if (node.children) {
    change = Put((*node.children)[NibbleOf(leaf.feed, depth)], depth + 1, leaf);
  } else {
    const auto at = std::lower_bound(node.leaves.begin(), node.leaves.end(), leaf.feed,
                                     [](const Leaf& held, const FeedId& feed) { return held.feed < feed; });
    if (at == node.leaves.end() || at->feed != leaf.feed) {
      node.leaves.insert(at, leaf);
    } else {
      change = at->digest == leaf.digest ? Change::kNone : Change::kLeaf;
      at->digest = leaf.digest;
    }
  }
  if (change == Change::kNone) return change;
  node.digest.reset();
  if (change == Change::kFeeds) ++node.count;
  if (!node.children && node.count > kBucketMax) Split(node, depth);
  return change;
}

ScopeTree::Change ScopeTree::Take(Node& node, std::size_t depth, const FeedId& feed) {
  Change change = Change::kNone;
  if (node.children) {
    change = Take((*node.children)[NibbleOf(feed, depth)], depth + 1, feed);
  } else {
    const auto at =
        std::find_if(node.leaves.begin(), node.leaves.end(), [&](const Leaf& leaf) { return leaf.feed == feed; });
    if (at != node.leaves.end()) {
      node.leaves.erase(at);
      change = Change::kFeeds;
    }
  }
  if (change == Change::kNone) return change;
  node.digest.reset();
  --node.count;
  if (node.children && node.count <= kBucketMax) Merge(node);
  return change;
}

// More feeds than a bucket holds differ in some later nibble, so there is a level below.
void ScopeTree::Split(Node& bucket, std::size_t depth) {
  HANSA_CHECK(depth < kTreeDepthMax);
  bucket.children = std::make_unique<Children>();
  for (const Leaf& leaf : std::exchange(bucket.leaves, {})) {
    Put((*bucket.children)[NibbleOf(leaf.feed, depth)], depth + 1, leaf);
  }
}

void ScopeTree::Merge(Node& inner) {
  std::vector<Leaf> leaves;
  leaves.reserve(inner.count);
  Gather(inner, leaves);
  inner.children.reset();
  inner.leaves = std::move(leaves);
}

void ScopeTree::Gather(const Node& node, std::vector<Leaf>& leaves) {
  leaves.insert(leaves.end(), node.leaves.begin(), node.leaves.end());
  if (!node.children) return;
  for (const Node& child : *node.children) Gather(child, leaves);
}

absl::Span<const ScopeTree::Leaf> ScopeTree::LeavesUnder(const Node& bucket, BytesView path) {
  const auto is_under = [&](const Leaf& leaf) { return IsUnder(leaf.feed, path); };
  const auto begin = std::find_if(bucket.leaves.begin(), bucket.leaves.end(), is_under);
  const auto end = std::find_if_not(begin, bucket.leaves.end(), is_under);
  return absl::MakeConstSpan(bucket.leaves)
      .subspan(static_cast<std::size_t>(begin - bucket.leaves.begin()), static_cast<std::size_t>(end - begin));
}

const ScopeTree::Node* ScopeTree::Find(BytesView path) const {
  HANSA_CHECK(IsTreePath(path));
  const Node* node = &root_;
  for (const char nibble : path) {
    if (!node->children) break;
    node = &(*node->children)[static_cast<unsigned char>(nibble)];
  }
  return node;
}

std::optional<TreeDigest> ScopeTree::LeafOf(const FeedId& feed) const {
  const Node* node = &root_;
  for (std::size_t depth = 0; node->children; ++depth) node = &(*node->children)[NibbleOf(feed, depth)];
  for (const Leaf& leaf : node->leaves) {
    if (leaf.feed == feed) return leaf.digest;
  }
  return std::nullopt;
}

ScopeTree::NodeView ScopeTree::At(BytesView path) const {
  const Node& node = *Find(path);
  if (!node.children) return {true, LeavesUnder(node, path).size(), {}};
  NodeView view{false, node.count, {}};
  for (const Node& child : *node.children) view.children.push_back(DigestOf(child));
  return view;
}

TreeDigest ScopeTree::DigestAt(BytesView path) const {
  const Node& node = *Find(path);
  if (node.children) return DigestOf(node);
  const absl::Span<const Leaf> leaves = LeavesUnder(node, path);
  return leaves.size() == node.count ? DigestOf(node) : BucketDigest(leaves);
}

std::size_t ScopeTree::CountUnder(BytesView path) const {
  const Node& node = *Find(path);
  return node.children ? node.count : LeavesUnder(node, path).size();
}

std::vector<FeedId> ScopeTree::FeedsUnder(BytesView path) const {
  const Node& node = *Find(path);
  std::vector<Leaf> gathered;
  Gather(node, gathered);
  std::vector<FeedId> feeds;
  for (const Leaf& leaf : gathered) {
    if (IsUnder(leaf.feed, path)) feeds.push_back(leaf.feed);
  }
  return feeds;
}

TreeDigest ScopeTree::DigestOf(const Node& node) const {
  if (node.digest) return *node.digest;
  if (node.children) {
    ByteWriter writer;
    writer.U8(0x02);
    for (const Node& child : *node.children) writer.Raw(DigestOf(child).view());
    node.digest = Short(crypto_->Sha256(writer.bytes()));
  } else {
    node.digest = BucketDigest(node.leaves);
  }
  return *node.digest;
}

TreeDigest ScopeTree::BucketDigest(absl::Span<const Leaf> leaves) const {
  ByteWriter writer;
  writer.U8(0x01);
  for (const Leaf& leaf : leaves) writer.Raw(leaf.digest.view());
  return Short(crypto_->Sha256(writer.bytes()));
}

}  // namespace hansa::replication
