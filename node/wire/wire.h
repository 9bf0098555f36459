// The node's only door for foreign bytes: streams of frames to and from other nodes, over TLS with
// both keys pinned. It knows keys and frames and nothing of what they mean; it keeps no state of
// the protocol, dials only when told and never twice. Promise: a key that was never listed never
// reaches HTTP/2, and every queue has a bound.
#ifndef HANSA_NODE_WIRE_WIRE_H_
#define HANSA_NODE_WIRE_WIRE_H_

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "node/wire/listener.h"
#include "node/wire/pin_verifier.h"
#include "node/wire/switchboard.h"
#include "node/wire/tls_identity.h"
#include "node/wire/wire_event.h"
#include "replication/crypto.h"
#include "replication/frames.h"

namespace hansa::node::wire {

// Thread-safe.
class Wire {
 public:
  struct Options {
    replication::Seed tls_seed;
    // "host:port"; port 0 picks a free one; empty: nobody can dial us.
    std::string listen;
    // Called on gRPC's threads, several at once, though one link's events come one after another.
    // Must not block: hand the event on and return. May call back, except Shutdown().
    std::function<void(WireEvent)> sink;
    WireLimits limits;
  };

  // Listens if asked to; lets nobody in until AcceptOnly(). Errors as of Listener::Start().
  // The first Start() of a process changes its environment (quiet_grpc.h): call it before other
  // threads run.
  static absl::StatusOr<std::unique_ptr<Wire>> Start(Options options);
  // Shuts down first.
  ~Wire();

  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // host:port in use; empty if nobody can dial us.
  std::string listen_address() const;
  // Of our own key.
  const replication::Pin& pin() const { return identity_.pin; }

  // The keys that may dial us, in place of those before. Counts from the next handshake and the
  // next stream; links that are open stay.
  void AcceptOnly(std::set<replication::Pin> listed);

  // One attempt, never repeated. Ends in LinkOpened or DialFailed, on another thread and within
  // `limits.dial`. `expected` is which keys may answer; empty: any, and the caller must not trust
  // what it hears.
  void Dial(const std::string& address, std::set<replication::Pin> expected);

  // False, and drops `frame`, if the link has ended or `limits.flow.outgoing_bytes` wait already. In the latter case
  // the link is to be closed, and says so when it ends.
  [[nodiscard]] bool Say(LinkId link, const replication::Frame& frame);

  // The oldest FrameArrived of `link` has been disposed of. Reading pauses while too many have not
  // (`limits.flow.unconsumed_frames` and `unconsumed_bytes`).
  void Consumed(LinkId link);

  // Sends what waits and `last`, then ends the link; LinkEnded follows within `limits.goodbye`. No
  // FrameArrived of this link begins after Close() has returned, though one may be on its way.
  void Close(LinkId link, const std::optional<replication::CloseFrame>& last);

  // Closes every link and lets nobody in. Blocks up to about twice `limits.shutdown`; LinkEnded and
  // DialFailed are told for all there were. After it returns the sink is never called again. Once;
  // never from the sink.
  void Shutdown();

 private:
  Wire(TlsIdentity identity, std::shared_ptr<Switchboard> switchboard);

  const TlsIdentity identity_;
  const std::shared_ptr<ListedPins> listed_;
  const std::shared_ptr<Switchboard> switchboard_;
  std::unique_ptr<Listener> listener_;
  bool down_ = false;
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_WIRE_H_
