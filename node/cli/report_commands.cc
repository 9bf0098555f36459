// A city's report of a year as a page, a print or Markdown.
#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/document_shapes.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/output_file.h"
#include "node/domain/text.h"
#include "node/report/html_form.h"
#include "node/report/markdown_form.h"
#include "node/report/pdf_form.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

enum class ReportForm { kHtml, kMarkdown, kPdf };

absl::StatusOr<ReportForm> FormOf(const std::string& file) {
  const std::string ending = absl::AsciiStrToLower(std::filesystem::path(file).extension().string());
  if (ending == ".html" || ending == ".htm") return ReportForm::kHtml;
  if (ending == ".md") return ReportForm::kMarkdown;
  if (ending == ".pdf") return ReportForm::kPdf;
  return absl::InvalidArgumentError(
      absl::StrCat("the ending of ", domain::Quoted(file),
                   " names no form of a report; write a file that ends in .html, .pdf or .md"));
}

// The file, and how many of its characters this machine could not show.
struct MadeReport {
  std::string bytes;
  std::size_t unshown = 0;
};

absl::StatusOr<MadeReport> MakeForm(const report::Document& document, ReportForm form) {
  switch (form) {
    case ReportForm::kHtml:
      return MadeReport{report::HtmlForm(document)};
    case ReportForm::kMarkdown:
      return MadeReport{report::MarkdownForm(document)};
    case ReportForm::kPdf:
      break;
  }
  absl::StatusOr<report::Pdf> pdf = report::PdfForm(document);
  HANSA_RETURN_IF_ERROR(pdf.status());
  return MadeReport{std::move(pdf->bytes), pdf->unshown};
}

absl::StatusOr<int> Report(Invocation& invocation) {
  const Values& values = invocation.values();
  const words::Words words = invocation.words();
  const std::string file = values.Text("-o");
  const absl::StatusOr<ReportForm> form = FormOf(file);
  HANSA_RETURN_IF_ERROR(form.status());
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::MakeReportRequest request;
  request.set_year(*values.Number("--year"));
  request.set_member(values.Text("--member"));
  request.set_language(invocation.language());
  v1::MakeReportReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const absl::StatusOr<MadeReport> made = MakeForm(api::DocumentOf(reply.document()), *form);
  HANSA_RETURN_IF_ERROR(made.status());
  absl::StatusOr<OutputFile> output = OutputFile::Begin(file);
  HANSA_RETURN_IF_ERROR(output.status());
  HANSA_RETURN_IF_ERROR(output->Add(made->bytes));
  HANSA_RETURN_IF_ERROR(output->Done());
  if (made->unshown > 0) {
    invocation.Warn(absl::StrCat(made->unshown,
                                 " characters have no font on this machine and stand as boxes; install "
                                 "fonts for their script, such as the package fonts-noto-core, and make "
                                 "the report again"));
  }
  const nlohmann::ordered_json json = {{"file", file},
                                       {"title", reply.document().title()},
                                       {"language", reply.document().language()},
                                       {"bytes", made->bytes.size()},
                                       {"unshown", made->unshown}};
  invocation.Report(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n",
                    words("'{0}' written to {1}", reply.document().title(), file) + "\n");
  return kDone;
}

}  // namespace

std::vector<Command> ReportCommands() {
  return {{.name = "report",
           .summary = "a city's progress report of a year, to be handed in",
           .details =
               "Figures with their sources and notes against the city's own past, reasons where there are no data, "
               "charts, definitions, strategies, targets, surveys and ratings, as published; drafts and other cities "
               "are not in it. The ending of the file says its form: .html for a browser and for printing, .pdf for a "
               "print as it is, .md for Markdown. --lang says the language of the words around the city's own.",
           .example = "hansa report --year 2024 -o progress-2024.pdf",
           .options = {YearOption("of the figures", Need::kRequired),
                       {.name = "-o", .value = "FILE", .help = "ends in .html, .pdf or .md", .need = Need::kRequired},
                       {.name = "--member", .value = "MEMBER", .help = "of another city; its slug"}},
           .run = Report}};
}

}  // namespace hansa::node::cli
