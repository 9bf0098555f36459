#include "node/exports/export_writer.h"

#include <cstddef>

#include "node/exports/csv_export.h"
#include "node/exports/jsonl_export.h"
#include "node/exports/sdmx_csv_export.h"
#include "node/exports/sdmx_ml_export.h"

namespace hansa::node::exports {
namespace {

constexpr std::size_t kRowBytesUsual = 512;

}  // namespace

std::string ExportWriter::Rows(absl::Span<const ExportRow> rows) const {
  std::string out;
  out.reserve(rows.size() * kRowBytesUsual);
  for (const ExportRow& row : rows) AppendRow(row, out);
  return out;
}

std::unique_ptr<ExportWriter> MakeExportWriter(ExportFormat format, const ExportContext& context) {
  switch (format) {
    case ExportFormat::kCsv:
      break;
    case ExportFormat::kSdmxCsv:
      return std::make_unique<SdmxCsvExport>(context.catalogue);
    case ExportFormat::kSdmxMl:
      return std::make_unique<SdmxMlExport>(context.catalogue, context.prepared);
    case ExportFormat::kJsonl:
      return std::make_unique<JsonlExport>();
  }
  return std::make_unique<CsvExport>(context.catalogue);
}

absl::StatusOr<std::unique_ptr<ExportWriter>> MakeExportWriter(absl::string_view code, const ExportContext& context) {
  const absl::StatusOr<ExportFormat> format = ParseExportFormat(code);
  if (!format.ok()) return format.status();
  return MakeExportWriter(*format, context);
}

}  // namespace hansa::node::exports
