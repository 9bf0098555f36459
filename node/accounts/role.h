// What an account may do. Each role may do what those before it may.
#ifndef HANSA_NODE_ACCOUNTS_ROLE_H_
#define HANSA_NODE_ACCOUNTS_ROLE_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace hansa::node::accounts {

// Compared by how much they may do. The numbers are those of hansa.v1.Access, which says what each is for.
enum class Role {
  kNobody = 0,  // not signed in, and nothing is shown to all
  kPublic = 1,  // not signed in, and what is published is shown to all
  kReader = 2,
  kEditor = 3,
  kPublisher = 4,
  kAdministrator = 5,
};

// "reader", "editor", "publisher", "administrator"; "public" and "nobody" of who is not signed in.
const char* RoleName(Role role);
// One of the four that an account may have; nullopt for any other word.
std::optional<Role> RoleNamed(absl::string_view word);

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_ROLE_H_
