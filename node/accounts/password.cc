#include "node/accounts/password.h"

#include <sodium.h>

#include <array>

#include "absl/base/thread_annotations.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

constexpr int kAtOnce = 2;
constexpr int kWaitingMax = 4;

absl::Status TooMany() { return absl::UnavailableError("too many sign in at this moment; try again in a few seconds"); }

// Whose turn it is to take the time and memory of a password.
class Turns {
 public:
  absl::Status Take() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    if (waiting_ >= kWaitingMax) return TooMany();
    ++waiting_;
    mutex_.Await(absl::Condition(
        +[](int* busy) { return *busy < kAtOnce; }, &busy_));
    --waiting_;
    ++busy_;
    return absl::OkStatus();
  }
  void GiveBack() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    --busy_;
  }

 private:
  absl::Mutex mutex_;
  int busy_ ABSL_GUARDED_BY(mutex_) = 0;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
};

Turns& TurnsOfThisProcess() {
  static Turns& turns = *new Turns();  // outlives every thread
  return turns;
}

class Turn {
 public:
  Turn() : taken_(TurnsOfThisProcess().Take()) {}
  ~Turn() {
    if (taken_.ok()) TurnsOfThisProcess().GiveBack();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  const absl::Status& taken() const { return taken_; }

 private:
  const absl::Status taken_;
};

// As the library writes 16 and 32 bytes.
std::string Base64(std::size_t bytes) {
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  const std::string text = absl::Base64Escape(raw);
  return text.substr(0, text.find('='));
}

}  // namespace

absl::StatusOr<std::string> HashedPassword(absl::string_view password, const PasswordCost& cost) {
  HANSA_CHECK(sodium_init() >= 0);
  const Turn turn;
  HANSA_RETURN_IF_ERROR(turn.taken());
  std::array<char, crypto_pwhash_STRBYTES> hashed{};
  const int failed = crypto_pwhash_str_alg(hashed.data(), password.data(), password.size(), cost.passes,
                                           cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return TooMany();  // there is no memory for it
  return std::string(hashed.data());
}

absl::StatusOr<bool> IsPassword(absl::string_view password, const std::string& hashed) {
  HANSA_CHECK(sodium_init() >= 0);
  if (hashed.size() >= crypto_pwhash_STRBYTES) return false;
  const Turn turn;
  HANSA_RETURN_IF_ERROR(turn.taken());
  return crypto_pwhash_str_verify(hashed.c_str(), password.data(), password.size()) == 0;
}

std::string HashOfNobody(const PasswordCost& cost) {
  HANSA_CHECK(sodium_init() >= 0);
  return absl::StrFormat("$argon2id$v=19$m=%u,t=%u,p=1$%s$%s", cost.memory_bytes / 1024, cost.passes,
                         Base64(crypto_pwhash_SALTBYTES), Base64(32));
}

}  // namespace hansa::node::accounts
