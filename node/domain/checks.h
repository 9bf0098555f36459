// What a draft set must satisfy before a city may sign it, and what it should be asked about first.
#ifndef HANSA_NODE_DOMAIN_CHECKS_H_
#define HANSA_NODE_DOMAIN_CHECKS_H_

#include <cstddef>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "node/domain/problem.h"

namespace hansa::node::domain {

// How much of the framework a set answers. Not a mark of quality: no city has to fill all rows.
struct Completeness {
  std::size_t reported = 0;  // Cells with a value or a reason for no data.
  std::size_t of = 0;        // Cells of the catalogue.

  friend bool operator==(const Completeness&, const Completeness&) = default;
};

struct CheckReport {
  std::vector<Problem> errors;    // Each of them keeps the set from being published.
  std::vector<Problem> warnings;  // Doubts: the city decides.
  Completeness completeness;

  bool ok() const { return errors.empty(); }
};

// Checks `set` against `catalogue`. Problems come in the order of the set, those between cells
// last. `today_year` is the current calendar year: nobody has figures of a later one. Units and
// source kinds that the catalogue can fill in (CompleteFromCatalogue) count as given.
CheckReport CheckIndicatorSet(const catalogue::Catalogue& catalogue, const IndicatorSet& set, int today_year);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECKS_H_
