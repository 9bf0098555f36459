// Summaries of a year: published by the secretariat, computed again by anybody.
#include <algorithm>
#include <string>

#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/summary_json.h"
#include "node/cli/summary_texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Publish(Invocation& invocation) {
  const std::uint32_t year = *invocation.values().Number("--year");
  v1::PublishSummaryRequest request;
  request.set_year(year);
  request.set_reason(invocation.values().Text("--reason"));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  invocation.Progress(invocation.words()("computing the figures of every city …"));
  v1::PublishSummaryReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Report(JsonOf(reply, year), TextOf(reply, year, invocation.layout()));
  for (const v1::PublishedRecord& record : reply.records()) {
    for (const std::string& warning : record.warnings()) invocation.Warn(warning);
  }
  return kDone;
}

absl::StatusOr<int> Verify(Invocation& invocation) {
  v1::VerifySummaryRequest request;
  if (const auto year = invocation.values().Number("--year")) request.set_year(*year);
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  invocation.Progress(invocation.words()("computing the figures of every city …"));
  v1::VerifySummaryReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  const words::Words words = invocation.words();
  if (reply.summaries().empty()) {
    invocation.Complain(words("no such summary has been published, or none has come to this node"));
    return kNotFound;
  }
  const auto differs = [](const v1::VerifiedSummary& summary) { return !summary.differences().empty(); };
  if (std::any_of(reply.summaries().begin(), reply.summaries().end(), differs)) {
    invocation.Complain(words("a published summary is not what the feeds give; tell the secretariat what differs"));
    return kFailed;
  }
  const auto is_ok = [](const v1::VerifiedSummary& summary) { return summary.ok(); };
  if (std::all_of(reply.summaries().begin(), reply.summaries().end(), is_ok)) return kDone;
  invocation.Complain(words("not every summary could be compared; a node that keeps everything holds what it takes"));
  return kNotFound;
}

}  // namespace

std::vector<Command> SummaryCommands() {
  return {
      {.name = "network publish-summary",
       .summary = "publish what the values of a year have in common, of the network and by region",
       .details = "For the secretariat. Says how far each city's feeds were read, so that every member that holds them "
                  "can compute it again. Withheld below five cities; no figure of one city, no order by a value. The "
                  "same year again is a new revision; if nothing has changed, nothing is signed.",
       .example = "hansa network publish-summary --year 2024",
       .options = {YearOption("of the values", Need::kRequired),
                   {.name = "--reason", .value = "T", .help = "why it is published again"}},
       .run = Publish},
      {.name = "network verify-summary",
       .summary = "compute published summaries again, from the feeds they name, and compare",
       .details =
           "Reads each feed as far as the summary read it, so that later corrections do not matter. Exit code 0: "
           "every figure is the same; 1: something differs; 3: something is lacking here, such as feeds that "
           "this node does not keep, so that not everything could be compared.",
       .example = "hansa network verify-summary --year 2024",
       .options = {YearOption("of the values; without it every year that has one")},
       .run = Verify},
  };
}

}  // namespace hansa::node::cli
