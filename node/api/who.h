// Numbers of the roster as the names that people know, and the way back.
#ifndef HANSA_NODE_API_WHO_H_
#define HANSA_NODE_API_WHO_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/running_node.h"

namespace hansa::node::api {

// The slug; "roster" for member 0; "member N" for one that the roster does not name.
std::string SlugOf(const NodeView& view, replication::Member member);

// The member called `slug`; an empty one is this node's own. "roster" is member 0.
//   NOT_FOUND            nobody is called so; names the nearest slug
//   FAILED_PRECONDITION  this node's own, which is not a member yet
absl::StatusOr<replication::Member> MemberCalled(const NodeView& view, absl::string_view slug);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_WHO_H_
