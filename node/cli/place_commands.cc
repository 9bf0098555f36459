// How many people live in a city, as it says itself.
#include <cstdint>
#include <vector>

#include "hansa/v1/node_places.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/place_json.h"
#include "node/cli/place_texts.h"
#include "node/cli/publishing_acts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr std::uint32_t kResidentsMax = 1'000'000'000;

absl::StatusOr<int> ShowPlace(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetPlaceRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  v1::GetPlaceReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> SetPlace(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::SetPlaceRequest request;
  request.set_population(*values.Number("--population"));
  request.set_population_year(values.Number("--year").value_or(0));
  request.set_source(values.Text("--source"));
  request.set_note(values.Text("--note"));
  return PublishedUntitledBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> WithdrawPlace(Invocation& invocation) {
  return PublishedUntitledBy(invocation, v1::WithdrawPlaceRequest(), Act::kWithdrawn);
}

}  // namespace

std::vector<Command> PlaceCommands() {
  return {
      {.name = "place show",
       .summary = "how many people live in a city, as it says itself",
       .details =
           "It is shown of one city at a time. `hansa similar` finds cities of like size by it, and `hansa search "
           "--population-min` what they published; no list is in its order.",
       .example = "hansa place show gb-swansea",
       .arguments = {{"MEMBER", "slug of a city; this node's own if none is given", Need::kOptional}},
       .run = ShowPlace},
      {.name = "place set",
       .summary = "say how many people live in this city: everyone in the network will see it",
       .details =
           "A city says it itself and nobody says it for another. What is said later takes the place of what was "
           "said before, which stays readable. Saying what stands already changes nothing.",
       .example = "hansa place set --population 472465 --year 2021 --source 'Census 2021'",
       .options = {{.name = "--population",
                    .value = "N",
                    .help = "how many people live there",
                    .need = Need::kRequired,
                    .number = NumberRange{1, kResidentsMax}},
                   YearOption("that the number is of; not dated if not given"),
                   {.name = "--source",
                    .value = "TEXT",
                    .help = "where the number comes from, such as a census; at most 300 characters",
                    .need = Need::kRequired},
                   {.name = "--note", .value = "TEXT", .help = "what is counted; at most 500 characters"}},
       .run = SetPlace},
      {.name = "place withdraw",
       .summary = "take back how many people live in this city; its history stays readable",
       .example = "hansa place withdraw",
       .run = WithdrawPlace},
  };
}

}  // namespace hansa::node::cli
