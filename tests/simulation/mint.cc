#include "tests/simulation/mint.h"

#include <cstring>

namespace hansa::simulation {
namespace {

using replication::BytesView;
using replication::Hash;
using replication::PublicKey;
using replication::Signature;

constexpr std::array<std::uint64_t, 4> kOdd = {0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu, 0x8EBC6AF09C88C6E3u,
                                               0x589965CC75374CC3u};

std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

struct Lanes {
  std::array<std::uint64_t, 4> lane;

  explicit Lanes(std::uint64_t key) {
    for (std::size_t i = 0; i < 4; ++i) lane[i] = Mix(key ^ kOdd[i], kOdd[(i + 1) % 4]) + kOdd[i];
  }
  void Block(const char* bytes) {
    for (std::size_t i = 0; i < 4; ++i) {
      std::uint64_t word;
      std::memcpy(&word, bytes + 8 * i, 8);
      lane[i] = Mix(lane[i] ^ word, kOdd[i]) + ((word << 23) | (word >> 41));
    }
  }
  void Absorb(BytesView message) {
    std::size_t at = 0;
    for (; at + 32 <= message.size(); at += 32) Block(message.data() + at);
    char last[32] = {};
    std::memcpy(last, message.data() + at, message.size() - at);
    Block(last);
    lane[0] ^= message.size();
  }
  Hash Digest() {
    for (int round = 0; round < 3; ++round) {
      for (std::size_t i = 0; i < 4; ++i) lane[i] = Mix(lane[i] ^ lane[(i + 1) % 4], kOdd[i]) + lane[(i + 3) % 4];
    }
    Hash hash;
    std::memcpy(hash.data(), lane.data(), Hash::kSize);
    return hash;
  }
};

Hash KeyedHash(std::uint64_t key, BytesView message) {
  Lanes lanes(key);
  lanes.Absorb(message);
  return lanes.Digest();
}

Signature SignatureBy(std::uint64_t secret, BytesView message) {
  const Hash half = KeyedHash(secret, message);
  Signature signature;
  std::memcpy(signature.data(), half.data(), Hash::kSize);
  const Hash other = KeyedHash(~secret, half.view());
  std::memcpy(signature.data() + Hash::kSize, other.data(), Hash::kSize);
  return signature;
}

class FastSigner final : public replication::Signer {
 public:
  FastSigner(const PublicKey& key, std::uint64_t secret) : key_(key), secret_(secret) {}
  PublicKey public_key() const override { return key_; }
  Signature Sign(BytesView message) const override { return SignatureBy(secret_, message); }

 private:
  const PublicKey key_;
  const std::uint64_t secret_;
};

}  // namespace

Hash FastCrypto::Sha256(BytesView message) const { return KeyedHash(0, message); }

bool FastCrypto::Verify(const PublicKey& key, BytesView message, const Signature& signature) const {
  const auto found = secrets_.find(key);
  return found != secrets_.end() && SignatureBy(found->second, message) == signature;
}

Key FastCrypto::SignerFrom(const replication::Seed& seed) {
  const PublicKey key(*PublicKey::From(KeyedHash(1, seed.view()).view()));
  std::uint64_t secret;
  std::memcpy(&secret, KeyedHash(2, seed.view()).data(), sizeof secret);
  secrets_[key] = secret;
  return std::make_shared<FastSigner>(key, secret);
}

Key Mint::NewKey() {
  const auto seed = chance_.Bytes<replication::Seed>();
  if (is_real_) return replication::SodiumSigner(seed);
  return fast_.SignerFrom(seed);
}

}  // namespace hansa::simulation
