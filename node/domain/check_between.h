// The rules between the cells of one row in one year: a total within its parts, shares that add up, one source.
#ifndef HANSA_NODE_DOMAIN_CHECK_BETWEEN_H_
#define HANSA_NODE_DOMAIN_CHECK_BETWEEN_H_

#include <map>
#include <string>

#include "node/catalogue/catalogue.h"
#include "node/domain/check_findings.h"
#include "node/domain/check_rules.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

// Checks every row of `catalogue` against `of_year`: what has a value, completed, by cell. The checks that the
// catalogue asks for are made where all cells of a row have values; whether a total and a part name the same source,
// wherever both have one. Findings come in catalogue order.
void CheckBetweenCells(const CheckRules& rules, const catalogue::Catalogue& catalogue,
                       const std::map<std::string, Observation>& of_year, Findings& findings);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECK_BETWEEN_H_
