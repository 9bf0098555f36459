// Looks again at everything held: every hash, every chain, every signature, as if it had just arrived.
#ifndef HANSA_NODE_DESK_VERIFIER_H_
#define HANSA_NODE_DESK_VERIFIER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "replication/crypto.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

struct VerifyProblem {
  std::string member;              // slug; 'roster' for member 0; empty if the roster does not say whose it is
  std::string collection;          // name, or number
  replication::Sequence sequence;  // the first entry that is wrong
  std::string what;
  friend bool operator==(const VerifyProblem&, const VerifyProblem&) = default;
};

// Of what held good, unless said otherwise.
struct VerifyReport {
  std::uint64_t feeds = 0;       // looked at
  std::uint64_t entries = 0;     // whose hash, place and payload are as signed
  std::uint64_t bytes = 0;       // of those entries, as they count against limits
  std::uint64_t signatures = 0;  // checkpoints signed by their authors
  std::vector<VerifyProblem> problems;

  bool ok() const { return problems.empty(); }
};

// Verifies all feeds held, or those of one member (member 0: the roster). A feed is followed up to its
// first fault; a fault of one feed does not keep the others from being looked at. Blocks on disk and
// takes about a second for 10,000 signatures.
//   Only for faults of the store as a whole: what it says when the list of feeds cannot be read.
absl::StatusOr<VerifyReport> VerifyHeld(const storage::FeedStore& feeds, const replication::Roster& roster,
                                        std::optional<replication::Member> member,
                                        const replication::Crypto& crypto = replication::SodiumCrypto());

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_VERIFIER_H_
