// Indicators over the years, side by side, and of the whole network.
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/texts.h"
#include "node/desk/progress_desk.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

// Asks the node and shows what it answers.
template <typename Reply, typename Request>
absl::StatusOr<int> AskAndShow(Invocation& invocation, const Request& request) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  Reply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::Status Put(const std::string& text, v1::SetChoice& out) {
  const absl::StatusOr<desk::SetChoice> choice = desk::ParseSetChoice(text);
  HANSA_RETURN_IF_ERROR(choice.status());
  out.set_year(static_cast<std::uint32_t>(choice->year));
  if (choice->revision) out.set_revision(*choice->revision);
  return absl::OkStatus();
}

absl::StatusOr<int> Diff(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::CompareIndicatorsRequest request;
  HANSA_RETURN_IF_ERROR(Put(values.Text("BEFORE"), *request.mutable_before()));
  HANSA_RETURN_IF_ERROR(Put(values.Text("AFTER"), *request.mutable_after()));
  request.set_member(values.Text("--member"));
  return AskAndShow<v1::CompareIndicatorsReply>(invocation, request);
}

absl::StatusOr<int> Progress(Invocation& invocation) {
  v1::ListProgressRequest request;
  request.set_member(invocation.values().Text("--member"));
  request.set_part(invocation.values().Text("--feature"));
  return AskAndShow<v1::ListProgressReply>(invocation, request);
}

// The two years of '2019-2023', or the one of '2019' twice; a long dash is as good.
absl::Status PutYears(const Values& values, v1::ListBesideRequest& request) {
  if (values.Has("--from") || values.Has("--to")) {
    return absl::InvalidArgumentError("--years says both the first and the last year; leave --from and --to out");
  }
  const std::string text = absl::StrReplaceAll(values.Text("--years"), {{"–", "-"}});
  const std::vector<std::string> years = absl::StrSplit(text, '-');
  std::uint32_t from = 0, to = 0;
  const bool are_years = years.size() <= 2 && absl::SimpleAtoi(years.front(), &from) &&
                         absl::SimpleAtoi(years.back(), &to) && from >= 1900 && from <= to && to <= 2200;
  if (!are_years) {
    return absl::InvalidArgumentError(absl::StrCat(domain::Quoted(values.Text("--years")),
                                                   " names no years; write them as 2019-2023, or 2019 for one"));
  }
  request.set_from_year(from);
  request.set_to_year(to);
  return absl::OkStatus();
}

absl::StatusOr<int> BesideEachOther(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::ListBesideRequest request;
  request.set_part(values.Text("CELL"));
  for (const std::string& list : values.Texts("--members")) {
    for (const absl::string_view slug : absl::StrSplit(list, ',', absl::SkipWhitespace())) {
      request.add_members(std::string(absl::StripAsciiWhitespace(slug)));
    }
  }
  if (values.Has("--years")) HANSA_RETURN_IF_ERROR(PutYears(values, request));
  if (const auto from = values.Number("--from")) request.set_from_year(*from);
  if (const auto to = values.Number("--to")) request.set_to_year(*to);
  return AskAndShow<v1::ListBesideReply>(invocation, request);
}

absl::StatusOr<int> Coverage(Invocation& invocation) {
  v1::GetCoverageRequest request;
  request.set_year(*invocation.values().Number("--year"));
  return AskAndShow<v1::GetCoverageReply>(invocation, request);
}

absl::StatusOr<int> Summary(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::GetSummaryRequest request;
  request.set_year(*values.Number("--year"));
  request.set_part(values.Text("--feature"));
  if (values.Has("--by")) {
    if (values.Text("--by") != "region") {
      return absl::InvalidArgumentError(
          "a summary is by region or of all cities together; write --by region, or leave it out");
    }
    request.set_by_region(true);
  }
  return AskAndShow<v1::GetSummaryReply>(invocation, request);
}

}  // namespace

std::vector<Command> ProgressCommands() {
  const Option member{.name = "--member", .value = "MEMBER", .help = "of another city; its slug"};
  const Option feature{
      .name = "--feature", .value = "PART", .help = "only of a part, feature, row or cell, such as 1.2 or 2.1.1"};
  return {
      {.name = "indicators diff",
       .summary = "what two years, or two revisions of a year, say differently",
       .example = "hansa indicators diff 2023:1 2023",
       .arguments = {{"BEFORE", "a year, or one of its revisions as in 2023:1"}, {"AFTER", "the same"}},
       .options = {member},
       .run = Diff},
      {.name = "indicators progress",
       .summary = "a city's cells over the years, each against its own past",
       .details =
           "An arrow stands only where the framework says which way is better. Other cities do not come into it.",
       .example = "hansa indicators progress --feature 1.2",
       .options = {feature, member},
       .run = Progress},
      {.name = "indicators beside",
       .summary = "the same cell of cities that you choose, by name",
       .details = "With source, definition, language, period, area and notes in every row, for you to judge what can "
                  "be compared.",
       .example = "hansa indicators beside '1.2.2/unemployment-rate' --members gb-bristol,kr-suwon --years 2019-2023",
       .arguments = {{"CELL", "a cell, row, feature or part of the framework"}},
       .options = {{.name = "--members",
                    .value = "SLUGS",
                    .help = "two or more, with commas",
                    .need = Need::kRequired,
                    .repeated = true},
                   {.name = "--years", .value = "YEARS", .help = "from the first to the last, such as 2019-2023"},
                   {.name = "--from", .value = "Y", .help = "first year", .number = NumberRange{1900, 2200}},
                   {.name = "--to", .value = "Y", .help = "last year", .number = NumberRange{1900, 2200}}},
       .run = BesideEachOther},
      {.name = "network coverage",
       .summary = "how many cities have answered which cell for a year, and by region",
       .details = "Names the cities that have published nothing for the year, so that somebody can ask them. With "
                  "--verbose cells that "
                  "nobody has ever answered stand there too.",
       .example = "hansa network coverage --year 2024",
       .options = {YearOption("of the values", Need::kRequired)},
       .run = Coverage},
      {.name = "network summary",
       .summary = "what the values of a year have in common: number, quartiles, mean",
       .details = "Withheld below five cities. Values of different source kinds, languages or definitions are not put "
                  "together; those of "
                  "wider areas are not counted. How many went up or down is against each city's own past.",
       .example = "hansa network summary --year 2024 --by region",
       .options = {YearOption("of the values", Need::kRequired),
                   feature,
                   {.name = "--by", .value = "WHAT", .help = "region: each UNESCO region by itself"}},
       .run = Summary},
  };
}

}  // namespace hansa::node::cli
