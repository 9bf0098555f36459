// The founding of a network in memory: keys, root document and the first batch of its roster, all
// signed and judged before anything is written. found_network.h puts it on disk.
#ifndef HANSA_NODE_MEMBERSHIP_FOUNDING_H_
#define HANSA_NODE_MEMBERSHIP_FOUNDING_H_

#include <vector>

#include "absl/status/statusor.h"
#include "node/charter.h"
#include "node/membership/found_network.h"
#include "node/node_folder.h"
#include "replication/crypto.h"
#include "replication/transfer_unit.h"

namespace hansa::node::membership {

struct FoundingKeys {
  std::vector<replication::Seed> roots;
  std::vector<replication::Seed> officers;
  replication::Seed roster;  // writes the roster
  replication::Seed writer;  // the hub's own feeds
  replication::Seed tls;     // shown by the hub
};
FoundingKeys RandomKeys(const FoundOptions& options);

// `options` with texts in NFC, and the hub's identity.
//   INVALID_ARGUMENT  something in them cannot be used; says what and what to give instead
absl::StatusOr<FoundOptions> CleanOptions(FoundOptions options);
Identity HubIdentity(const FoundOptions& options);

// `options` as CleanOptions gave them.
Charter CharterOf(const FoundOptions& options, const FoundingKeys& keys);

// The four entries, one batch, signed by the roster key.
//   INTERNAL  the roster's own law finds one void: never returned by a sound program
absl::StatusOr<replication::VerifiedUnit> FirstEntries(const FoundOptions& options, const FoundingKeys& keys,
                                                       const Charter& charter);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_FOUNDING_H_
