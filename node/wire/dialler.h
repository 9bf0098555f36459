// The side that dials: one channel, one handshake and one stream for each dial.
#ifndef HANSA_NODE_WIRE_DIALLER_H_
#define HANSA_NODE_WIRE_DIALLER_H_

#include <memory>
#include <set>
#include <string>

#include "node/wire/switchboard.h"
#include "node/wire/tls_identity.h"
#include "replication/bytes.h"

namespace hansa::node::wire {

// One attempt to reach `address` ("host:port") and a key among `expected` (empty: any Ed25519 key).
// Returns at once; tells LinkOpened or DialFailed later, on another thread. Nothing is told if the
// wire is shutting down.
void Dial(const std::shared_ptr<Switchboard>& switchboard, const TlsIdentity& identity, const std::string& address,
          std::set<replication::Pin> expected);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_DIALLER_H_
