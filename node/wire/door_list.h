// Who is in: the connections that were let in and have not ended, counted in all and by address.
#ifndef HANSA_NODE_WIRE_DOOR_LIST_H_
#define HANSA_NODE_WIRE_DOOR_LIST_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace hansa::node::wire {

struct DoorLimits {
  std::size_t connections = 128;
  // Of one address, before a listed key has opened a stream on it.
  std::size_t unproven_of_one_address = 8;
  std::size_t new_per_second_of_one_address = 20;
};

// A connection as the kernel names it. A descriptor's number is used again; its inode is not while
// the process lives.
struct Connection {
  int fd = -1;
  std::uint64_t inode = 0;
  std::string peer;     // "192.0.2.7:50123"
  std::string address;  // what is counted: the IPv4 address, or the /64 of an IPv6 one
};

// Thread-safe.
class DoorList {
 public:
  using Clock = std::chrono::steady_clock;

  explicit DoorList(DoorLimits limits) : limits_(limits) {}

  // Writes the connection down and returns true, or returns false: a limit is reached and it must
  // go.
  [[nodiscard]] bool Admit(const Connection& connection, Clock::time_point now) ABSL_LOCKS_EXCLUDED(mutex_);
  void Proven(const std::string& peer) ABSL_LOCKS_EXCLUDED(mutex_);
  std::size_t size() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Guest {
    Connection connection;
    bool proven = false;
  };
  // How many more may come from one address now; refilled with time.
  struct Allowance {
    double left = 0;
    Clock::time_point as_of;
  };

  // Strikes out those whose descriptor is closed or means something else by now.
  void ForgetTheGone() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Forget(std::map<std::string, Guest>::iterator guest) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool TakeAllowance(const std::string& address, Clock::time_point now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const DoorLimits limits_;
  mutable absl::Mutex mutex_;
  std::map<std::string, Guest> guests_ ABSL_GUARDED_BY(mutex_);                     // by peer
  std::map<std::string, std::size_t> unproven_by_address_ ABSL_GUARDED_BY(mutex_);  // none is 0
  std::map<std::string, Allowance> allowances_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_DOOR_LIST_H_
