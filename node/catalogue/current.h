// The framework and the countries this program was built with. Read on first use, then kept for
// good.
#ifndef HANSA_NODE_CATALOGUE_CURRENT_H_
#define HANSA_NODE_CATALOGUE_CURRENT_H_

#include "node/catalogue/catalogue.h"
#include "node/catalogue/countries.h"

namespace hansa::node::catalogue {

// Thread-safe, and never fail: the build lets no unsound data through.
const Catalogue& CurrentCatalogue();
const Countries& KnownCountries();

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_CURRENT_H_
