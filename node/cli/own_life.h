// How the member of a data folder stands by the roster, and which keys lie there: asked of the running node, else read
// from the folder.
#ifndef HANSA_NODE_CLI_OWN_LIFE_H_
#define HANSA_NODE_CLI_OWN_LIFE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/cli/command.h"
#include "node/cli/invocation.h"
#include "replication/bytes.h"
#include "replication/roster_state.h"

namespace hansa::node::cli {

// As far as it can be known.
struct OwnLife {
  std::uint32_t member = 0;                           // 0: not known
  std::uint32_t incarnation = 0;                      // likewise
  std::optional<replication::PublicKey> writer = {};  // of that incarnation
  std::vector<std::string> unsealed = {};             // lists of ends to sign; known to a running node alone
  bool is_running = false;
  bool in_sync = false;
  std::string fence = {};
  std::string state = {};                            // of a member: as `hansa members` says it
  std::vector<replication::PublicKey> earlier = {};  // keys of its earlier incarnations

  // The list of members knows `key` as one that another has taken the place of.
  bool IsEarlier(const std::optional<replication::PublicKey>& key) const;
};

// `state` where it says that a membership has ended: "retired", "compromised"; else empty.
std::string HowItEnded(const std::string& state);

// Of a member, by the roster that a folder holds.
OwnLife LifeOf(const replication::MemberRecord& member);
// The running node's answer.
absl::StatusOr<OwnLife> AskOwnLife(NodeClient& node);
// From the running node; else from what the folder holds; else nothing is known.
//   NOT_FOUND            nothing was set up in the folder
//   FAILED_PRECONDITION  a node that cannot be reached holds it
absl::StatusOr<OwnLife> FindOwnLife(const Invocation& invocation);
// What --member and --incarnation say, where the folder does not know it.
//   INVALID_ARGUMENT  only one of them, or the folder knows better
absl::Status TakeWhatWasTold(const Values& values, OwnLife& life);

// The public half of the key at `path`; nullopt where there is none.
// Errors as ReadKey.
absl::StatusOr<std::optional<replication::PublicKey>> PublicKeyAt(const std::string& path);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_OWN_LIFE_H_
