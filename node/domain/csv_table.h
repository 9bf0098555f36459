// A table in a CSV file, record by record, within limits. It knows what parts columns and quotation marks, not
// what a column means. Row numbers are those of a spreadsheet: the header is 1, an empty line
// counts, a line break inside a quoted cell does not.
#ifndef HANSA_NODE_DOMAIN_CSV_TABLE_H_
#define HANSA_NODE_DOMAIN_CSV_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "node/domain/table.h"

namespace hansa::node::domain {

struct CsvLimits {
  std::int64_t rows_max = 200'000;  // Without the header; empty lines count.
  std::size_t columns_max = 256;
  std::size_t cell_bytes_max = 32'768;
  char separator = ',';  // Between columns: a comma, a semicolon or a tab.
};

// What keeps a file from being read further.
struct CsvFault {
  std::int64_t row = 0;  // 0 for the file as a whole.
  std::string rule;      // As Problem.
  std::string what;
  std::string remedy;
};

// Hands every record of `bytes` that is not empty to `take`, in order, and stops early once it
// returns false. A byte order mark is skipped. Stops with a fault at the first thing that is not a
// CSV file in UTF-8 within `limits`; records before it have been handed over by then.
std::optional<CsvFault> ReadCsv(absl::string_view bytes, const CsvLimits& limits,
                                absl::FunctionRef<bool(const TableRow&)> take);

// `cells` as a record of a CSV file with commas, line end and all: what ReadCsv gives back as it was.
std::string CsvRecord(absl::Span<const std::string> cells);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CSV_TABLE_H_
