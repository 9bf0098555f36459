// What is held, and whether it is as it was signed.
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Feeds(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListFeedsRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  v1::ListFeedsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Verify(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::VerifyRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  invocation.Progress(invocation.words()("checking everything that is held …"));
  v1::VerifyReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  if (reply.ok()) return kDone;
  const words::Words words = invocation.words();
  invocation.Complain(words(
      "what is held is not what was signed: {0}; do not trust this disk: stop the node and keep a copy of its folder",
      ProblemCount(static_cast<std::uint64_t>(reply.problems_size()), words)));
  return kFailed;
}

absl::StatusOr<int> Reindex(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  invocation.Progress(invocation.words()("building every view again …"));
  v1::ReindexReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ReindexRequest(), reply));
  const words::Words words = invocation.words();
  invocation.Report(JsonOf(reply),
                    absl::StrCat(words("built every view again from {0}", EntryCount(reply.entries(), words)), "\n"));
  return kDone;
}

}  // namespace

std::vector<Command> FeedCommands() {
  const Argument member{"MEMBER", "slug of a member, or 'roster'; all if left out", Need::kOptional};
  return {
      {.name = "feeds",
       .summary = "the feeds held: how long, how they end, in what state",
       .example = "hansa feeds gb-bristol",
       .arguments = {member},
       .run = Feeds},
      {.name = "verify",
       .summary = "check every hash and signature held again",
       .details = "Reads everything; exits 1 if anything is not as it was signed.",
       .example = "hansa verify --json",
       .arguments = {member},
       .run = Verify},
      {.name = "reindex",
       .summary = "build every view again from the feeds",
       .details = "Changes nothing that was published; drafts stay.",
       .example = "hansa reindex",
       .run = Reindex},
  };
}

}  // namespace hansa::node::cli
