// What a draft set must satisfy before a city may sign it, and what it should be asked about first. This is the one
// place that decides; the thresholds are data (check_rules.h). No other city is looked at.
#ifndef HANSA_NODE_DOMAIN_CHECKS_H_
#define HANSA_NODE_DOMAIN_CHECKS_H_

#include <cstddef>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/check_findings.h"
#include "node/domain/check_past.h"
#include "node/domain/check_rules.h"
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

// Checks `set` against `catalogue` and what the city itself said in earlier years. Problems come in the order of the
// set, those between cells last. `today_year` is the current calendar year: nobody has figures of a later one. Units
// and source kinds that the catalogue can fill in (CompleteFromCatalogue) count as given.
//
// A value is held only against the nearest earlier year of `past` that may be compared with it (comparable.h); later
// years in it are not looked at. There is at most one doubt about the size of a value. A doubt that asks for a note is
// not raised where there is one, a jump only where the note is another than beside the earlier value; a slip of unit,
// an unlikely value and a total outside its parts are doubted in spite of notes.
CheckReport CheckIndicatorSet(const catalogue::Catalogue& catalogue, const IndicatorSet& set, const PastValues& past,
                              int today_year);
// Without a past.
CheckReport CheckIndicatorSet(const catalogue::Catalogue& catalogue, const IndicatorSet& set, int today_year);

// The same findings with the rules they go against, errors and warnings in one list.
std::vector<Finding> FindingsIn(const CheckRules& rules, const catalogue::Catalogue& catalogue, const IndicatorSet& set,
                                const PastValues& past, int today_year);

// Only the cells that the catalogue knows count, each once.
Completeness CompletenessOf(const catalogue::Catalogue& catalogue, const IndicatorSet& set);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECKS_H_
