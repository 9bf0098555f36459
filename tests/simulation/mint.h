// Where a simulated network gets its keys and its cryptography: a fast one that nobody inside can cheat, or the real.
// The fast one is no cryptography: its hash is easy to break for whoever tries, and nobody in here does.
#ifndef HANSA_TESTS_SIMULATION_MINT_H_
#define HANSA_TESTS_SIMULATION_MINT_H_

#include <cstdint>
#include <map>
#include <memory>

#include "replication/crypto.h"
#include "tests/simulation/chance.h"

namespace hansa::simulation {

using Key = std::shared_ptr<replication::Signer>;

// A hash of 256 bits that mixes words, and signatures that are hashes over a secret which only the key's Signer and
// this table know: unforgeable by construction. Points that no Signer was made for are no valid points.
class FastCrypto final : public replication::Crypto {
 public:
  replication::Hash Sha256(replication::BytesView message) const override;
  bool Verify(const replication::PublicKey& key, replication::BytesView message,
              const replication::Signature& signature) const override;
  bool IsValidPoint(const replication::PublicKey& key) const override { return secrets_.contains(key); }

  // The same seed gives the same key.
  Key SignerFrom(const replication::Seed& seed);

 private:
  std::map<replication::PublicKey, std::uint64_t> secrets_;
};

// Not thread-safe. Must outlive everything it made.
class Mint {
 public:
  Mint(Chance chance, bool is_real) : chance_(chance), is_real_(is_real) {}

  const replication::Crypto& crypto() const {
    return is_real_ ? replication::SodiumCrypto() : static_cast<const replication::Crypto&>(fast_);
  }
  Key NewKey();

 private:
  Chance chance_;
  const bool is_real_;
  FastCrypto fast_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_MINT_H_
