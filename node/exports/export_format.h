// The forms in which figures leave the network, and what their files are called. Nothing here writes a file.
#ifndef HANSA_NODE_EXPORTS_EXPORT_FORMAT_H_
#define HANSA_NODE_EXPORTS_EXPORT_FORMAT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::exports {

enum class ExportFormat {
  kCsv,      // A table for spreadsheets and statistics; read back by `indicators import`.
  kSdmxCsv,  // SDMX-CSV 1.0.
  kSdmxMl,   // SDMX-ML 2.1, structure-specific data.
  kJsonl,    // One JSON object a line.
};

// "csv", "sdmx-csv", "sdmx-ml", "jsonl".
absl::string_view Code(ExportFormat format);
//   INVALID_ARGUMENT  there is no such form; the message names those that there are
absl::StatusOr<ExportFormat> ParseExportFormat(absl::string_view code);

// What the name of a file of that form ends in, without the first stop: "csv", "sdmx.csv", "xml", "jsonl". No two
// forms share one, so that all may stand in one folder.
absl::string_view FileEnding(ExportFormat format);
// Internet media type, as an HTTP answer names it.
absl::string_view MediaType(ExportFormat format);

struct ExportFile {
  std::string member;  // Slug; empty for the whole network.
  int first_year = 0;
  int last_year = 0;                      // Not before first_year.
  std::optional<std::uint64_t> revision;  // Only stands in the name of one member's one year.
  std::string ending;                     // Without the first stop.
};

// Such as hansa_gb-bristol_2023_r2.csv, hansa_gb-bristol_2015-2024.csv and hansa_network_2023.csv.
std::string ExportFileName(const ExportFile& file);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_EXPORT_FORMAT_H_
