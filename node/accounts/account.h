// An officer's account on this node: a name, a role, and how its owner proves who they are. Names are of this node
// alone; nothing of an account ever leaves it.
#ifndef HANSA_NODE_ACCOUNTS_ACCOUNT_H_
#define HANSA_NODE_ACCOUNTS_ACCOUNT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/accounts/role.h"

namespace hansa::node::accounts {

inline constexpr std::size_t kAccountsMax = 200;
inline constexpr std::size_t kNameCharactersMax = 60;
inline constexpr std::size_t kDepartmentsMax = 20;  // of one account
inline constexpr std::size_t kPasswordCharactersMin = 12;
inline constexpr std::size_t kPasswordBytesMax = 1024;
inline constexpr absl::Duration kLinkLife = absl::Hours(24);

struct Account {
  std::string name;  // NFC, one line, at most kNameCharactersMax characters; unique however it is written
  Role role = Role::kReader;
  std::vector<std::string> departments = {};  // of an editor who prepares their cells alone; else empty
  std::string password = {};                  // as HashedPassword; empty: its owner has not chosen one yet
  std::string link = {};                      // SHA-256 of the link that is open, in hex; empty: none is
  std::uint64_t link_until_ms = 0;            // Unix milliseconds
  std::uint64_t added_ms = 0;
  std::uint64_t password_ms = 0;  // when the password was chosen; 0: never
  std::string code_secret = {};   // of one-time codes, in Base32; empty: the password alone lets in
  std::uint64_t code_step = 0;    // of the last code that was used
  // Another one after each change of password, role or departments: what was begun under an older one has ended.
  std::string stamp = {};
  friend bool operator==(const Account&, const Account&) = default;
};

// `name` in NFC without white space around it.
//   INVALID_ARGUMENT  empty, too long, or with what may not be shown
absl::StatusOr<std::string> CleanName(absl::string_view name);
// `password` in NFC, so that it is the same on every keyboard. Only its length counts, and that it is not the name.
//   INVALID_ARGUMENT  shorter than kPasswordCharactersMin, longer than kPasswordBytesMax, not UTF-8, or the name
absl::StatusOr<std::string> CleanNewPassword(absl::string_view name, absl::string_view password);
// What somebody types to sign in, in the same form; empty where it can be no password.
std::string TypedPassword(absl::string_view password);

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_ACCOUNT_H_
