#include "replication/scope.h"

#include <algorithm>

#include "absl/types/span.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::replication {
namespace {

constexpr std::size_t kBucketMax = 16;
constexpr int kRadix = 16;

int NibbleOf(const FeedId& feed, std::size_t depth) {
  const std::uint8_t byte = feed[depth / 2];
  return depth % 2 == 0 ? byte >> 4 : byte & 0x0F;
}

TreeDigest Short(const Hash& hash) { return *TreeDigest::From(hash.view().substr(0, TreeDigest::kSize)); }

// Digest of the rows under one node; the rows share their first `depth` nibbles.
TreeDigest NodeDigest(const Crypto& crypto, absl::Span<const FeedRow> rows, std::size_t depth) {
  ByteWriter writer;
  if (rows.size() <= kBucketMax) {
    writer.U8(0x01);
    for (const FeedRow& row : rows) writer.Raw(LeafDigest(crypto, row).view());
    return Short(crypto.Sha256(writer.bytes()));
  }
  writer.U8(0x02);
  std::size_t begin = 0;
  for (int nibble = 0; nibble < kRadix; ++nibble) {
    std::size_t end = begin;
    while (end < rows.size() && NibbleOf(rows[end].feed, depth) == nibble) ++end;
    writer.Raw(NodeDigest(crypto, rows.subspan(begin, end - begin), depth + 1).view());
    begin = end;
  }
  return Short(crypto.Sha256(writer.bytes()));
}

const InterestRow* RowFor(const Interest& interest, Collection collection) {
  for (const InterestRow& row : interest.rows) {
    if (row.collection == collection) return &row;
  }
  return nullptr;
}

}  // namespace

Interest InterestInEverything() { return {true, {}}; }

Interest InterestIn(Member own, const std::map<Collection, std::set<Member>>& followed) {
  std::map<Collection, std::set<Member>> kept = followed;
  if (own != kMemberUnknown) {
    for (std::uint16_t collection = kIndicators.value(); collection <= kStrategies.value(); ++collection) {
      kept[Collection(collection)].insert(own);
    }
  }
  Interest interest{false, {}};
  for (const auto& [collection, members] : kept) {
    if (collection == kRosterCollection || collection == kErasures || members.empty()) continue;
    interest.rows.push_back({collection, false, {members.begin(), members.end()}});
  }
  return interest;
}

Hash InterestHash(const Crypto& crypto, const Interest& interest) {
  ByteWriter writer;
  writer.Tag("hansa/intrst/1");
  if (interest.everything) {
    // ALL of every collection is written as one row: collection 65535, ALL, no members.
    writer.U16(0xFFFF).U8(1).U32(0);
  }
  for (const InterestRow& row : interest.rows) {
    writer.U16(row.collection.value()).U8(row.all ? 1 : 0).U32(static_cast<std::uint32_t>(row.members.size()));
    for (const Member member : row.members) writer.U32(member.value());
  }
  return crypto.Sha256(writer.bytes());
}

bool Covers(const Interest& interest, const FeedAuthor& author) {
  if (interest.everything || author.collection == kRosterCollection || author.collection == kErasures) return true;
  const InterestRow* row = RowFor(interest, author.collection);
  if (row == nullptr) return false;
  return row->all || std::binary_search(row->members.begin(), row->members.end(), author.member);
}

Bytes EncodePosition(const RosterPosition& position) {
  return ByteWriter().U32(position.root_version).U64(position.len.value()).Raw(position.head.view()).bytes();
}

ScopeId ScopeIdOf(const Crypto& crypto, const RosterPosition& roster, const Hash& interest_of_lower_pin,
                  const Hash& interest_of_higher_pin) {
  const Hash hash = crypto.Sha256(ByteWriter()
                                      .Raw(EncodePosition(roster))
                                      .Raw(interest_of_lower_pin.view())
                                      .Raw(interest_of_higher_pin.view())
                                      .bytes());
  return *ScopeId::From(hash.view().substr(0, ScopeId::kSize));
}

std::set<FeedId> ScopeOf(const Roster& roster, const Interest& mine, const Interest& theirs) {
  std::set<FeedId> scope;
  for (const auto& [feed, author] : roster.feeds()) {
    if (Covers(mine, author) && Covers(theirs, author)) scope.insert(feed);
  }
  return scope;
}

TreeDigest LeafDigest(const Crypto& crypto, const FeedRow& row) {
  return Short(
      crypto.Sha256(ByteWriter().U8(0x00).Raw(row.feed.view()).U64(row.len.value()).Raw(row.head.view()).bytes()));
}

TreeDigest ForkedLeafDigest(const Crypto& crypto, const FeedId& feed) {
  return Short(crypto.Sha256(ByteWriter().U8(0x03).Raw(feed.view()).bytes()));
}

TreeDigest RootDigest(const Crypto& crypto, const std::vector<FeedRow>& rows_ascending) {
  return NodeDigest(crypto, rows_ascending, 0);
}

Hash PredictedRoot(const Crypto& crypto, const Pin& sender, const Pin& receiver, const ScopeId& scope,
                   const TreeDigest& root) {
  return crypto.Sha256(ByteWriter()
                           .Tag("hansa/predict/1")
                           .Raw(sender.view())
                           .Raw(receiver.view())
                           .Raw(scope.view())
                           .Raw(root.view())
                           .bytes());
}

}  // namespace hansa::replication
