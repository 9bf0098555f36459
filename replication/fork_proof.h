// Proof that a feed has two histories, both signed by its author: two checkpoints that no one chain passes through, and
// the headers that show it. Whoever knows the author's key can check it, whoever brings it.
// Promise: it cannot be made of one honest chain, nor without the author's key.
#ifndef HANSA_REPLICATION_FORK_PROOF_H_
#define HANSA_REPLICATION_FORK_PROOF_H_

#include <cstddef>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/feed.h"
#include "replication/frames.h"
#include "replication/transfer_unit.h"

namespace hansa::replication {

inline constexpr std::size_t kForkHeadersMax = kUnitEntriesMax;
inline constexpr std::size_t kForkProofBytesMax = 900 * 1024;  // encoded; a frame that carries one fits a message

// Whether `proof` proves that `author` has forked its feed: both checkpoints are of the feed and signed by its key, and
//   - of equal length, with other heads and no headers; or
//   - `a` is the shorter, the headers are those from a.len + 1 to b.len, each the next one's prev, the last one b's
//   head,
//     and the first does not name a's head.
// Says nothing of seals: a sealed feed needs no proof.
//   INVALID_ARGUMENT  it does not, or it is over a limit
absl::Status CheckForkProof(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                            const ForkProof& proof);

// The proof that two checkpoints of one length make; nullopt where they make none.
std::optional<ForkProof> ProveFork(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                                   const Checkpoint& own, const Checkpoint& other);
// The proof that our end and a unit of another branch make; nullopt where they make none, as when the unit ends before
// `own`, begins beyond the entry after it, follows it, or is not signed. What else may be wrong with the unit, such as
// a payload that is absent, does not matter.
std::optional<ForkProof> ProveFork(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                                   const Checkpoint& own, const TransferUnit& other);

// For keeping: feed_id ‖ a ‖ b ‖ u32 n ‖ n × (header ‖ ext), a checkpoint as u64 len ‖ head ‖ sig. HANSA_CHECKs that
// both are of one feed.
Bytes EncodeForkProof(const ForkProof& proof);
// Checks the layout only; CheckForkProof judges the content.
//   INVALID_ARGUMENT  cut short, trailing bytes, over a limit
absl::StatusOr<ForkProof> DecodeForkProof(BytesView bytes);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FORK_PROOF_H_
