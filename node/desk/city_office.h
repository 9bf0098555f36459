// Who may sit at the desk, in words for those who may not.
#ifndef HANSA_NODE_DESK_CITY_OFFICE_H_
#define HANSA_NODE_DESK_CITY_OFFICE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/running_node.h"

namespace hansa::node::desk {

// `doing` is what was asked for, such as 'importing indicators'.
//   FAILED_PRECONDITION  this node is no city's
absl::Status CheckIsCity(absl::string_view doing, const NodeView& view);

//   FAILED_PRECONDITION  not a member yet, or the network's policy does not let it write indicators
absl::Status CheckMayWrite(absl::string_view doing, const NodeView& view);

//   FAILED_PRECONDITION  the network has none, or uses another than `catalogue`
absl::Status CheckFramework(absl::string_view doing, const catalogue::Catalogue& catalogue, const NodeView& view);

// The country of a member by the letters its name begins with, alpha-3; INT for none.
std::string OwnCountry(absl::string_view slug);

//   INVALID_ARGUMENT  a year that is not from 1900 to 2200
absl::Status CheckYear(absl::string_view doing, std::optional<int> year);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_CITY_OFFICE_H_
