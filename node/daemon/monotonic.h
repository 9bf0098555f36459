// The clock by which a node waits: monotonic, and going on while the machine sleeps. No decision reads the wall clock.
#ifndef HANSA_NODE_DAEMON_MONOTONIC_H_
#define HANSA_NODE_DAEMON_MONOTONIC_H_

#include <ctime>

#include "absl/time/time.h"
#include "replication/check.h"

namespace hansa::node {

// Time since the machine started, counted from the Unix epoch.
inline absl::Time MonotonicNow() {
  timespec now{};
  HANSA_CHECK(clock_gettime(CLOCK_BOOTTIME, &now) == 0);
  return absl::UnixEpoch() + absl::DurationFromTimespec(now);
}

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_MONOTONIC_H_
