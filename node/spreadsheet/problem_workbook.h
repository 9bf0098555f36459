// An officer's own table given back with its faults marked, so that they are mended where they are. It decides nothing:
// what is wrong was found by whoever read the table (domain/indicator_csv.h).
#ifndef HANSA_NODE_SPREADSHEET_PROBLEM_WORKBOOK_H_
#define HANSA_NODE_SPREADSHEET_PROBLEM_WORKBOOK_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "node/domain/problem.h"
#include "node/domain/table.h"

namespace hansa::node::spreadsheet {

// What reading a table found.
struct FoundProblems {
  absl::Span<const domain::Problem> errors;
  absl::Span<const domain::Problem> warnings;
};

// A workbook of two sheets. The first is `table` again, every text in its row and column; a cell with an error is red
// and one with a warning amber, with a remark that says what and what to do, and after the last column stands one with
// all that is wrong in the row. The second lists every problem, those too that have no place.
//
// A problem's place is its row, and the column that its name stands above in the header, which is found as the import
// finds it (domain/table_layout.h). Names of sheets and headings are in `language` (Korean, or English for any other);
// the problems stay in the words they came in. The same arguments give the same bytes.
//   INVALID_ARGUMENT    the table has more rows or columns than a spreadsheet can hold
//   RESOURCE_EXHAUSTED  no memory, or no room for temporary files
absl::StatusOr<std::string> ProblemWorkbook(const domain::Table& table, const FoundProblems& found,
                                            absl::string_view language);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_PROBLEM_WORKBOOK_H_
