// Whom to dial now, and when to try again: full jitter between one second and five minutes, so that a hub that comes
// back is not met by everybody at once. Pure: time and chance are arguments.
#ifndef HANSA_NODE_DAEMON_DIALLER_H_
#define HANSA_NODE_DAEMON_DIALLER_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "replication/dial_plan.h"

namespace hansa::node {

// One address as it stands.
struct DialState {
  replication::DialTarget target;
  enum class Stage { kWaiting, kDialling, kConnected } stage = Stage::kWaiting;
  absl::Time next = absl::InfinitePast();  // valid while waiting
  int failures = 0;                        // in a row; a stream that lasted ends the row
  absl::Time opened;                       // valid while connected
  std::string last_error;                  // in words; empty after a success
  bool away = false;                       // that error was that nobody answered
};

// Not thread-safe.
class PeerDialler {
 public:
  // Addresses no longer named are forgotten unless they are connected.
  void SetTargets(const std::vector<replication::DialTarget>& targets);

  // Targets to dial now; each counts as being dialled from here on. A target one of whose keys is in `connected` waits.
  std::vector<replication::DialTarget> Due(absl::Time now, const std::set<replication::Pin>& connected);

  void Opened(const std::string& address, absl::Time now);
  // A dial failed, or a stream that was dialled ended; `why` may be OK, and has a code of wire::DialFailed where it met
  // nobody. `chance` is uniform in [0, 1); `pause_max` caps the wait.
  void Failed(const std::string& address, const absl::Status& why, absl::Time now, double chance,
              absl::Duration pause_max);

  absl::Time deadline() const;
  const std::map<std::string, DialState>& states() const { return states_; }

 private:
  std::map<std::string, DialState> states_;
};

// A stream that lasted this long was a success.
inline constexpr absl::Duration kLasting = absl::Minutes(1);
inline constexpr absl::Duration kDialPauseMin = absl::Seconds(1);
inline constexpr absl::Duration kDialPauseMax = absl::Minutes(5);
// A node that is not in its own roster yet waits at most this long.
inline constexpr absl::Duration kDialPauseMaxUnlisted = absl::Seconds(15);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_DIALLER_H_
