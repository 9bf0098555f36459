// What two nodes have in common, and one digest over it: equal roots mean equal header chains, feed by feed.
// Interests are compared by hash; the scope by an id made of roster position and both interests.
#ifndef HANSA_REPLICATION_SCOPE_H_
#define HANSA_REPLICATION_SCOPE_H_

#include <map>
#include <set>
#include <vector>

#include "replication/frames.h"
#include "replication/roster.h"

namespace hansa::replication {

// All of every collection, known or not: what a node stores unless it is told otherwise.
Interest InterestInEverything();
// Besides roster and erasures only these members' collections: those of `own` in all that members write, and those
// named. Unknown members and collections that are of interest to everyone are left out.
Interest InterestIn(Member own, const std::map<Collection, std::set<Member>>& followed);
Hash InterestHash(const Crypto& crypto, const Interest& interest);
// Roster and erasures are of interest to everyone.
bool Covers(const Interest& interest, const FeedAuthor& author);

// 44 bytes: u32 root version ‖ u64 len ‖ head.
Bytes EncodePosition(const RosterPosition& position);

ScopeId ScopeIdOf(const Crypto& crypto, const RosterPosition& roster, const Hash& interest_of_lower_pin,
                  const Hash& interest_of_higher_pin);

// The feeds that both store, at one roster position.
std::set<FeedId> ScopeOf(const Roster& roster, const Interest& mine, const Interest& theirs);

// One digest over rows: leaves, buckets of at most 16, and inner nodes of radix 16 over the nibbles of the feed id.
TreeDigest LeafDigest(const Crypto& crypto, const FeedRow& row);
// The leaf of a feed whose fork is proven, however long either branch is held.
TreeDigest ForkedLeafDigest(const Crypto& crypto, const FeedId& feed);
TreeDigest RootDigest(const Crypto& crypto, const std::vector<FeedRow>& rows_ascending);

// What each side expects the other to arrive at: zero without a roster.
Hash PredictedRoot(const Crypto& crypto, const Pin& sender, const Pin& receiver, const ScopeId& scope,
                   const TreeDigest& root);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_SCOPE_H_
