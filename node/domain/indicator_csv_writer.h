// The Indicator CSV as it is written: what is read back (indicator_csv.h) is what was written, digits and all.
#ifndef HANSA_NODE_DOMAIN_INDICATOR_CSV_WRITER_H_
#define HANSA_NODE_DOMAIN_INDICATOR_CSV_WRITER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

// One cell of one year.
struct DatedObservation {
  int year = 0;
  Observation observation;

  friend bool operator==(const DatedObservation&, const DatedObservation&) = default;
};

// A column and what stands in it.
using Field = std::pair<std::string, std::string>;

// All that `observation` says, by the columns of the file, in their order; attributes by their own codes. Columns with
// nothing in them are left out.
std::vector<Field> FieldsOf(const Observation& observation);

// A file of `fields` as it is written: a header, then one row for each.
std::string CsvOf(absl::Span<const std::string> columns, absl::Span<const std::vector<Field>> rows);

// UTF-8 without a byte order mark, lines ended as RFC 4180 has it. Columns that no row uses are left out, but cell,
// year and value. Texts that a spreadsheet would take for a formula are guarded (formula_guard.h).
std::string WriteIndicatorCsv(absl::Span<const DatedObservation> rows);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_INDICATOR_CSV_WRITER_H_
