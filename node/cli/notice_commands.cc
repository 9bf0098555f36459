// Notices: guidance, opportunities, calls for data and recognition, by those who may publish them, for everyone to
// find.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hansa/v1/node_notices.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/notice_acts.h"
#include "node/cli/notice_json.h"
#include "node/cli/notice_texts.h"
#include "node/cli/publishing_acts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Add(Invocation& invocation) { return AddNotice(invocation, invocation.values().Text("KIND")); }

absl::StatusOr<int> Revise(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::ReviseNoticeRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Withdraw(Invocation& invocation) {
  v1::WithdrawNoticeRequest request;
  request.set_id(invocation.values().Text("ID"));
  return PublishedBy(invocation, request, Act::kWithdrawn);
}

absl::StatusOr<int> List(Invocation& invocation) { return ListNotices(invocation, invocation.values().Text("--kind")); }

}  // namespace

std::vector<Command> NoticeCommands() {
  const Argument id{"ID", "record of a notice, or its first 6 digits and more"};
  const Argument file{"FILE", "a JSON object, or Markdown with a TOML head; or '-'"};
  std::vector<Option> filters = NoticeFilters();
  filters.insert(filters.begin(),
                 {.name = "--kind", .value = "KIND", .help = "guidance, opportunity, call, recognition or cluster"});
  return {
      {.name = "notices add",
       .summary = "publish guidance, an opportunity, a call for data or a recognition",
       .details =
           "The secretariat, authorities and partners may, as the network's policy says. `hansa help files` shows "
           "a file of each kind. Members stand in it by their slugs, other records by their ids. Adding the same "
           "file twice changes nothing.",
       .example = "hansa notices add opportunity course.json",
       .arguments = {{"KIND", "guidance, opportunity, call, recognition or cluster"}, file},
       .run = Add},
      {.name = "notices list",
       .summary = "the notices held, by kind and deadline, the nearest first",
       .details = "A deadline counts in its own zone; without one it lasts until the day has ended everywhere.",
       .example = "hansa notices list --for-us --open",
       .options = filters,
       .run = List},
      {.name = "notices show",
       .summary = "one notice, who took part, and the same in other languages",
       .details = "With --verbose also its revisions.",
       .example = "hansa notices show 5fd8c16a9a30",
       .arguments = {id},
       .options = {NoticeRevisionOption()},
       .run = ShowNotice},
      {.name = "notices revise",
       .summary = "publish a notice or a cluster anew; earlier versions stay readable",
       .example = "hansa notices revise 5fd8c16a9a30 course.json --reason 'a later deadline'",
       .arguments = {id, file},
       .options = {{.name = "--reason", .value = "TEXT", .help = "why it is revised"}},
       .run = Revise},
      {.name = "notices withdraw",
       .summary = "take back a notice or a cluster; its history stays readable",
       .example = "hansa notices withdraw 5fd8c16a9a30",
       .arguments = {id},
       .run = Withdraw},
  };
}

}  // namespace hansa::node::cli
