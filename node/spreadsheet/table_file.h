// A city's file as a table, whatever program wrote it: CSV with commas, semicolons or tabs, in UTF-8 or in an encoding
// that a person named, or an XLSX workbook. How it was read is told, so that nothing is taken for granted in silence.
#ifndef HANSA_NODE_SPREADSHEET_TABLE_FILE_H_
#define HANSA_NODE_SPREADSHEET_TABLE_FILE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/domain/csv_table.h"
#include "node/domain/table.h"

namespace hansa::node::spreadsheet {

// What a person says of a file; whatever is empty, the file shows.
struct FileForm {
  std::string encoding;  // Such as 'CP949'. Empty: UTF-8, or what a byte order mark says.
  std::string sheet;     // Of a workbook; empty: the first that is shown.

  friend bool operator==(const FileForm&, const FileForm&) = default;
};

struct TableFile {
  std::string kind;                 // 'csv' or 'xlsx'; empty where it is neither.
  std::string encoding;             // Of a CSV file.
  std::string separator;            // Of a CSV file: ',', ';' or a tab.
  std::vector<std::string> sheets;  // Of a workbook: those shown.
  domain::Table table;
  std::optional<domain::CsvFault>
      fault;  // What kept it from being read to the end; the rows before it are in the table.

  friend bool operator==(const TableFile& a, const TableFile& b);
};

// Never fails but by a fault in what it returns.
TableFile ReadTableFile(absl::string_view bytes, const FileForm& form);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_TABLE_FILE_H_
