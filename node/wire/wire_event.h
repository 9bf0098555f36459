// What the wire tells the node. A link is one stream; its events come in order: LinkOpened, any
// number of FrameArrived, LinkEnded.
#ifndef HANSA_NODE_WIRE_WIRE_EVENT_H_
#define HANSA_NODE_WIRE_WIRE_EVENT_H_

#include <cstdint>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "replication/bytes.h"
#include "replication/frames.h"

namespace hansa::node::wire {

// Never reused within a process; the first is 1.
using LinkId = std::uint64_t;

struct LinkOpened {
  LinkId link = 0;
  replication::Pin peer;  // of the key that the peer proved to hold
  bool dialled_by_us = false;
  std::string address;  // as dialled, or where the peer came from
};

struct FrameArrived {
  LinkId link = 0;
  replication::Frame frame;
};

// Exactly once after LinkOpened.
struct LinkEnded {
  LinkId link = 0;
  // OK: one side ended it in order. Otherwise, in words for a person:
  //   INVALID_ARGUMENT, RESOURCE_EXHAUSTED  the peer sent what is not a frame, or one too large
  //   UNIMPLEMENTED                         the peer sent a frame of a kind this version does not know
  //   INTERNAL                              we had a frame to send that is too large
  //   UNAVAILABLE and others                the connection was lost
  absl::Status why;
};

// A dial that came to nothing.
struct DialFailed {
  std::string address;
  // In words for a person:
  //   INVALID_ARGUMENT   not an address
  //   NOT_FOUND          the name does not exist
  //   UNAVAILABLE        nobody listens there, or it turned us away before the handshake
  //   UNAUTHENTICATED    the key shown is not one of those expected
  //   PERMISSION_DENIED  it refused our key: its roster does not list it (yet)
  //   DEADLINE_EXCEEDED  no answer in time
  absl::Status why;
};

using WireEvent = std::variant<LinkOpened, FrameArrived, LinkEnded, DialFailed>;

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_WIRE_EVENT_H_
