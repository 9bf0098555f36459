// What the codes of an SDMX export mean: codelists, concepts, the data structure and the dataflow, as one SDMX-ML 2.1
// structure message. It lists the members and what can be measured, and holds nobody's figures.
#ifndef HANSA_NODE_EXPORTS_SDMX_STRUCTURES_H_
#define HANSA_NODE_EXPORTS_SDMX_STRUCTURES_H_

#include <string>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::exports {

struct SdmxMember {
  std::string slug;  // Such as 'gb-bristol'; its code is GB_BRISTOL.
  std::string name;
};

// The whole message, elements in the order of the schemas of SDMX 2.1. Members stand as they come: by slug. Names are
// in English and Korean, the members' as they write them.
std::string SdmxStructures(const catalogue::Catalogue& catalogue, absl::Span<const SdmxMember> members,
                           absl::Time prepared);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_SDMX_STRUCTURES_H_
