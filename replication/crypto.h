// The only door to cryptography, so that a simulation can put a fast one in its place.
// Signatures are Ed25519 by libsodium, which refuses small-order keys; hashes are SHA-256 by libcrypto.
#ifndef HANSA_REPLICATION_CRYPTO_H_
#define HANSA_REPLICATION_CRYPTO_H_

#include <memory>

#include "absl/status/statusor.h"
#include "replication/bytes.h"

namespace hansa::replication {

// Thread-safe: implementations keep no state that a call changes visibly.
class Crypto {
 public:
  virtual ~Crypto() = default;

  virtual Hash Sha256(BytesView message) const = 0;
  // False also for a key that is not a valid point of the large subgroup.
  virtual bool Verify(const PublicKey& key, BytesView message, const Signature& signature) const = 0;
  // Canonical, on the curve, not of small order: what the roster demands of every key.
  virtual bool IsValidPoint(const PublicKey& key) const = 0;
};

// One private key that signs. Thread-safe.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual PublicKey public_key() const = 0;
  virtual Signature Sign(BytesView message) const = 0;
};

// The 32 secret bytes an Ed25519 key grows from.
using Seed = FixedBytes<struct SeedTag, 32>;

// libsodium and libcrypto. The object lives as long as the process.
const Crypto& SodiumCrypto();
std::unique_ptr<Signer> SodiumSigner(const Seed& seed);

// 302a300506032b6570032100 ‖ key, the DER SubjectPublicKeyInfo of an Ed25519 key, hashed.
Pin PinOf(const Crypto& crypto, const PublicKey& tls_key);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_CRYPTO_H_
