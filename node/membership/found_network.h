// Founds a network: the keys that speak for it, its root document, the first entries of its roster
// and the hub's own data folder. Promise: all of it or nothing; a founding that fails leaves no
// file behind, and one that succeeds is a roster every node judges to be valid.
#ifndef HANSA_NODE_MEMBERSHIP_FOUND_NETWORK_H_
#define HANSA_NODE_MEMBERSHIP_FOUND_NETWORK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "replication/bytes.h"

namespace hansa::node::membership {

struct FoundOptions {
  std::string name;             // of the network
  std::string out;              // folder; made if it is not there, and holds no network yet
  std::string hub;              // HOST:PORT where members will reach the hub
  std::uint32_t root_keys = 1;  // 1 to 16
  std::uint32_t threshold = 1;  // root signatures needed, 1 to root_keys
  std::uint32_t officers = 1;   // 1 to 16
  std::uint32_t approvals = 1;  // officers' approvals needed, 1 to officers
  std::string language;         // BCP 47 tag of `name`; empty: not said
  // The hub's own name as a member. Its slug is int-uil.
  std::string secretariat = "UNESCO Institute for Lifelong Learning";
  absl::Time now = absl::Now();  // shown beside the first entries; decides nothing
};

struct FoundedNetwork {
  replication::NetworkId network;
  std::string charter;                    // OUT/charter.json, the public file
  std::string hub_folder;                 // OUT/hub, the hub's data folder
  std::vector<std::string> root_keys;     // OUT/root.key, or OUT/root-1.key …: to be moved away
  std::vector<std::string> officer_keys;  // OUT/officer.key, or OUT/officer-1.key …
};

// The roster begins with exactly four entries in one batch: POLICY, approved by the officers just
// made; FRAMEWORK; NETWORK_INFO; and the hub as member 1, int-uil.
//   INVALID_ARGUMENT     a name, endpoint, language or number that cannot be used
//   FAILED_PRECONDITION  `out` holds a network already
//   RESOURCE_EXHAUSTED   the disk is full
absl::StatusOr<FoundedNetwork> FoundNetwork(const FoundOptions& options);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_FOUND_NETWORK_H_
