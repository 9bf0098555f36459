// One sheet of an XLSX workbook as rows of text (ECMA-376, part 1). Numbers are as the workbook shows them, a formula
// is the value it was last saved with, and nothing outside the file is ever looked at. What only a program for
// spreadsheets should open (macros, links to other files) is refused.
#ifndef HANSA_NODE_SPREADSHEET_WORKBOOK_READER_H_
#define HANSA_NODE_SPREADSHEET_WORKBOOK_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/domain/table.h"
#include "node/spreadsheet/zip_archive.h"

namespace hansa::node::spreadsheet {

struct SheetLimits {
  std::int64_t rows_max = 200'000;  // Without the first.
  std::size_t columns_max = 256;
  std::size_t cell_bytes_max = 32'768;
  std::size_t bytes_max = 64 * 1024 * 1024;  // Of all texts together, each as often as it is shown.
};

struct Workbook {
  std::vector<std::string> sheets;  // Names of those that are shown, in their order.
  domain::Table table;              // Of the sheet that was asked for.
};

// Reads the sheet of that name, or the first that is shown.
//   INVALID_ARGUMENT  not a workbook, damaged, beyond a limit, something that is refused, or there is no such sheet:
//                     RuleOf says which rule that is. The message names the sheet's cell where it is about one
absl::StatusOr<Workbook> ReadWorkbook(absl::string_view bytes, absl::string_view sheet, const ZipLimits& zip_limits,
                                      const SheetLimits& limits);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_WORKBOOK_READER_H_
