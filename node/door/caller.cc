#include "node/door/caller.h"

#include "absl/strings/str_cat.h"

namespace hansa::node::door {

absl::Status MayCall(const Caller& caller, accounts::Role needs) {
  if (caller.role >= needs) return absl::OkStatus();
  if (caller.account.empty()) return absl::UnauthenticatedError("sign in first; this is not shown to all");
  return absl::PermissionDeniedError(absl::StrCat("this takes the role of ", accounts::RoleName(needs),
                                                  ", and your account has that of ", accounts::RoleName(caller.role),
                                                  "; an administrator can change that"));
}

}  // namespace hansa::node::door
