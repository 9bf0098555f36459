#include "node/cli/publishing_acts.h"

#include "hansa/v1/node_records.pb.h"
#include "node/cli/exit_code.h"
#include "node/cli/peer_learning_json.h"
#include "replication/check.h"

namespace hansa::node::cli {

absl::StatusOr<int> PublishedBy(Invocation& invocation, const google::protobuf::Message& request, Act act) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::PublishedRecord reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Report(JsonOf(reply), TextOf(reply, act, invocation.layout()));
  for (const std::string& warning : reply.warnings()) invocation.Warn(warning);
  return kDone;
}

}  // namespace hansa::node::cli
