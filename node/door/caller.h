// Who asks at the door. The site finds it out, and checks that the role suffices, before anything is asked of the node.
#ifndef HANSA_NODE_DOOR_CALLER_H_
#define HANSA_NODE_DOOR_CALLER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "node/accounts/role.h"
#include "node/words/words.h"

namespace hansa::node::door {

struct Caller {
  accounts::Role role = accounts::Role::kNobody;
  std::string account = {};  // its name; empty: not signed in
  // Where not empty, an editor who may change the cells of these departments alone. The gateway hands them on, and the
  // node's own API keeps to them (node/api/caller_metadata.h).
  std::vector<std::string> departments = {};
  words::Language language = words::Language::kEnglish;  // what is said to the caller is said in it
};

// Whether that role suffices for what needs `needs`.
//   UNAUTHENTICATED    nobody is signed in
//   PERMISSION_DENIED  the account has another role; names both
absl::Status MayCall(const Caller& caller, accounts::Role needs);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_CALLER_H_
