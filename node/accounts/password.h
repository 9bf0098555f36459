// Passwords as they are kept: argon2id, so that a stolen file costs whoever tries to guess much time and memory.
#ifndef HANSA_NODE_ACCOUNTS_PASSWORD_H_
#define HANSA_NODE_ACCOUNTS_PASSWORD_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::accounts {

struct PasswordCost {
  std::size_t memory_bytes = 64 * 1024 * 1024;
  unsigned long long passes = 3;
};

// Two are computed at once in a process, and a few more wait; from any thread.
//   UNAVAILABLE  as many wait already, or there is no memory for it; says to try again

// What is kept of `password`: text that names the salt and the cost as well.
absl::StatusOr<std::string> HashedPassword(absl::string_view password, const PasswordCost& cost);
// Whether `password` is the one that `hashed` was made of.
absl::StatusOr<bool> IsPassword(absl::string_view password, const std::string& hashed);

// In the form of HashedPassword, of no password: what is compared with where there is no account, so that it takes as
// long.
std::string HashOfNobody(const PasswordCost& cost);

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_PASSWORD_H_
