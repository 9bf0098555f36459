#include "node/summary/contribution.h"

#include <algorithm>

namespace hansa::node::summary {

bool LanguagesDiffer(const catalogue::Measurement& measurement) {
  return std::any_of(measurement.notes.begin(), measurement.notes.end(),
                     [](const catalogue::Note& note) { return note.kind == "language_difference"; });
}

std::optional<Group> GroupOf(const catalogue::Measurement& measurement, const domain::Observation& observation) {
  using domain::DefinitionMatch;
  if (!observation.value || observation.level == domain::AreaLevel::kRegion) return std::nullopt;
  Group group{.source_kind = observation.source_kind, .language = {}};
  if (LanguagesDiffer(measurement)) {
    group.language = observation.definition_language.substr(0, observation.definition_language.find('-'));
  }
  const DefinitionMatch match = observation.match;
  if (match == DefinitionMatch::kProxy || match == DefinitionMatch::kApproximate) group.departure = match;
  return group;
}

}  // namespace hansa::node::summary
