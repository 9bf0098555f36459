// Cryptography that remembers what it has checked: in one process two hundred nodes check the same signatures, and each
// is a pure function of its bytes. What is not remembered is checked in earnest.
#ifndef HANSA_TESTS_LEARNING_REMEMBERING_CRYPTO_H_
#define HANSA_TESTS_LEARNING_REMEMBERING_CRYPTO_H_

#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "replication/crypto.h"

namespace hansa::learning {

// Thread-safe.
class RememberingCrypto final : public replication::Crypto {
 public:
  replication::Hash Sha256(replication::BytesView message) const override { return sodium_.Sha256(message); }
  bool Verify(const replication::PublicKey& key, replication::BytesView message,
              const replication::Signature& signature) const override {
    return Recall(absl::StrCat(key.view(), signature.view(), sodium_.Sha256(message).view()),
                  [&] { return sodium_.Verify(key, message, signature); });
  }
  bool IsValidPoint(const replication::PublicKey& key) const override {
    return Recall(key.str(), [&] { return sodium_.IsValidPoint(key); });
  }

 private:
  template <typename Check>
  bool Recall(const std::string& question, Check check) const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const auto [at, is_new] = answers_.try_emplace(question, false);
    if (is_new) at->second = check();
    return at->second;
  }

  const replication::Crypto& sodium_ = replication::SodiumCrypto();
  mutable absl::Mutex mutex_;
  mutable std::map<std::string, bool> answers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_REMEMBERING_CRYPTO_H_
