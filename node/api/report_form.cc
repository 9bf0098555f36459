#include "node/api/report_form.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/domain/text.h"
#include "node/report/html_form.h"
#include "node/report/markdown_form.h"
#include "node/report/pdf_form.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status PutForm(const report::Document& document, absl::string_view form, v1::MakeReportReply& reply) {
  if (form.empty()) return absl::OkStatus();
  if (form == "html") {
    reply.set_content(report::HtmlForm(document));
  } else if (form == "markdown") {
    reply.set_content(report::MarkdownForm(document));
  } else if (form == "pdf") {
    absl::StatusOr<report::Pdf> pdf = report::PdfForm(document);
    HANSA_RETURN_IF_ERROR(pdf.status());
    reply.set_content(std::move(pdf->bytes));
    reply.set_unshown(pdf->unshown);
  } else {
    return absl::InvalidArgumentError(
        absl::StrCat("making a report: there is no form ", domain::Quoted(form), "; ask for html, pdf or markdown"));
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
