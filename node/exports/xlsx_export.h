// The export as a workbook: the same columns as the CSV file, one row for each answer, and the definitions beside them.
// Never a filter or an order over values.
#ifndef HANSA_NODE_EXPORTS_XLSX_EXPORT_H_
#define HANSA_NODE_EXPORTS_XLSX_EXPORT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/exports/export_row.h"

namespace hansa::node::exports {

// A workbook is put together in memory, and opened in it by its readers.
inline constexpr std::size_t kXlsxRowsMax = 100'000;

// Titles of sheets and definitions are in `language` (Korean, or English for any other).
//   INVALID_ARGUMENT    more rows than kXlsxRowsMax
//   RESOURCE_EXHAUSTED  no memory, or no room for temporary files
absl::StatusOr<std::string> XlsxExport(const catalogue::Catalogue& catalogue, absl::Span<const ExportRow> rows,
                                       absl::string_view language);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_XLSX_EXPORT_H_
