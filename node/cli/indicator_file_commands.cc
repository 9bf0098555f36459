// Files of indicators: the one to fill in, the one that was filled in, and who fills in what.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/texts.h"
#include "node/domain/problem.h"
#include "node/importing/reading_process.h"
#include "node/spreadsheet/problem_workbook.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

template <typename Rows>
std::vector<domain::Problem> ProblemsOf(const Rows& rows, const words::Words& words) {
  std::vector<domain::Problem> problems;
  for (const v1::IndicatorProblem& row : rows) {
    problems.push_back({row.file(), static_cast<std::int64_t>(row.row()), row.column(), row.cell(), row.rule(),
                        words.Translated(row.what()), words.Translated(row.remedy())});
  }
  return problems;
}

// Gives the person's own table back, with its problems marked.
absl::Status WriteMarked(Invocation& invocation, const std::string& content, const v1::ImportIndicatorsReply& report) {
  const Values& values = invocation.values();
  const absl::StatusOr<spreadsheet::TableFile> file = importing::ReadInProcess(
      importing::ReaderProgram(), content, {.encoding = values.Text("--encoding"), .sheet = values.Text("--sheet")});
  HANSA_RETURN_IF_ERROR(file.status());
  const std::vector<domain::Problem> errors = ProblemsOf(report.errors(), invocation.words());
  const std::vector<domain::Problem> warnings = ProblemsOf(report.warnings(), invocation.words());
  const absl::StatusOr<std::string> workbook =
      spreadsheet::ProblemWorkbook(file->table, {errors, warnings}, invocation.language());
  HANSA_RETURN_IF_ERROR(workbook.status());
  return invocation.Write(values.Text("--marked"), *workbook);
}

std::string WhereMarked(const std::string& file, const v1::ImportIndicatorsReply& report, const words::Words& words) {
  const bool is_flawless = report.errors().empty() && report.warnings().empty();
  return absl::StrCat(is_flawless
                          ? words("no problem was found, so the table that was written to {0} has no marks", file)
                          : words("the table with its problems marked was written to {0}; open it and mend them", file),
                      "\n");
}

// A marked table is a workbook, whatever was read.
absl::Status CheckMarked(const Values& values) {
  if (!values.Has("--marked")) return absl::OkStatus();
  const std::string file = values.Text("--marked");
  if (absl::EndsWith(absl::AsciiStrToLower(file), ".xlsx")) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("a marked table is an .xlsx file, and ", file, " is none; give it that ending"));
}

absl::StatusOr<int> Import(Invocation& invocation) {
  const Values& values = invocation.values();
  HANSA_RETURN_IF_ERROR(CheckMarked(values));
  const absl::StatusOr<std::string> content = invocation.Read(values.Text("FILE"));
  HANSA_RETURN_IF_ERROR(content.status());
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ImportIndicatorsRequest request;
  request.set_file(NameOf(values.Text("FILE")));
  request.set_content(*content);
  if (const auto year = values.Number("--year")) request.set_year(*year);
  request.set_skip_others(values.Has("--skip-others"));
  request.set_encoding(values.Text("--encoding"));
  request.set_sheet(values.Text("--sheet"));
  request.set_decimal(values.Text("--decimal"));
  request.set_dry_run(values.Has("--dry-run"));
  v1::ImportIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  std::string text = TextOf(reply, invocation.layout());
  absl::Status marked;
  if (values.Has("--marked")) {
    marked = WriteMarked(invocation, *content, reply);
    if (marked.ok()) text += WhereMarked(values.Text("--marked"), reply, invocation.words());
  }
  invocation.Show(JsonOf(reply), text);
  // What was imported stays so, and was said.
  if (!marked.ok()) {
    invocation.Complain(invocation.words().Translated(std::string(marked.message())));
    return kFailed;
  }
  if (reply.ok()) return kDone;
  const auto errors = static_cast<std::uint64_t>(reply.errors_size());
  invocation.Complain(
      invocation.words()(errors == 1 ? "{0}: {1} error; nothing was imported: correct the row named and import again"
                                     : "{0}: {1} errors; nothing was imported: correct the rows named and import again",
                         request.file(), Grouped(errors)));
  return kRefused;
}

absl::StatusOr<int> Template(Invocation& invocation) {
  const Values& values = invocation.values();
  const std::string file = values.Text("-o");
  const std::string lower = absl::AsciiStrToLower(file);
  const bool workbook = absl::EndsWith(lower, ".xlsx");
  if (!workbook && !absl::EndsWith(lower, ".csv")) {
    return absl::InvalidArgumentError(
        absl::StrCat("a template is a .csv or an .xlsx file, and ", file, " is neither; give it one of these endings"));
  }
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::MakeTemplateRequest request;
  request.set_year(*values.Number("--year"));
  request.set_format(workbook ? "xlsx" : "csv");
  request.set_language(values.Has("--lang") ? values.Text("--lang") : invocation.language());
  request.set_department(values.Text("--department"));
  v1::MakeTemplateReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  HANSA_RETURN_IF_ERROR(invocation.Write(file, reply.content()));
  invocation.Report(
      JsonOf(reply, file),
      invocation.words()("template for {0} written to {1}; fill it in and run hansa indicators import {1}",
                         request.year(), file) +
          "\n");
  if (!reply.remark().empty()) invocation.Warn(reply.remark());
  return kDone;
}

absl::StatusOr<int> Assign(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::AssignCellsRequest request;
  request.set_part(values.Text("PART"));
  request.set_department(values.Text("--department"));
  v1::AssignCellsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const words::Words words = invocation.words();
  const std::string cells = words.Counted(reply.cells(), "{0} cell", "{0} cells");
  invocation.Report(JsonOf(reply),
                    (request.department().empty()
                         ? words("{0} of {1} belong to no department now", cells, request.part())
                         : words("{0} of {1} belong to {2} now", cells, request.part(), request.department())) +
                        "\n");
  return kDone;
}

absl::StatusOr<int> ShowDepartments(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListDepartmentsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListDepartmentsRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> IndicatorFileCommands() {
  return {
      {.name = "indicators template",
       .summary = "write the file to fill in for a year: every cell with its definition",
       .details =
           "What stands for the year is filled in, and the year before stands beside it. A .xlsx file checks what is "
           "typed; a .csv file opens anywhere. It is in the language of what is said to you, or of --lang. The "
           "framework "
           "has its texts in English and Korean: in any other language they are in English. The codes of the columns, "
           "by which it is read back, are the same in every language.",
       .example = "hansa indicators template --year 2024 -o osan-2024.xlsx",
       .options = {YearOption("year of the values", Need::kRequired),
                   {.name = "-o", .value = "FILE", .help = "a .csv or .xlsx file", .need = Need::kRequired},
                   {.name = "--department", .value = "NAME", .help = "only its cells (hansa indicators assign)"},
                   {.name = "--lang", .value = "L", .help = "in this language, such as ko"}},
       .run = Template},
      {.name = "indicators import",
       .summary = "read a CSV or XLSX file into the draft: all of it or nothing",
       .details =
           "The draft stays on this node. Every problem is named by row and column; a file touches only the cells it "
           "names, and a blank value changes nothing. What the file has no column for, such as the source or the note, "
           "stays as it stands in the draft, or else as it is published; a column that it has says what stands in it, "
           "and nothing where it is empty. Where a value takes the place of a reason for no data, or the other way "
           "round, nothing but the language stays. Values stand one a row, or with measurements down and years across, "
           "rows named by their cell or by the title of the measurement. '-' reads standard input.",
       .example = "hansa indicators import values.xlsx --year 2024 --dry-run",
       .arguments = {{"FILE", "a CSV or XLSX file, or '-'"}},
       .options = {YearOption("year of rows that name none"),
                   {.name = "--skip-others", .help = "leave out rows of other cities and say how many"},
                   {.name = "--encoding", .value = "NAME", .help = "of a CSV file that is not UTF-8, such as CP949"},
                   {.name = "--decimal", .value = "SIGN", .help = "what stands before decimals: point or comma"},
                   {.name = "--sheet", .value = "NAME", .help = "of a workbook; the first without it"},
                   {.name = "--dry-run", .help = "find every problem and take nothing"},
                   {.name = "--marked",
                    .value = "FILE",
                    .help = "write the table as an .xlsx file with its problems marked"}},
       .run = Import},
      {.name = "indicators assign",
       .summary = "say which department fills in which cells",
       .details =
           "Each department then gets a template of its own. It stays on this node. Without --department the cells "
           "are nobody's again.",
       .example = "hansa indicators assign 1.2 --department 'Economic affairs'",
       .arguments = {{"PART", "a feature, a row, a cell, or what they begin with, such as 1.2"}},
       .options = {{.name = "--department", .value = "NAME", .help = "as the city calls it"}},
       .run = Assign},
      {.name = "indicators departments",
       .summary = "which department fills in which cell",
       .example = "hansa indicators departments",
       .run = ShowDepartments},
  };
}

}  // namespace hansa::node::cli
