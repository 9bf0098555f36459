// A target that a city sets itself, as its message (hansa/v1/indicators.proto): the gate for bytes that others wrote,
// and whether the framework of this program can show it. A target belongs to the city; nothing here compares cities.
#ifndef HANSA_NODE_DOMAIN_OWN_TARGET_H_
#define HANSA_NODE_DOMAIN_OWN_TARGET_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::v1 {
class OwnTarget;
}

namespace hansa::node::domain {

// Reads `bytes` into `target`.
//   INVALID_ARGUMENT  not a target, a field that breaks its limit, a cell of other characters than [a-z0-9./#-], or a
//                     value that is no decimal
absl::Status DecodeOwnTarget(absl::string_view bytes, v1::OwnTarget& target);

// Whether `target`, sound by itself, is of the framework of `catalogue`, of one of its cells, in the row's unit and
// range.
//   INVALID_ARGUMENT  what is not, and what to do
absl::Status CheckOwnTarget(const catalogue::Catalogue& catalogue, const v1::OwnTarget& target);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_OWN_TARGET_H_
