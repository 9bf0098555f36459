// What one value, one attribute or one code may be, as the catalogue says. Used by everything
// that takes values in and by the check before publishing.
#ifndef HANSA_NODE_DOMAIN_VALUE_RULES_H_
#define HANSA_NODE_DOMAIN_VALUE_RULES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/decimal.h"
#include "node/domain/observation.h"
#include "node/domain/problem.h"

namespace hansa::node::domain {

// Each returns nothing if all is well, otherwise what is wrong, by which rule, and what to do.
std::optional<Explanation> CheckValue(const catalogue::Measurement& measurement, const Decimal& value);
// `value` as written, such as '2023' for a year of an election.
std::optional<Explanation> CheckAttribute(const catalogue::Attribute& attribute, absl::string_view value);
std::optional<Explanation> CheckUnit(const catalogue::Measurement& measurement, absl::string_view unit);

// A calendar year of four ASCII digits from 1900 to 2200; nullopt for anything else.
std::optional<int> ParseYear(absl::string_view text);

// What to do about an unknown cell: the nearest one, or where to find the list.
std::string CellAdvice(const catalogue::Catalogue& catalogue, absl::string_view cell);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_VALUE_RULES_H_
