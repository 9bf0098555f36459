// Published figures as files that other programs read.
#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/output_file.h"
#include "node/cli/texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

namespace fs = std::filesystem;

bool IsFolder(const std::string& path) {
  std::error_code error;
  return absl::EndsWith(path, "/") || fs::is_directory(path, error);
}

absl::StatusOr<int> Export(Invocation& invocation) {
  const Values& values = invocation.values();
  const std::string where = values.Text("-o");
  HANSA_RETURN_IF_ERROR(invocation.CheckOutput(where));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ExportIndicatorsRequest request;
  request.set_format(values.Text("--format"));
  if (const auto year = values.Number("--year")) request.set_year(*year);
  request.set_member(values.Text("--member"));
  request.set_part(values.Text("--feature"));
  request.set_language(invocation.language());
  if (!IsFolder(where)) request.set_file(where == "-" ? where : fs::path(where).filename().string());
  v1::ExportIndicatorsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const std::string file = reply.file();
  const std::string companion_file = reply.companion_file();
  const std::string companion = reply.companion();
  const std::string path = IsFolder(where) ? (fs::path(where) / file).string() : where;
  absl::StatusOr<OutputFile> output = OutputFile::Begin(path);
  HANSA_RETURN_IF_ERROR(output.status());
  std::uint64_t rows = 0;
  for (;;) {
    HANSA_RETURN_IF_ERROR(output->Add(reply.content()));
    rows += reply.rows();
    if (reply.next().empty()) break;
    invocation.Progress(invocation.words()("{0} rows written", Grouped(rows)));
    request.set_after(reply.next());
    reply.Clear();
    HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  }
  HANSA_RETURN_IF_ERROR(output->Done());
  const bool has_companion = !companion.empty() && where != "-";
  const std::string beside = has_companion ? (fs::path(path).parent_path() / companion_file).string() : "";
  if (has_companion) HANSA_RETURN_IF_ERROR(invocation.Write(beside, companion));
  if (where == "-") return kDone;
  const words::Words words = invocation.words();
  std::string said = words("{0} rows written to {1}", Grouped(rows), path) + "\n";
  if (has_companion) said += words("what describes it is in {0}", beside) + "\n";
  invocation.Report(JsonOfExport({.file = path, .companion = beside, .rows = rows}), said);
  return kDone;
}

}  // namespace

std::vector<Command> ExportCommands() {
  return {{.name = "network export",
           .summary = "write what is published as a file for other programs",
           .details =
               "csv (with its metadata, CSV on the Web), sdmx-csv and sdmx-ml (with their structures), jsonl, or xlsx. "
               "Every figure keeps its source, its notes and how it departs from the definition. Cities stand by slug. "
               "Where -o is a folder, the file gets a name that says city, year and revision.",
           .example = "hansa network export --format csv --year 2024 -o figures-2024.csv",
           .options = {{.name = "--format",
                        .value = "FORMAT",
                        .help = "csv, sdmx-csv, sdmx-ml, jsonl or xlsx",
                        .need = Need::kRequired},
                       {.name = "-o", .value = "FILE", .help = "a file, a folder, or '-'", .need = Need::kRequired},
                       YearOption("only this year"),
                       {.name = "--member", .value = "MEMBER", .help = "only this city; its slug"},
                       {.name = "--feature", .value = "PART", .help = "only this feature, row or cell"}},
           .run = Export}};
}

}  // namespace hansa::node::cli
