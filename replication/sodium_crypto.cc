// Crypto by libsodium (signatures) and libcrypto (SHA-256 with hardware support).
#include <openssl/evp.h>
#include <sodium.h>

#include "replication/check.h"
#include "replication/crypto.h"

namespace hansa::replication {
namespace {

const unsigned char* Raw(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

void StartSodium() {
  static const int started = sodium_init();
  HANSA_CHECK(started >= 0);
}

// A context for each thread: fetching the algorithm costs more than hashing a header.
struct Sha256Context {
  EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  ~Sha256Context() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
  }
};

class SodiumCryptoImpl final : public Crypto {
 public:
  SodiumCryptoImpl() { StartSodium(); }

  Hash Sha256(BytesView message) const override {
    thread_local Sha256Context sha;
    Hash hash;
    unsigned int size = 0;
    HANSA_CHECK(EVP_DigestInit_ex2(sha.context, sha.algorithm, nullptr) == 1);
    HANSA_CHECK(EVP_DigestUpdate(sha.context, message.data(), message.size()) == 1);
    HANSA_CHECK(EVP_DigestFinal_ex(sha.context, hash.data(), &size) == 1 && size == Hash::kSize);
    return hash;
  }

  bool Verify(const PublicKey& key, BytesView message, const Signature& signature) const override {
    return crypto_sign_verify_detached(signature.data(), Raw(message), message.size(), key.data()) == 0;
  }

  bool IsValidPoint(const PublicKey& key) const override { return crypto_core_ed25519_is_valid_point(key.data()) == 1; }
};

class SodiumKey final : public Signer {
 public:
  explicit SodiumKey(const Seed& seed) {
    StartSodium();
    crypto_sign_seed_keypair(public_.data(), secret_, seed.data());
  }
  SodiumKey(const SodiumKey&) = delete;
  SodiumKey& operator=(const SodiumKey&) = delete;
  ~SodiumKey() override { sodium_memzero(secret_, sizeof secret_); }

  PublicKey public_key() const override { return public_; }
  Signature Sign(BytesView message) const override {
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, Raw(message), message.size(), secret_);
    return signature;
  }

 private:
  PublicKey public_;
  unsigned char secret_[crypto_sign_SECRETKEYBYTES];
};

}  // namespace

const Crypto& SodiumCrypto() {
  static const SodiumCryptoImpl crypto;
  return crypto;
}

std::unique_ptr<Signer> SodiumSigner(const Seed& seed) { return std::make_unique<SodiumKey>(seed); }

Pin PinOf(const Crypto& crypto, const PublicKey& tls_key) {
  // SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING }, RFC 8410 section 4.
  static constexpr char kSpkiPrefix[] = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";
  const Hash hash = crypto.Sha256(ByteWriter().Raw(BytesView(kSpkiPrefix, 12)).Raw(tls_key.view()).bytes());
  return *Pin::From(hash.view());
}

}  // namespace hansa::replication
