// One city's value of one cell and year, and with which others it may be put together.
#ifndef HANSA_NODE_SUMMARY_CONTRIBUTION_H_
#define HANSA_NODE_SUMMARY_CONTRIBUTION_H_

#include <compare>
#include <optional>
#include <string>

#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"

namespace hansa::node::summary {

// Values are put together only where all of this is the same (N-29, N-33 of the requirements; 1.2.4 and 2.3.1 allow two
// kinds of source).
struct Group {
  domain::SourceKind source_kind = domain::SourceKind::kNotGiven;
  // Primary subtag of the language of the definition, such as 'ko', in rows whose wordings differ; else empty.
  std::string language;
  // kProxy or kApproximate for a value that departs from the definition; kNotGiven for all others.
  domain::DefinitionMatch departure = domain::DefinitionMatch::kNotGiven;

  friend auto operator<=>(const Group&, const Group&) = default;
};

// Where `observation`, of `measurement`, belongs; nullopt if it does not count: it has no value, or is about a wider
// area.
std::optional<Group> GroupOf(const catalogue::Measurement& measurement, const domain::Observation& observation);

// Whether the editors found that the languages of the framework ask different things in this row.
bool LanguagesDiffer(const catalogue::Measurement& measurement);

}  // namespace hansa::node::summary

#endif  // HANSA_NODE_SUMMARY_CONTRIBUTION_H_
