// charter.json: the public file that every member of a network starts from. Trust begins with the
// root document in it; the name and the hubs are there to find the way, and are not signed.
#ifndef HANSA_NODE_CHARTER_H_
#define HANSA_NODE_CHARTER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "replication/root_document.h"

namespace hansa::node {

struct HubAddress {
  std::string endpoint;                // host:port
  std::vector<replication::Pin> pins;  // keys it may show
  friend bool operator==(const HubAddress&, const HubAddress&) = default;
};

struct Charter {
  std::string name;
  replication::SignedRoot root;  // version 1, as signed
  std::vector<HubAddress> hubs;
  friend bool operator==(const Charter&, const Charter&) = default;
};

std::string EncodeCharter(const Charter& charter);
// What comes back begins a root chain: it is version 1, signed by its own threshold.
//   INVALID_ARGUMENT  not a charter, and what is wrong with it
absl::StatusOr<Charter> DecodeCharter(const std::string& json);

// The id of the network that the charter's root document founds.
replication::NetworkId NetworkOf(const Charter& charter);

}  // namespace hansa::node

#endif  // HANSA_NODE_CHARTER_H_
