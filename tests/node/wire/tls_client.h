// A TLS client without gRPC, for what a well-behaved node would never do: any certificate or none, any TLS version,
// and a look at the very bytes that come back.
#ifndef HANSA_TESTS_NODE_WIRE_TLS_CLIENT_H_
#define HANSA_TESTS_NODE_WIRE_TLS_CLIENT_H_

#include <cstdint>
#include <string>

#include "replication/bytes.h"
#include "replication/crypto.h"

namespace hansa::node::wire {

struct TestCertificate {
  std::string key_pem;
  std::string certificate_pem;
};

// Self-signed, valid from 1980 to 1990, without names. `seed` decides the key.
TestCertificate ExpiredEd25519Certificate(const replication::Seed& seed);
// Self-signed with a new key of that type.
TestCertificate P256Certificate();
TestCertificate RsaCertificate();

// A seed of 32 equal bytes.
replication::Seed TestSeed(std::uint8_t byte);

struct TlsAttempt {
  bool connected = false;
  bool handshake = false;   // as the client saw it; under TLS 1.3 the server may still refuse
  std::string version;      // "TLSv1.3", …
  std::string alpn;         // what the server chose
  std::string application;  // the first bytes the server sent after the handshake; empty if it hung up
  std::string session;      // what a later attempt may resume; empty if the server gave nothing
  bool resumed = false;
  // Whether the server hung up, rather than staying silent for ten seconds.
  bool hung_up = false;
};

struct TlsClientOptions {
  const TestCertificate* certificate = nullptr;  // null: shows none
  bool only_tls12 = false;
  // From an attempt before; null: a full handshake.
  const std::string* session = nullptr;
};

// Connects to "127.0.0.1:port", does the handshake and reads once.
TlsAttempt TryTls(const std::string& address, const TlsClientOptions& options);

// A TCP connection to "127.0.0.1:port" that says nothing. -1 if it was refused.
int ConnectSilently(const std::string& address);

}  // namespace hansa::node::wire

#endif  // HANSA_TESTS_NODE_WIRE_TLS_CLIENT_H_
