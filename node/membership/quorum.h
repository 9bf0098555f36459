// How many of a network's keys must act together.
#ifndef HANSA_NODE_MEMBERSHIP_QUORUM_H_
#define HANSA_NODE_MEMBERSHIP_QUORUM_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hansa::node::membership {

struct Quorum {
  absl::string_view keys_name;  // "root keys"
  std::uint32_t keys;
  absl::string_view needed_name;  // "threshold"
  std::uint32_t needed;
};

//   INVALID_ARGUMENT  no such number of keys is possible, or no such number of them
absl::Status CheckQuorum(const Quorum& quorum);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_QUORUM_H_
