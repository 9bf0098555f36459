// Parts of the framework as people name them: '1', '1.2', '1.2.1', a row or a cell.
#ifndef HANSA_NODE_DESK_FRAMEWORK_PART_H_
#define HANSA_NODE_DESK_FRAMEWORK_PART_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::desk {

// Whether `cell` belongs to `part`. Every cell belongs to the empty one.
bool IsPartOf(const catalogue::Cell& cell, absl::string_view part);

//   NOT_FOUND  no cell belongs to `part`; names the nearest
absl::Status CheckPart(const catalogue::Catalogue& catalogue, absl::string_view part);

//   NOT_FOUND  there is no such key feature, such as 2.1.3; names the nearest
absl::Status CheckFeature(const catalogue::Catalogue& catalogue, absl::string_view feature);
//   NOT_FOUND  there is no such action point, in capitals, such as BD1.2
absl::Status CheckAction(const catalogue::Catalogue& catalogue, absl::string_view action);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_FRAMEWORK_PART_H_
