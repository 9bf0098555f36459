#include "node/domain/chosen.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

namespace hansa::node::domain {

std::vector<Chosen> ChosenIn(const catalogue::Measurement& measurement, const Observation& observation) {
  constexpr std::size_t kPlaces = std::numeric_limits<std::uint8_t>::max();
  std::vector<Chosen> chosen;
  for (std::size_t i = 0; i < measurement.attributes.size() && i < kPlaces; ++i) {
    const catalogue::Attribute& attribute = measurement.attributes[i];
    const auto given = std::find_if(observation.attributes.begin(), observation.attributes.end(),
                                    [&](const ObservationAttribute& each) { return each.key == attribute.code; });
    if (given == observation.attributes.end()) continue;
    const auto choice = std::find(attribute.choices.begin(), attribute.choices.end(), given->value);
    const auto place = static_cast<std::size_t>(choice - attribute.choices.begin());
    if (place >= attribute.choices.size() || place >= kPlaces) continue;
    chosen.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(place)});
  }
  return chosen;
}

}  // namespace hansa::node::domain
