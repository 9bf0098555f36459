// Random texts that prove something: of a link, of a session. What is kept of one is its hash. Pure but for chance.
#ifndef HANSA_NODE_ACCOUNTS_SECRET_TOKEN_H_
#define HANSA_NODE_ACCOUNTS_SECRET_TOKEN_H_

#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::accounts {

// 256 bits as 43 characters of A-Z a-z 0-9 - _.
std::string RandomToken();
// SHA-256, in hex.
std::string HashOf(absl::string_view text);
// What only who has `token` can make for `purpose` (HMAC-SHA-256), as 43 characters; it does not lead back to the
// token.
std::string MacOf(absl::string_view token, absl::string_view purpose);
// Takes as long whatever differs.
bool IsSameSecret(absl::string_view a, absl::string_view b);
// 64 random bits, in hex.
std::string RandomStamp();

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_SECRET_TOKEN_H_
