// The links of one wire by number, how many there are of each peer, and the way to the node. It
// outlives every link.
#ifndef HANSA_NODE_WIRE_SWITCHBOARD_H_
#define HANSA_NODE_WIRE_SWITCHBOARD_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "node/timed_condition.h"
#include "node/wire/errands.h"
#include "node/wire/flow.h"
#include "node/wire/wire_event.h"

namespace hansa::node::wire {

class Link;

// Bounds of one wire. What is not given keeps the default of an ordinary node.
struct WireLimits {
  FlowLimits flow = {};
  std::size_t inbound_links = 64;            // above it a newcomer gets Close(BUSY)
  std::size_t inbound_links_of_one_key = 4;  // the same
  std::size_t connections = 128;             // TCP, inbound; above it a newcomer is reset
  // Of one IP address (IPv6: of one /64), before a listed key has opened a stream.
  std::size_t unproven_connections_of_one_address = 8;
  std::size_t new_connections_per_second_of_one_address = 20;
  std::chrono::milliseconds dial{10'000};     // from Dial() to LinkOpened
  std::chrono::milliseconds goodbye{5'000};   // for the last frame to get through
  std::chrono::milliseconds shutdown{2'000};  // for all of them
};

// Thread-safe.
class Switchboard {
 public:
  using Sink = std::function<void(WireEvent)>;

  Switchboard(Sink sink, WireLimits limits) : limits_(limits), sink_(std::move(sink)) {}

  const WireLimits& limits() const { return limits_; }
  Errands& errands() { return errands_; }
  // With no lock held. Never after Wire::Shutdown() has returned.
  void Tell(WireEvent event) { sink_(std::move(event)); }

  // Room for one more stream that `peer` has opened. False when a bound is reached or the wire is
  // shutting down; each true is given back by Depart().
  [[nodiscard]] bool Admit(const replication::Pin& peer) ABSL_LOCKS_EXCLUDED(mutex_);
  void Depart(const replication::Pin& peer) ABSL_LOCKS_EXCLUDED(mutex_);

  // A stream exists from Enter(), before its first reaction, to Exit(), after its last. False when
  // the wire is shutting down. From Open() on it can be found by its number.
  [[nodiscard]] bool Enter(const std::shared_ptr<Link>& link) ABSL_LOCKS_EXCLUDED(mutex_);
  void Open(LinkId link) ABSL_LOCKS_EXCLUDED(mutex_);
  void Exit(LinkId link) ABSL_LOCKS_EXCLUDED(mutex_);
  // Null if there is none, or no longer.
  std::shared_ptr<Link> Find(LinkId link) const ABSL_LOCKS_EXCLUDED(mutex_);

  // Lets nobody in any more and returns all there are, open or on the way.
  std::vector<std::shared_ptr<Link>> CloseDoors() ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits until every stream is gone. False if that takes longer.
  bool WaitUntilEmpty(std::chrono::milliseconds patience) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const WireLimits limits_;
  const Sink sink_;
  Errands errands_;

  mutable absl::Mutex mutex_;
  TimedCondition emptied_;
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  std::size_t inbound_ ABSL_GUARDED_BY(mutex_) = 0;  // sum over inbound_by_key_
  std::map<replication::Pin, std::size_t> inbound_by_key_ ABSL_GUARDED_BY(mutex_);
  struct Place {
    std::shared_ptr<Link> link;
    bool open = false;
  };
  std::map<LinkId, Place> links_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_SWITCHBOARD_H_
