// Codes that an authenticator app shows, beside the password: RFC 6238 with SHA-1, six digits and 30 seconds, which is
// what every such app knows. Pure but for chance.
#ifndef HANSA_NODE_ACCOUNTS_ONE_TIME_CODE_H_
#define HANSA_NODE_ACCOUNTS_ONE_TIME_CODE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hansa::node::accounts {

// 160 random bits in Base32, as people type it into an app: 32 of A-Z 2-7.
std::string NewCodeSecret();
// nullopt: not Base32.
std::optional<std::string> FromBase32(absl::string_view text);

// Which code it is time for.
std::uint64_t StepAt(absl::Time time);
// The code of that step, of `digits` digits, for the bytes of a secret.
std::string CodeAt(absl::string_view secret, std::uint64_t step, int digits = 6);
// The step that `typed` is the code of, spaces aside: the present one or the one before or after it, since no two
// clocks are the same, and later than `used`, since each is good once. nullopt: of none.
std::optional<std::uint64_t> StepOf(absl::string_view typed, const std::string& secret, std::uint64_t now,
                                    std::uint64_t used);

// What an app reads off a picture, or opens as a link.
std::string CodeAddress(absl::string_view account, absl::string_view secret);

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_ONE_TIME_CODE_H_
