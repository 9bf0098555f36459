#include "node/exports/export_format.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node/domain/text.h"

namespace hansa::node::exports {
namespace {

struct Form {
  ExportFormat format;
  const char* code;
  const char* ending;
  const char* media_type;
};

constexpr std::array<Form, 4> kForms = {{
    {ExportFormat::kCsv, "csv", "csv", "text/csv; charset=utf-8; header=present"},
    {ExportFormat::kSdmxCsv, "sdmx-csv", "sdmx.csv", "application/vnd.sdmx.data+csv; version=1.0.0; charset=utf-8"},
    {ExportFormat::kSdmxMl, "sdmx-ml", "xml", "application/vnd.sdmx.structurespecificdata+xml; version=2.1"},
    {ExportFormat::kJsonl, "jsonl", "jsonl", "application/jsonl; charset=utf-8"},
}};

const Form& FormOf(ExportFormat format) {
  for (const Form& form : kForms) {
    if (form.format == format) return form;
  }
  return kForms.front();
}

}  // namespace

absl::string_view Code(ExportFormat format) { return FormOf(format).code; }

absl::StatusOr<ExportFormat> ParseExportFormat(absl::string_view code) {
  for (const Form& form : kForms) {
    if (code == form.code) return form.format;
  }
  return absl::InvalidArgumentError(absl::StrCat("there is no form of export ", domain::Quoted(code),
                                                 "; write csv, sdmx-csv, sdmx-ml, jsonl or xlsx"));
}

absl::string_view FileEnding(ExportFormat format) { return FormOf(format).ending; }

absl::string_view MediaType(ExportFormat format) { return FormOf(format).media_type; }

std::string ExportFileName(const ExportFile& file) {
  const bool one_year = file.first_year == file.last_year;
  std::string name = absl::StrCat("hansa_", file.member.empty() ? "network" : file.member, "_", file.first_year);
  if (!one_year) absl::StrAppend(&name, "-", file.last_year);
  if (one_year && !file.member.empty() && file.revision) absl::StrAppend(&name, "_r", *file.revision);
  return absl::StrCat(name, ".", file.ending);
}

}  // namespace hansa::node::exports
