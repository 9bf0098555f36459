// Which column of an Indicator CSV is which. Columns stand in any order; the header names them.
#ifndef HANSA_NODE_DOMAIN_INDICATOR_COLUMNS_H_
#define HANSA_NODE_DOMAIN_INDICATOR_COLUMNS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/csv_table.h"
#include "node/domain/problem.h"

namespace hansa::node::domain {

// Whether a file may have a column of that name: one of ours, or an attribute of the catalogue.
bool IsIndicatorColumn(const catalogue::Catalogue& catalogue, absl::string_view name);

class IndicatorColumns {
 public:
  // Reads the header. Adds to `errors` what makes the file unreadable, to `warnings` one line that
  // names the columns nobody knows.
  static IndicatorColumns Read(const catalogue::Catalogue& catalogue, const TableRow& header,
                               std::vector<Problem>& errors, std::vector<Problem>& warnings);

  bool Has(absl::string_view column) const;
  // What stands in `column` of `row`, as it is in the file; empty if there is no such column.
  absl::string_view Text(const TableRow& row, absl::string_view column) const;
  // Whether a workbook holds it as a number.
  bool IsNumber(const TableRow& row, absl::string_view column) const;
  std::size_t count() const { return count_; }

 private:
  std::map<std::string, std::size_t, std::less<>> positions_;  // Known columns only.
  std::size_t count_ = 0;                                      // Of all columns, known or not.
};

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_INDICATOR_COLUMNS_H_
