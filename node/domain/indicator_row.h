// One row of figures, read by itself, and completed from what stands for its cell where the file has no column. What
// rows say together (one cell twice) is in indicator_csv.cc.
#ifndef HANSA_NODE_DOMAIN_INDICATOR_ROW_H_
#define HANSA_NODE_DOMAIN_INDICATOR_ROW_H_

#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/csv_table.h"
#include "node/domain/indicator_columns.h"
#include "node/domain/indicator_csv.h"
#include "node/domain/problem.h"

namespace hansa::node::domain {

enum class RowFate {
  kAccepted,   // `observation` is complete.
  kUnchanged,  // No value and no reason: changes nothing.
  kSkipped,    // Another city's or a country's, left out as asked.
  kElsewhere,  // A survey's or a rating's that has a record of its own: left out, and `warnings` says so.
  kRefused,    // `errors` says why.
};

struct IndicatorRow {
  RowFate fate = RowFate::kRefused;
  YearlyObservation observation;
  std::vector<Problem> errors;
  std::vector<Problem> warnings;
};

// The three must outlive the call only.
struct RowContext {
  const catalogue::Catalogue& catalogue;
  const IndicatorInput& input;
  const IndicatorColumns& columns;
};

IndicatorRow ReadIndicatorRow(const RowContext& context, const TableRow& row);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_INDICATOR_ROW_H_
