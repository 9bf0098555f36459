// How answers leave out what is by members whom this node mutes, and say how much that was.
#ifndef HANSA_NODE_API_MUTING_H_
#define HANSA_NODE_API_MUTING_H_

#include <cstdint>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/api/api_parts.h"
#include "node/desk/muted_members.h"
#include "replication/check.h"

namespace hansa::node::api {

// As its `with_muted` says.
template <typename Request>
desk::Muting MutingOf(const Request& request) {
  return request.with_muted() ? desk::Muting::kIsIgnored : desk::Muting::kLeavesOut;
}

// Takes out of `listed` what is by muted members, unless `request` asks for it, and writes the count into `reply`.
//   DATA_LOSS  the settings are damaged
template <typename Request, typename Listed, typename Reply>
absl::Status LeaveOutMuted(ApiParts& parts, const Request& request, std::vector<Listed>& listed, Reply& reply) {
  const absl::StatusOr<std::set<replication::Member>> muted = desk::LeftOutHere(parts.node, MutingOf(request));
  HANSA_RETURN_IF_ERROR(muted.status());
  reply.set_muted(static_cast<std::uint32_t>(desk::LeaveOut(desk::SlugsOf(parts.node.View(), *muted), listed)));
  return absl::OkStatus();
}

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_MUTING_H_
