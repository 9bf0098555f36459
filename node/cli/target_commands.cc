// What this city means to reach, cell by cell, and what others mean to reach in theirs.
#include <string>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/publishing_acts.h"
#include "node/cli/target_json.h"
#include "node/cli/target_texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Set(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::SetTargetRequest request;
  request.set_cell(values.Text("CELL"));
  request.set_value(values.Text("VALUE"));
  request.set_by_year(*values.Number("--by"));
  request.set_note(values.Text("--note"));
  request.set_language(values.Text("--language"));
  request.set_approved_by(values.Text("--approved-by"));
  request.set_reason(values.Text("--reason"));
  return PublishedUntitledBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Withdraw(Invocation& invocation) {
  v1::WithdrawTargetRequest request;
  request.set_cell(invocation.values().Text("CELL"));
  return PublishedUntitledBy(invocation, request, Act::kWithdrawn);
}

absl::StatusOr<int> List(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListTargetsRequest request;
  request.set_member(invocation.values().Text("--member"));
  request.set_part(invocation.values().Text("--part"));
  v1::ListTargetsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> TargetCommands() {
  const Argument cell{"CELL", "a cell of the catalogue"};
  return {
      {.name = "indicators target",
       .summary = "say what this city means to reach in a cell: everyone in the network will see it",
       .details =
           "A city sets its own targets and nobody sets them for another. A second target for the same cell takes "
           "the place of the first, its note and approval too; the earlier one stays readable. Setting what "
           "stands already changes nothing.",
       .example = "hansa indicators target '1.1.1/adult-literacy-rate#total' 99.5 --by 2030",
       .arguments = {cell, {"VALUE", "digits with a full stop, such as 98.5"}},
       .options = {{.name = "--by",
                    .value = "Y",
                    .help = "the year by which",
                    .need = Need::kRequired,
                    .number = NumberRange{1900, 2200}},
                   {.name = "--note", .value = "TEXT", .help = "why this target; at most 2,000 characters"},
                   {.name = "--language", .value = "TAG", .help = "of the note, such as ko"},
                   {.name = "--approved-by", .value = "ROLE", .help = "a role, never a person"},
                   {.name = "--reason", .value = "TEXT", .help = "why, where it takes the place of another"}},
       .run = Set},
      {.name = "indicators targets",
       .summary = "the targets that this city has set itself, or another city itself",
       .details = "Without --member on a node that is no city's: every city's, by name.",
       .example = "hansa indicators targets --part 1.2",
       .options = {{.name = "--member", .value = "MEMBER", .help = "of another city; its slug"},
                   {.name = "--part",
                    .value = "PART",
                    .help = "only of a part, feature, row or cell, such as 1.2 or 2.1.1"}},
       .run = List},
      {.name = "indicators target-withdraw",
       .summary = "take back this city's target for a cell; its history stays readable",
       .example = "hansa indicators target-withdraw '1.1.1/adult-literacy-rate#total'",
       .arguments = {cell},
       .run = Withdraw},
  };
}

}  // namespace hansa::node::cli
