// What was chosen for the attributes of a row that have choices, such as which poverty line was used.
#ifndef HANSA_NODE_DOMAIN_CHOSEN_H_
#define HANSA_NODE_DOMAIN_CHOSEN_H_

#include <compare>
#include <cstdint>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

// By places in the catalogue.
struct Chosen {
  std::uint8_t attribute = 0;  // in Measurement::attributes
  std::uint8_t choice = 0;     // in Attribute::choices

  friend auto operator<=>(const Chosen&, const Chosen&) = default;
};

// Ascending, each attribute at most once. What the catalogue does not give, or is a year, is left out.
std::vector<Chosen> ChosenIn(const catalogue::Measurement& measurement, const Observation& observation);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHOSEN_H_
