#include "node/accounts/role.h"

#include <array>

namespace hansa::node::accounts {
namespace {

constexpr std::array<const char*, 6> kNames = {"nobody", "public", "reader", "editor", "publisher", "administrator"};

}  // namespace

const char* RoleName(Role role) { return kNames.at(static_cast<std::size_t>(role)); }

std::optional<Role> RoleNamed(absl::string_view word) {
  for (const Role role : {Role::kReader, Role::kEditor, Role::kPublisher, Role::kAdministrator}) {
    if (word == RoleName(role)) return role;
  }
  return std::nullopt;
}

}  // namespace hansa::node::accounts
