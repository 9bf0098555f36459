// The yearly indicators of this city: from a file to the draft, from the draft to everybody.
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/encoding.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

// What was typed for the file of an import, in UTF-8.
absl::StatusOr<std::string> ReadImport(const Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<std::string> bytes = invocation.Read(values.Text("FILE"));
  if (!bytes.ok() || !values.Has("--encoding")) return bytes;
  absl::StatusOr<std::string> utf8 = ToUtf8(*bytes, values.Text("--encoding"));
  return utf8.ok() ? utf8 : About(NameOf(values.Text("FILE")), utf8.status());
}

absl::StatusOr<int> Import(Invocation& invocation) {
  const Values& values = invocation.values();
  const absl::StatusOr<std::string> content = ReadImport(invocation);
  HANSA_RETURN_IF_ERROR(content.status());
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ImportIndicatorsRequest request;
  request.set_file(NameOf(values.Text("FILE")));
  request.set_content(*content);
  if (const auto year = values.Number("--year")) request.set_year(*year);
  request.set_skip_others(values.Has("--skip-others"));
  v1::ImportIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  if (reply.ok()) return kDone;
  const auto errors = static_cast<std::uint64_t>(reply.errors_size());
  invocation.Complain(
      invocation.words()(errors == 1 ? "{0}: {1} error; nothing was imported: correct the row named and import again"
                                     : "{0}: {1} errors; nothing was imported: correct the rows named and import again",
                         request.file(), Grouped(errors)));
  return kRefused;
}

absl::StatusOr<int> Show(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ShowIndicatorsRequest request;
  if (const auto year = values.Number("--year")) request.set_year(*year);
  request.set_member(values.Text("--member"));
  v1::ShowIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Check(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::CheckIndicatorsRequest request;
  if (const auto year = invocation.values().Number("--year")) request.set_year(*year);
  v1::CheckIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  if (reply.ok()) return kDone;
  const auto errors = static_cast<std::uint64_t>(reply.errors_size());
  invocation.Complain(invocation.words().Counted(errors, "not ready to publish: {0} error; correct it and check again",
                                                 "not ready to publish: {0} errors; correct them and check again"));
  return kRefused;
}

absl::StatusOr<int> Publish(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::PublishIndicatorsRequest request;
  const auto year = values.Number("--year");
  if (year) request.set_year(*year);
  request.set_reason(values.Text("--reason"));
  v1::PublishIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply, year ? Sets::kOne : Sets::kSeveral), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> History(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListIndicatorHistoryRequest request;
  request.set_cell(values.Text("CELL"));
  request.set_member(values.Text("--member"));
  v1::ListIndicatorHistoryReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> IndicatorCommands() {
  const Option member{.name = "--member", .value = "MEMBER", .help = "of another city; its slug"};
  return {
      {.name = "indicators import",
       .summary = "read a CSV file into the draft: all of it or nothing",
       .details = "The draft stays on this node. Every problem is named by row and column; a file touches only "
                  "the cells it names, and a blank value changes nothing. '-' reads standard input.",
       .example = "hansa indicators import values.csv --year 2024",
       .arguments = {{"FILE", "a CSV file, or '-'"}},
       .options = {YearOption("year of rows that name none"),
                   {.name = "--skip-others", .help = "leave out rows of other cities and say how many"},
                   {.name = "--encoding", .value = "NAME", .help = "where it is not UTF-8, such as CP949"}},
       .run = Import},
      {.name = "indicators show",
       .summary = "draft and published values",
       .example = "hansa indicators show --year 2024 --member gb-bristol",
       .options = {YearOption("only this year"), member},
       .run = Show},
      {.name = "indicators check",
       .summary = "what keeps the draft from being published, and what is doubtful in it",
       .details = "Exits 4 if something does.",
       .example = "hansa indicators check --year 2024",
       .options = {YearOption("only this year")},
       .run = Check},
      {.name = "indicators publish",
       .summary = "sign and publish: everyone in the network will see the values",
       .details = "Without --year every changed year, oldest first. You can correct what you published; earlier "
                  "versions stay readable. Publishing what stands already changes nothing.",
       .example = "hansa indicators publish --year 2024 --reason 'new census figures'",
       .options = {YearOption("only this year"),
                   {.name = "--reason", .value = "TEXT", .help = "why, where it corrects what was published"}},
       .run = Publish},
      {.name = "indicators history",
       .summary = "all that was ever published for one cell",
       .example = "hansa indicators history '1.1.1/adult-literacy-rate#female' --member gb-bristol",
       .arguments = {{"CELL", "a cell of the catalogue"}},
       .options = {member},
       .run = History},
  };
}

}  // namespace hansa::node::cli
