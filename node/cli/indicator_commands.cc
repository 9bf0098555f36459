// The yearly indicators of this city: from a file to the draft, from the draft to everybody.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/publishing_acts.h"
#include "node/cli/texts.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Show(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ShowIndicatorsRequest request;
  if (const auto year = values.Number("--year")) request.set_year(*year);
  request.set_member(values.Text("--member"));
  request.set_part(values.Text("--feature"));
  request.set_text(values.Text("--find"));
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
  const bool is_signed = std::any_of(reply.sets().begin(), reply.sets().end(),
                                     [](const v1::PublishedSet& set) { return !set.unchanged(); });
  if (is_signed) WarnOfClock(invocation);
  return kDone;
}

absl::StatusOr<int> History(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListIndicatorHistoryRequest request;
  request.set_cell(values.Text("CELL"));
  request.set_member(values.Text("--member"));
  if (const auto year = values.Number("--year")) request.set_year(*year);
  v1::ListIndicatorHistoryReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const Cells cells = request.cell().empty() ? Cells::kSeveral : Cells::kOne;
  invocation.Show(JsonOf(reply), TextOf(reply, cells, invocation.layout()));
  return kDone;
}

// What one cell is to say, by the columns of an Indicator CSV; `texts` are options that go by the name of their column.
absl::StatusOr<int> Edit(Invocation& invocation, v1::EditIndicatorRequest request) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  request.set_cell(invocation.values().Text("CELL"));
  request.set_year(*invocation.values().Number("--year"));
  v1::ImportIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  if (reply.ok()) return kDone;
  invocation.Complain(invocation.words()("nothing was changed: correct what is named and try again"));
  return kRefused;
}

void Add(v1::EditIndicatorRequest& request, const std::string& column, const std::string& text) {
  v1::IndicatorField& field = *request.add_fields();
  field.set_column(column);
  field.set_text(text);
}

// Options of `indicators set`, by the column each fills.
const std::vector<std::pair<std::string, std::string>>& ColumnOptions() {
  static const auto& options =
      *new std::vector<std::pair<std::string, std::string>>{{"--source", "source"},
                                                            {"--source-kind", "source_kind"},
                                                            {"--supplier", "supplier"},
                                                            {"--licence", "licence"},
                                                            {"--period", "period"},
                                                            {"--area", "area"},
                                                            {"--level", "level"},
                                                            {"--match", "match"},
                                                            {"--derivation", "derivation_note"},
                                                            {"--language", "language"},
                                                            {"--note", "note"},
                                                            {"--approved-by", "approved_by"}};
  return options;
}

absl::StatusOr<int> Set(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::EditIndicatorRequest request;
  Add(request, "value", values.Text("VALUE"));
  for (const auto& [option, column] : ColumnOptions()) {
    if (values.Has(option)) Add(request, column, values.Text(option));
  }
  for (const std::string& attribute : values.Texts("--attr")) {
    const std::size_t equals = attribute.find('=');
    if (equals == std::string::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("--attr ", domain::Quoted(attribute), " has no '='; write it as in --attr election_year=2022"));
    }
    Add(request, attribute.substr(0, equals), attribute.substr(equals + 1));
  }
  return Edit(invocation, std::move(request));
}

absl::StatusOr<int> NoData(Invocation& invocation) {
  v1::EditIndicatorRequest request;
  Add(request, "no_data_reason", invocation.values().Text("--reason"));
  return Edit(invocation, std::move(request));
}

absl::StatusOr<int> Note(Invocation& invocation) {
  v1::EditIndicatorRequest request;
  Add(request, "note", invocation.values().Text("TEXT"));
  return Edit(invocation, std::move(request));
}

absl::StatusOr<int> Discard(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::DiscardIndicatorsRequest request;
  request.set_year(*values.Number("--year"));
  request.set_cell(values.Text("CELL"));
  v1::DiscardIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Withdraw(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::WithdrawIndicatorsRequest request;
  request.set_year(*values.Number("--year"));
  request.set_reason(values.Text("--reason"));
  v1::PublishedSet reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  if (!reply.unchanged()) WarnOfClock(invocation);
  return kDone;
}

}  // namespace

std::vector<Command> IndicatorCommands() {
  const Option member{.name = "--member", .value = "MEMBER", .help = "of another city; its slug"};
  return {
      {.name = "indicators set",
       .summary = "enter one value into the draft, with what belongs to it",
       .details =
           "What is not named stays as it is in the draft, or else as it is published; an empty text empties a field. "
           "`hansa catalogue 1.1.1` lists the cells of a feature.",
       .example = "hansa indicators set '1.1.1/adult-literacy-rate#total' 98.5 --year 2024 --source 'city register'",
       .arguments = {{"CELL", "a cell of the catalogue"}, {"VALUE", "digits with a full stop, such as 98.5"}},
       .options = {YearOption("year of the value", Need::kRequired),
                   {.name = "--source", .value = "TEXT", .help = "publication, register or survey"},
                   {.name = "--source-kind",
                    .value = "KIND",
                    .help = "official_data or survey, where the row allows both"},
                   {.name = "--supplier", .value = "TEXT", .help = "office or agency that supplied it, never a person"},
                   {.name = "--licence", .value = "TEXT", .help = "of the figure"},
                   {.name = "--period", .value = "TEXT", .help = "where it is not the calendar year"},
                   {.name = "--area", .value = "TEXT", .help = "where it is not the city as such"},
                   {.name = "--level", .value = "LEVEL", .help = "city, or region for a wider area"},
                   {.name = "--match", .value = "MATCH", .help = "exact, close, proxy or approximate"},
                   {.name = "--derivation",
                    .value = "TEXT",
                    .help = "how it was derived, and what differs from the definition"},
                   {.name = "--language", .value = "TAG", .help = "of the definition it was taken under, such as ko"},
                   {.name = "--attr",
                    .value = "KEY=VALUE",
                    .help = "what the row asks for beside the value",
                    .repeated = true},
                   {.name = "--note", .value = "TEXT", .help = "the city's own account; it travels with the value"},
                   {.name = "--approved-by", .value = "ROLE", .help = "a role, never a person"}},
       .run = Set},
      {.name = "indicators no-data",
       .summary = "say in the draft why there is no value",
       .details = "'No data' is an ordinary answer; it takes the place of a value.",
       .example = "hansa indicators no-data '3.1.1/leadership' --year 2024 --reason 'not reviewed yet'",
       .arguments = {{"CELL", "a cell of the catalogue"}},
       .options = {YearOption("year of the answer", Need::kRequired),
                   {.name = "--reason", .value = "TEXT", .help = "why", .need = Need::kRequired}},
       .run = NoData},
      {.name = "indicators note",
       .summary = "put a note beside a value of the draft; an empty one takes it away",
       .details = "The note travels with the value in every view and export.",
       .example = "hansa indicators note '1.2.2/unemployment-rate#total' 'the shipyard closed' --year 2024",
       .arguments = {{"CELL", "a cell of the catalogue"}, {"TEXT", "at most 2,000 characters"}},
       .options = {YearOption("year of the value", Need::kRequired)},
       .run = Note},
      {.name = "indicators discard",
       .summary = "forget what the draft says of a cell, or of a whole year",
       .details = "What is published stands.",
       .example = "hansa indicators discard --year 2024",
       .arguments = {{"CELL", "only this cell", Need::kOptional}},
       .options = {YearOption("year of the draft", Need::kRequired)},
       .run = Discard},
      {.name = "indicators show",
       .summary = "draft and published values",
       .example = "hansa indicators show --year 2024 --member gb-bristol",
       .options = {YearOption("only this year"),
                   member,
                   {.name = "--feature", .value = "PART", .help = "only this feature, row or cell"},
                   {.name = "--find",
                    .value = "TEXT",
                    .help = "only values with this in source, supplier, licence, approval, period, area, attributes, "
                            "reasons or notes"}},
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
      {.name = "indicators withdraw",
       .summary = "take back what is published for a year",
       .details = "It is shown no more; its history stays readable. A wrong value is better corrected: publish the "
                  "year again.",
       .example = "hansa indicators withdraw --year 2024 --reason 'figures of another city'",
       .options = {YearOption("year to take back", Need::kRequired),
                   {.name = "--reason", .value = "TEXT", .help = "why, for everyone to read", .need = Need::kRequired}},
       .run = Withdraw},
      {.name = "indicators history",
       .summary = "all that was ever published for one cell, or for every cell",
       .details = "What was corrected or taken back as well. Surveys and ratings, which stand in records of their own, "
                  "are there in their place.",
       .example = "hansa indicators history '1.1.1/adult-literacy-rate#female' --member gb-bristol",
       .arguments = {{.name = "CELL",
                      .help = "a cell of the catalogue; without it every cell",
                      .need = Need::kOptional}},
       .options = {YearOption("only this year"), member},
       .run = History},
  };
}

}  // namespace hansa::node::cli
