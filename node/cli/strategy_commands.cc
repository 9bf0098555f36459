// Strategies and actions: what a city does, by whom and since when, tied to the features it serves.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/file_commands.h"
#include "node/cli/invocation.h"
#include "node/cli/peer_learning_json.h"
#include "node/cli/peer_learning_texts.h"
#include "node/cli/publishing_acts.h"
#include "node/cli/strategy_json.h"
#include "node/cli/strategy_texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Add(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::AddStrategyRequest request;
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Revise(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::ReviseStrategyRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Withdraw(Invocation& invocation) {
  v1::WithdrawStrategyRequest request;
  request.set_id(invocation.values().Text("ID"));
  return PublishedBy(invocation, request, Act::kWithdrawn);
}

absl::StatusOr<int> List(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListStrategiesRequest request;
  request.set_feature(invocation.values().Text("--feature"));
  request.set_action(invocation.values().Text("--action"));
  request.set_member(invocation.values().Text("--member"));
  v1::ListStrategiesReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Checklist(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListChecklistRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  request.set_part(invocation.values().Text("--part"));
  v1::ListChecklistReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Show(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetStrategyRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_revision(invocation.values().Number("--revision").value_or(0));
  v1::GetStrategyReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  HANSA_RETURN_IF_ERROR(
      ShowWithFiles(invocation, *node,
                    {reply.strategy().id(), request.revision(), JsonOf(reply), TextOf(reply, invocation.layout())}));
  return kDone;
}

}  // namespace

std::vector<Command> StrategyCommands() {
  constexpr std::uint32_t kRevisionsMax = 1'000'000;
  const Argument id{"ID", "record of a strategy, or its first 6 digits and more"};
  const Argument file{"FILE", "a JSON object, or Markdown with a TOML head; or '-'"};
  return {
      {.name = "strategies add",
       .summary = "publish a strategy or an action: everyone in the network will see it",
       .details =
           "The file is a JSON object, or Markdown with a head between lines of +++; `hansa help files` shows one. "
           "From its first day on it stands under the series of the features it names. Adding the same file twice "
           "changes nothing.",
       .example = "hansa strategies add reading-city.md",
       .arguments = {file},
       .run = Add},
      {.name = "strategies list",
       .summary = "the strategies and actions held, by city and first day",
       .example = "hansa strategies list --feature 2.1.3 --member gb-bristol",
       .options = {{.name = "--feature", .value = "F", .help = "that serve this feature, such as 2.1.3"},
                   {.name = "--action", .value = "BDx.y", .help = "that serve this action point, such as BD1.2"},
                   {.name = "--member", .value = "MEMBER", .help = "of this city; its slug"}},
       .run = List},
      {.name = "strategies checklist",
       .summary = "what a city does for each feature: by whom, since when, and its practices",
       .details = "In the order of the framework; features for which nothing is told are there as well.",
       .example = "hansa strategies checklist gb-bristol --part 2.1",
       .arguments = {{"MEMBER", "the city, by its slug; this node's own without it", Need::kOptional}},
       .options = {{.name = "--part",
                    .value = "PART",
                    .help = "only this: a part (1), an area (2.1), a feature (2.1.3) or an action point (BD1.2)"}},
       .run = Checklist},
      {.name = "strategies show",
       .summary = "one strategy or action, as its city wrote it",
       .details = "With --verbose also its revisions.",
       .example = "hansa strategies show 8d1366908b71",
       .arguments = {id},
       .options = {{.name = "--revision",
                    .value = "N",
                    .help = "an earlier revision, from 1",
                    .number = NumberRange{1, kRevisionsMax}}},
       .run = Show},
      {.name = "strategies revise",
       .summary = "publish a strategy anew; earlier versions stay readable",
       .example = "hansa strategies revise 8d1366908b71 reading-city.md --reason 'monitoring of 2025'",
       .arguments = {id, file},
       .options = {{.name = "--reason", .value = "TEXT", .help = "why it is revised"}},
       .run = Revise},
      {.name = "strategies withdraw",
       .summary = "take back a strategy; its history stays readable",
       .example = "hansa strategies withdraw 8d1366908b71",
       .arguments = {id},
       .run = Withdraw},
  };
}

}  // namespace hansa::node::cli
