// Where the feeds of one incarnation of a member end: as a store holds them, as a list of seals says, and how the two
// differ. Reads; decides nothing.
#ifndef HANSA_NODE_MEMBERSHIP_SEALS_H_
#define HANSA_NODE_MEMBERSHIP_SEALS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::node::membership {

// One incarnation of one member.
struct Life {
  replication::Member member;
  replication::IncarnationKeys keys;
};

// The feeds of `life` with at least one entry held, ascending by collection. The roster is never among them.
absl::StatusOr<std::vector<storage::HeldFeed>> FeedsHeldOf(const Life& life, const replication::Roster& roster,
                                                           const storage::FeedStore& feeds);

// A seal where `end` stands.
replication::Seal SealAt(replication::Collection collection, const replication::Checkpoint& end);

// Each feed of `life` that is held, sealed where the copy ends; ascending by collection.
absl::StatusOr<std::vector<replication::Seal>> SealsHeld(const Life& life, const replication::Roster& roster,
                                                         const storage::FeedStore& feeds);

// The incarnations of `member` that have ended and that no SEAL or REVOKE has sealed, ascending.
std::vector<replication::IncarnationKeys> UnsealedOf(const replication::MemberRecord& member,
                                                     const replication::RosterState& state);

// How what is held of `life` differs from where `seals` end it, a sentence each.
struct Differences {
  std::vector<std::string> cut_off;  // held here, and beyond the end or of another history
  std::vector<std::string> to_come;  // before the end, and not held here
};
absl::StatusOr<Differences> Compare(const Life& life, const std::vector<replication::Seal>& seals,
                                    const replication::Roster& roster, const storage::FeedStore& feeds);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_SEALS_H_
