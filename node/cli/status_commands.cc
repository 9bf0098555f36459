// How this node stands, and its neighbours.
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/texts.h"
#include "node/membership/endpoint.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Status(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetStatusReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::GetStatusRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  const words::Words words = invocation.words();
  if (!invocation.values().Has("--check")) return kDone;
  if (reply.in_sync() && !IsDiskFull(reply)) return kDone;
  if (reply.in_sync()) {
    invocation.Complain(
        words("{0} is up to date and publishes nothing: its disk is full, or takes no writes; make room on it",
              reply.member()));
    return kFailed;
  }
  invocation.Complain(words("{0} is not up to date: {1}; see `hansa peers`", reply.member(), SyncLine(reply, words)));
  return kFailed;
}

absl::StatusOr<int> Peers(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListPeersReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListPeersRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> PeerAdd(Invocation& invocation) {
  const std::string address = invocation.values().Text("HOST:PORT");
  HANSA_RETURN_IF_ERROR(membership::CheckEndpoint(address));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::AddPeerRequest request;
  request.set_address(address);
  v1::AddPeerReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Report(JsonOfPeer(address, "added"),
                    absl::StrCat(invocation.words()("dials {0} from now on; see `hansa peers`", address), "\n"));
  if (!reply.warning().empty()) invocation.Warn(reply.warning());
  return kDone;
}

absl::StatusOr<int> PeerRemove(Invocation& invocation) {
  const std::string address = invocation.values().Text("HOST:PORT");
  HANSA_RETURN_IF_ERROR(membership::CheckEndpoint(address));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::RemovePeerRequest request;
  request.set_address(address);
  v1::RemovePeerReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Report(
      JsonOfPeer(address, "removed"),
      absl::StrCat(invocation.words()("forgot {0}; members of the network are still dialled", address), "\n"));
  return kDone;
}

}  // namespace

std::vector<Command> StatusCommands() {
  const Argument address{"HOST:PORT", "address of a node, such as hub.example.org:7400"};
  return {
      {.name = "status",
       .summary = "how this node stands: up to date or waiting, and what it holds",
       .details =
           "Also what waits to be published, content that is missing, feeds with two histories, members that run "
           "twice under one key, and what is still to be erased: a line each with what to do, and none where "
           "there is nothing to tell. With --verbose also the protocol's own words and every neighbour.",
       .example = "hansa status --check && echo 'up to date'",
       .options = {{.name = "--check", .help = "exit 1 unless up to date, with room on the disk to publish"}},
       .run = Status},
      {.name = "peers",
       .summary = "neighbours: connected or not, how far behind, the last error",
       .details = "Below the table what is still to come, by collection; to whom messages have piled up; and what was "
                  "refused, and why. With --verbose also what was not taken because one side lagged behind the other.",
       .example = "hansa peers",
       .run = Peers},
      {.name = "peer add",
       .summary = "dial one more node from now on",
       .details = "Whoever answers there must show a key that the list of members names; while that has not come, one "
                  "that the charter names for a hub. It says so where it has not come.",
       .example = "hansa peer add hub.example.org:7400",
       .arguments = {address},
       .run = PeerAdd},
      {.name = "peer remove",
       .summary = "forget a node that was added by hand",
       .example = "hansa peer remove hub.example.org:7400",
       .arguments = {address},
       .run = PeerRemove},
  };
}

}  // namespace hansa::node::cli
