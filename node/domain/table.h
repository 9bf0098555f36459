// A sheet of cells as text, wherever it came from: a CSV file or a workbook. It knows rows and columns, not what they
// mean. Row numbers are those of a spreadsheet: the first is 1, and an empty row counts though it is left out.
#ifndef HANSA_NODE_DOMAIN_TABLE_H_
#define HANSA_NODE_DOMAIN_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hansa::node::domain {

struct TableRow {
  std::int64_t row = 0;
  std::vector<std::string> cells;  // At least one; valid UTF-8.
  // Positions, ascending, of cells that a workbook holds as numbers: digits with a full stop, whatever the country of
  // the file. A CSV file has none.
  std::vector<std::size_t> numbers;

  friend bool operator==(const TableRow&, const TableRow&) = default;
};

// The sheet of a file that holds its figures.
struct Table {
  std::string sheet;           // Name of the sheet; empty for a CSV file.
  std::vector<TableRow> rows;  // Ascending by row; none is wholly empty.

  friend bool operator==(const Table&, const Table&) = default;
};

// What a spreadsheet calls the column at `column`, from 0: A to Z, then AA.
inline std::string ColumnLetters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_TABLE_H_
