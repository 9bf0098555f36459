#include "node/domain/comparable.h"

#include <algorithm>

namespace hansa::node::domain {

bool LanguagesDiffer(const catalogue::Measurement& measurement) {
  return std::any_of(measurement.notes.begin(), measurement.notes.end(),
                     [](const catalogue::Note& note) { return note.kind == "language_difference"; });
}

std::optional<Grounds> GroundsOf(const catalogue::Measurement& measurement, const Observation& observation) {
  if (!observation.value || observation.level == AreaLevel::kRegion) return std::nullopt;
  Grounds grounds{.source_kind = observation.source_kind, .language = {}};
  if (LanguagesDiffer(measurement)) {
    grounds.language = observation.definition_language.substr(0, observation.definition_language.find('-'));
  }
  const DefinitionMatch match = observation.match;
  if (match == DefinitionMatch::kProxy || match == DefinitionMatch::kApproximate) grounds.departure = match;
  return grounds;
}

}  // namespace hansa::node::domain
