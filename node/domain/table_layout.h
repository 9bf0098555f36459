// Where the figures stand in a sheet: under a header of our own columns, a value a row; or, as offices keep them, with
// measurements down and years across, under lines of title that are nobody's figures. Both become rows of one value
// each. What a value means is not looked at here.
#ifndef HANSA_NODE_DOMAIN_TABLE_LAYOUT_H_
#define HANSA_NODE_DOMAIN_TABLE_LAYOUT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/table.h"

namespace hansa::node::domain {

// The header is looked for in this many rows that are not empty.
inline constexpr std::size_t kHeaderRowsMax = 20;

struct LaidRow {
  TableRow row;                 // Of a workbook at least as wide as the header; of a CSV file as it had it.
  std::string value_column;     // What heads the value in the sheet where years stand across; else empty.
  std::size_t value_place = 0;  // Where that column stands, from 0.
};

struct LaidTable {
  TableRow header;  // Columns of an Indicator CSV, and whatever else stood beside them. No cells: the sheet is empty.
  std::vector<LaidRow> rows;
  bool years_across = false;
  std::string name_column;  // What heads the words that name rows, where no column of ours does; else empty.
  bool has_header = false;  // The header names rows as ours does, or heads years.
  // Columns of the sheet, from 0 and ascending, that hold something in a row that is laid, and that no heading names.
  std::vector<std::size_t> nameless;
};

// Never fails: a sheet without a header of either kind comes back with its first row as the header. In a sheet with
// years across, a row may go by its cell, its measurement and breakdown, or the title of its measurement in any
// language of the framework, with the name of its part behind it; rows without a value in any year are left out.
LaidTable LayOut(const catalogue::Catalogue& catalogue, const Table& table);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_TABLE_LAYOUT_H_
