// Who holds a record of one's own by now.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node_records.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_parts.h"
#include "node/cli/record_page.h"
#include "node/cli/table.h"
#include "node/cli/text_width.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

std::string JsonOf(const v1::ListHoldersReply& reply) {
  return json::Text({{"sequence", reply.sequence()},
                     {"revision", reply.revision()},
                     {"holders", json::ArrayOf(reply.holders(), [](const v1::RecordHolder& holder) {
                        return json::Json{{"member", holder.member()},
                                          {"known", json::Moment(holder.known_ms())},
                                          {"acknowledged", holder.acknowledged()}};
                      })}});
}

std::string TextOf(const v1::ListHoldersReply& reply, const Layout& layout) {
  const words::Words& words = layout.words;
  const std::string revision = words("revision {0}", reply.revision());
  if (reply.holders().empty()) {
    return absl::StrCat(revision, ": ", words("since this node started, nobody else is known to hold it"), "\n");
  }
  Table table({{words("member")}, {words("known")}, {words("how")}});
  for (const v1::RecordHolder& holder : reply.holders()) {
    table.Add({holder.member(), ClockTime(holder.known_ms()),
               holder.acknowledged() ? words("it has said that it holds all of it")
                                     : words("it has the same entries; their contents may still be on the way")});
  }
  return absl::StrCat(revision, "\n", table.Text(layout));
}

absl::StatusOr<int> Holders(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListHoldersRequest request;
  request.set_id(invocation.values().Text("ID"));
  v1::ListHoldersReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> HolderCommands() {
  return {{.name = "holders",
           .summary = "which members are known to hold a record of yours by now",
           .details =
               "What this node has learnt from neighbours since it started. Others may hold it as well: they got "
               "it from them.",
           .example = "hansa holders 8d1366908b71",
           .arguments = {{"ID", "a record of yours, or its first 6 digits and more"}},
           .run = Holders}};
}

}  // namespace hansa::node::cli
