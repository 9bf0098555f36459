// What a process may still do once it is about to read a stranger's file: compute, write to what is open, and end. No
// file, no socket, no other process; so much memory and so much time.
#ifndef HANSA_NODE_IMPORTING_CONFINEMENT_H_
#define HANSA_NODE_IMPORTING_CONFINEMENT_H_

#include <cstdint>

#include "absl/status/status.h"

namespace hansa::node::importing {

struct Allowance {
  std::uint64_t memory_bytes = 256 * 1024 * 1024;
  unsigned processor_seconds = 10;
};

// Confines this process for good. Anything else it tries ends it.
//   UNAVAILABLE  the machine cannot confine a process; nothing may be read then
absl::Status Confine(const Allowance& allowance);

}  // namespace hansa::node::importing

#endif  // HANSA_NODE_IMPORTING_CONFINEMENT_H_
