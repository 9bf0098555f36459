// The columns of the export as a table: their names, their order, and what a reader elsewhere is told of each. One
// list for the header, the rows and the metadata.
#ifndef HANSA_NODE_EXPORTS_CSV_COLUMNS_H_
#define HANSA_NODE_EXPORTS_CSV_COLUMNS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::exports {

struct CsvColumn {
  std::string name;      // As in the header; a column of the Indicator CSV where it has one of that meaning.
  std::string title_en;  // For people.
  std::string title_ko;
  std::string description;  // In English.
  std::string datatype;     // Of the W3C's tabular metadata: string, decimal, gYear, nonNegativeInteger.
  std::string property;     // URL of the property it states; empty for none that is widely known.
  bool required = false;    // Never empty.
};

// All columns, in order. The attributes of `catalogue` stand, ascending, between the language and the note.
std::vector<CsvColumn> CsvColumns(const catalogue::Catalogue& catalogue);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_CSV_COLUMNS_H_
