// Which values of one row may be put together, of one city over the years or of many cities in one year.
#ifndef HANSA_NODE_DOMAIN_COMPARABLE_H_
#define HANSA_NODE_DOMAIN_COMPARABLE_H_

#include <compare>
#include <optional>
#include <string>

#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

// What a value rests on. Values are put together only where all of this is the same: rows 1.2.4 and 2.3.1 allow two
// kinds of source, and in some rows the languages of the framework ask for different things.
struct Grounds {
  SourceKind source_kind = SourceKind::kNotGiven;
  // Primary subtag of the language of the definition, such as 'ko', in rows whose wordings differ; else empty.
  std::string language;
  // kProxy or kApproximate for a value that departs from the definition; kNotGiven for all others.
  DefinitionMatch departure = DefinitionMatch::kNotGiven;

  friend auto operator<=>(const Grounds&, const Grounds&) = default;
};

// What `observation`, of `measurement`, rests on; nullopt if it is compared with nothing: it has no value, or is about
// a wider area than the city.
std::optional<Grounds> GroundsOf(const catalogue::Measurement& measurement, const Observation& observation);

// Whether the editors found that the languages of the framework ask different things in this row.
bool LanguagesDiffer(const catalogue::Measurement& measurement);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_COMPARABLE_H_
